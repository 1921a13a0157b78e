import pytest

pytest_plugins = ["tests.databases"]


@pytest.fixture
def anyio_backend():
    return "asyncio"
