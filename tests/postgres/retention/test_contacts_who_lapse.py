"""Contacts of whom nothing is left to keep: their key is shredded, what they said no to goes on holding."""

import pytest

from application.contacts.write import CreateContact, NewContact
from domain.retention.holds import HoldOn
from tests.postgres.retention.conftest import LONG_AGO, NOW, PAT, SAM


async def test_a_contact_whose_consent_is_over_longer_than_claims_may_be_made_is_shredded(keeping):
    await keeping.at(LONG_AGO, months=False)
    await keeping.sent(PAT)
    contact = await keeping.contact(PAT)
    await keeping.leave(PAT)
    await keeping.at(NOW)
    await keeping.run()
    assert await keeping.contact(PAT) is None
    told = await keeping.business.ask("select subject_id from audit_records where action = 'contact.erased'")
    assert told == [(str(contact),)]
    assert await keeping.count("suppressions") == 1
    assert (await keeping.verified()).faults == ()


async def test_while_a_consent_stands_its_evidence_does(keeping):
    await keeping.at(LONG_AGO, months=False)
    await keeping.sent(PAT)
    await keeping.at(NOW)
    await keeping.run()
    assert await keeping.contact(PAT) is not None
    assert await keeping.business.ask("select count(*) from consent_entries where evidence <> ''") == [(1,)]


@pytest.mark.parametrize(("years", "stays"), [(4, True), (7, False)])
async def test_claims_of_the_place_decide(keeping, years, stays):
    """Five years in the United States."""
    await keeping.back(365 * years)
    await keeping.sent(PAT)
    await keeping.leave(PAT)
    await keeping.at(NOW)
    await keeping.run()
    assert (await keeping.contact(PAT) is not None) is stays


async def test_a_contact_added_and_never_agreed_is_forgotten_after_a_year(keeping):
    await keeping.back(300)
    await keeping.business[CreateContact](NewContact(addresses=(SAM,)), keeping.business.actor)
    await keeping.back(400)
    await keeping.business[CreateContact](NewContact(addresses=(PAT,)), keeping.business.actor)
    await keeping.at(NOW)
    assert (await keeping.plan())["contacts_without_consent"].count == 1
    await keeping.run()
    assert await keeping.contact(PAT) is None
    assert await keeping.contact(SAM) is not None
    assert await keeping.count("suppressions") == 0


async def test_a_request_nobody_answered_is_gone_after_thirty_days_with_the_address(keeping):
    await keeping.back(31)
    await keeping.asked(PAT)
    await keeping.at(NOW)
    plan = await keeping.plan()
    assert (plan["unconfirmed_requests"].period, plan["unconfirmed_requests"].rule) == ("P30D", "DE-UWG-02")
    assert plan["unconfirmed_requests"].count == 2
    await keeping.run()
    assert await keeping.contact(PAT) is None
    assert await keeping.count("consent_entries") == 0
    assert await keeping.business.ask(
        "select subject_kind, count(*) from audit_records where action = 'retention.removed' group by 1"
    ) == [("consent_entries", 1)]
    assert (await keeping.verified()).faults == ()


async def test_a_request_of_yesterday_may_still_be_answered(keeping):
    await keeping.back(1)
    await keeping.asked(PAT)
    await keeping.at(NOW)
    await keeping.run()
    assert await keeping.contact(PAT) is not None
    assert await keeping.count("consent_entries") == 1


async def test_an_entry_that_was_answered_stays_as_the_beginning_of_its_consent(keeping):
    await keeping.back(40)
    await keeping.asked(PAT)
    await keeping.sent(PAT)
    await keeping.at(NOW)
    await keeping.run()
    assert await keeping.business.ask("select status from consent_entries order by at") == [
        ("requested",),
        ("granted",),
    ]


async def test_a_hold_keeps_a_contact_and_its_entries(keeping):
    await keeping.back(400)
    await keeping.asked(PAT)
    await keeping.at(NOW)
    await keeping.hold(HoldOn.CONTACT, await keeping.contact(PAT))
    assert (await keeping.plan())["unconfirmed_requests"].held == 2
    await keeping.run()
    assert await keeping.contact(PAT) is not None
    assert await keeping.count("consent_entries") == 1


async def test_entries_of_who_is_gone_go_when_no_claim_can_need_them_and_the_books_still_verify(keeping):
    await keeping.at(LONG_AGO, months=False)
    await keeping.sent(PAT)
    await keeping.leave(PAT)
    await keeping.at(NOW)
    await keeping.run()
    assert await keeping.count("consent_entries") == 0
    verified = await keeping.verified()
    assert verified.faults == ()
    assert verified.sealed > 0


async def test_the_trail_goes_by_months_and_what_says_that_something_is_gone_stays(keeping):
    await keeping.at(LONG_AGO)
    await keeping.sent(PAT)
    before = await keeping.business.ask("select id from audit_records where id < $1", keeping.floor(NOW))
    assert before
    await keeping.at(NOW)
    await keeping.run()
    left = await keeping.business.ask("select action from audit_records where id < $1", keeping.floor(NOW))
    assert left == []
    kinds = await keeping.business.ask("select subject_kind from audit_records where action = 'retention.removed'")
    assert ("audit_records",) in kinds
    assert (await keeping.verified()).faults == ()
