"""The API on real PostgreSQL: one process, or two that share a database."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from adapters.outbound.secrets.ring import KeyRing
from tests.http.process import Process, WallClock


@pytest.fixture
def clock():
    return WallClock()


@pytest.fixture
def ring():
    return KeyRing.generate()


@pytest.fixture
async def start(database_url, ring, clock) -> AsyncIterator[object]:
    """Starts a process, as often as asked."""
    async with AsyncExitStack() as stack:

        def started(**options):
            process = Process(database_url, ring, **{"clock": clock, **options})
            stack.push_async_callback(process.close)
            return process

        yield started


@pytest.fixture
async def process(start):
    return start()


@pytest.fixture
async def api(process):
    """A client with a live key for everything."""
    issued = await process.issue()
    process.http.headers["Authorization"] = f"Bearer {issued.secret}"
    return process.http


@pytest.fixture
async def acme(api):
    """The sender Acme."""
    return await made(
        api,
        "/api/v1/senders",
        {
            "slug": "acme",
            "legal_name": "Acme Ltd",
            "postal_address": "1 Main St, Springfield, IL 62701, US",
            "support": "https://acme.example/help",
            "sms_from": "+12125550100",
            "email_from": "news@acme.example",
            "rate_per_second": 20,
        },
    )


@pytest.fixture
async def weekly_offers(api, acme):
    """The program "Weekly offers" of Acme, a draft."""
    return await made(
        api,
        "/api/v1/programs",
        {
            "slug": "weekly-offers",
            "name": "Weekly offers",
            "purpose": "Offers and discounts",
            "category": "marketing",
            "channels": ["sms", "email"],
            "opt_in": "single",
            "frequency": "up to 4 messages a month",
            "sender": "acme",
            "disclosures": [{"channel": "sms", "locale": "en-US", "text": "I agree to texts from Acme."}],
        },
    )


async def made(client, path, body, status=201):
    response = await client.post(path, json=body)
    assert response.status_code == status, response.text
    return response.json()


@pytest.fixture
def make():
    return made
