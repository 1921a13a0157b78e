from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import named, own
from adapters.outbound.postgres.tables import disclosures, programs, senders
from application.programs.ports import Described, ProgramQueries, Programs
from domain.channels import SlugTaken
from domain.ids import ProgramId
from domain.programs import Disclosure, NoSuchProgram, Program

# Whoever moves a message locks its place in the queue before the message.
_WAKE = """
with places as materialized (
    select o.message_id from outbox o join messages m on m.id = o.message_id
    where m.program_id = $1 and m.status = 'deferred' and m.detail = 'program-paused' and o.claimed_until is null
    order by o.message_id for update of o
), woken as (
    update messages m set due_at = $2 from places where m.id = places.message_id and m.due_at > $2 returning m.id
), due as (
    update outbox set due_at = $2 where message_id in (select id from woken) returning message_id
)
select pg_notify('optin_due', '') from due limit 1
"""


@dataclass(frozen=True)
class PostgresPrograms(Programs, ProgramQueries):
    """Here a program comes with every version of its disclosures; sending reads only the newest."""

    database: Database

    async def add(self, program: Program) -> Program:
        statement = insert(programs).values(own(program, without=("disclosures",)))
        try:
            added = await self.database.execute(statement.on_conflict_do_nothing(index_elements=["id"]))
        except asyncpg.UniqueViolationError:
            raise SlugTaken(f"Another program already has the slug {program.slug}.", field="slug") from None
        if not added:
            return await self.get(str(program.id))
        await self._add_texts(program)
        return program

    async def get(self, ref: str) -> Program:
        locked = await self.database.records(select(programs).where(named(programs, ref)).with_for_update())
        if not locked:
            raise _unknown()
        return (await self._read(locked))[0]

    async def with_slugs(self, slugs: Sequence[str]) -> Sequence[Program]:
        return await self._read(await self.database.records(select(programs).where(programs.c.slug.in_(slugs))))

    async def save(self, program: Program) -> None:
        values = own(program, without=("disclosures",))
        await self.database.execute(update(programs).where(programs.c.id == program.id).values(values))
        await self._add_texts(program)

    async def wake(self, program_id: ProgramId, *, at: datetime) -> None:
        await self.database.connection.execute(_WAKE, program_id, at)

    async def one(self, ref: str) -> Described:
        statement = _described().where(named(programs, ref))
        async with self.database.transaction():
            found = await self._describe(await self.database.records(statement))
        if not found:
            raise _unknown()
        return found[0]

    async def page(self, limit: int, after: ProgramId | None) -> Sequence[Described]:
        statement = _described().order_by(programs.c.id.desc()).limit(limit + 1)
        if after is not None:
            statement = statement.where(programs.c.id < after)
        async with self.database.transaction():
            return await self._describe(await self.database.records(statement))

    async def find_many(self, ids: Sequence[ProgramId]) -> dict[ProgramId, Program]:
        statement = select(programs).where(programs.c.id.in_(ids))
        return {program.id: program for program in await self._read(await self.database.records(statement))}

    async def _add_texts(self, program: Program) -> None:
        """A version once written is never written again."""
        if not program.disclosures:
            return
        rows = [
            {**own(text), "program_id": program.id, "created_at": program.updated_at} for text in program.disclosures
        ]
        await self.database.execute(insert(disclosures).values(rows).on_conflict_do_nothing())

    async def _describe(self, records: Sequence[asyncpg.Record]) -> list[Described]:
        return [
            Described(program=program, sender=record["sender_slug"])
            for program, record in zip(await self._read(records), records, strict=True)
        ]

    async def _read(self, records: Sequence[asyncpg.Record]) -> list[Program]:
        texts: dict[UUID, list[Disclosure]] = {record["id"]: [] for record in records}
        statement = (
            select(disclosures)
            .where(disclosures.c.program_id.in_(list(texts)))
            .order_by(disclosures.c.channel.desc(), disclosures.c.locale, disclosures.c.version)
        )
        for row in await self.database.records(statement) if texts else ():
            shown = {name: row[name] for name in Disclosure.__struct_fields__}
            texts[row["program_id"]].append(msgspec.convert(shown, Disclosure))
        return [msgspec.convert({**record, "disclosures": tuple(texts[record["id"]])}, Program) for record in records]


def _described() -> Select[Any]:
    return select(programs, senders.c.slug.label("sender_slug")).join(senders, senders.c.id == programs.c.sender_id)


def _unknown() -> NoSuchProgram:
    return NoSuchProgram("There is no program with this id or slug.", field="program")
