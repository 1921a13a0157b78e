"""When to try again what a carrier could not take: exponential backoff with full jitter, until it is too old."""

from datetime import datetime, timedelta

from msgspec import Struct


class Backoff(Struct, frozen=True, kw_only=True):
    """The wait before try n + 1 lies anywhere between none and `first` · 2ⁿ⁻¹, at most `cap`, so that messages which
    failed together do not come back together (Brooker, "Exponential Backoff And Jitter", AWS 2015).
    """

    attempts: int = 10
    first: timedelta = timedelta(seconds=30)
    cap: timedelta = timedelta(hours=1)
    max_age: timedelta = timedelta(hours=24)

    def next_try(
        self, *, attempt: int, created_at: datetime, now: datetime, chance: float, retry_after: timedelta | None = None
    ) -> datetime | None:
        """After try number `attempt` failed at `now`; None is giving up. `chance` is a random number in [0, 1).

        The carrier's own `retry_after` is the least to wait; it is never hurried.
        """
        if attempt >= self.attempts:
            return None
        widest = min(self.cap, self.first * 2 ** min(attempt - 1, 32))
        at = now + max(widest * chance, retry_after or timedelta())
        return at if at < created_at + self.max_age else None
