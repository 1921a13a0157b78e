from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from adapters.outbound.secrets.ring import KeyRing
from application.messages.notices import Notices
from application.templates.provide import ProvideTemplates
from application.templates.write import DraftVersion, NewVersion, PublishTemplate
from domain.messages import Content
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


@pytest.fixture
def write(business):
    """Writes notices in a transaction of their own."""

    async def written(*wanted, before=None):
        now = business.clock.now()
        async with business.ports.database().transaction():
            if before is not None:
                await before(now)
            return await business.another(Notices).write(wanted, live=True, now=now)

    return written


@pytest.fixture
def phone(business):
    """What the sandbox shows after everything due has left, the newest first."""

    async def latest():
        await business.work()
        return await business.ports.sandbox_messages().latest(20)

    return latest


@pytest.fixture
def provide(business):
    return business.another(ProvideTemplates)


@pytest.fixture
def word(business):
    """Publishes a wording of the customer's own."""

    async def worded(slug, locale="en", **content):
        await business[DraftVersion](slug, NewVersion(locale=locale, content=Content(**content)), business.actor)
        return await business[PublishTemplate](slug, business.actor, locale=locale)

    return worded
