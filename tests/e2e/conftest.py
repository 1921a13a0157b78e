"""The whole product in a process of its own, and a browser before it: one of each for every test process."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bootstrap.migrate import upgrade
from tests.databases import Databases
from tests.e2e.browser import Chromium, running
from tests.e2e.product import Product, served, settings_for


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def serving(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A database of its own, for the browser's many small steps outlive a test."""
    with databases.empty() as url:
        upgrade(url)
        settings = settings_for(url, tmp_path_factory.mktemp("product"))
        with served(settings):
            yield Product(settings=settings)


@pytest.fixture(scope="session")
async def product(serving: Product) -> AsyncIterator[Product]:
    await serving.furnish()
    yield serving
    await serving.close()


@pytest.fixture(scope="session")
async def chromium(product: Product) -> AsyncIterator[Chromium]:
    async with running(product.url) as browser:
        yield browser
