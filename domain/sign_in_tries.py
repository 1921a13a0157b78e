"""How often somebody may guess: a few times at once, then ever more slowly, and never so that only waiting helps the
one whose account it is.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from domain.ids import OperatorId

_FORGOTTEN = timedelta(hours=24)
# How far apart those who ask side by side may have looked at the clock.
_SIDE_BY_SIDE = timedelta(minutes=1)


class Tries(Struct, frozen=True, kw_only=True):
    failures: int = 0
    last_at: datetime
    until: datetime

    def wait(self, now: datetime) -> timedelta:
        return max(self.until - now, timedelta(0))

    def charged(self, allowed: "Allowed", now: datetime) -> "Tries":
        """Counted before it is known how it ends: those who ask side by side count each, and who came a moment earlier
        and is counted a moment later does not wait for that.
        """
        failures = 1 if now - self.last_at >= _FORGOTTEN else self.failures + 1
        delay = allowed.delay(failures)
        return Tries(failures=failures, last_at=now, until=now + delay if delay else now - _SIDE_BY_SIDE)

    def refunded(self, now: datetime) -> "Tries":
        """It was no failure. What others failed at stays."""
        return Tries(failures=max(self.failures - 1, 0), last_at=self.last_at, until=now - _SIDE_BY_SIDE)


class Allowed(Struct, frozen=True, kw_only=True):
    """`free` tries at once; each one after it waits twice as long as the one before."""

    subject: str
    free: int
    longest: timedelta

    def delay(self, failures: int) -> timedelta:
        over = failures - self.free
        return min(timedelta(seconds=2 ** min(over, 20)), self.longest) if over >= 0 else timedelta(0)


_QUARTER, _MINUTE = timedelta(minutes=15), timedelta(minutes=1)


def allowed_for(account: str, network: str, device: str | None) -> tuple[Allowed, ...]:
    """A device its owner signed in on before counts for itself, so that nobody elsewhere can shut them out (OWASP,
    device cookies). All others share what one account may be guessed at, from everywhere together, with short delays.
    """
    if device is not None:
        return (Allowed(subject=f"device|{account}|{device}", free=10, longest=_QUARTER),)
    return (
        Allowed(subject=f"network|{network}", free=30, longest=_QUARTER),
        Allowed(subject=f"account|{account}|{network}", free=5, longest=_QUARTER),
        Allowed(subject=f"account|{account}", free=50, longest=_MINUTE),
    )


def factor_tries(operator_id: OperatorId) -> tuple[Allowed, ...]:
    """Whoever gets here knows the password: a million codes take longer than the codes live."""
    return (Allowed(subject=f"factor|{operator_id}", free=5, longest=_QUARTER),)


def reset_tries(account: str, network: str) -> tuple[Allowed, ...]:
    """So that nobody's mailbox is filled, and nobody tries one address after the other."""
    return (
        Allowed(subject=f"reset-account|{account}", free=3, longest=_QUARTER),
        Allowed(subject=f"reset-network|{network}", free=20, longest=_QUARTER),
    )


def passkey_tries(network: str) -> tuple[Allowed, ...]:
    """Nothing here can be guessed; what a flood costs is kept small."""
    return (Allowed(subject=f"passkey|{network}", free=30, longest=_MINUTE),)
