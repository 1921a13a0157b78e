"""Programs and senders at hand, each at the revision a statement has just read: never stale, rarely fetched."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import disclosures, programs, senders
from domain.channels import Sender
from domain.ids import ProgramId, SenderId
from domain.programs import Disclosure, Program

Key = tuple[UUID, int]


@dataclass(frozen=True)
class Directory:
    database: Database
    _programs: dict[Key, Program] = field(default_factory=dict, repr=False)
    _senders: dict[Key, Sender] = field(default_factory=dict, repr=False)

    async def refresh(self, records: Sequence[asyncpg.Record]) -> None:
        """Fetches what the records name and the process has not seen at that revision. What was changed in between
        comes as it is now.
        """
        wanted = {key for record in records if (key := _program(record))}
        if missing := wanted - self._programs.keys():
            loaded = {one.id: one for one in await load_programs(self.database, [identity for identity, _ in missing])}
            self._programs.update({key: loaded[ProgramId(key[0])] for key in missing})
        wanted = {key for record in records if (key := _sender(record))}
        if missing := wanted - self._senders.keys():
            statement = select(senders).where(senders.c.id.in_([identity for identity, _ in missing]))
            found = {one.id: one for one in await self.database.rows(statement, Sender)}
            self._senders.update({key: found[SenderId(key[0])] for key in missing})

    def program(self, record: asyncpg.Record) -> Program | None:
        key = _program(record)
        return self._programs[key] if key else None

    def sender(self, record: asyncpg.Record) -> Sender | None:
        key = _sender(record)
        return self._senders[key] if key else None


async def load_programs(database: Database, ids: Sequence[UUID]) -> list[Program]:
    """With the latest version of each disclosure."""
    newest = (
        select(disclosures)
        .where(disclosures.c.program_id.in_(ids))
        .ext(distinct_on(disclosures.c.program_id, disclosures.c.channel, disclosures.c.locale))
        .order_by(disclosures.c.program_id, disclosures.c.channel, disclosures.c.locale, disclosures.c.version.desc())
    )
    texts: dict[Any, list[Disclosure]] = {}
    for record in await database.records(newest):
        shown = {name: record[name] for name in Disclosure.__struct_fields__}
        texts.setdefault(record["program_id"], []).append(msgspec.convert(shown, Disclosure))
    rows = await database.records(select(programs).where(programs.c.id.in_(ids)))
    return [msgspec.convert({**row, "disclosures": tuple(texts.get(row["id"], ()))}, Program) for row in rows]


def _program(record: asyncpg.Record) -> Key | None:
    return (record["program_id"], record["program_revision"]) if record["program_id"] is not None else None


def _sender(record: asyncpg.Record) -> Key | None:
    return (record["sender_id"], record["sender_revision"]) if record["sender_id"] is not None else None
