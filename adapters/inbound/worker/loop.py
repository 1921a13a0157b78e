"""The work that happens without a request: dispatch at once, everything else in its turn."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import structlog

from adapters.tracing import tracing
from application.messages.ports import Wakeups

_log = structlog.get_logger("worker")
_AT_MOST_IDLE = 1.0
# A round costs the same for one message as for ten: what comes within this time leaves together.
_GATHERING = 0.025
_BETWEEN_FREQUENT = 5.0
_BETWEEN_CHORES = 600.0

Round = Callable[[], Awaitable[int]]


@dataclass(kw_only=True)
class Worker:
    """`rounds` run whenever something is heard and at least every second, each until it finds nothing more to do and
    none waiting for another; `frequent` every few seconds, `chores` every few minutes. What fails is logged and tried
    again at the next turn: the queue is the only memory.
    """

    wakeups: Wakeups
    rounds: Sequence[Round]
    frequent: Sequence[Round] = ()
    chores: Sequence[Round] = ()
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self) -> None:
        """Until it is stopped; a round under way is finished."""
        turns = [asyncio.Event() for _ in self.rounds]
        asides = [
            asyncio.create_task(self._hear(turns)),
            asyncio.create_task(self._every(_BETWEEN_FREQUENT, self.frequent)),
            asyncio.create_task(self._every(_BETWEEN_CHORES, self.chores)),
        ]
        working = [asyncio.create_task(self._turns(one, turn)) for one, turn in zip(self.rounds, turns, strict=True)]
        try:
            await self._stopping.wait()
            for turn in turns:
                turn.set()
            await asyncio.gather(*working)
        finally:
            for task in (*asides, *working):
                task.cancel()

    def stop(self) -> None:
        self._stopping.set()

    async def _hear(self, turns: Sequence[asyncio.Event]) -> None:
        while True:
            try:
                await self.wakeups.wait(seconds=_AT_MOST_IDLE)
            except Exception as error:  # noqa: BLE001 - what cannot be heard is asked
                _log.error("cannot-hear", kind=type(error).__qualname__)
                await asyncio.sleep(_AT_MOST_IDLE)
            await asyncio.sleep(_GATHERING)
            for turn in turns:
                turn.set()

    async def _turns(self, one: Round, turn: asyncio.Event) -> None:
        while not self._stopping.is_set():
            # Before it looks: what is heard while it looks makes it look again.
            turn.clear()
            await self._until_done(one)
            await turn.wait()

    async def _until_done(self, one: Round) -> None:
        while not self._stopping.is_set() and await _safely(one):
            pass

    async def _every(self, seconds: float, rounds: Sequence[Round]) -> None:
        while True:
            for one in rounds:
                await self._until_done(one)
            await asyncio.sleep(seconds)


async def _safely(one: Round) -> int:
    try:
        with tracing.span(type(one).__name__):
            return await one()
    except Exception as error:  # noqa: BLE001 - the next turn tries again
        # The kind and never the message, which may quote what a person wrote.
        _log.error("round-failed", round=type(one).__name__, kind=type(error).__qualname__)
        return 0
