"""Both logs and what was sealed of them, in PostgreSQL."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import insert, select, update

from adapters.outbound.postgres.audit_lines import (
    LINES,
    TEXTS,
    ledger_line,
    numbered_leaf,
    place_of,
    signed_checkpoint,
    trail_line,
)
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import checkpoints, leaves
from application.audit.entries import of_ledger_line, of_trail_line
from application.audit.export import Line
from application.audit.ports import Seals
from application.audit.proving import Tree
from application.secrets import Seal, Vault
from domain.audit.logs import Entry, Leaf, Log, Numbered, Place, SignedCheckpoint

_LOCK = 0x0971_5EA1
_BY = 2_000
_TABLES = {Log.LEDGER: "consent_entries", Log.AUDIT: "audit_records"}

_CURSOR = """
insert into followers (name) values ($1) on conflict (name) do update set name = excluded.name
returning transaction, position
"""
_ADVANCE = "update followers set transaction = $2, position = $3 where name = $1"
_NEXT = """
where (e.transaction, e.position) > ($1, $2)
  and e.transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
order by e.transaction, e.position limit $3
"""
# A leaf beyond the last root, below the first, or of the other log covers nothing. Looked up one by one: as a join the
# planner takes it for a small one while a table is young, and compares all with all.
_WITHOUT_LEAF = """
where (e.transaction, e.position) > ($1, $2) and not coalesce((
    select bool_or(l.number between 0 and (select max(last) from checkpoints))
    from leaves l where l.entry_id = e.id and l.log = $4), false)
order by e.transaction, e.position limit $3
"""
_WAITING = """
select count(*) from (
    select from {table} e
    where (e.transaction, e.position) > (
        coalesce((select transaction from followers where name = $1), -1),
        coalesce((select position from followers where name = $1), -1))
    limit 100000) as w
"""
_OVER = """
select distinct c.* from unnest($1::bigint[]) as t(number)
cross join lateral (select * from checkpoints where first <= t.number order by first desc limit 1) as c
order by c.number
"""
# What somebody wrote there by hand may be no JSON, or no id: such a record speaks for nothing.
_FLOOR = """
case when pg_input_is_valid(r.changes, 'json') then
    case when json_typeof(r.changes::json -> 0) = 'object'
        and pg_input_is_valid(r.changes::json -> 0 ->> 'after', 'uuid')
    then (r.changes::json -> 0 ->> 'after')::uuid end
end
"""
_GONE = f"""
select t.id from unnest($2::uuid[]) as t(id)
where exists (
    select from audit_records r
    where r.action = 'retention.removed' and r.subject_kind = $1
      and (r.subject_id = t.id::text or (r.subject_id is null and t.id < {_FLOOR})))
