"""While the database writes one part of a batch, the next part is made ready: a batch takes as long as the slower of
the two, not as both.
"""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

T = TypeVar("T")
Item = TypeVar("Item")
PART = 250


def parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), PART):
        yield items[start : start + PART]


class Overlap(Generic[T]):
    """One write at a time is under way. Leaving waits for the last one; what a write raises is raised at the next
    step, and nothing is left running.
    """

    def __init__(self) -> None:
        self.results: list[T] = []
        self._running: asyncio.Task[T] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            await self._settle()
        elif self._running is not None:
            await asyncio.wait((self._running,))

    async def start(self, work: Coroutine[Any, Any, T]) -> None:
        try:
            await self._settle()
        except BaseException:
            work.close()
            raise
        self._running = asyncio.create_task(work)
        # It is on the wire before the next part is begun.
        await asyncio.sleep(0)

    async def _settle(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            self.results.append(await running)
