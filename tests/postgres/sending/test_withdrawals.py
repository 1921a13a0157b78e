"""After somebody said no, nothing leaves: whatever was on its way, and whoever's clock is wrong."""

import asyncio
from datetime import timedelta

import pytest

from adapters.outbound.postgres.consent import PostgresLedger
from adapters.outbound.postgres.recipients import PostgresRecipients
from application.consent.capture import CaptureConsents
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.messages.dispatch import Dispatch
from application.messages.ports import Wakeups
from domain.consent.evidence import ConsentType, Evidence
from domain.consent.ledger import AlreadyRevoked
from domain.messages import Status
from domain.programs import Category
from tests.postgres.sending.business import OFFERS, ORDERS
from tests.postgres.sending.carriers import ToldCarrier

PAT, SAM = "+12125550101", "+12125550102"


@pytest.fixture
def carrier():
    return ToldCarrier()


@pytest.fixture
async def business(start, carrier):
    business = start(carriers=lambda _: carrier)
    await business.open()
    await business.agree(PAT, SAM)
    return business


@pytest.mark.parametrize("behind", [timedelta(), timedelta(minutes=10)], ids=["clocks agree", "their clock is behind"])
async def test_a_withdrawal_after_the_claim_is_obeyed(business, carrier, behind):
    [pat, sam] = await business.send(PAT, SAM)

    async def withdraw(other):
        business.clock.pass_by(-behind)
        await other.withdraw(PAT)
        business.clock.pass_by(behind)

    await business.another(Dispatch, reached=business.elsewhere("claimed", withdraw))()
    assert [one.message_id for one in carrier.given] == [sam]
    await business.work()
    assert await business.status(pat) == Status.BLOCKED


async def test_a_worker_waits_for_a_withdrawal_that_is_being_recorded(start, business, carrier):
    """Its transaction is open when the worker claims."""
    [message] = await business.send(PAT)
    other = start(carriers=lambda _: carrier)
    recorded, resumed = asyncio.Event(), asyncio.Event()

    class SlowLedger(PostgresLedger):
        async def append(self, entries):
            await super().append(entries)
            recorded.set()
            await resumed.wait()

    slow = other.another(WithdrawConsents, ledger=SlowLedger(other.ports.database()))
    withdrawing = asyncio.create_task(slow(WithdrawConsent(address=PAT), other.actor))
    await recorded.wait()
    business.pass_by(seconds=5)
    dispatching = asyncio.create_task(business[Dispatch]())
    await start().sees_ended_or_waiting(dispatching)
    resumed.set()
    await asyncio.gather(withdrawing, dispatching)
    assert carrier.given == []
    assert await business.status(message) == Status.BLOCKED


class Heard(Wakeups):
    """Somebody withdrew a moment ago, and only the notification has told us so far."""

    def __init__(self, *points):
        self.points = points

    async def wait(self, *, seconds):
        raise NotImplementedError

    def withdrawn(self, contact_point_id, *, since):  # noqa: ARG002
        return contact_point_id in self.points


async def test_a_withdrawal_heard_of_after_the_hand_off_began_stops_it(business, carrier):
    [pat, sam] = await business.send(PAT, SAM)
    [[point]] = await business.ask("select contact_point_id from messages where id = $1", pat)
    await business.another(Dispatch, wakeups=Heard(point))()
    assert [one.message_id for one in carrier.given] == [sam]
    assert await business.status(pat) == Status.QUEUED
    assert await business.ask("select message_id from sends") == [(sam,)]
    await business.withdraw(PAT)
    await business.work()
    assert await business.status(pat) == Status.BLOCKED
    assert len(carrier.given) == 1


