"""Callers that arrive together share one round trip: one gather, one insert, one commit for all of them."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Run: TypeAlias = Callable[[Sequence[Item]], Awaitable[Sequence[Result | Exception]]]


class CoalescerClosed(RuntimeError):
    """It takes nothing more: the product is stopping."""


class Coalescer(Generic[Item, Result]):
    """Natural batching: idle, it runs what has arrived in this turn of the event loop; busy, it gathers.

    `run` answers each item, in order, with its result or with the exception that is that caller's alone; what it
    raises is everyone's. While runs are under way a new one starts when one of them ends, when `most` items wait, or,
    where `at_once` leaves room for it, after `wait` seconds. A caller that gives up before its run starts is left out
    of it; one that gives up later costs the others nothing.
    """

    def __init__(self, run: "Run[Item, Result]", most: int = 256, wait: float = 0.002, at_once: int = 2) -> None:
        self._run = run
        self._most = most
        self._wait = wait
        self._at_once = at_once
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self._soon: asyncio.Handle | None = None
        self._later: asyncio.TimerHandle | None = None
        self._closed = False

    async def __call__(self, item: Item) -> Result:
        """Raises CoalescerClosed."""
        if self._closed:
            raise CoalescerClosed("This coalescer is closed.")
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._soon is None and len(self._running) < self._at_once:
            self._plan()
        return await future

    async def close(self) -> None:
        """Runs what still waits, to the end; refuses what comes after."""
        self._closed = True
        while self._waiting or self._running:
            self._start()
            if self._running:
                await asyncio.wait(self._running)

    def _plan(self) -> None:
        loop = asyncio.get_running_loop()
        if not self._running or len(self._waiting) >= self._most:
            self._soon = loop.call_soon(self._start)
        elif self._later is None:
            self._later = loop.call_later(self._wait, self._start)

    def _start(self) -> None:
        """A batch belongs to no caller: each run has a context of its own, without anyone's open transaction."""
        for handle in (self._soon, self._later):
            if handle is not None:
                handle.cancel()
        self._soon = self._later = None
        while len(self._running) < self._at_once and (batch := self._next_batch()):
            task = asyncio.get_running_loop().create_task(self._serve(batch), context=Context())
            self._running.add(task)
            task.add_done_callback(self._ended)

    def _next_batch(self) -> list[tuple[Item, "asyncio.Future[Result]"]]:
        batch: list[tuple[Item, asyncio.Future[Result]]] = []
        while self._waiting and len(batch) < self._most:
            item, future = self._waiting.popleft()
            if not future.done():
                batch.append((item, future))
        return batch

    async def _serve(self, batch: list[tuple[Item, "asyncio.Future[Result]"]]) -> None:
        try:
            results = await self._run([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the callers' to handle
            results = [error] * len(batch)
        except BaseException:
            for _, future in batch:
                future.cancel()
            raise
        if len(results) != len(batch):
            results = [RuntimeError(f"{len(batch)} items were given, {len(results)} answered.")] * len(batch)
        for (_, future), result in zip(batch, results, strict=True):
            if future.done():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        if self._waiting:
            self._start()
