"""What a carrier answers at once, and what follows from it."""

from datetime import timedelta

import pytest

from application.consent.reading import ConsentQueries
from application.messages.carriers import Effect, NotNow, NoWord, Refused, Taken
from application.messages.dispatch import Dispatch
from domain.messages import Status
from tests.installation import AFTERNOON
from tests.postgres.sending.business import ORDERS
from tests.postgres.sending.carriers import ToldCarrier

PAT, SAM = "+12125550101", "+12125550102"


@pytest.fixture
def carrier():
    return ToldCarrier()


@pytest.fixture
async def business(start, carrier):
    business = start(carriers=lambda _: carrier)
    await business.open()
    for program in ("weekly-offers", ORDERS):
        await business.agree(PAT, SAM, program=program)
    return business


async def outbox(business, message):
    return await business.ask("select due_at, attempts, claimed_by, handing from outbox where message_id = $1", message)


async def test_an_opt_out_at_the_provider_is_an_opt_out_on_the_ledger(business, carrier):
    carrier.answers[PAT] = [Refused("twilio-21610", "Opted out.", effect=Effect.REVOKED_AT_PROVIDER)]
    [message] = await business.send(PAT)
    await business.work()
    assert await business.status(message) == Status.FAILED
    [contact] = await business.ask("select contact_id from messages where id = $1", message)
    standings = await business[ConsentQueries].of_contact(contact[0], business.actor)
    assert {standing.consent.status for standing in standings} == {"revoked"}
    [again] = await business.send(PAT)
    assert await business.status(again) == Status.BLOCKED
    business.pass_by(days=3)
    await business.work()
    assert len(carrier.given) == 1


async def test_an_address_that_is_dead_gets_nothing_more(business, carrier):
    carrier.answers[PAT] = [Refused("twilio-21614", "No SMS.", effect=Effect.ADDRESS_DEAD)]
    [message] = await business.send(PAT)
    await business.work()
    assert await business.status(message) == Status.FAILED
    assert await business.ask("select reason from suppressions") == [("hard_bounce",)]
    later = [*await business.send(PAT), *await business.send(PAT, program=ORDERS)]
    assert [await business.status(one) for one in later] == [Status.BLOCKED] * 2


async def test_a_carrier_that_is_down_is_tried_again_and_given_up_in_the_end(business, carrier):
    carrier.answers[PAT] = [NotNow("down", "Down.") for _ in range(20)]
    [message] = await business.send(PAT)
    waits = []
    while (await business.status(message)) in (Status.QUEUED, Status.DEFERRED):
        await business.work()
        for due, attempts, _, _ in await outbox(business, message):
            assert attempts == len(carrier.given)
            waits.append(due - business.clock.at)
            business.clock.at = max(due, business.clock.at)
    assert await business.status(message) == Status.FAILED
    assert len(carrier.given) == 10
    assert all(timedelta() <= wait <= timedelta(hours=1) for wait in waits)
    assert [one.attempt for one in carrier.given] == list(range(1, 11))


async def test_a_carrier_that_asks_for_patience_gets_it(business, carrier):
    carrier.answers[PAT] = [NotNow("busy", "Busy.", retry_after=timedelta(minutes=90))]
    [message] = await business.send(PAT)
    await business.work()
    assert await outbox(business, message) == [(AFTERNOON + timedelta(minutes=90), 1, None, False)]
    business.pass_by(minutes=90)
    await business.work()
    assert await business.status(message) == Status.SENT


async def test_marketing_nobody_knows_about_is_not_sent_again(business, carrier):
    carrier.answers[PAT] = [NoWord("broken", "The connection broke.")]
    [message] = await business.send(PAT)
    await business.work()
    assert await business.status(message) == Status.UNCERTAIN
    business.pass_by(days=2)
    await business.work()
    assert len(carrier.given) == 1


async def test_what_people_wait_for_is_tried_again_with_patience_when_nobody_knows(business, carrier):
    carrier.answers[PAT] = [NoWord("broken", "The connection broke.") for _ in range(20)]
    [message] = await business.send(PAT, program=ORDERS)
    tries = []
    while await outbox(business, message):
        assert len(tries) < 20
        await business[Dispatch]()
        tries.append(len(carrier.given))
        for due, _, _, _ in await outbox(business, message):
            assert due > business.clock.at
            business.clock.at = due
    assert tries == list(range(1, len(tries) + 1))
    assert await business.status(message) == Status.UNCERTAIN


async def test_the_providers_quiet_hours_are_waited_out(business, carrier):
    carrier.answers[PAT] = [Refused("twilio-30610", "Quiet hours.", effect=Effect.QUIET_HOURS)]
    [message] = await business.send(PAT)
    await business.work()
    assert await business.status(message) == Status.DEFERRED
    [(due, *_)] = await outbox(business, message)
    assert due == AFTERNOON.replace(day=24, hour=13)
    business.clock.at = due
    await business.work()
    assert await business.status(message) == Status.SENT


async def test_a_carrier_that_breaks_takes_nobody_else_with_it(business, carrier):
    carrier.answers[PAT] = [ZeroDivisionError()]
    [pat, sam] = await business.send(PAT, SAM)
    await business.work()
    assert [await business.status(pat), await business.status(sam)] == [Status.UNCERTAIN, Status.SENT]


@pytest.mark.parametrize(
    "late",
    [
        NotNow("down", "Down."),
        NoWord("broken", "The connection broke."),
        Refused("twilio-30610", "Quiet hours.", effect=Effect.QUIET_HOURS),
        Refused("other", "Refused."),
        Taken(),
    ],
    ids=lambda answer: type(answer).__name__,
)
@pytest.mark.parametrize("program", ["weekly-offers", ORDERS])
async def test_a_report_that_overtakes_the_answer_stands(business, carrier, late, program):
    carrier.answers[PAT] = [late]
    carrier.meanwhile = lambda outgoing: business.report(outgoing.message_id, provider_id="theirs")
    [message] = await business.send(PAT, program=program)
    await business.work()
    business.pass_by(days=2)
    await business.work()
    assert await business.status(message) == Status.DELIVERED
    assert len(carrier.given) == 1
    assert await business.ask("select provider_id from messages where id = $1", message) == [("theirs",)]
