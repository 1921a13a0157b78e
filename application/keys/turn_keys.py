"""Turning keys, by whichever worker comes first: put to use what everyone knows, then bring along what stands under
older versions, a batch to a transaction. Nothing but the rows of these tables remembers where it was, so that a crash
at any point costs one batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.keys.ports import KeyStandings, Rework, Step
from application.ports import Clock, Transaction
from domain.access import SYSTEM
from domain.audit.record import Subject
from domain.keys import AGED, REPEATS_AGED, SILENT, Purpose, Standing, Work, next_version, turned

_BETWEEN_LOOKS = timedelta(seconds=1)


@dataclass(slots=True, kw_only=True)
class TurnKeys:
    key_standings: KeyStandings
    rework: Rework
    trail: Trail
    transaction: Transaction
    clock: Clock
    _looked_at: datetime | None = field(default=None, init=False)

    async def __call__(self) -> int:
        """How much was done; nothing is asked of the database more than once a second while there is nothing to do."""
        now = self.clock.now()
        if self._looked_at is not None and timedelta() <= now - self._looked_at < _BETWEEN_LOOKS:
            return 0
        async with self.transaction():
            done = await self._look(now) if await self.key_standings.alone() else 0
        self._looked_at = None if done else now
        return done

    async def _look(self, now: datetime) -> int:
        every = await self.key_standings.every()
        users = await self.key_standings.users(now - SILENT)
        for standing in every:
            newer = next_version(standing, users)
            if newer is not None:
                await self._use(standing, newer, now)
                return 1
        works = {(work.purpose, work.step): work for work in await self.key_standings.works()}
        for standing in every:
            if standing.oldest < standing.current and turned(standing, users, now):
                done = await self._bring_along(standing, works, now)
                if done:
                    return done
        return 0

    async def _use(self, standing: Standing, version: int, now: datetime) -> None:
        after = replace(standing, current=version, since=now)
        await self.key_standings.use(after)
        what = Subject(kind="key", id=standing.purpose)
        versions = {"version": standing.current}, {"version": version}
        await self.trail.record([noted(SYSTEM, "key.rotated", what, now, before=versions[0], after=versions[1])])

    async def _bring_along(self, standing: Standing, works: dict[tuple[str, str], Work], now: datetime) -> int:
        """One batch of the first step that is not through. When all are, older versions are not looked up any more."""
        steps = [step for step in self.rework.steps() if step.purpose == standing.purpose]
        for step in steps:
            work = works.get((standing.purpose, step.name))
            if work is None or work.version != standing.current:
                work = Work(purpose=standing.purpose, step=step.name, version=standing.current)
            again = work.again_at()
            if work.finished_at is None or (again is not None and now >= again):
                await self._batch(step, work, now)
                return 1
        if self._nothing_left(standing, steps, works, now):
            await self.key_standings.use(replace(standing, oldest=standing.current))
            return 1
        return 0

    async def _batch(self, step: Step, work: Work, now: datetime) -> None:
        again = work.finished_at is not None
        found = await step.batch(None if again else work.cursor)
        left = (0 if again or work.cursor is None else work.left) + found.unreadable
        after = replace(work, cursor=found.cursor, done=work.done + found.done, left=left, finished_at=None)
        if found.cursor is None:
            after = replace(
                after, left=max(left, await step.left(work.version)), passes=work.passes + 1, finished_at=now
            )
        await self.key_standings.keep(after)

    def _nothing_left(
        self, standing: Standing, steps: Sequence[Step], works: dict[tuple[str, str], Work], now: datetime
    ) -> bool:
        if any(works[(standing.purpose, step.name)].left for step in steps):
            return False
        match standing.purpose:
            case Purpose.DATA:
                return now >= standing.since + AGED
            case Purpose.IDEMPOTENCY:
                return now >= standing.since + REPEATS_AGED
            case Purpose.INDEX | Purpose.SUPPRESSION:
                return True
            case _:
                # Links in old mails and old signatures are honoured for ever.
                return False
