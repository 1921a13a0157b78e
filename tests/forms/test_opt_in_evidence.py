"""What a sign-up leaves as evidence: every law's need met, and the words kept as they were shown."""

import json

from application.compliance.sufficiency import Sufficiency
from application.programs.write import ChangeProgram, ProgramChange, Text
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.evidence import hash_of
from domain.consent.ledger import Consent
from domain.programs import OptIn
from tests.forms.person import AGREED_BY_MAIL
from tests.forms.signing_up import (
    FORM,
    MAILS,
    PAT,
    PHONE,
    TEXTS,
    link_to,
    press_link,
    seen,
    send_form,
    sign_up_for_mails,
    sign_up_for_texts,
    type_code,
)


async def facts_of(business, address):
    ledger, digests = business.ports.ledger(), business.ports.digests()
    async with business.ports.database().transaction():
        [point] = await ledger.points_of(digests.index(Address.parse(address), live=True))
        entries = await ledger.of_point(point.contact_point_id)
    return [entry.fact for entry in entries if entry.fact.status == "confirmed"]


async def lacking(business, signed_up, addresses):
    """What the same evidence would lack for addresses elsewhere."""
    found = await business.ports.program_queries().one("weekly-offers")
    sender = await business.ports.sender_queries().one("acme")
    [fact] = await facts_of(business, signed_up)
    consent = Consent(program_id=found.program.id, channel=fact.channel).replay([fact])
    return {
        text: Sufficiency().lacks(Address.parse(text), found.program, sender, consent, business.clock.now())
        for text in addresses
    }


async def test_the_evidence_of_texts_lacks_nothing_whichever_law_asks(business, pat):
    await sign_up_for_texts(pat)
    numbers = [PHONE, "+14165550101", "+13055550101", "+12065550101", "+4915123456789", "+436601234567"]
    numbers += ["+447400123456", "+33612345678", "+61412345678", "+27821234567"]
    assert await lacking(business, PHONE, numbers) == dict.fromkeys(numbers, ())


async def test_the_evidence_of_mails_lacks_nothing_whichever_law_asks(business, pat):
    await sign_up_for_mails(pat)
    mails = [PAT, "pat@example.ca", "pat@example.de", "pat@example.co.uk", "pat@example.com.au"]
    assert await lacking(business, PAT, mails) == dict.fromkeys(mails, ())


async def test_a_program_of_single_opt_in_has_both_instants_all_the_same(business, pat):
    await business.installation[ChangeProgram]("weekly-offers", ProgramChange(opt_in=OptIn.SINGLE), SYSTEM)
    page = await send_form(pat, TEXTS, phone=PHONE)
    code = await pat.code(PHONE)
    business.pass_by(minutes=3)
    await type_code(pat, page, code)
    [fact] = await facts_of(business, PHONE)
    assert (fact.facts.doi_confirmed_at - fact.facts.doi_requested_at).total_seconds() == 180
    assert fact.facts.sms_handset_confirmed


async def test_the_snapshot_tells_what_was_shown_and_done_word_for_word(business, pat):
    await send_form(pat, TEXTS, MAILS, phone=PHONE, email=PAT, name="Pat Doe")
    await press_link(pat)
    [(_, _, proof)] = [line for line in await business.ledger_of(PAT) if line[1] == "confirmed"]
    assert proof.snapshot_hash == hash_of(proof.snapshot)
    told = json.loads(proof.snapshot)
    shown = told["answer"]["shown"]
    assert [box["name"] for box in shown["boxes"]] == [TEXTS, MAILS]
    assert [box["ticked_beforehand"] for box in shown["boxes"]] == [False, False]
    assert shown["boxes"][1]["disclosure"] == AGREED_BY_MAIL
    assert told["answer"]["ticked"] == [TEXTS, MAILS]
    assert (shown["language"], shown["url"]) == ("en", "https://optin.example/f/weekly-offers")
    assert told["answer"]["submitted"]["ip"] == told["confirmed"]["ip"] == "203.0.113.7"
    assert proof.disclosure_text_verbatim.startswith(AGREED_BY_MAIL)
    assert "not a condition" in proof.disclosure_text_verbatim
    assert (proof.identity, proof.user_agent, proof.form_id[:14]) == ("Pat Doe", "Browser 1", "weekly-offers@")
    assert proof.doi_requested_at <= proof.doi_confirmed_at


async def test_the_words_are_kept_as_they_were_shown_whatever_the_program_says_later(business, pat):
    await send_form(pat, MAILS, email=PAT)
    link = await link_to(pat)
    change = ProgramChange(disclosures=(Text(channel=Channel.EMAIL, text="I agree to anything at all."),))
    await business.installation[ChangeProgram]("weekly-offers", change, SYSTEM)
    page = await pat.web.get(link)
    assert AGREED_BY_MAIL in seen(page)
    await press_link(pat, link)
    (*_, (_, _, proof)) = await business.ledger_of(PAT)
    assert proof.disclosure_text_verbatim.startswith(AGREED_BY_MAIL)
    assert proof.disclosure_version == "1"


async def test_nobody_agrees_to_words_that_changed_while_they_read(business, pat):
    page = await pat.web.get(FORM)
    change = ProgramChange(disclosures=(Text(channel=Channel.SMS, text="I agree to anything at all."),))
    await business.installation[ChangeProgram]("weekly-offers", change, SYSTEM)
    again = await pat.press(page, "Sign up", phone=PHONE, **{TEXTS: "yes"})
    assert (again.status_code, "has changed since you opened the page" in again.text) == (409, True)
    assert " checked" not in again.text
    assert f'value="{PHONE}"' in again.text
    assert await business.ask("select id from challenges") == []
