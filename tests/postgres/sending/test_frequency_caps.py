"""Florida allows three marketing messages in 24 hours (US-FL-03): those that left, each once, whoever sent them."""

import asyncio
from datetime import timedelta

import pytest

from application.messages.carriers import NotNow, NoWord, Refused
from application.messages.dispatch import Dispatch
from application.messages.follow_up import CancelMessage, FindLost
from domain.messages import Status
from tests.installation import AFTERNOON
from tests.postgres.sending.business import ORDERS
from tests.postgres.sending.carriers import ToldCarrier

MIAMI = "+13055550101"
TOMORROW = AFTERNOON + timedelta(days=1)


@pytest.fixture
def carrier():
    return ToldCarrier()


@pytest.fixture
async def business(start, carrier):
    business = start(carriers=lambda _: carrier)
    await business.open()
    for program in ("weekly-offers", ORDERS):
        await business.agree(MIAMI, program=program)
    return business


async def waiting(business):
    return await business.ask(
        "select due_at, count(*) from messages m where status = 'deferred' and exists "
        "(select from outbox o where o.message_id = m.id and o.due_at = m.due_at) group by due_at"
    )


async def test_two_dispatchers_together_let_three_leave(start, business, carrier):
    others = [start(carriers=lambda _: carrier) for _ in range(2)]
    messages = [message for _ in range(10) for message in await business.send(MIAMI)]
    dispatchers = [one.another(Dispatch, slice_size=3) for one in (business, *others)]
    await asyncio.gather(*(dispatch() for dispatch in dispatchers))
    await business.work()
    assert len(carrier.given) == 3
    assert await waiting(business) == [(TOMORROW, 7)]
    for left, rest in ((6, [(TOMORROW + timedelta(days=1), 4)]), (9, [(TOMORROW + timedelta(days=2), 1)]), (10, [])):
        business.pass_by(days=1)
        await asyncio.gather(*(dispatch() for dispatch in dispatchers))
        await business.work()
        assert len(carrier.given) == left
        assert await waiting(business) == rest
    assert {one.message_id for one in carrier.given} == set(messages)


async def test_a_message_that_is_tried_again_counts_once(business, carrier):
    carrier.answers[MIAMI] = [NotNow("down", "Down.") for _ in range(5)]
    [first] = await business.send(MIAMI)
    for _ in range(5):
        await business.work()
        assert await business.ask("select detail from messages") == [("down",)]
        business.pass_by(hours=1)
    messages = [first, *await business.send(MIAMI), *await business.send(MIAMI)]
    await business.work()
    assert [await business.status(message) for message in messages] == [Status.SENT] * 3
    [fourth] = await business.send(MIAMI)
    assert await business.status(fourth) == Status.DEFERRED


async def test_a_message_nobody_knows_about_counts(business, carrier):
    carrier.answers[MIAMI] = [NoWord("broken", "The connection broke.") for _ in range(3)]
    for _ in range(3):
        await business.send(MIAMI)
    await business.work()
    await business.send(MIAMI)
    await business.work()
    assert await business.statuses() == {"uncertain": 3, "deferred": 1}


async def test_a_message_that_was_refused_counts_as_an_attempt(business, carrier):
    carrier.answers[MIAMI] = [Refused("no", "No.") for _ in range(3)]
    for _ in range(4):
        await business.send(MIAMI)
    await business.work()
    assert await business.statuses() == {"failed": 3, "deferred": 1}


async def test_what_people_wait_for_does_not_count(business):
    for _ in range(5):
        await business.send(MIAMI, program=ORDERS)
    await business.work()
    for _ in range(3):
        await business.send(MIAMI)
    await business.work()
    assert await business.statuses() == {"sent": 8}


@pytest.mark.parametrize("fate", ["cancelled", "withdrawn elsewhere", "lost"])
async def test_a_message_that_was_claimed_and_did_not_leave_does_not_count(business, fate):
    [message] = await business.send(MIAMI)

    async def cancel(other):
        await other[CancelMessage](message, other.actor)

    async def withdraw(other):
        await other.withdraw(MIAMI, ORDERS)

    def die(step):
        if step == "claimed":
            raise ProcessLookupError

    if fate == "lost":
        with pytest.raises(ProcessLookupError):
            await business.another(Dispatch, reached=die)()
        business.pass_by(minutes=10)
        assert await business[FindLost]() == 1
    else:
        work = cancel if fate == "cancelled" else withdraw
        await business.another(Dispatch, reached=business.elsewhere("claimed", work))()
    assert await business.handed() == []
    assert await business.ask("select count(*) from sends") == [(0,)]
    for _ in range(3):
        await business.send(MIAMI)
    await business.work()
    expected = {"sent": 3, "cancelled": 1} if fate == "cancelled" else {"sent": 3, "deferred": 1}
    assert await business.statuses() == expected
