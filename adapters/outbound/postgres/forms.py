"""What a form offers: its program, what else that takes along, and the sender, in one round trip."""

from dataclasses import dataclass

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.directory import Directory
from adapters.outbound.postgres.names import id_in
from application.forms.ports import FormQueries
from domain.forms import Form, NoSuchForm

# The named program comes first, then the others in the order they were named.
_OFFERED = """
select p.id as program_id, p.revision as program_revision, s.id as sender_id, s.revision as sender_revision
from programs f
join programs p on p.id = f.id or (p.slug = any(f.also_on_form) and p.sender_id = f.sender_id)
join senders s on s.id = f.sender_id
where f.slug = $1 or f.id = $2
order by p.id <> f.id, array_position(f.also_on_form, p.slug)
"""


@dataclass(frozen=True)
class PostgresForms(FormQueries):
    database: Database
    directory: Directory

    async def form(self, ref: str) -> Form:
        async with self.database.transaction():
            records = await self.database.connection.fetch(_OFFERED, ref, id_in(ref))
            await self.directory.refresh(records)
        programs = [found for record in records if (found := self.directory.program(record))]
        sender = self.directory.sender(records[0]) if records else None
        if sender is None:
            raise NoSuchForm("There is no such form.", field="program")
        return Form(sender=sender, programs=tuple(programs))
