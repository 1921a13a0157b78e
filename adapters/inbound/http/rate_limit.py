"""RateLimit-Limit, -Remaining and -Reset on every answer; 429 and Retry-After when nothing remains."""

from adapters.inbound.http.problems import TooMany
from application.access.ports import Allowance


def told(allowance: Allowance) -> list[tuple[bytes, bytes]]:
    return [
        (b"ratelimit-limit", b"%d" % allowance.limit),
        (b"ratelimit-remaining", b"%d" % allowance.remaining),
        (b"ratelimit-reset", b"%d" % allowance.reset),
    ]


def require(allowance: Allowance, *, whose: str = "This key or session") -> None:
    """Raises TooMany."""
    if not allowance.allowed:
        raise TooMany(
            "rate-limited",
            f"{whose} may ask {allowance.limit} times a minute; it may again in {allowance.reset} seconds.",
            headers={"Retry-After": str(allowance.reset)},
        )
