from datetime import datetime

from application.access.ports import Allowance, RateLimits

_WINDOW = 60


class LocalRateLimits(RateLimits):
    """For one process alone: so many requests in each whole minute."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._window = 0
        self._used: dict[str, int] = {}

    async def take(self, subject: str, now: datetime) -> Allowance:
        window, passed = divmod(int(now.timestamp()), _WINDOW)
        if window != self._window:
            self._window = window
            self._used = {}
        used = self._used.get(subject, 0)
        if used >= self._limit:
            return Allowance(False, self._limit, 0, _WINDOW - passed)
        self._used[subject] = used + 1
        return Allowance(True, self._limit, self._limit - used - 1, _WINDOW - passed)
