"""The schema: as declared, there and back again, and brought up once however many replicas start together."""

import asyncio
import multiprocessing

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.outbound.postgres.tables import metadata
from bootstrap.migrate import downgrade, upgrade
from migrations import HEAD
from tests.postgres.embedded.machine import ask

PATIENCE = 60
# Everything the migrations make, by its definition; the same text is the same schema.
SCHEMA = """
select string_agg(line, E'\\n' order by line) from (
    select format('%s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
    from information_schema.columns where table_schema = 'public'
    union all
    select indexdef from pg_indexes where schemaname = 'public'
    union all
    select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
    where connamespace = 'public'::regnamespace
    union all
    select format('%s %s', relname, relkind) from pg_class where relnamespace = 'public'::regnamespace
) as lines
"""


def differences(url):
    """What alembic would change to make the database as declared. Partitions are of the table they are part of."""

    def compare(connection):
        partitions = {name for (name,) in connection.execute(text("select relname from pg_class where relispartition"))}

        def declared(thing, name, kind, reflected, other):
            table = name if kind == "table" else thing.table.name
            return table not in partitions and name != "alembic_version"

        options = {"compare_type": True, "compare_server_default": True, "include_object": declared}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    async def asked():
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            found = await connection.run_sync(compare)
        await engine.dispose()
        return found

    return asyncio.run(asked())


def test_the_migrations_make_what_is_declared(database_url):
    assert differences(database_url) == []


def test_a_column_nobody_declared_would_be_noticed(database_url):
    ask(database_url, "alter table messages add column surprise text; drop index ix_held_expires_at", "select 1")
    assert {change[0] for change in differences(database_url)} == {"remove_column", "add_index"}


def test_up_down_and_up_again_is_up(empty_database_url):
    empty = ask(empty_database_url, SCHEMA)
    upgrade(empty_database_url)
    up = ask(empty_database_url, SCHEMA)
    downgrade(empty_database_url, "base")
    assert (
        ask(empty_database_url, "select string_agg(relname, ' ') from pg_class where relname like 'message%'") is None
    )
    assert "message" not in (ask(empty_database_url, SCHEMA) or "")
    upgrade(empty_database_url)
    assert ask(empty_database_url, SCHEMA) == up
    assert empty is None
    assert ask(empty_database_url, "select version_num from alembic_version") == HEAD


def test_replicas_that_start_together_migrate_once(empty_database_url):
    processes = multiprocessing.get_context("forkserver")
    replicas = [processes.Process(target=upgrade, args=(empty_database_url,)) for _ in range(2)]
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join(PATIENCE)
    assert [replica.exitcode for replica in replicas] == [0, 0]
    assert differences(empty_database_url) == []
    assert ask(empty_database_url, "select version_num from alembic_version") == HEAD
