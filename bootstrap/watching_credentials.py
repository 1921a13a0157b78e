"""Every process that answers or works sends by the credentials stored: it looks as it starts, and then every second."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import structlog

from application.settings.watch_credentials import WatchCredentials

_log = structlog.get_logger("settings")
_BETWEEN_LOOKS = 1.0


def watching_credentials(use_cases: Mapping[type, Any]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Nothing live is taken for the sandbox because a process did not look yet."""
    watch: WatchCredentials = use_cases[WatchCredentials]

    @asynccontextmanager
    async def running(_: Any) -> AsyncIterator[None]:
        await watch()
        task = asyncio.create_task(_again_and_again(watch))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return running


async def _again_and_again(watch: WatchCredentials) -> None:
    """While the database is away, what is at hand goes on being used."""
    while True:
        await asyncio.sleep(_BETWEEN_LOOKS)
        try:
            await watch()
        except Exception as error:  # noqa: BLE001 - the next look may find it well
            _log.error("cannot-look-at-credentials", kind=type(error).__qualname__)