"""  # noqa: S608


@dataclass(frozen=True)
class PostgresBooks(Seals, Tree):
    database: Database
    vault: Vault
    seal: Seal

    async def checkpoints(self) -> AsyncIterator[SignedCheckpoint]:
        number = 0
        while True:
            following = select(checkpoints).where(checkpoints.c.number > number).order_by(checkpoints.c.number)
            async with self.database.transaction():
                rows = await self.database.records(following.limit(_BY))
            for row in rows:
                yield signed_checkpoint(row)
                number = row["number"]
            if len(rows) < _BY:
                return

    async def leaves(self, first: int, last: int) -> list[Numbered]:
        asked = select(leaves).where(leaves.c.number.between(first, last)).order_by(leaves.c.number)
        async with self.database.transaction():
            return [numbered_leaf(row) for row in await self.database.records(asked)]

    async def entries(self, log: Log, ids: Sequence[UUID]) -> list[Entry]:
        async with self.database.transaction():
            rows = await self.database.connection.fetch(f"{LINES[log]} where e.id = any($1::uuid[])", list(ids))
        return [self._entry(log, row) for row in rows]

    async def lines(self, log: Log, ids: Sequence[UUID]) -> dict[UUID, Line]:
        async with self.database.transaction():
            rows = await self.database.connection.fetch(f"{LINES[log]} where e.id = any($1::uuid[])", list(ids))
        return {row["id"]: Line(leaf=self._entry(log, row).leaf, line=TEXTS[log](row)) for row in rows}

    async def sealed(self, ids: Sequence[UUID]) -> list[Numbered]:
        asked = select(leaves).where(leaves.c.entry_id.in_(list(ids)))
        async with self.database.transaction():
            return [numbered_leaf(row) for row in await self.database.records(asked)]

    async def over(self, numbers: Sequence[int]) -> list[SignedCheckpoint]:
        async with self.database.transaction():
            rows = await self.database.connection.fetch(_OVER, list(numbers))
        return [signed_checkpoint(row) for row in rows]

    async def gone(self, log: Log, ids: Sequence[UUID]) -> set[UUID]:
        async with self.database.transaction():
            rows = await self.database.connection.fetch(_GONE, _TABLES[log], list(ids))
        return {row["id"] for row in rows}

    async def not_sealed(self) -> AsyncIterator[Entry]:
        for log in Log:
            place = Place(transaction=-1, position=-1)
            while True:
                asked = LINES[log] + _WITHOUT_LEAF
                async with self.database.transaction():
                    rows = await self.database.connection.fetch(asked, place.transaction, place.position, _BY, log)
                for row in rows:
                    yield self._entry(log, row)
                    place = place_of(row)
                if len(rows) < _BY:
                    break

    async def latest(self) -> SignedCheckpoint | None:
        await self.database.connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
        newest = select(checkpoints).order_by(checkpoints.c.number.desc()).limit(1)
        rows = await self.database.records(newest)
        return signed_checkpoint(rows[0]) if rows else None

    async def to_seal(self, *, most: int) -> list[Entry]:
        found: list[Entry] = []
        for log in Log:
            name = f"seal_{log}"
            cursor = await self.database.connection.fetchrow(_CURSOR, name)
            asked = LINES[log] + _NEXT
            rows = await self.database.connection.fetch(asked, *cursor, most - len(found))
            if rows:
                last = place_of(rows[-1])
                await self.database.connection.execute(_ADVANCE, name, last.transaction, last.position)
                found += [self._entry(log, row) for row in rows]
        return found

    async def waiting(self) -> int:
        counts = [
            await self.database.connection.fetchval(_WAITING.format(table=_TABLES[log]), f"seal_{log}") for log in Log
        ]
        return sum(counts)

    async def add(self, signed: SignedCheckpoint, leaves_below: Sequence[Numbered]) -> None:
        one = signed.checkpoint
        row = {name: getattr(one, name) for name in one.__struct_fields__}
        await self.database.execute(insert(checkpoints).values(**row, key_id=signed.key_id, signature=signed.signature))
        await self.database.connection.copy_records_to_table(
            "leaves",
            columns=["number", "log", "entry_id", "transaction", "position", "hash"],
            records=[
                (each.number, each.leaf.log, each.leaf.entry_id, *_places(each.leaf), bytes.fromhex(each.leaf.hash))
                for each in leaves_below
            ],
        )

    async def not_anchored(self) -> list[SignedCheckpoint]:
        waiting = select(checkpoints).where(checkpoints.c.anchored_at.is_(None)).order_by(checkpoints.c.number)
        return [signed_checkpoint(row) for row in await self.database.records(waiting.limit(_BY))]

    async def anchored(self, number: int, at: datetime) -> None:
        await self.database.execute(update(checkpoints).where(checkpoints.c.number == number).values(anchored_at=at))

    def _entry(self, log: Log, row: asyncpg.Record) -> Entry:
        if log is Log.LEDGER:
            return of_ledger_line(ledger_line(row), self.vault)
        return of_trail_line(trail_line(row), self.seal)


def _places(leaf: Leaf) -> tuple[Any, Any]:
    return leaf.place.transaction, leaf.place.position
