"""Who said no has said no, whichever contact their address belongs to later."""

import pytest

from application.compliance.check_consent import CheckConsent, CheckConsents
from application.consent.recording import Captured
from application.contacts.write import ChangeContact, ContactChange
from domain.addresses import Channel
from domain.consent.ledger import AlreadyRevoked
from domain.messages import Status
from tests.postgres.sending.business import OFFERS, ORDERS

PAT, MAIL = "+12125550101", "pat@example.com"


@pytest.fixture
async def leave_and_return(business):
    """Pat agrees to everything and says no to some of it; the number is taken from the contact and given back."""

    async def gone(program):
        [offers] = await business.agree(PAT)
        await business.agree(PAT, program=ORDERS)
        business.pass_by(minutes=1)
        await business.withdraw(PAT, program)
        for added, removed in [(MAIL, PAT), (PAT, MAIL)]:
            change = ContactChange(add_addresses=(added,), remove_addresses=(removed,))
            await business[ChangeContact](offers.contact_id, change, business.actor)
        business.pass_by(minutes=1)

    return gone


async def decision(business, program):
    command = CheckConsent(to=PAT, channel=Channel.SMS, program=program)
    return (await business[CheckConsents](command, business.actor)).explained()


@pytest.mark.parametrize("program", [OFFERS, ORDERS])
async def test_an_opt_out_of_everything_bars_every_program_when_the_number_comes_back(
    business, leave_and_return, program
):
    await leave_and_return(None)
    told = await decision(business, program)
    assert (told.verdict, told.rule) == ("deny", "CORE-SUP-01")
    [imported] = await business.agree(PAT, program=program, status="imported")
    assert isinstance(imported, AlreadyRevoked)
    [message] = await business.send(PAT, program=program)
    assert await business.status(message) == Status.BLOCKED


async def test_an_opt_out_of_one_program_bars_that_program_and_no_other(business, leave_and_return):
    await leave_and_return(OFFERS)
    assert (await decision(business, OFFERS)).rule == "CORE-SUP-01"
    assert (await decision(business, ORDERS)).verdict == "need_opt_in"
    [offers] = await business.agree(PAT, status="imported")
    [orders] = await business.agree(PAT, program=ORDERS, status="imported")
    assert isinstance(offers, AlreadyRevoked)
    assert isinstance(orders, Captured)
    messages = [*await business.send(PAT), *await business.send(PAT, program=ORDERS)]
    assert [await business.status(one) for one in messages] == [Status.BLOCKED, Status.QUEUED]


async def test_who_agrees_again_themselves_is_written_to_again(business, leave_and_return):
    await leave_and_return(None)
    [again] = await business.agree(PAT)
    assert isinstance(again, Captured)
    [message] = await business.send(PAT)
    assert await business.status(message) == Status.QUEUED
    assert await business.ask("select reason from suppressions") == []


async def test_who_said_yes_after_their_no_is_not_barred(business, leave_and_return):
    await business.agree(PAT)
    business.pass_by(minutes=1)
    await business.withdraw(PAT, ORDERS)
    business.pass_by(minutes=1)
    await leave_and_return(OFFERS)
    assert (await decision(business, ORDERS)).verdict == "need_opt_in"
