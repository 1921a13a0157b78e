"""What is kept for a while only."""

from dataclasses import dataclass
from datetime import timedelta

from application.access.ports import Repeats
from application.ports import Clock

_KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetRepeats:
    """Deletes answers whose time to be repeated is over."""

    repeats: Repeats
    clock: Clock

    async def __call__(self) -> int:
        return await self.repeats.forget(self.clock.now() - _KEPT)
