"""Every process looks at the ring again and again, and says what it knows and uses."""

from dataclasses import dataclass, field
from uuid import UUID

from application.keys.ports import Keys, KeyStandings
from application.ports import Clock, Transaction
from domain.ids import new_id
from domain.keys import Standing, User


@dataclass(slots=True, kw_only=True)
class WatchKeys:
    keys: Keys
    key_standings: KeyStandings
    transaction: Transaction
    clock: Clock
    _id: UUID | None = field(default=None, init=False)

    async def __call__(self) -> list[Standing]:
        """What was decided is used here before it is said to be."""
        await self.keys.look_again()
        standings = await self._report()
        self.keys.turn(standings)
        return standings

    async def begin(self) -> None:
        """For keys whose standing nobody wrote down: the newest version is in use, and any may have been."""
        known, now = self.keys.known(), self.clock.now()
        first = [
            Standing(purpose=purpose, current=max(versions), oldest=min(versions), since=now)
            for purpose, versions in known.items()
        ]
        async with self.transaction():
            await self.key_standings.begin(first)

    async def end(self) -> None:
        if self._id is not None:
            async with self.transaction():
                await self.key_standings.forget(self._id)

    async def _report(self) -> list[Standing]:
        now = self.clock.now()
        self._id = self._id or new_id(now)
        user = User(id=self._id, known=self.keys.known(), used=self.keys.used(), seen_at=now)
        async with self.transaction():
            return await self.key_standings.report(user)
