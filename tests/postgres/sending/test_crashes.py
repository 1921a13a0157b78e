"""A worker is killed between any two steps. Nothing is lost, and no marketing leaves twice."""

import os
import signal
from collections import Counter
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from httpx import ASGITransport, AsyncClient

from adapters.inbound.http.messages import SendTogether
from application.access.keys import IssueApiKey, NewApiKey
from application.messages.follow_up import FindLost
from application.messages.send_with_consent import SendWithConsent
from bootstrap.web import create_app
from domain.access import SYSTEM
from domain.messages import Status
from tests.installation import SetClock
from tests.postgres.sending.business import OFFERS, ORDERS, people
from tests.postgres.sending.processes import Place, crash, ended, started

pytestmark = pytest.mark.xdist_group("the machine to itself")
# Steps in their order; "taken" is told once for each message.
_STEPS = {"claimed": 1, "begun": 2, "taken": 7, "handed": 2, "recorded": 2}
_ENOUGH = timedelta(minutes=10)


@pytest.fixture
async def business(start):
    return start(clock=SetClock())


@pytest.mark.parametrize("step", _STEPS)
async def test_a_worker_killed_at_any_step_loses_nothing_and_repeats_no_marketing(business, step):
    await business.open(rate=50)
    everybody = people(12)
    for program in (OFFERS, ORDERS):
        await business.agree(*everybody, program=program)
    offers, orders = await business.send(*everybody), await business.send(*everybody, program=ORDERS)
    assert await ended(started(crash, Place.of(business), step, _STEPS[step])) == -signal.SIGKILL
    before = Counter(await business.handed())
    begun = {message for (message,) in await business.ask("select message_id from outbox where handing")}
    assert await business[FindLost]() == 0
    await business.work()
    assert Counter(await business.handed()) == before
    business.clock.pass_by(_ENOUGH)
    assert await business[FindLost]() > 0
    business.clock.pass_by(timedelta(hours=1))
    await business.work()
    after = Counter(await business.handed())
    assert max(after[message] for message in offers) == 1
    for message in orders:
        assert 1 <= after[message] <= (2 if message in begun else 1)
    for message in offers:
        status = await business.status(message)
        assert status == (Status.UNCERTAIN if message in begun else Status.SENT)
        assert after[message] == 1 or message in begun
    assert {await business.status(message) for message in orders} == {Status.SENT}
    await heals(business, [message for message in offers if message in begun])


async def heals(business, uncertain):
    """The carrier's report comes at last."""
    await business.report(*uncertain)
    assert {await business.status(message) for message in uncertain} <= {Status.DELIVERED}
    assert await business.ask("select count(*) from outbox") == [(0,)]


async def test_a_repeated_request_finds_what_was_made_before_the_process_that_made_it_died(business):
    await business.open()
    issued = await business[IssueApiKey](NewApiKey(name="test", live=True, scopes=("*",)), SYSTEM)
    [pat] = people(1)
    await business.agree(pat, status="requested")
    business.clock.pass_by(timedelta(minutes=1))
    died = await ended(started(answer_and_die, Place.of(business), issued.secret, pat))
    assert died == -signal.SIGKILL
    [made] = await business.ask("select id, status from messages where category = 'marketing'")
    assert made[1] == Status.HELD
    async with served(business, business.use_cases, issued.secret) as http:
        assert (await ask(http, pat)).status_code == 409
        business.clock.pass_by(timedelta(seconds=11))
        again = await ask(http, pat)
        assert (again.status_code, again.json()["id"]) == (201, str(made[0]))
        replayed = await ask(http, pat)
        assert replayed.headers["Idempotency-Replayed"] == "true"
        assert replayed.json() == again.json()
    assert await business.ask("select category, count(*) from messages group by 1 order by 1") == [
        ("doi_request", 1),
        ("marketing", 1),
    ]


@asynccontextmanager
async def served(business, use_cases, secret):
    app = create_app(business.ports, use_cases)
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "once"}
    async with AsyncClient(transport=ASGITransport(app), base_url="http://optin.example", headers=headers) as http:
        yield http


async def ask(http, person):
    text = {"text": "Acme: 20% off today. Reply STOP to opt out."}
    body = {"to": person, "channel": "sms", "program": OFFERS, "content": text}
    return await http.post("/api/v1/messages/send_with_consent", json=body)


class Dying(SendTogether):
    """The message is made; nobody is told."""

    async def __call__(self, *request):
        await super().__call__(*request)
        os.kill(os.getpid(), signal.SIGKILL)


async def answer_and_die(place, secret, person):
    async with place.business() as business:
        dying = {SendTogether: Dying(business[SendWithConsent])}
        async with served(business, business.use_cases | dying, secret) as http:
            await ask(http, person)
