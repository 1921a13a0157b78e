"""One pool, one open transaction for each task, and no way around it (ADR 3)."""

import asyncio

import pytest
from sqlalchemy import insert, select

from adapters.outbound.postgres.database import Database, DatabaseUnavailable
from adapters.outbound.postgres.tables import followers


@pytest.fixture
async def database(database_url):
    database = Database(database_url, size=2)
    yield database
    await database.close()


async def names(database):
    async with database.transaction():
        return [record["name"] for record in await database.records(select(followers.c.name))]


async def test_a_transaction_inside_another_is_refused(database):
    async with database.transaction():
        with pytest.raises(RuntimeError, match="already open"):
            async with database.transaction():
                pass


async def test_a_table_is_not_touched_outside_a_transaction(database):
    with pytest.raises(RuntimeError, match="No transaction is open"):
        await database.records(select(followers))


async def test_a_statement_put_together_as_text_is_refused(database):
    async with database.transaction():
        with pytest.raises(TypeError):
            await database.records("select 1")


async def test_what_fails_leaves_nothing(database):
    async def half_done():
        async with database.transaction():
            await database.execute(insert(followers).values(name="half done"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await half_done()
    assert await names(database) == []


async def test_tasks_at_the_same_time_have_transactions_of_their_own(database):
    inside = asyncio.Barrier(2)

    async def follow(name):
        async with database.transaction():
            await database.execute(insert(followers).values(name=name))
            await inside.wait()

    await asyncio.gather(follow("one"), follow("another"))
    assert sorted(await names(database)) == ["another", "one"]


async def test_a_database_that_is_away_is_told_as_such():
    away = Database("postgresql+asyncpg://optin@/optin?host=/nowhere&port=1")
    with pytest.raises(DatabaseUnavailable):
        async with away.transaction():
            pass
