"""Every process that answers or works looks at the ring as it starts, and then every second."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import structlog

from adapters.outbound.system.key_watch import show
from application.keys.watch_keys import WatchKeys
from domain.errors import Unavailable

_log = structlog.get_logger("keys")
_BETWEEN_LOOKS = 1.0


def watching_keys(use_cases: Mapping[type, Any]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Does not begin with a ring that lacks what is in use. Raises RingUnusable."""
    watch: WatchKeys = use_cases[WatchKeys]

    @asynccontextmanager
    async def running(_: Any) -> AsyncIterator[None]:
        await watch.begin()
        show(await watch())
        task = asyncio.create_task(_again_and_again(watch))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            try:
                await watch.end()
            except Unavailable:
                # Others notice by themselves that nobody is heard any more.
                _log.warning("cannot-say-goodbye")

    return running


async def _again_and_again(watch: WatchKeys) -> None:
    """A ring that cannot be read now is told, and the one at hand goes on being used."""
    while True:
        await asyncio.sleep(_BETWEEN_LOOKS)
        try:
            show(await watch())
        except Exception as error:  # noqa: BLE001 - the next look may find it well
            _log.error("cannot-look-at-keys", kind=type(error).__qualname__)
