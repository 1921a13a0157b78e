"""A worker holds what it took on for a while: long enough for a slow carrier, and not for ever."""

import pytest

from application.channels.senders import CreateSender, NewSender
from application.messages.dispatch import Dispatch
from application.messages.follow_up import FindLost
from domain.messages import Status
from domain.programs import Category
from tests.postgres.sending.business import OFFERS, ORDERS, people
from tests.postgres.sending.carriers import ToldCarrier


@pytest.fixture
def carrier():
    return ToldCarrier()


@pytest.fixture
async def business(start, carrier):
    business = start(carriers=lambda _: carrier)
    await business.open()
    return business


async def locked(business, message):
    async with business.ports.transaction()():
        return await business.ports.messages().lock([message])


@pytest.mark.parametrize("program", [OFFERS, ORDERS])
async def test_a_slow_carrier_is_waited_for(start, business, carrier, program):
    [pat] = people(1)
    await business.agree(pat, program=program)
    [message] = await business.send(pat, program=program)
    other = start(carriers=lambda _: carrier)

    async def slowly(_):
        business.pass_by(minutes=3)
        assert await other[FindLost]() == 0
        assert await other[Dispatch]() == 0

    carrier.meanwhile = slowly
    await business[Dispatch]()
    assert await business.status(message) == Status.SENT
    assert len(carrier.given) == 1


@pytest.mark.parametrize("found", [True, False])
async def test_a_worker_that_was_too_slow_to_begin_leaves_it_to_others(business, carrier, found):
    [pat] = people(1)
    await business.agree(pat)
    [message] = await business.send(pat)

    async def much_later(other):
        business.pass_by(minutes=2)
        if found:
            assert await other[FindLost]() == 1

    await business.another(Dispatch, reached=business.elsewhere("claimed", much_later))()
    assert carrier.given == []
    assert await business.status(message) == Status.QUEUED
    await business.work()
    assert [one.message_id for one in carrier.given] == [message]
    assert await business.status(message) == Status.SENT


async def test_a_hand_off_under_way_is_not_begun_again_by_the_worker_itself(business, carrier):
    """It lost the message while it stood still, took it on once more, and then goes on where it stood."""
    [pat] = people(1)
    await business.agree(pat)
    [message] = await business.send(pat)
    steps = ["claimed"]

    def stand_still(step):
        if step in steps:
            steps.remove(step)
            raise InterruptedError

    dispatch = business.another(Dispatch, reached=stand_still)
    with pytest.raises(InterruptedError):
        await dispatch()
    [held] = await locked(business, message)
    [(seen,)] = await business.ask("select pg_current_snapshot()::text")
    business.pass_by(minutes=2)
    assert await business[FindLost]() == 1

    async def go_on(_):
        async with business.ports.transaction()():
            assert await dispatch.outbox.begin(dispatch.worker, [held], seen=seen) == set()
        assert await business.ask("select handing, claimed_by from outbox") == [(True, dispatch.worker)]

    carrier.meanwhile = go_on
    await dispatch()
    assert [one.message_id for one in carrier.given] == [message]
    assert await business.status(message) == Status.SENT


async def test_no_sender_waits_for_the_long_queue_of_another(business, carrier):
    everybody = people(40)
    for number in range(4):
        sender = NewSender(
            slug=f"acme-{number}",
            legal_name="Acme Ltd",
            postal_address="1 Main St, Springfield, IL 62701, US",
            support="https://acme.example/help",
            sms_from="+12125550100",
            rate_per_second=1_000,
        )
        await business[CreateSender](sender, business.actor)
        slug = f"news-{number}"
        await business.add_program(slug, Category.TRANSACTIONAL, sender=sender.slug)
        await business.agree(*everybody, program=slug)
        await business.send(*everybody, program=slug)
    dispatch = business.another(Dispatch, slice_size=50)
    rounds = []
    while taken := await dispatch():
        rounds.append(taken)
        business.pass_by(seconds=1)
    assert max(rounds) <= 50
    assert sum(rounds) == 160
    assert await business.statuses() == {"sent": 160}
