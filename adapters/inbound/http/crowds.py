"""How much is asked by those whom no key and no session has let in: pages, sign-in, callbacks, keys nobody knows.

Counted by the part of the network it comes from, before anything is looked up, and for all processes together. Whoever
was let in a moment ago is not counted here, so a crowd in the same network keeps no integrator and no operator out.
They are counted for themselves there; where they are not, a key is no free pass.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from litestar.types import HTTPScope

from adapters.inbound.http.passage import passage_of
from adapters.inbound.http.rate_limit import require, told
from application.access.ports import RateLimits
from application.operators.throttle import network_of
from domain.errors import Unavailable

# What an orchestrator asks of this process alone.
_UNCOUNTED = frozenset({"/live", "/ready", "/metrics"})
# Providers tell us of every message, and mail programs press the button for many people at once: nobody's opt-out waits
# because others in that network opted out too.
_WIDE = ("/callbacks/", "/u/")
_MOST_FAMILIAR = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowds:
    """`wide` is the limit of what providers and mail programs send, `alias` what a network is counted under."""

    visitors: RateLimits
    wide: RateLimits
    alias: Callable[[str], str]
    _familiar: set[bytes] = field(default_factory=set)

    async def admit(self, scope: HTTPScope, now: datetime, *, by: bytes | None) -> bytes | None:
        """What they came with, to be welcomed if it lets them in: the header `by`, where any does. Raises TooMany."""
        came_with = _credential(scope, by) if by else None
        if came_with in self._familiar or scope["path"] in _UNCOUNTED:
            return came_with
        limits, kind = (self.wide, "wide") if scope["path"].startswith(_WIDE) else (self.visitors, "visitor")
        caller = scope["client"]
        subject = f"{kind}:{self.alias(network_of(caller[0] if caller else None))}"
        try:
            allowance = await limits.take(subject, now)
        except Unavailable:
            # Who cannot be counted finds out from what they asked for, in its own words.
            return came_with
        passage_of(scope).headers.extend(told(allowance))
        require(allowance, whose="Your network")
        return came_with

    def welcome(self, came_with: bytes | None) -> None:
        if came_with is None or came_with in self._familiar:
            return
        if len(self._familiar) >= _MOST_FAMILIAR:
            self._familiar.clear()
        self._familiar.add(came_with)

    def turn_away(self, came_with: bytes | None) -> None:
        """It let them in before, maybe, and no longer does."""
        if came_with is not None:
            self._familiar.discard(came_with)


def _credential(scope: HTTPScope, by: bytes) -> bytes | None:
    """A digest, for no secret is kept."""
    said = [value for name, value in scope["headers"] if name == by]
    return sha256(b"\n".join([by, *said])).digest() if said else None
