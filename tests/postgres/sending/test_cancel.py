"""A message is taken back, or it has left: never both, and nobody is kept waiting for the other."""

import asyncio

import pytest

from application.messages.dispatch import Dispatch
from application.messages.follow_up import CancelMessage, ReleaseHeld
from domain.messages import Status, TooLate
from tests.postgres.sending.business import people


async def cancelled(business, message):
    try:
        await business[CancelMessage](message, business.actor)
    except TooLate:
        return False
    return True


async def in_the_way(business, *messages, work, then):
    """`work` begins while another transaction holds the messages; that one goes on when `work` waits or is done."""
    messages_port = business.ports.messages()
    async with business.ports.transaction()():
        found = await messages_port.lock(messages)
        task = asyncio.create_task(work())
        for _ in range(2_000):
            waiting = "select exists (select from pg_locks where not granted)"
            if task.done() or await business.ports.database().connection.fetchval(waiting):
                break
        else:
            raise AssertionError("It neither ends nor waits.")
        await then(messages_port, found)
    await task


async def cancel(messages_port, found):
    await messages_port.move([message.to(Status.CANCELLED, message.updated_at) for message in found])


async def test_what_is_cancelled_while_workers_drain_the_queue_does_not_leave(start, business):
    everybody = people(200)
    await business.agree(*everybody)
    messages = await business.send(*everybody)
    other = start()
    dispatchers = [business[Dispatch], other[Dispatch]]

    async def drain(dispatch):
        while await dispatch():
            pass

    answers, *_ = await asyncio.gather(
        asyncio.gather(*(cancelled(business, message) for message in messages)),
        *(drain(dispatch) for dispatch in dispatchers),
    )
    handed = await business.handed()
    assert len(set(handed)) == len(handed)
    assert {message for message, yes in zip(messages, answers, strict=True) if not yes} == set(handed)
    assert await business.statuses() == {
        status: count for status, count in (("sent", len(handed)), ("cancelled", 200 - len(handed))) if count
    }
    assert await business.ask("select count(*) from outbox") == [(0,)]


async def test_a_worker_that_finds_a_message_being_cancelled_leaves_it_out(start, business):
    [pat, sam] = people(2)
    await business.agree(pat, sam)
    [message, other] = await business.send(pat, sam)
    await business.withdraw(pat)
    await in_the_way(business, message, work=start()[Dispatch], then=cancel)
    assert await business.status(message) == Status.CANCELLED
    await business.work()
    assert await business.handed() == [other]


@pytest.mark.parametrize(
    ("step", "in_time"), [("claimed", True), ("begun", False), ("taken", False), ("handed", False)]
)
async def test_a_message_can_be_cancelled_until_its_hand_off_begins(business, step, in_time):
    [pat] = people(1)
    await business.agree(pat)
    [message] = await business.send(pat)
    answers = []

    async def cancel_it(other):
        answers.append(await cancelled(other, message))

    await business.another(Dispatch, reached=business.elsewhere(step, cancel_it))()
    assert answers == [in_time]
    assert await business.handed() == ([] if in_time else [message])
    assert await business.status(message) == (Status.CANCELLED if in_time else Status.SENT)
    assert await business.ask("select count(*) from outbox") == [(0,)]


async def test_a_message_cancelled_while_its_consent_arrives_is_cancelled(start, business):
    [pat] = people(1)
    [message] = await business.send(pat)
    assert await business.status(message) == Status.HELD
    await business.agree(pat)
    await in_the_way(business, message, work=start()[ReleaseHeld], then=cancel)
    assert await business.status(message) == Status.CANCELLED
    assert await business.ask("select count(*) from held") == [(0,)]
    await business.work()
    assert message not in await business.handed()
