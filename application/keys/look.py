"""What an operator sees of the keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from msgspec import Struct

from application.keys.ports import KeyStandings
from application.ports import Clock, Transaction
from domain.keys import MOST_AGED, SILENT, Purpose, Standing, User, Work


class KeyStatus(Struct, frozen=True, kw_only=True):
    """`waiting_for` counts the processes that do not know the next version yet, or do not use the one in use yet."""

    standing: Standing
    next: int | None
    waiting_for: int
    works: tuple[Work, ...]
    old: bool

    @property
    def under_way(self) -> bool:
        return (
            self.next is not None
            or self.waiting_for > 0
            or not all(work.finished_at for work in self.works)
            or (self.standing.oldest < self.standing.current and not self.works and self.moves_rows)
        )

    @property
    def moves_rows(self) -> bool:
        return self.standing.purpose in (Purpose.DATA, Purpose.INDEX, Purpose.SUPPRESSION)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtKeys:
    key_standings: KeyStandings
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> list[KeyStatus]:
        now = self.clock.now()
        async with self.transaction():
            every, works = await self.key_standings.look(), await self.key_standings.works()
            users = await self.key_standings.users(now - SILENT)
        return [_status(standing, users, works, now - standing.since) for standing in every]


def _status(standing: Standing, users: Sequence[User], works: Sequence[Work], age: timedelta) -> KeyStatus:
    known = [max(user.known.get(standing.purpose, (standing.current,))) for user in users]
    newest = max(known, default=standing.current)
    coming = newest if newest > standing.current else None
    behind = sum(one < newest for one in known)
    behind += sum(user.used.get(standing.purpose) != standing.current for user in users) if coming is None else 0
    return KeyStatus(
        standing=standing,
        next=coming,
        waiting_for=behind,
        works=tuple(one for one in works if (one.purpose, one.version) == (standing.purpose, standing.current)),
        old=age > MOST_AGED,
    )
