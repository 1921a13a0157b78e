"""What carriers say later: repeated, out of order, late, and about messages nobody knows."""

import asyncio
from itertools import permutations
from uuid import uuid4

import pytest

from application.messages.carriers import DeliveryReport, Effect, NotNow, NoWord, Taken
from application.messages.dispatch import Dispatch
from application.messages.follow_up import RecordDelivery
from domain.messages import Status
from tests.postgres.sending.business import OFFERS, ORDERS, people
from tests.postgres.sending.carriers import ToldCarrier

[PAT] = people(1)
SENT, DELIVERED, UNDELIVERED, FAILED = Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.FAILED


@pytest.fixture
def carrier():
    return ToldCarrier()


@pytest.fixture
async def business(start, carrier):
    business = start(carriers=lambda _: carrier)
    await business.open()
    for program in (OFFERS, ORDERS):
        await business.agree(PAT, program=program)
    return business


async def journal(business, message):
    lines = await business.ask("select status from message_journal where message_id = $1 order by position", message)
    return [status for (status,) in lines]


async def test_a_repeated_report_changes_nothing(business):
    [message] = await business.send(PAT)
    await business.work()
    for _ in range(3):
        await business.report(message, message)
    assert await journal(business, message) == ["queued", "sending", "sent", "delivered"]


@pytest.mark.parametrize("order", list(permutations([SENT, UNDELIVERED, DELIVERED])))
async def test_in_whatever_order_reports_come_the_good_news_stands(business, order):
    [message] = await business.send(PAT)
    await business.work()
    for status in order:
        await business.report(message, status=status)
    assert await business.status(message) == DELIVERED


async def test_bad_news_after_good_is_old_news(business):
    [message] = await business.send(PAT)
    await business.work()
    for status in (DELIVERED, UNDELIVERED, FAILED, SENT):
        await business.report(message, status=status)
    assert await business.status(message) == DELIVERED


@pytest.mark.parametrize("word", [SENT, DELIVERED, UNDELIVERED, FAILED])
async def test_a_late_report_settles_what_was_uncertain(business, carrier, word):
    carrier.answers[PAT] = [NoWord("broken", "The connection broke.")]
    [message] = await business.send(PAT)
    await business.work()
    assert await business.status(message) == Status.UNCERTAIN
    await business.report(message, status=word, provider_id="theirs")
    assert await business.status(message) == word
    assert await business.ask("select provider_id from messages") == [("theirs",)]


@pytest.mark.parametrize("word", [SENT, DELIVERED])
async def test_what_turns_out_to_have_left_is_not_sent_again(business, carrier, word):
    carrier.answers[PAT] = [NoWord("broken", "The connection broke.")]
    [message] = await business.send(PAT, program=ORDERS)
    await business[Dispatch]()
    assert await business.status(message) == Status.DEFERRED
    await business.report(message, status=word)
    business.pass_by(hours=2)
    await business.work()
    assert await business.status(message) == word
    assert len(carrier.given) == 1
    assert await business.ask("select count(*) from outbox") == [(0,)]


@pytest.mark.parametrize("word", [UNDELIVERED, FAILED])
async def test_what_turns_out_not_to_have_arrived_is_still_tried_again(business, carrier, word):
    carrier.answers[PAT] = [NoWord("broken", "The connection broke.")]
    [message] = await business.send(PAT, program=ORDERS)
    await business[Dispatch]()
    await business.report(message, status=word)
    business.pass_by(hours=2)
    await business.work()
    assert await business.status(message) == SENT
    assert len(carrier.given) == 2


async def test_a_report_about_a_message_nobody_knows_harms_no_other(business):
    [message] = await business.send(PAT)
    await business.work()
    await business.report(uuid4(), message, uuid4())
    assert await business.status(message) == DELIVERED


@pytest.mark.parametrize("status", [Status.HELD, Status.BLOCKED, Status.CANCELLED, Status.EXPIRED])
async def test_a_report_moves_nothing_that_never_left(business, status):
    [message] = await business.send(PAT)
    async with business.ports.transaction()():
        [found] = await business.ports.messages().lock([message])
        await business.ports.messages().move([found.to(status, business.clock.at)])
    for word in (SENT, DELIVERED, FAILED):
        await business.report(message, status=word)
    assert await business.status(message) == status


async def test_a_carrier_that_tells_of_an_opt_out_later_is_obeyed_once(business, carrier):
    [message] = await business.send(PAT)
    await business.work()
    for _ in range(3):
        await business.report(message, status=FAILED, code="twilio-21610", effect=Effect.REVOKED_AT_PROVIDER)
    assert await business.ask("select count(*) from consent_entries where status = 'revoked'") == [(1,)]
    again = [*await business.send(PAT), *await business.send(PAT, program=ORDERS)]
    assert [await business.status(one) for one in again] == [Status.BLOCKED] * 2
    await business.work()
    assert len(carrier.given) == 1


async def test_an_old_report_of_an_opt_out_does_not_undo_a_later_opt_in(business):
    [message] = await business.send(PAT)
    await business.work()
    told = {"status": FAILED, "code": "twilio-21610", "effect": Effect.REVOKED_AT_PROVIDER}
    await business.report(message, **told)
    business.pass_by(hours=1)
    await business.agree(PAT)
    await business.report(message, **told)
    assert await business.status((await business.send(PAT))[0]) == Status.QUEUED


async def test_an_address_found_dead_later_gets_nothing_more(business):
    [message] = await business.send(PAT)
    await business.work()
    for _ in range(2):
        await business.report(message, status=UNDELIVERED, code="30005", effect=Effect.ADDRESS_DEAD)
    assert await business.ask("select reason, count(*) from suppressions group by 1") == [("hard_bounce", 1)]
    assert await business.status((await business.send(PAT))[0]) == Status.BLOCKED


async def test_reports_and_answers_that_cross_do_not_lock_each_other_up(start, business, carrier):
    """Batches of reports, in opposite orders, while the same messages' answers are recorded."""
    everybody = people(100)
    await business.agree(*everybody)
    messages = await business.send(*everybody)
    others = [start(), start()]
    for person in everybody[::2]:
        carrier.answers[person] = [Taken(status=FAILED, detail="no")]
    reports = [
        DeliveryReport(message_id=message, status=DELIVERED, at=business.clock.at, effect=Effect.REVOKED_AT_PROVIDER)
        for message in messages
    ]
    waves, tasks = iter((reports, reports[::-1])), []

    async def meanwhile(outgoing):
        if outgoing.message_id == messages[0]:
            tasks.extend(
                asyncio.create_task(other[RecordDelivery](wave)) for other, wave in zip(others, waves, strict=True)
            )

    carrier.meanwhile = meanwhile
    await business[Dispatch]()
    await asyncio.gather(*tasks)
    assert await business.statuses() == {"delivered": 100}
    assert await business.ask("select count(*) from consent_entries where status = 'revoked'") == [(100,)]


async def test_a_report_from_before_the_answer_of_a_carrier_that_was_down_stands(business, carrier):
    carrier.answers[PAT] = [NotNow("down", "Down."), NotNow("down", "Down.")]
    [message] = await business.send(PAT)
    await business[Dispatch]()
    await business.report(message, status=UNDELIVERED)
    assert await business.status(message) == Status.DEFERRED
