"""A carrier that is down is left alone for a while, instead of being asked by every message in the queue."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

from opentelemetry.trace import SpanKind

from adapters.tracing import tracing
from application.messages.carriers import Carrier, NotNow, NoWord, Outgoing, Refused, Taken


class State(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class CircuitBreaker(Carrier):
    """Opens after `failures` messages in a row that the carrier could not take; after `open_for`, or as long as the
    carrier asked for, one message tries whether it is back. Time is any clock that never goes back, in seconds.

    A refusal, or a single recipient who has to wait, shows a carrier that works.
    """

    def __init__(
        self,
        carrier: Carrier,
        monotonic: Callable[[], float],
        *,
        failures: int = 5,
        open_for: timedelta = timedelta(seconds=30),
    ) -> None:
        self._carrier = carrier
        self._monotonic = monotonic
        self._limit = failures
        self._open_for = open_for
        self._failures = 0
        self._open_until: float | None = None
        self._probe: object | None = None

    @property
    def state(self) -> State:
        if self._open_until is None:
            return State.CLOSED
        return State.OPEN if self._monotonic() < self._open_until else State.HALF_OPEN

    async def send(self, outgoing: Outgoing) -> Taken:
        """Raises what the carrier raises, and NotNow while it is left alone."""
        call = self._admit()
        try:
            with tracing.span(type(self._carrier).__name__, kind=SpanKind.CLIENT):
                taken = await self._carrier.send(outgoing)
        except (NotNow, NoWord) as failure:
            if isinstance(failure, NotNow) and failure.recipient_only:
                self._close()
            else:
                self._failed(call, failure.retry_after if isinstance(failure, NotNow) else None)
            raise
        except Refused:
            self._close()
            raise
        else:
            self._close()
            return taken
        finally:
            if self._probe is call:
                self._probe = None

    async def close(self) -> None:
        await self._carrier.close()

    def _admit(self) -> object:
        call = object()
        if self._open_until is not None:
            left = self._open_until - self._monotonic()
            if left > 0 or self._probe is not None:
                raise NotNow(
                    "carrier-down",
                    "The carrier failed repeatedly and is left alone for a while.",
                    retry_after=timedelta(seconds=max(left, 1.0)),
                )
            self._probe = call
        return call

    def _failed(self, call: object, retry_after: timedelta | None) -> None:
        """Messages already on their way when it opened neither keep it open nor count again."""
        self._failures += 1
        opens = self._failures >= self._limit if self._open_until is None else self._probe is call
        if opens:
            pause = max(self._open_for, retry_after or timedelta())
            self._open_until = self._monotonic() + pause.total_seconds()

    def _close(self) -> None:
        self._failures = 0
        self._open_until = None
