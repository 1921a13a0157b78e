"""A desk for each story."""

import asyncio

import pytest

from tests.postgres.templates.desk import open_desk


@pytest.fixture
def at_desk(database_url):
    """Runs an async story at a desk of its own."""

    def run(story):
        async def told():
            async with open_desk(database_url) as desk:
                return await story(desk)

        return asyncio.run(told())

    return run
