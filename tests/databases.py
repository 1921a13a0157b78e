"""Databases for tests: one server for the whole run, migrated once, and for every test a database nobody has touched.

Each test process clones the migrated template once and puts its clone back to that state before every test, which
takes a few milliseconds; a clone of one's own for every test takes 30 to 300. A test that changes the schema costs the
next one a new clone. Server, template and stopped data stay in `.optin/test` between runs; what an interrupted run left
there is dropped by the next. Use by `pytest_plugins = ["tests.databases"]`.
"""

import asyncio
import hashlib
import importlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import asyncpg
import pytest

from bootstrap.embedded.server import EmbeddedServer

_REPOSITORY = Path(__file__).parents[1]
_SCHEMA_COMES_FROM = ("migrations", "adapters/outbound/postgres", "domain", "bootstrap/migrate.py")
_PREPARING, _RUN, _TEMPLATE = range(1, 4)
"""What the advisory locks of the server's `postgres` database stand for; they end with the process that holds them."""

_PRISTINE = """
CREATE SCHEMA pristine;
CREATE TABLE pristine.change (tag text, object text);
CREATE FUNCTION pristine.note_change() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO pristine.change SELECT command_tag, object_identity FROM pg_event_trigger_ddl_commands()
        WHERE schema_name IS DISTINCT FROM 'pg_temp';
END $$;
CREATE FUNCTION pristine.note_drop() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO pristine.change SELECT 'DROP', object_identity FROM pg_event_trigger_dropped_objects()
        WHERE NOT is_temporary;
END $$;
CREATE EVENT TRIGGER note_change ON ddl_command_end EXECUTE FUNCTION pristine.note_change();
CREATE EVENT TRIGGER note_drop ON sql_drop EXECUTE FUNCTION pristine.note_drop();
SET session_replication_role = replica;
"""
_USER_SCHEMAS = "nspname NOT IN ('pristine', 'information_schema') AND nspname NOT LIKE 'pg\\_%'"
_TABLES = f"""
SELECT format('%I.%I', nspname, relname) AS name,
       (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p') AND NOT relispartition AND {_USER_SCHEMAS}
"""  # noqa: S608  constants
_SEQUENCES = f"""
SELECT format('%I.%I', nspname, relname) AS name
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE relkind = 'S' AND {_USER_SCHEMAS}
"""  # noqa: S608  constants
_SEND_OTHERS_AWAY = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