async def test_a_worker_hears_of_a_withdrawal_and_remembers_it_for_a_while(start, business):
    [[pat], [sam]] = await business.ask("select id from contact_points order by id")
    wakeups, began = business.ports.wakeups(), business.clock.at - timedelta(seconds=1)
    await wakeups.listen()
    await start().withdraw(PAT)
    for _ in range(1_000):
        await business.ask("select 1")
        if wakeups.withdrawn(pat, since=began) or wakeups.withdrawn(sam, since=began):
            break
    heard = {point for point in (pat, sam) if wakeups.withdrawn(point, since=began)}
    assert len(heard) == 1
    [point] = heard
    assert not wakeups.withdrawn(point, since=business.clock.at)
    business.pass_by(minutes=6)
    await start().withdraw(SAM)
    await start().withdraw(PAT)
    for _ in range(1_000):
        await business.ask("select 1")
        if wakeups.withdrawn(pat, since=began) and wakeups.withdrawn(sam, since=began):
            break
    assert wakeups.withdrawn(point, since=began + timedelta(minutes=1))


async def test_only_the_program_opted_into_opens_again(business):
    """Who opted out of two programs before we knew them, and opts in to one, has opted in to one."""
    stranger = "+12125550177"
    await business.add_program("news", Category.MARKETING)
    await business.withdraw(stranger, OFFERS)
    await business.withdraw(stranger, "news")
    business.pass_by(hours=1)
    await business.agree(stranger)
    assert await business.status((await business.send(stranger))[0]) == Status.QUEUED
    before = business.clock.at - timedelta(hours=3)
    await business.agree(stranger, program="news", type=ConsentType.PEWC, occurred_at=before)
    assert await business.status((await business.send(stranger, program="news"))[0]) != Status.QUEUED


async def test_an_opt_out_from_everything_stands_for_the_programs_not_opted_into(business):
    stranger = "+12125550178"
    await business.add_program("news", Category.MARKETING)
    await business.withdraw(stranger)
    business.pass_by(hours=1)
    await business.agree(stranger)
    assert await business.status((await business.send(stranger))[0]) == Status.QUEUED
    before = business.clock.at - timedelta(hours=3)
    await business.agree(stranger, program="news", type=ConsentType.PEWC, occurred_at=before)
    assert await business.status((await business.send(stranger, program="news"))[0]) != Status.QUEUED


BY_STAFF = Evidence(
    source="staff", affirmative_act="phone_call", medium="phone_call", disclosure_text_verbatim="May we text you?"
)


async def test_staff_cannot_opt_in_whom_an_opt_out_overtakes(start, business):
    """Their request came first, and the person's no was recorded first."""
    other, resumed, looked = start(), asyncio.Event(), asyncio.Event()

    class SlowRecipients(PostgresRecipients):
        async def gather(self, asked, *, now):
            found = await super().gather(asked, now=now)
            looked.set()
            await resumed.wait()
            return found

    ports = other.ports
    slow = other.another(CaptureConsents, recipients=SlowRecipients(ports.database(), ports.directory()))
    business.pass_by(seconds=1)
    capturing = asyncio.create_task(slow([business.consent(PAT, evidence=BY_STAFF)], business.actor))
    await looked.wait()
    await business.withdraw(PAT)
    resumed.set()
    [answer] = await capturing
    assert isinstance(answer, AlreadyRevoked)
    assert await business.status((await business.send(PAT))[0]) == Status.BLOCKED


@pytest.mark.parametrize("imported", [True, False])
async def test_nobody_else_opts_in_a_stranger_who_opted_out(business, imported):
    stranger = "+12125550179"
    await business.withdraw(stranger)
    business.pass_by(hours=1)
    how = {"status": "imported"} if imported else {"evidence": BY_STAFF}
    [answer] = await business.agree(stranger, **how)
    assert isinstance(answer, AlreadyRevoked)
    assert await business.status((await business.send(stranger))[0]) == Status.BLOCKED
    business.pass_by(hours=1)
    [answer] = await business.agree(stranger)
    assert answer.consent.status == "granted"
    assert await business.status((await business.send(stranger))[0]) == Status.QUEUED


async def test_what_people_wait_for_is_stopped_by_a_stop_to_all(business, carrier):
    await business.agree(PAT, program=ORDERS)
    [message] = await business.send(PAT, program=ORDERS)
    await business.withdraw(PAT)
    await business.work()
    assert carrier.given == []
    assert await business.status(message) == Status.BLOCKED
