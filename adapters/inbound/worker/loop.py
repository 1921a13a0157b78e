"""The work that happens without a request: dispatch at once, everything else in its turn."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from application.messages.ports import Wakeups

_log = structlog.get_logger("worker")
_AT_MOST_IDLE = 1.0
_ROUNDS_AT_ONCE = 2

Round = Callable[[], Awaitable[int]]


@dataclass(kw_only=True)
class Worker:
    """`rounds` run whenever something is heard and at least every second, each until it finds nothing more to do;
    `chores` once a minute. What fails is logged and tried again at the next turn: the queue is the only memory.
    """

    wakeups: Wakeups
    rounds: tuple[Round, ...]
    chores: tuple[Round, ...] = ()
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self) -> None:
        chores = asyncio.create_task(self._chores())
        try:
            while not self._stopping.is_set():
                await asyncio.gather(*(self._until_done(one) for one in self.rounds))
                await self.wakeups.wait(seconds=_AT_MOST_IDLE)
        finally:
            chores.cancel()

    def stop(self) -> None:
        """After the round that is under way."""
        self._stopping.set()

    async def _until_done(self, one: Round) -> None:
        while not self._stopping.is_set() and await _safely(one):
            pass

    async def _chores(self) -> None:
        while True:
            for chore in self.chores:
                await _safely(chore)
            await asyncio.sleep(60)


async def _safely(one: Round) -> int:
    try:
        return await one()
    except Exception:
        _log.exception("round failed", round=type(one).__name__)
        return 0
