"""Erase a contact: nothing of them can be read or found, their no still holds, and the chain still verifies."""

from datetime import timedelta

import pytest

from application.consent.recording import Captured
from application.consent.withdraw import WithdrawPoint
from application.contacts.write import ChangeContact, ContactChange, CreateContact, Lookup, LookUpContact, NewContact
from application.messages.dispatch import Dispatch
from application.messages.follow_up import CancelMessage
from application.privacy.erase import EraseContact, SettleErasures
from application.privacy.restricted import NothingKept, ShowRestrictedEvidence
from application.replies.receive import ReceiveReply
from application.replies.surroundings import Inbound
from application.verification.verify import NewVerification, StartVerification
from domain.access import Actor, NotPermitted
from domain.addresses import Address
from domain.consent.evidence import Evidence
from domain.consent.ledger import AlreadyRevoked
from domain.contacts import NoSuchContact
from domain.errors import Invalid
from domain.ids import ContactPointId
from domain.messages import Status
from tests.postgres.audit.books import seal, verified
from tests.postgres.privacy.everything import everything_stored
from tests.postgres.sending.business import OFFERS, ORDERS

PAT, MAIL, SAM = "+12125550101", "pat@example.com", "+12125550102"
WHY = "Pat asked us to by phone."


@pytest.fixture
async def pat(business):
    """Somebody with everything one can leave here, and somebody else."""
    given = NewContact(
        addresses=(PAT, MAIL), reference="customer-quince-17", attributes={"note": "likes-xylophones"}, locale="en-US"
    )
    contact = await business[CreateContact](given, business.actor)
    await business.agree(PAT, MAIL, SAM)
    await business.agree(PAT, program=ORDERS)
    await business.send(PAT, reference="order-quince-17")
    await business.send(SAM)
    await business.send(MAIL, reference="order-quince-18")
    for number, sender in enumerate((PAT, SAM)):
        inbound = Inbound(
            carrier_id=f"SM{number}", sender=sender, to="+12125550100", text="Thanks!", provider="sandbox"
        )
        await business[ReceiveReply](inbound, live=True)
    return contact


async def erase(business, contact, by=None):
    return await business[EraseContact](contact.id, WHY, by or business.actor)


async def test_an_erased_contact_is_found_by_nobody_and_nothing_of_theirs_can_be_read(business, pat):
    ports = business.ports
    await business.work(Dispatch)
    await business.send(PAT, program=ORDERS, not_before=business.clock.at + timedelta(days=3))
    digests = [
        digest
        for address in (PAT, MAIL)
        for digest in (
            *ports.digests().index(Address.parse(address), live=True),
            ports.challenge_secrets().digest("address", address, live=True),
        )
    ]
    tokens = [
        token for address in (PAT, MAIL) for token in ports.digests().suppression(Address.parse(address), live=True)
    ]
    reference = ports.digests().reference("customer-quince-17", live=True)
    [[words]] = await business.ask("select text from replies where contact_id = $1", pat.id)
    [[wrapped]] = await business.ask("select data_key from contacts where id = $1", pat.id)
    sealed = await business.ask("select evidence from consent_entries where contact_id = $1", pat.id)
    before = await everything_stored(business)
    assert all(digest.hex() in before for digest in (*digests[::2], *reference, wrapped))
    await erase(business, pat)
    left = await everything_stored(business)
    gone = [PAT, PAT.lstrip("+"), MAIL, "quince", "xylophones", wrapped.hex(), words.hex()]
    gone += [digest.hex() for digest in (*digests, *reference, *(one for [one] in sealed))]
    gone += [text.encode().hex() for text in (PAT, MAIL)]
    assert [one for one in gone if one in left] == []
    assert all(token.hex() in left for token in tokens)
    with pytest.raises(NoSuchContact):
        await business[LookUpContact](Lookup(address=PAT), business.actor)
    assert SAM not in left
    assert await business.ask("select count(*) from contacts") == [(1,)]
    assert await business.ask("select count(*) from replies") == [(1,)]


