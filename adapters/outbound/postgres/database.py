"""The pool, and the one open transaction of the present task.

Adapters are singletons: they find their connection here, so a use case names the ports it needs
and nothing about sessions. SQLAlchemy Core writes the SQL, asyncpg runs it. Touching a table
outside `transaction()` is a bug and says so.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, TypeAlias, TypeVar

import asyncpg
import msgspec
from asyncpg.exceptions import InterfaceError, InternalClientError
from asyncpg.pool import PoolConnectionProxy
from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.engine import make_url
from sqlalchemy.sql.elements import ClauseElement

from adapters.tracing import tracing
from domain.errors import Unavailable

T = TypeVar("T")
Connection: TypeAlias = PoolConnectionProxy
_DIALECT = dialect()
# Worth another try: it is away, it is going, or it chose us to end a deadlock.
_OUT_OF_REACH = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.TransactionRollbackError,
    # The driver's word for a connection it finds cut when it begins to use it.
    InternalClientError,
)

# Every statement here is short; compiling one would take longer than running it.
_SESSION = {"jit": "off"}


class DatabaseUnavailable(Unavailable):
    """The database does not answer."""


class Database:
    def __init__(self, url: str, *, size: int = 10) -> None:
        self._url = url
        self._size = size
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()
        self._open: ContextVar[Connection | None] = ContextVar("connection", default=None)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Raises DatabaseUnavailable."""
        if self._open.get() is not None:
            raise RuntimeError("A transaction is already open: use cases do not call use cases.")
        try:
            async with (await self._connected()).acquire() as connection, connection.transaction():
                token = self._open.set(connection)
                try:
                    yield
                finally:
                    self._open.reset(token)
        except (*_OUT_OF_REACH, InterfaceError) as error:
            # Leaving a transaction whose connection was cut, the driver complains about the leaving.
            if isinstance(error, _OUT_OF_REACH) or isinstance(error.__context__, _OUT_OF_REACH):
                raise DatabaseUnavailable("The database does not answer; try again in a moment.") from error
            raise

    @property
    def connection(self) -> Connection:
        """The driver's connection, for statements too hot, or too large, for the builder."""
        connection = self._open.get()
        if connection is None:
            raise RuntimeError("No transaction is open.")
        return connection

    async def execute(self, statement: Executable) -> int:
        """The number of rows touched."""
        text, values = _compiled(statement)
        status: str = await self.connection.execute(text, *values)
        return int(status.rpartition(" ")[2]) if status[-1:].isdigit() else 0

    async def records(self, statement: Executable) -> list[asyncpg.Record]:
        text, values = _compiled(statement)
        found: list[asyncpg.Record] = await self.connection.fetch(text, *values)
        return found

    async def rows(self, statement: Executable, into: type[T]) -> list[T]:
        return [msgspec.convert(dict(record), into) for record in await self.records(statement)]

    async def row(self, statement: Executable, into: type[T]) -> T | None:
        found = await self.rows(statement, into)
        return found[0] if found else None

    async def listening(self) -> asyncpg.Connection:
        """A connection of its own, for LISTEN; whoever asks closes it."""
        try:
            connection: asyncpg.Connection = await asyncpg.connect(**arguments(self._url))
        except _OUT_OF_REACH as error:
            raise DatabaseUnavailable("The database does not answer; try again in a moment.") from error
        return connection

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def _connected(self) -> asyncpg.Pool:
        if self._pool is None:
            async with self._opening:
                if self._pool is None:
                    self._pool = await asyncpg.create_pool(
                        **arguments(self._url),
                        min_size=1,
                        max_size=self._size,
                        init=_prepare,
                        reset=_keep,
                        server_settings=_SESSION,
                    )
        return self._pool


def arguments(url: str) -> dict[str, Any]:
    """What asyncpg needs of a SQLAlchemy URL; a socket directory comes as `?host=`."""
    parsed = make_url(url)
    query = {name: value for name, value in parsed.query.items() if isinstance(value, str)}
    found: dict[str, Any] = {
        "host": query.pop("host", None) or parsed.host,
        "port": int(query.pop("port", 0)) or parsed.port,
        "user": parsed.username,
        "password": parsed.password,
        "database": parsed.database,
        "ssl": query.pop("ssl", None) or query.pop("sslmode", None),
    }
    return {name: value for name, value in found.items() if value is not None}


def _compiled(statement: Executable) -> tuple[str, Sequence[Any]]:
    if not isinstance(statement, ClauseElement):
        raise TypeError("Only SQLAlchemy Core statements run here.")
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    parameters = compiled.construct_params() or {}
    positions: Sequence[str] = getattr(compiled, "positiontup", None) or ()
    return str(compiled), [parameters[name] for name in positions]


async def _prepare(connection: asyncpg.Connection) -> None:
    if tracing.on:
        connection.add_query_logger(tracing.statement)
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name,
            encoder=lambda value: msgspec.json.encode(value).decode(),
            decoder=msgspec.json.decode,
            schema="pg_catalog",
        )


async def _keep(_: Connection) -> None:
    """No session state is ever changed, so none needs resetting: a round trip saved on every use."""
