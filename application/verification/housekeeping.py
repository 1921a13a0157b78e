"""What a challenge leaves behind: nothing personal once it has served, nothing at all a day later."""

from dataclasses import dataclass

from application.ports import Clock, Transaction
from application.verification.ports import Challenges


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetChallenges:
    challenges: Challenges
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> int:
        async with self.transaction():
            return await self.challenges.forget(now=self.clock.now())