async def test_what_waits_is_cancelled_and_what_was_sent_names_nobody(business, pat):
    await business.work(Dispatch)
    [later] = await business.send(PAT, program=ORDERS, not_before=business.clock.at + timedelta(days=3), reference="x")
    [held] = await business.send(MAIL, program=ORDERS)
    await erase(business, pat)
    assert await business.status(later) == Status.CANCELLED
    assert await business.status(held) in (Status.CANCELLED, Status.SENT)
    rows = await business.ask(
        "select reference, provider_id, content from messages join message_bodies on message_id = id "
        "where contact_id = $1",
        pat.id,
    )
    assert len(rows) >= 3
    assert set(rows) == {(None, None, b"")}
    for table in ("outbox", "held"):
        assert await business.ask(f"select count(*) from {table}") == [(0,)]  # noqa: S608
    assert await business.ask("select contact_id from sends where contact_id = $1", pat.id) == []


async def test_the_chain_still_verifies_and_says_who_was_erased(business, pat):
    await seal(business)
    await erase(business, pat)
    told = await verified(business)
    assert told.faults == ()
    assert told.unreadable == 5
    await seal(business)
    assert (await verified(business)).faults == ()
    [[reason, made]] = await business.ask(
        "select sealed, changes from audit_records where action = 'contact.erased' and subject_id = $1", str(pat.id)
    )
    assert WHY.encode() not in reason
    assert '"data_key"' in made


async def test_a_contact_is_erased_once_however_often_it_is_asked(business, pat):
    first = await erase(business, pat)
    business.pass_by(days=1)
    assert await erase(business, pat) == first
    assert await business.ask("select count(*) from audit_records where action = 'contact.erased'") == [(1,)]


async def test_nobody_erases_whom_they_cannot_see(business, pat):
    with pytest.raises(NoSuchContact):
        await erase(business, pat, Actor(id="key:test", permissions=business.actor.permissions, live=False))
    with pytest.raises(NotPermitted):
        await erase(business, pat, Actor(id="key:other"))
    with pytest.raises(Invalid):
        await business[EraseContact](pat.id, "  ", business.actor)
    assert await business.ask("select count(*) from messages where status = 'cancelled'") == [(0,)]
    assert (await business[LookUpContact](Lookup(address=PAT), business.actor)).id == pat.id


@pytest.mark.parametrize("person", [PAT, MAIL])
async def test_an_erased_person_who_is_imported_again_is_not_written_to(business, pat, person):
    await erase(business, pat)
    business.pass_by(days=30)
    [imported] = await business.agree(person, status="imported")
    assert isinstance(imported, AlreadyRevoked)
    for program in (OFFERS, ORDERS):
        [message] = await business.send(person, program=program)
        assert await business.status(message) == Status.BLOCKED
    await business[ChangeContact](
        (await business[LookUpContact](Lookup(address=person), business.actor)).id,
        ContactChange(locale="en-US"),
        business.actor,
    )
    [message] = await business.send(person)
    assert await business.status(message) == Status.BLOCKED


async def test_who_opts_in_again_themselves_after_being_erased_is_written_to(business, pat):
    await erase(business, pat)
    [before] = await business.agree(PAT, occurred_at=business.clock.at - timedelta(days=1))
    assert isinstance(before, AlreadyRevoked)
    business.pass_by(minutes=5)
    [again] = await business.agree(PAT)
    assert isinstance(again, Captured)
    assert again.contact_id != pat.id
    [message] = await business.send(PAT)
    assert await business.status(message) == Status.QUEUED
    assert (await erase(business, pat)).contact_id == pat.id
    [still] = await business.send(PAT)
    assert await business.status(still) == Status.QUEUED


async def test_a_stop_from_before_the_erasure_holds_after_it(business, pat):
    await business.withdraw(SAM, OFFERS)
    sam = await business[LookUpContact](Lookup(address=SAM), business.actor)
    await erase(business, sam)
    rows = await business.ask("select reason, scope from suppressions order by reason")
    assert ("opt_out", "program") in rows
    assert ("erasure", "brand") in rows


