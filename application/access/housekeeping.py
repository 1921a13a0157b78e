"""What is kept for a while only."""

from dataclasses import dataclass
from datetime import timedelta

from application.access.ports import Repeats, UsedWindows
from application.ports import Clock

_KEPT = timedelta(hours=24)
_WINDOWS_KEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetRepeats:
    """Deletes answers whose time to be repeated is over."""

    repeats: Repeats
    clock: Clock

    async def __call__(self) -> int:
        return await self.repeats.forget(self.clock.now() - _KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetWindows:
    """Deletes what was counted of visitors who did not come back."""

    used_windows: UsedWindows
    clock: Clock

    async def __call__(self) -> int:
        return await self.used_windows.forget(self.clock.now() - _WINDOWS_KEPT)