class Clone:
    """One database of this process and the way back to how it was."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._way_back = ""

    async def remember(self) -> Self:
        await self._connection.execute(_PRISTINE)
        steps = ["DELETE FROM pristine.change"]
        for number, table in enumerate(await self._connection.fetch(_TABLES)):
            name, columns = table["name"], table["columns"]
            steps.append(f"DELETE FROM {name}")  # noqa: S608
            if await self._connection.fetchval(f"SELECT EXISTS (SELECT FROM {name})"):  # noqa: S608
                copy = f"pristine.rows_{number}"
                await self._connection.execute(f"CREATE TABLE {copy} AS SELECT {columns} FROM {name}")  # noqa: S608
                steps.append(f"INSERT INTO {name} ({columns}) OVERRIDING SYSTEM VALUE SELECT * FROM {copy}")  # noqa: S608
        for sequence in await self._connection.fetch(_SEQUENCES):
            name = sequence["name"]
            at, called = await self._connection.fetchrow(f"SELECT last_value, is_called FROM {name}")  # noqa: S608
            steps.append(f"SELECT setval('{name}', {at}, {called})")
        self._way_back = "; ".join(steps)
        return self

    async def restored(self) -> bool:
        """Back as it was; or False if the schema was changed in more than a few new tables, such as partitions."""
        await self._connection.execute(_SEND_OTHERS_AWAY)
        changes = await self._connection.fetch("SELECT DISTINCT tag, object FROM pristine.change")
        if any(change["tag"] != "CREATE TABLE" for change in changes):
            return False
        for change in changes:
            await self._connection.execute(f"DROP TABLE IF EXISTS {change['object']} CASCADE")
        await self._connection.execute(self._way_back)
        return True

    async def close(self) -> None:
        await self._connection.close()


class Databases:
    """The databases of one test process, on a server it shares with others."""

    def __init__(self, server: EmbeddedServer, migrate: Callable[[str], None], schema: str) -> None:
        self._server = server
        self._migrate = migrate
        self._template = f"template_{schema[:12]}"
        self._run = secrets.randbelow(2**31)
        self._runner = asyncio.Runner()
        self._made = 0
        self._clone: Clone | None = None

    def __enter__(self) -> Self:
        self._control = self._runner.run(self._connect("postgres"))
        try:
            self._do(f"SELECT pg_advisory_lock({_RUN}, {self._run})")
            self._do(f"SELECT pg_advisory_lock({_PREPARING}, 0)")
            self._runner.run(self._drop_leftovers())
            self._make_template()
            self._do(f"SELECT pg_advisory_lock_shared({_TEMPLATE}, {_number(self._template)})")
            self._do(f"SELECT pg_advisory_unlock({_PREPARING}, 0)")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._drop_clone()
        self._runner.run(self._control.close())
        self._runner.close()

    def migrated(self) -> str:
        """The URL of a database as the migrations leave it. There is one: the last test's is this one's."""
        if self._clone is not None and not self._runner.run(self._clone.restored()):
            self._drop_clone()
        if self._clone is None:
            self._do(f'CREATE DATABASE "{self._name}" TEMPLATE "{self._template}" OWNER optin')
            self._clone = self._runner.run(self._remembered())
        return self._server.url(self._name)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """A database with nothing in it, for whoever tests the migrations."""
        self._made += 1
        name = f"{self._name}_{self._made}"
        self._do(f'CREATE DATABASE "{name}" OWNER optin')
        try:
            yield self._server.url(name)
        finally:
            self._do(f'DROP DATABASE "{name}" WITH (FORCE)')

    @property
    def _name(self) -> str:
        return f"test_{self._run}"

    def _do(self, statement: str) -> None:
        self._runner.run(self._control.execute(statement))

    async def _connect(self, database: str) -> asyncpg.Connection:
        return await asyncpg.connect(self._server.url(database, "postgres").replace("+asyncpg", ""))

    async def _remembered(self) -> Clone:
        return await Clone(await self._connect(self._name)).remember()

    def _drop_clone(self) -> None:
        if self._clone is not None:
            self._runner.run(self._clone.close())
            self._do(f'DROP DATABASE "{self._name}" WITH (FORCE)')
            self._clone = None

    def _make_template(self) -> None:
        exists = "SELECT true FROM pg_database WHERE datname = $1"
        if self._runner.run(self._control.fetchval(exists, self._template)):
            return
        self._do("DROP DATABASE IF EXISTS unfinished WITH (FORCE)")
        self._do("CREATE DATABASE unfinished OWNER optin")
        self._migrate(self._server.url("unfinished"))
        self._do(f'ALTER DATABASE unfinished RENAME TO "{self._template}"')

    async def _drop_leftovers(self) -> None:
        """What belongs to a process that is no more, and templates of a schema nobody uses."""
        names = await self._control.fetch("SELECT datname FROM pg_database WHERE datname ~ '^(test|template)_'")
        for (name,) in names:
            kind, _, rest = name.partition("_")
            lock = (_RUN, int(rest.partition("_")[0])) if kind == "test" else (_TEMPLATE, _number(name))
            if name != self._template and await self._control.fetchval("SELECT pg_try_advisory_lock($1, $2)", *lock):
                await self._control.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
                await self._control.execute("SELECT pg_advisory_unlock($1, $2)", *lock)


def _number(template: str) -> int:
    return int(hashlib.sha256(template.encode()).hexdigest()[:7], 16)


def _schema() -> str:
    """Changes with everything a migration may read."""
    seen = hashlib.sha256()
    for place in _SCHEMA_COMES_FROM:
        for path in sorted([*(_REPOSITORY / place).rglob("*.py"), _REPOSITORY / place]):
            if path.is_file():
                seen.update(str(path).encode() + path.read_bytes())
    return seen.hexdigest()


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    (_REPOSITORY / ".optin").mkdir(mode=0o700, exist_ok=True)
    migrate = importlib.import_module("bootstrap.migrate").upgrade
    with (
        EmbeddedServer(_REPOSITORY / ".optin" / "test", durable=False) as server,
        Databases(server, migrate, _schema()) as databases,
    ):
        yield databases


@pytest.fixture
def database_url(databases: Databases) -> str:
    return databases.migrated()


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    with databases.empty() as url:
        yield url
