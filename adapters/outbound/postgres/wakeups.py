"""What PostgreSQL tells a worker the moment it commits: something is due, somebody agreed, somebody withdrew."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from adapters.outbound.postgres.database import Database, DatabaseUnavailable
from application.messages.ports import Wakeups
from application.ports import Clock
from domain.ids import ContactPointId

_REMEMBERED = timedelta(minutes=5)


@dataclass
class PostgresWakeups(Wakeups):
    database: Database
    clock: Clock
    _connection: asyncpg.Connection | None = None
    _something: asyncio.Event = field(default_factory=asyncio.Event)
    _withdrawn: dict[UUID, datetime] = field(default_factory=dict)

    async def wait(self, *, seconds: float) -> None:
        """While the database cannot be heard, it is asked again when the time is over."""
        with contextlib.suppress(DatabaseUnavailable):
            await self.listen()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._something.wait(), seconds)
        self._something.clear()

    def withdrawn(self, contact_point_id: ContactPointId, *, since: datetime) -> bool:
        heard = self._withdrawn.get(contact_point_id)
        return heard is not None and heard > since

    async def listen(self) -> None:
        if self._connection is not None and not self._connection.is_closed():
            return
        self._connection = await self.database.listening()
        for channel, heard in (
            ("optin_due", self._heard),
            ("optin_agreed", self._heard),
            ("optin_withdrawn", self._heard_withdrawal),
        ):
            await self._connection.add_listener(channel, heard)

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    def _heard(self, *_: Any) -> None:
        self._something.set()

    def _heard_withdrawal(self, _: Any, __: int, ___: str, point: str) -> None:
        """The latest stands last, so that forgetting looks only at what is forgotten."""
        now = self.clock.now()
        self._withdrawn.pop(UUID(point), None)
        self._withdrawn[UUID(point)] = now
        while self._withdrawn[oldest := next(iter(self._withdrawn))] < now - _REMEMBERED:
            del self._withdrawn[oldest]
