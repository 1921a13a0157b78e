"""Contacts of whom nothing happened for long, found by what the ledger and the messages say of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.legal_holds import ON_PROGRAM_OF, on_hold
from application.retention.ports import Lapsed, LapsedContacts
from domain.ids import ContactId, floor_id
from domain.retention.policies import RecordClass

# A request or a code alone is no agreement; and what was sent to ask for one is no message to somebody.
_ASKED = "('requested', 'code_asked')"
_ASKING = "('doi_request', 'consent_request')"
_SENT = "('sending', 'sent', 'delivered', 'undelivered', 'uncertain')"
# A contact's id tells when it was made, so the index passes over whoever is too new, and goes on where the last batch
# ended. What is only in the ledger is looked at before the messages, which lie in many months.
_LAPSED = f"""
select contact_id, live, record_class, greatest(latest, last_sent) as latest, last_sent, held
from (
    select c.id as contact_id, c.live, c.latest, m.sent as last_sent, {on_hold("c.id")} or {ON_PROGRAM_OF} as held,
        case when m.sent is not null and not m.asking_only then 'consent_evidence' else c.record_class end
            as record_class
    from (
        select c.id, c.live, greatest(c.updated_at, e.latest) as latest,
            case when e.latest is not null and not e.asked_only then 'consent_evidence'
                when e.latest is not null and c.reference is null and c.attributes is null then 'unconfirmed_requests'
                else 'contacts_without_consent' end as record_class
        from contacts c
        cross join lateral (
            select max(greatest(at, recorded_at)) as latest, bool_and(status in {_ASKED}) as asked_only
            from consent_entries where contact_id = c.id
        ) as e
        where c.id < $2 and c.id %s $1 and c.updated_at < $4 and (e.latest is null or e.latest < $4)
    ) as c
    cross join lateral (
        select max(created_at) filter (where status in {_SENT}) as sent,
            bool_and(category in {_ASKING}) filter (where status in {_SENT}) as asking_only,
            bool_or(status in ('queued', 'deferred', 'held')) as waiting
        from messages where contact_id = c.id
    ) as m
    where m.waiting is not true and (m.sent is null or m.sent < $4)
) as found
where record_class = $3
order by contact_id limit $5
"""  # noqa: S608
_LEAST = ContactId(UUID(int=0))


@dataclass(frozen=True)
class PostgresLapsedContacts(LapsedContacts):
    database: Database

    async def lapsed(
        self, record_class: RecordClass, before: datetime, *, after: ContactId | None, most: int
    ) -> list[Lapsed]:
        return await self._found(_LAPSED % ">", after or _LEAST, record_class, before, most)

    async def still(self, contact_id: ContactId, record_class: RecordClass, before: datetime) -> Lapsed | None:
        found = await self._found(_LAPSED % "=", contact_id, record_class, before, 1)
        return found[0] if found else None

    async def _found(
        self, statement: str, contact_id: ContactId, record_class: RecordClass, before: datetime, most: int
    ) -> list[Lapsed]:
        rows = await self.database.connection.fetch(statement, contact_id, floor_id(before), record_class, before, most)
        return [msgspec.convert(dict(row), Lapsed) for row in rows]
