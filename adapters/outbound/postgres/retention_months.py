"""Months that are over: a partition of which nothing stays is detached and dropped, which touches no row.

Detached in a statement that gives up after some milliseconds, because whoever comes behind it waits as long; not
CONCURRENTLY, which PostgreSQL refuses where there is a default partition. The few rows of a month that have to stay
are moved to the default partition first. Where many have to, the others are deleted in small batches instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import asyncpg

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.legal_holds import on_hold
from application.audit.ports import Noted, Trail
from application.retention.ports import Due, InUse, Shelf, Taken
from domain.access import SYSTEM
from domain.audit.record import Change, Subject, audited
from domain.ids import floor_id
from domain.retention.policies import Policy, RecordClass

_MOVED = 1_000
_BATCH = 2_000
_PATIENCE = "150ms"
_PARTITIONS = """
select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = to_regclass($1) order by c.relname
"""
_WAITS = "select message_id from outbox union all select message_id from held"
_MESSAGE = f"m.id in ({_WAITS}) or {on_hold('m.contact_id', 'm.program_id')}"
_OF_MESSAGE = f"exists (select from messages m where m.id = t.message_id and ({_MESSAGE}))"  # nosec B608
# What says that something is gone is what makes the rest verify; what no checkpoint is over yet cannot be told from
# what somebody took.
_RECORD = """
t.action in ('contact.erased', 'retention.removed')
or not exists (select from leaves l where l.entry_id = t.id)
or exists (select from legal_holds h where h.released_at is null and h.subject_id::text = t.subject_id)
"""


@dataclass(frozen=True)
class MonthShelf(Shelf):
    """One partitioned table. `stays` is the condition, on `t`, of rows that are not removed with their month."""

    database: Database
    table: str
    key: str
    stays: str
    record_class: RecordClass
    trail: Trail | None = None

    async def due(self, policy: Policy, now: datetime) -> Due:
        upto, due = _cutoff(policy, now), Due()
        for partition in await self._over(upto):
            row = await self.database.connection.fetchrow(
                f"select count(*) filter (where not {self.stays_here}) as count,"  # noqa: S608
                f" count(*) filter (where {self.stays_here}) as held,"
                f" (array_agg({self.key} order by {self.key}))[1] as oldest,"
                f" (array_agg({self.key} order by {self.key} desc))[1] as newest"
                f" from {partition} t where {self.key} < $1",
                floor_id(upto),
            )
            due = due.with_more(
                Due(count=row["count"], held=row["held"], oldest=_at(row["oldest"]), newest=_at(row["newest"]))
            )
        return due

    async def take(self, policy: Policy, now: datetime, cursor: str | None) -> Taken:
        upto = _cutoff(policy, now)
        over = [name for name in await self._over(upto) if cursor is None or name >= cursor]
        if not over:
            return Taken()
        partition, *further = over
        taken = await self._detach(partition) if partition != self._rest else None
        if taken is None:
            taken = await self._delete(partition, upto)
        # The same partition again until nothing more of it can go.
        following = partition if taken and partition in await self._names() else next(iter(further), None)
        if taken and self.trail is not None:
            await self._tell(self.trail, upto, now)
        return Taken(count=taken, cursor=following)

    @property
    def stays_here(self) -> str:
        return f"({self.stays})"

    @property
    def _rest(self) -> str:
        return f"{self.table}_rest"

    async def _names(self) -> list[str]:
        return [row["relname"] for row in await self.database.connection.fetch(_PARTITIONS, self.table)]

    async def _over(self, upto: datetime) -> list[str]:
        """Months that ended before, oldest first, and at last what no month has."""
        ended = [name for name in await self._names() if name == self._rest or _ends(name) <= upto]
        return sorted(ended, key=lambda name: (name == self._rest, name))

    async def _detach(self, partition: str) -> int | None:
        """How many rows went; None where too many have to stay. Raises InUse."""
        connection = self.database.connection
        stays: int = await connection.fetchval(
            f"select count(*) from (select from {partition} t where {self.stays_here} limit $1) as s",  # noqa: S608
            _MOVED + 1,
        )
        if stays > _MOVED:
            return None
        rows: int = await connection.fetchval(f"select count(*) from {partition}")  # noqa: S608
        try:
            async with connection.transaction():
                await connection.execute(f"set local lock_timeout = '{_PATIENCE}'")
                await connection.execute(f"alter table {self.table} detach partition {partition}")
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
            raise InUse("The table is in use.") from error
        if stays:
            await connection.execute(
                f"insert into {self.table} overriding system value"  # noqa: S608
                f" select * from {partition} t where {self.stays_here}"
            )
        await connection.execute(f"drop table {partition}")
        return rows - stays

    async def _delete(self, partition: str, upto: datetime) -> int:
        status: str = await self.database.connection.execute(
            f"delete from {partition} where ctid in (select ctid from {partition} t"  # noqa: S608
            f" where t.{self.key} < $1 and not {self.stays_here} limit $2 for update skip locked)",
            floor_id(upto),
            _BATCH,
        )
        return int(status.rpartition(" ")[2])

    async def _tell(self, trail: Trail, upto: datetime, now: datetime) -> None:
        """All below is gone, but for what is still there."""
        told = (Change(field="upto", before=None, after=str(floor_id(upto))),)
        record = audited(SYSTEM, "retention.removed", Subject(kind=self.table), now, made=told)
        await trail.record([Noted(record=record)])


def month_shelves(database: Database, trail: Trail) -> Sequence[Shelf]:
    of = RecordClass
    return (
        MonthShelf(database, "message_bodies", "message_id", _OF_MESSAGE, of.MESSAGE_BODIES),
        MonthShelf(database, "message_journal", "message_id", _OF_MESSAGE, of.MESSAGES),
        MonthShelf(database, "messages", "id", _MESSAGE.replace("m.", "t."), of.MESSAGES),
        MonthShelf(database, "audit_records", "id", _RECORD, of.AUDIT_TRAIL, trail),
    )


def _cutoff(policy: Policy, now: datetime) -> datetime:
    if policy.period is None:
        raise ValueError(f"{policy.record_class} has no period.")
    return policy.period.before(now)


def _ends(partition: str) -> datetime:
    year, month = (int(part) for part in partition.rsplit("_", 2)[1:])
    return datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)


def _at(identifier: UUID | None) -> datetime | None:
    """A UUIDv7 tells when it was made."""
    return None if identifier is None else datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
