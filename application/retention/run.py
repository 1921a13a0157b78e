"""Removing what is over, by whichever worker comes first: one small batch to a transaction, the next where the last one
ended, so that a crash costs one batch and nobody who sends ever waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.ports import Clock, Transaction
from application.retention.ports import Holds, InUse, Run, Runs, Shelf
from application.retention.shelving import Shelving
from domain.access import SYSTEM, Actor, Permission
from domain.audit.record import Subject
from domain.errors import Conflict
from domain.ids import RunId, new_id
from domain.retention.policies import Policy, RecordClass

_TRIES = 4
_PAGE = 100


class RunUnderWay(Conflict):
    """A run is under way; it goes on by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRetention:
    """A run now, beside those of each night; the worker, or whoever asked, goes on with it."""

    runs: Runs
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, by: Actor) -> Run:
        """Raises RunUnderWay."""
        by.must(Permission.WRITE_HOLDS)
        now = self.clock.now()
        async with self.transaction():
            if not await self.runs.alone() or await self.runs.under_way() is not None:
                raise RunUnderWay("A run is under way; it goes on by itself.")
            run = _new(by.id, now)
            await self.runs.keep(run)
            await self.trail.record([noted(by, "retention.started", _subject(run), now)])
        return run


@dataclass(slots=True, kw_only=True)
class RunRetention:
    """`retention_hour` is the hour, in UTC, from which on a day's run is begun."""

    runs: Runs
    shelving: Shelving
    holds: Holds
    retention_policies: Sequence[Policy]
    retention_hour: int
    trail: Trail
    transaction: Transaction
    clock: Clock
    _in_vain: int = field(default=0, init=False)

    async def __call__(self) -> int:
        """One batch; 0 when there is nothing to do now."""
        try:
            async with self.transaction():
                return await self._go_on() if await self.runs.alone() else 0
        except InUse:
            # Tried some times at once, then at the worker's next turn: each try stands in the way for a moment.
            self._in_vain = (self._in_vain + 1) % _TRIES
            return 1 if self._in_vain else 0

    async def _go_on(self) -> int:
        now = self.clock.now()
        run = await self.runs.under_way() or await self._tonight(now)
        if run is None:
            return 0
        shelves = self.shelving.every()
        if await self.holds.on_everything():
            await self._end(replace(run, held=True), now)
        elif run.shelf == len(shelves):
            await self._end(run, now)
        else:
            await self._batch(run, shelves[run.shelf])
        self._in_vain = 0
        return 1

    async def _tonight(self, now: datetime) -> Run | None:
        latest = await self.runs.latest()
        begins = datetime.combine(now.astimezone(UTC).date(), time(self.retention_hour), UTC)
        if now < begins or (latest is not None and latest.started_at >= begins):
            return None
        return _new(SYSTEM.id, now)

    async def _batch(self, run: Run, shelf: Shelf) -> None:
        """Ages are taken at the run's start, so that one run means the same for all it goes through."""
        taken = await shelf.take(self._policy(shelf.record_class), run.started_at, run.cursor)
        removed = run.removed | {shelf.record_class: run.removed.get(shelf.record_class, 0) + taken.count}
        further = run.shelf if taken.cursor is not None else run.shelf + 1
        await self.runs.keep(replace(run, shelf=further, cursor=taken.cursor, removed=removed))

    async def _end(self, run: Run, now: datetime) -> None:
        await self.runs.keep(replace(run, finished_at=now))
        told: dict[str, object] = {name: count for name, count in run.removed.items() if count}
        if run.held:
            told["held"] = "everything"
        await self.trail.record([noted(SYSTEM, "retention.ran", _subject(run), now, after=told)])

    def _policy(self, record_class: RecordClass) -> Policy:
        return next(policy for policy in self.retention_policies if policy.record_class is record_class)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionReports:
    runs: Runs
    transaction: Transaction

    async def __call__(self, by: Actor) -> list[Run]:
        """The latest runs, the newest first."""
        by.must(Permission.READ_RETENTION)
        async with self.transaction():
            return await self.runs.page(_PAGE)


def _subject(run: Run) -> Subject:
    return Subject(kind="retention_run", id=str(run.id))


def _new(by: str, now: datetime) -> Run:
    return Run(id=RunId(new_id(now)), day=now.date(), started_at=now, started_by=by, removed={})
