"""The rules look again when a message is about to leave: what was allowed when it came may not be now."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from application.messages.dispatch import Dispatch
from application.messages.follow_up import ReleaseHeld
from domain.messages import OnNoConsent, Status
from domain.programs import Status as ProgramStatus
from tests.installation import AFTERNOON
from tests.postgres.sending.business import OFFERS, people
from tests.postgres.sending.carriers import ToldCarrier

[PAT] = people(1)
NEW_YORK = ZoneInfo("America/New_York")
EIGHT_IN_THE_MORNING = AFTERNOON.astimezone(NEW_YORK).replace(day=24, hour=8)


@pytest.fixture
def carrier():
    return ToldCarrier()


@pytest.fixture
async def business(start, carrier):
    business = start(carriers=lambda _: carrier)
    await business.open()
    return business


async def shown(business, message):
    [row] = await business.ask(
        "select m.status, m.detail, b.decision from messages m join message_bodies b on b.message_id = m.id "
        "where m.id = $1",
        message,
    )
    return row


async def test_quiet_hours_that_began_meanwhile_are_kept(business, carrier):
    await business.agree(PAT)
    [message] = await business.send(PAT)
    business.clock.at = AFTERNOON.astimezone(NEW_YORK).replace(hour=21, minute=1)
    await business.work()
    status, detail, decision = await shown(business, message)
    assert (status, carrier.given) == (Status.DEFERRED, [])
    assert f'"rule":"{detail}"'.encode() in decision
    assert b'"verdict":"defer"' in decision
    [(due,)] = await business.ask("select due_at from outbox")
    assert due == EIGHT_IN_THE_MORNING
    business.clock.at = due - timedelta(seconds=1)
    await business.work()
    assert carrier.given == []
    business.clock.at = due
    await business.work()
    assert await business.status(message) == Status.SENT


async def test_a_message_for_later_leaves_then_and_not_before(business, carrier):
    await business.agree(PAT)
    later = AFTERNOON + timedelta(hours=3)
    [message] = await business.send(PAT, not_before=later)
    assert await business.status(message) == Status.DEFERRED
    business.clock.at = later - timedelta(microseconds=1)
    await business.work()
    assert carrier.given == []
    business.clock.at = later
    await business.work()
    assert len(carrier.given) == 1


@pytest.mark.parametrize(
    ("on_no_consent", "then"), [(OnNoConsent.HOLD, Status.HELD), (OnNoConsent.BLOCK, Status.BLOCKED)]
)
async def test_a_consent_that_expired_meanwhile_no_longer_counts(business, carrier, on_no_consent, then):
    expires = AFTERNOON + timedelta(minutes=5)
    await business.agree(PAT, expires_at=expires)
    [message] = await business.send(PAT, on_no_consent=on_no_consent)
    business.clock.at = expires
    await business.work()
    assert await business.status(message) == then
    assert await business.ask("select count(*) from outbox") == [(0,)]
    await business.agree(PAT)
    await business.work()
    assert len(carrier.given) == (1 if then is Status.HELD else 0)


async def test_a_paused_program_keeps_its_messages_until_it_goes_on(business, carrier):
    await business.agree(PAT)
    [message] = await business.send(PAT)
    await business.move_program(OFFERS, ProgramStatus.PAUSED)
    await business.work()
    assert await shown(business, message) >= (Status.DEFERRED, "program-paused")
    assert carrier.given == []
    await business.move_program(OFFERS, ProgramStatus.ACTIVE)
    business.pass_by(minutes=10)
    await business.work()
    assert await business.status(message) == Status.SENT


async def test_a_paused_program_is_looked_at_less_and_less_often_and_goes_on_at_once(business, carrier):
    await business.agree(PAT)
    [message] = await business.send(PAT)
    await business.move_program(OFFERS, ProgramStatus.PAUSED)
    for _ in range(8):
        await business.work()
        [(wait,)] = await business.ask("select due_at - updated_at from messages where id = $1", message)
        business.clock.pass_by(wait)
    assert wait == timedelta(hours=1)
    looked = "select count(*) from message_journal where message_id = $1 and detail = 'program-paused'"
    assert await business.ask(looked, message) == [(8,)]
    await business.work()
    await business.move_program(OFFERS, ProgramStatus.ACTIVE)
    await business.work()
    assert len(carrier.given) == 1


async def test_an_archived_program_takes_its_messages_along(business, carrier):
    await business.agree(PAT)
    [message] = await business.send(PAT)
    await business.move_program(OFFERS, ProgramStatus.ARCHIVED)
    await business.work()
    assert (await shown(business, message))[:2] == (Status.CANCELLED, "program-archived")
    assert carrier.given == []


async def test_a_message_whose_time_is_over_does_not_leave(business, carrier):
    await business.agree(PAT)
    over = AFTERNOON + timedelta(minutes=5)
    [message] = await business.send(PAT, expires_at=over)
    business.clock.at = over
    await business.work()
    assert await business.status(message) == Status.EXPIRED
    assert carrier.given == []
    assert await business.ask("select count(*) from outbox") == [(0,)]


async def test_a_program_changed_while_workers_look_at_it_stops_nobody(start, business, carrier):
    """The statement that claims sees one revision, the one that fetches the program the next."""
    await business.agree(PAT)
    [message] = await business.send(PAT)
    other = start(carriers=lambda _: carrier)
    directory = business.ports.directory()

    class Changing(type(directory)):
        async def refresh(self, records):
            await other.ask("update programs set revision = revision + 1, name = 'Weekly offers!'")
            await other.ask("update senders set revision = revision + 1, legal_name = 'Acme Inc'")
            await super().refresh(records)

    changing = Changing(business.ports.database())
    outbox = type(business.ports.outbox())(business.ports.database(), changing)
    await business.another(Dispatch, outbox=outbox)()
    assert await business.status(message) == Status.SENT
    assert carrier.given[0].sender.legal_name == "Acme Inc"


async def test_what_was_held_is_judged_by_every_rule_when_it_is_released(business, carrier):
    """They agree at night: the message waits for the morning."""
    [message] = await business.send(PAT)
    business.clock.at = AFTERNOON.astimezone(NEW_YORK).replace(hour=22)
    await business.agree(PAT)
    await business.work(ReleaseHeld)
    assert await business.status(message) == Status.DEFERRED
    assert await business.ask("select due_at from outbox") == [(EIGHT_IN_THE_MORNING,)]
    business.clock.at = EIGHT_IN_THE_MORNING
    await business.work()
    assert await business.status(message) == Status.SENT
