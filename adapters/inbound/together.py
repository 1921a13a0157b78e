"""Callers that share a batch, and their traces."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from opentelemetry.trace import SpanContext

from adapters.tracing import tracing
from application.coalescer import Coalescer

Item = TypeVar("Item")
Result = TypeVar("Result")


class Together(Generic[Item, Result]):
    """A coalescer whose batch goes on in the trace of the first who waits for it, and names those of the others."""

    def __init__(
        self, run: Callable[[Sequence[Item]], Awaitable[Sequence[Result | Exception]]], *, at_once: int = 2
    ) -> None:
        self._run = run
        self._coalescer: Coalescer[tuple[Item, SpanContext | None], Result] = Coalescer(self._traced, at_once=at_once)

    async def __call__(self, item: Item) -> Result:
        """Raises CoalescerClosed, and what this caller's own item comes to."""
        return await self._coalescer((item, tracing.here()))

    async def close(self) -> None:
        await self._coalescer.close()

    async def _traced(self, asked: Sequence[tuple[Item, SpanContext | None]]) -> Sequence[Result | Exception]:
        with tracing.batch([caller for _, caller in asked if caller is not None]):
            return await self._run([item for item, _ in asked])
