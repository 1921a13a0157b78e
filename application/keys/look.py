"""What an operator sees of the keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from application.keys.ports import KeyStandings, Rework
from application.ports import Clock, Transaction
from domain.keys import MOST_AGED, SILENT, Standing, User, Work


class KeyStatus(Struct, frozen=True, kw_only=True):
    """`waiting_for` counts the processes that do not know the next version yet, or do not use the one in use yet.
    `works` has every column that is, or has to be, brought under the version in use, the ones not begun too.
    """

    standing: Standing
    next: int | None
    waiting_for: int
    works: tuple[Work, ...]
    old: bool

    @property
    def under_way(self) -> bool:
        return self.next is not None or self.waiting_for > 0 or not all(work.finished_at for work in self.works)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtKeys:
    key_standings: KeyStandings
    rework: Rework
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> list[KeyStatus]:
        now = self.clock.now()
        async with self.transaction():
            every, works = await self.key_standings.look(), await self.key_standings.works()
            users = await self.key_standings.users(now - SILENT)
        return [
            _status(standing, users, self._works(standing, works), old=now - standing.since > MOST_AGED)
            for standing in every
        ]

    def _works(self, standing: Standing, works: Sequence[Work]) -> tuple[Work, ...]:
        purpose, version = standing.purpose, standing.current
        begun = {one.step: one for one in works if (one.purpose, one.version) == (purpose, version)}
        if standing.oldest == version:
            return tuple(begun.values())
        steps = [step.name for step in self.rework.steps() if step.purpose == purpose]
        return tuple(begun.get(step) or Work(purpose=purpose, step=step, version=version) for step in steps)


def _status(standing: Standing, users: Sequence[User], works: tuple[Work, ...], *, old: bool) -> KeyStatus:
    known = [max(user.known.get(standing.purpose, (standing.current,))) for user in users]
    newest = max(known, default=standing.current)
    coming = newest if newest > standing.current else None
    behind = sum(one < newest for one in known)
    behind += sum(user.used.get(standing.purpose) != standing.current for user in users) if coming is None else 0
    return KeyStatus(
        standing=standing,
        next=coming,
        waiting_for=behind,
        works=works,
        old=old,
    )
