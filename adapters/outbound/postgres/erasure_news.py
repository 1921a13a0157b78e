"""What every process must hear of at once: that a contact was erased, and its key with it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from adapters.outbound.postgres.database import Database, DatabaseUnavailable
from application.secrets import Vault

_CHANNEL = "optin_erased"
_AGAIN_AFTER = 0.5


@dataclass(frozen=True)
class ErasureNews:
    """Keys are kept ready in memory; one that was destroyed must not be. All are forgotten, because rotation gives a
    key other names; unwrapping them again costs little. While nothing can be heard, none is trusted for long.
    """

    database: Database
    vault: Vault

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[None]:
        """For as long as the process answers or works."""
        listening = asyncio.Event()
        task = asyncio.create_task(self._listen(listening))
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(listening.wait(), _AGAIN_AFTER)
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _listen(self, listening: asyncio.Event) -> None:
        while True:
            with contextlib.suppress(DatabaseUnavailable):
                await self._until_cut(listening)
            self.vault.forget()
            await asyncio.sleep(_AGAIN_AFTER)

    async def _until_cut(self, listening: asyncio.Event) -> None:
        cut = asyncio.Event()
        connection = await self.database.listening()
        try:
            connection.add_termination_listener(lambda _: cut.set())
            await connection.add_listener(_CHANNEL, self._forget)
            # What was destroyed before we listened was not told to us.
            self.vault.forget()
            listening.set()
            await cut.wait()
        finally:
            await connection.close()

    def _forget(self, *_: Any) -> None:
        self.vault.forget()