async def test_an_old_link_still_says_no_for_somebody_who_was_erased(business, pat):
    [[point]] = await business.ask("select id from contact_points where channel = 'sms' and contact_id = $1", pat.id)
    await erase(business, pat)
    assert await business[WithdrawPoint](ContactPointId(point), None, Evidence(via="unsub_link"))
    assert ("opt_out",) in await business.ask("select reason from suppressions")


async def test_evidence_is_kept_under_lock_until_claims_are_barred(business, pat):
    business.pass_by(days=10)
    erased = await erase(business, pat)
    assert erased.kept_until.year == business.clock.at.year + 5
    assert erased.kept_until < (business.clock.at + timedelta(days=5 * 366 - 9)).date()
    shown = await business[ShowRestrictedEvidence](PAT, "A letter of their lawyer.", business.actor)
    assert [one.fact.status for one in shown] == ["granted", "granted", "revoked"]
    assert {one.address for one in shown} == {PAT}
    assert all(one.unchanged for one in shown)
    assert shown[0].evidence.identity == "Pat Doe"
    assert await business.ask("select count(*) from audit_records where action = 'evidence.opened'") == [(1,)]
    with pytest.raises(NothingKept):
        await business[ShowRestrictedEvidence](SAM, "Out of curiosity.", business.actor)
    assert await business.ask("select count(*) from audit_records where action = 'evidence.opened'") == [(2,)]
    allowed = business.actor.permissions - {"evidence:restricted"}
    with pytest.raises(NotPermitted):
        await business[ShowRestrictedEvidence](PAT, WHY, Actor(id="key:other", permissions=allowed))
    test_world = Actor(id="key:test", permissions=business.actor.permissions, live=False)
    with pytest.raises(NothingKept):
        await business[ShowRestrictedEvidence](PAT, WHY, test_world)


async def test_codes_asked_for_by_an_erased_person_are_gone(business, pat):
    await business[StartVerification](NewVerification(address=PAT, purpose="confirm_order"), business.actor)
    await business[StartVerification](NewVerification(address=SAM, purpose="confirm_order"), business.actor)
    await erase(business, pat)
    assert await business.ask("select count(*) from challenges") == [(1,)]


async def test_settling_ends_after_an_hour(business, pat):
    await erase(business, pat)
    assert await business[SettleErasures]() == 0
    assert await business.ask("select settled_at is null from erasures") == [(True,)]
    business.pass_by(hours=2)
    await business[SettleErasures]()
    assert await business.ask("select settled_at is null from erasures") == [(False,)]
    assert await business[SettleErasures]() == 0


async def test_an_entry_nobody_can_read_any_more_keeps_nobody_from_being_erased(business, pat):
    await business.ask(
        "update consent_entries set evidence = 'torn' where id = "
        "(select id from consent_entries where contact_id = $1 order by position limit 1)",
        pat.id,
    )
    await erase(business, pat)
    kept = await business.ask("select count(*) from restricted_evidence where contact_id = $1", pat.id)
    all_of_them = await business.ask("select count(*) from consent_entries where contact_id = $1", pat.id)
    assert kept == [(all_of_them[0][0] - 1,)]


async def test_an_address_taken_off_before_is_erased_with_the_rest_of_the_evidence(business, pat):
    for message in await business.ask("select message_id from outbox"):
        await business[CancelMessage](message[0], business.actor)
    change = ContactChange(remove_addresses=(MAIL,))
    await business[ChangeContact](pat.id, change, business.actor)
    await erase(business, pat)
    shown = await business[ShowRestrictedEvidence](MAIL, "A letter of their lawyer.", business.actor)
    assert [(one.address, one.fact.channel) for one in shown] == [(None, "email")]
    assert MAIL.encode().hex() not in await everything_stored(business)
