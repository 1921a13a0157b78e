"""Months are made ahead of time; one that comes too late stands in nobody's way."""

from datetime import UTC, datetime

import asyncpg
import pytest

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.partitions import Partitions
from domain.ids import floor_id
from tests.installation import SetClock

NAMES = """
select string_agg(relname, ' ' order by relname) from pg_class
where relispartition and relkind = 'r' and relname like 'message\\_bodies\\_%'
"""


@pytest.fixture
async def database(database_url):
    database = Database(database_url, size=2)
    yield database
    await database.close()


async def names(database):
    async with database.transaction():
        return (await database.connection.fetchval(NAMES)).split()


async def test_this_month_and_the_next_three_are_made_once(database):
    partitions = Partitions(database, SetClock(datetime(2031, 11, 30, tzinfo=UTC)))
    assert await partitions() == 16
    assert await partitions() == 0
    made = {name.removeprefix("message_bodies_") for name in await names(database)}
    assert {"2031_11", "2031_12", "2032_01", "2032_02"} <= made


async def test_a_month_whose_rows_came_before_it_is_left_to_the_default_and_the_others_are_made(database):
    early = floor_id(datetime(2031, 12, 24, tzinfo=UTC))
    insert = "insert into message_bodies (message_id, content, inspection, decision) values ($1, '', '', '')"
    async with database.transaction():
        await database.connection.execute(insert, early)
    partitions = Partitions(database, SetClock(datetime(2031, 11, 30, tzinfo=UTC)))
    assert await partitions() == 15
    assert await partitions() == 0
    made = {name.removeprefix("message_bodies_") for name in await names(database)}
    assert {"2031_11", "2032_01", "2032_02"} <= made
    assert "2031_12" not in made
    async with database.transaction():
        await database.connection.execute(insert, floor_id(datetime(2031, 12, 25, tzinfo=UTC)))
        with pytest.raises(asyncpg.UniqueViolationError):
            await database.connection.execute(insert, early)
