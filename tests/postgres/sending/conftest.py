from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from adapters.outbound.secrets.ring import KeyRing
from tests.installation import SetClock
from tests.postgres.sending.business import Business, business_on


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def start(database_url: str, tmp_path: Path, ring: KeyRing, clock: SetClock) -> AsyncIterator[object]:
    """Starts one more process of the same installation, with a pool of its own; their clocks agree."""
    async with AsyncExitStack() as stack:

        def started(**options) -> Business:
            business = business_on(database_url, tmp_path, ring, **{"clock": clock, **options})
            stack.push_async_callback(business.close)
            return business

        yield started


@pytest.fixture
async def business(start) -> Business:
    business = start()
    await business.open()
    return business
