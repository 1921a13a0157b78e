"""One process of the product as it ships, on real PostgreSQL, and the way in over HTTP."""

from datetime import UTC, datetime, timedelta

import httpx
from dependency_injector.providers import Object

from application.access.keys import IssueApiKey, NewApiKey
from application.ports import Clock
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import build_all
from domain.access import SYSTEM
from tests.applications import application


class WallClock(Clock):
    """Runs as the wall's does, from wherever a test sets it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class CreepingClock(WallClock):
    """A millisecond further whenever it is read, until a test sets it: what has to wait a second waits, however slow
    the machine, and what came later is later.
    """

    def __init__(self) -> None:
        super().__init__()
        self._at = datetime.now(UTC)

    def now(self) -> datetime:
        self._at += timedelta(milliseconds=1)
        return self._at + self.ahead


class Process:
    """`extra` are controllers a test adds."""

    def __init__(self, url, ring, *, clock, extra=(), **settings) -> None:
        keys = ring.dump().decode()
        self.ports = Ports(settings=Settings(database_url=url, database_pool=5, keys=keys, **settings))
        self.ports.clock.override(Object(clock))
        self.clock, self.database = clock, self.ports.database()
        self.use_cases = build_all(self.ports)
        self.app = application(self.ports, self.use_cases, extra)
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://optin.example")

    async def issue(self, *scopes, live=True, expires_at=None):
        command = NewApiKey(name="test", live=live, scopes=scopes or ("*",), expires_at=expires_at)
        return await self.use_cases[IssueApiKey](command, SYSTEM)

    async def scalar(self, statement, *values):
        async with self.database.transaction():
            return await self.database.connection.fetchval(statement, *values)

    async def close(self) -> None:
        await self.http.aclose()
        async with self.app.lifespan():
            pass
