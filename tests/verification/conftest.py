from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from adapters.outbound.secrets.ring import KeyRing
from tests.http.process import Process
from tests.installation import SetClock
from tests.verification.codes import Verifying


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def start(database_url, ring, clock) -> AsyncIterator[object]:
    """Starts a process of the installation, as often as asked."""
    async with AsyncExitStack() as stack:

        def started(**options) -> Verifying:
            process = Process(database_url, **{"ring": ring, "clock": clock, **options})
            stack.push_async_callback(process.close)
            return Verifying(process)

        yield started


@pytest.fixture
async def acme(start) -> Verifying:
    acme = start()
    await acme.open()
    return acme
