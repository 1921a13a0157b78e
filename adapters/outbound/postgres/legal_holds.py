"""Legal holds, and how a statement asks whether one is on a row."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import insert, select, update

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.retention_runs import LOCK
from adapters.outbound.postgres.tables import legal_holds
from application.retention.ports import Holds
from application.secrets import Seal
from domain.ids import ContactId, HoldId
from domain.retention.holds import HoldOn, LegalHold, NoSuchHold

_SEALED = {"reason"}
_EXISTS = {
    HoldOn.CONTACT: """
        select exists (select from contacts where id = $1 and live = $2)
            or exists (select from erasures where contact_id = $1 and live = $2)
    """,
    HoldOn.PROGRAM: "select exists (select from programs where id = $1) and $2",
}
# Of the contact `c`.
ON_PROGRAM_OF = """
exists (select from legal_holds h where h.released_at is null and h."on" = 'program' and (
    exists (select from consent_entries e where e.contact_id = c.id and e.program_id = h.subject_id)
    or exists (select from messages m where m.contact_id = c.id and m.program_id = h.subject_id)))
"""
_ON_EVERYTHING = """select exists (select from legal_holds where "on" = 'everything' and released_at is null)"""


def on_hold(contact: str | None, program: str | None = None) -> str:
    """The condition that a hold is on what these columns name; holds are few, so it costs next to nothing."""
    asked = [
        f"""(h."on" = '{on}' and h.subject_id = {column})"""
        for on, column in ((HoldOn.CONTACT, contact), (HoldOn.PROGRAM, program))
        if column is not None
    ]
    return f"exists (select from legal_holds h where h.released_at is null and ({' or '.join(asked)}))"  # nosec B608


_OVER = f"select {on_hold('c.id')} or {ON_PROGRAM_OF} from (select $1::uuid as id) as c"  # noqa: S608


@dataclass(frozen=True)
class PostgresHolds(Holds):
    database: Database
    seal: Seal

    async def add(self, hold: LegalHold) -> None:
        """A batch that began before it ends before: none removes what is held by then."""
        await self.database.connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        await self.database.execute(insert(legal_holds).values(self._row(hold)))

    async def one(self, hold_id: HoldId) -> LegalHold:
        rows = await self.database.records(select(legal_holds).where(legal_holds.c.id == hold_id).with_for_update())
        if not rows:
            raise NoSuchHold("There is no such hold.")
        return self._hold(rows[0])

    async def save(self, hold: LegalHold) -> None:
        statement = update(legal_holds).where(legal_holds.c.id == hold.id)
        await self.database.execute(statement.values(self._row(hold)))

    async def every(self) -> list[LegalHold]:
        order = (legal_holds.c.released_at.isnot(None), legal_holds.c.id.desc())
        return [self._hold(row) for row in await self.database.records(select(legal_holds).order_by(*order))]

    async def exists(self, on: HoldOn, subject_id: UUID, *, live: bool) -> bool:
        found: bool = await self.database.connection.fetchval(_EXISTS[on], subject_id, live)
        return found

    async def on_everything(self) -> bool:
        found: bool = await self.database.connection.fetchval(_ON_EVERYTHING)
        return found

    async def over(self, contact_id: ContactId) -> bool:
        found: bool = await self.database.connection.fetchval(_OVER, contact_id)
        return found or await self.on_everything()

    def _row(self, hold: LegalHold) -> dict[str, object]:
        row = {name: getattr(hold, name) for name in hold.__struct_fields__ if name not in _SEALED}
        return row | {"sealed": self.seal.seal(hold.reason.encode(), _context(hold.id))}

    def _hold(self, row: asyncpg.Record) -> LegalHold:
        fields = {name: value for name, value in dict(row).items() if name != "sealed"}
        fields["reason"] = self.seal.open(row["sealed"], _context(row["id"])).decode()
        return msgspec.convert(fields, LegalHold)


def _context(hold_id: UUID) -> bytes:
    return b"legal_holds.sealed" + hold_id.bytes
