"""Whoever proves an address sees where it stands with every program, changes it, and leaves the proof."""

import asyncio
import json
from html import escape
from uuid import uuid4

import pytest

from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.programs.write import ChangeProgram, ProgramChange, Text
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.messages import Status
from tests.forms.person import AGREED_BY_MAIL, form_with, forms

PAT, PHONE, SAM = "pat@example.com", "+12125550101", "sam@example.com"


async def status_of(business, receipt):
    [row] = await business.ask("select status from messages where id = $1", receipt.message.id)
    return row["status"]


async def test_who_proves_the_address_sees_every_program_of_it_and_since_when(business, pat):
    await business.agreed(PAT)
    await business.agreed(PAT, "shop-news")
    await business.send(PAT, "orders")
    page = await pat.prove(PAT)
    assert page.status_code == 200
    for shown in ("Weekly &lt;offers&gt;", "Shop news", "Your orders", "November 23, 2026", "p***@example.com"):
        assert shown in page.text
    assert page.text.count("You get these. You agreed on November 23, 2026.") == 2
    assert "You were sent these because of something you asked for or ordered." in page.text
    assert PAT not in page.text
    assert "Codes" not in page.text


async def test_no_other_address_of_the_same_person_is_shown(business, pat):
    captured = await business.agreed(PAT)
    await business.change(captured.contact_id, add_addresses=(PHONE,))
    await business.agreed(PHONE, "shop-news")
    page = await pat.prove(PAT)
    assert "Weekly" in page.text
    for hidden in ("Shop news", "+1 2", "0101", "Pat Doe", "text messages"):
        assert hidden not in page.text


async def test_a_program_is_stopped_and_the_next_message_of_it_refused(business, pat):
    await business.agreed(PAT)
    await business.agreed(PAT, "shop-news")
    done = await pat.press(await pat.prove(PAT), "Save my choices", **{"stop.weekly-offers": "yes"})
    assert (done.status_code, "Your choices are saved" in done.text) == (200, True)
    assert "<li>Weekly &lt;offers&gt;</li>" in done.text
    assert "Shop news" not in done.text
    assert (await business.standing(PAT))[-1] == ("weekly-offers", "revoked")
    assert await status_of(business, await business.send(PAT)) == Status.BLOCKED
    assert await status_of(business, await business.send(PAT, "shop-news")) == Status.SENT


async def test_the_ledger_keeps_how_the_no_came_and_why(business, pat):
    await business.agreed(PAT)
    filled = {"stop.weekly-offers": "yes", "why": "too_many", "words": "Every single\nday <b>"}
    await pat.press(await pat.prove(PAT), "Save my choices", **filled)
    _, _, proof = (await business.ledger_of(PAT))[-1]
    assert (proof.via, proof.source, proof.scope) == ("preference_page", "first_party", "program")
    assert (proof.ip, proof.user_agent) == ("203.0.113.7", "Browser 1")
    assert proof.statement == "reason: too_many, Every single day <b>"


async def test_a_reason_is_nobodys_duty_and_cannot_be_made_up(business, pat):
    await business.agreed(PAT)
    await pat.press(await pat.prove(PAT), "Save my choices", **{"stop.weekly-offers": "yes", "why": "<script>"})
    assert (await business.ledger_of(PAT))[-1][2].statement is None


async def test_everything_is_stopped_at_once(business, pat):
    await business.agreed(PAT)
    await business.agreed(PAT, "shop-news")
    done = await pat.press(await pat.prove(PAT), "Stop everything")
    assert "Everything is stopped, from now on." in done.text
    assert (await business.standing(PAT))[-1] == (None, "revoked")
    for program in ("weekly-offers", "shop-news"):
        assert await status_of(business, await business.send(PAT, program)) == Status.BLOCKED
    page = await pat.press(done, "See my choices")
    assert "You stopped everything." in page.text
    assert not [form for form in forms(page) if "Stop everything" in form.text]


async def test_stopping_everything_stops_that_address_and_no_other_of_the_same_person(business, pat):
    captured = await business.agreed(PAT)
    await business.change(captured.contact_id, add_addresses=(SAM,))
    await business.agreed(SAM)
    await pat.press(await pat.prove(PAT), "Stop everything")
    assert await business.standing(SAM) == [("weekly-offers", "confirmed")]


async def test_who_left_comes_back_by_their_own_act_on_the_very_words_shown(business, pat):
    await business.agreed(PAT)
    page = await pat.press(await pat.prove(PAT), "Save my choices", **{"stop.weekly-offers": "yes"})
    business.pass_by(minutes=2)
    page = await pat.press(page, "See my choices")
    assert escape(AGREED_BY_MAIL) in page.text
    assert "checked" not in page.text
    done = await pat.press(page, "Save my choices", **{"agree.weekly-offers": "yes"})
    assert "You agreed to:" in done.text
    program, status, proof = (await business.ledger_of(PAT))[-1]
    assert (program, status) == ("weekly-offers", "confirmed")
    assert (proof.disclosure_text_verbatim or "").startswith(AGREED_BY_MAIL)
    assert (proof.source, proof.medium, proof.affirmative_act) == ("first_party", "web_form", "checkbox_checked")
    assert proof.url == "https://optin.example/preferences"
    assert (proof.ip, proof.user_agent) == ("203.0.113.7", "Browser 1")
    assert proof.doi_requested_at is not None
    assert proof.doi_confirmed_at is not None
    assert proof.doi_requested_at < proof.doi_confirmed_at
    story = json.loads(proof.snapshot or "")
    assert story["method"] == "code"
    assert story["answer"]["ticked"] == ["weekly-offers.email"]
    assert story["answer"]["shown"]["boxes"][0]["ticked_beforehand"] is False
    assert await status_of(business, await business.send(PAT)) == Status.SENT


async def test_who_comes_back_gets_one_message_that_confirms_it(business, pat):
    await business.agreed(PAT)
    page = await pat.press(await pat.prove(PAT), "Stop everything")
    business.pass_by(minutes=2)
    page = await pat.press(page, "See my choices")
    before = len(await business.received(PAT))
    await pat.press(page, "Save my choices", **{"agree.weekly-offers": "yes"})
    await business.work()
    received = await business.received(PAT)
    assert len(received) == before + 1
    assert "Weekly <offers>" in received[0].text


async def test_a_text_message_consent_given_here_suffices(business, pat):
    await business.agreed(PHONE)
    page = await pat.press(await pat.prove(PHONE), "Save my choices", **{"stop.weekly-offers": "yes"})
    business.pass_by(minutes=2)
    page = await pat.press(page, "See my choices")
    assert "Message and data rates may apply." in page.text
    await pat.press(page, "Save my choices", **{"agree.weekly-offers": "yes"})
    assert await status_of(business, await business.send(PHONE)) == Status.SENT


async def test_after_everything_was_stopped_one_yes_brings_back_that_program_alone(business, pat):
    await business.agreed(PAT)
    await business.agreed(PAT, "shop-news")
    page = await pat.press(await pat.prove(PAT), "Stop everything")
    business.pass_by(minutes=2)
    page = await pat.press(page, "See my choices")
    await pat.press(page, "Save my choices", **{"agree.shop-news": "yes"})
    assert await status_of(business, await business.send(PAT, "shop-news")) == Status.SENT
    assert await status_of(business, await business.send(PAT)) == Status.BLOCKED


async def test_nobody_agrees_to_words_they_did_not_see(business, pat):
    await business.agreed(PAT)
    page = await pat.press(await pat.prove(PAT), "Save my choices", **{"stop.weekly-offers": "yes"})
    business.pass_by(minutes=2)
    page = await pat.press(page, "See my choices")
    change = ProgramChange(disclosures=(Text(channel=Channel.EMAIL, text="I agree to much more."),))
    await business.installation[ChangeProgram]("weekly-offers", change, SYSTEM)
    again = await pat.press(page, "Save my choices", **{"agree.weekly-offers": "yes"})
    assert (again.status_code, "Some words have changed" in again.text) == (409, True)
    assert (await business.standing(PAT))[-1] == ("weekly-offers", "revoked")
    done = await pat.press(again, "Save my choices", **{"agree.weekly-offers": "yes"})
    assert done.status_code == 200
    assert "I agree to much more." in ((await business.ledger_of(PAT))[-1][2].disclosure_text_verbatim or "")


async def test_a_box_that_was_not_on_the_page_agrees_to_nothing(business, pat):
    await business.agreed(PAT)
    page = await pat.prove(PAT)
    for box in ("agree.shop-news", "agree.weekly-offers", "agree.", "stop.shop-news", "stop.nothing"):
        answer = await pat.press(page, "Save my choices", **{box: "yes", "shown.shop-news": "0" * 64})
        assert answer.status_code in (200, 409, 422)
    assert await business.standing(PAT) == [("weekly-offers", "confirmed")]


async def test_ticking_nothing_changes_nothing_and_says_so(business, pat):
    await business.agreed(PAT)
    answer = await pat.press(await pat.prove(PAT), "Save my choices")
    assert (answer.status_code, "You did not tick anything." in answer.text) == (422, True)
    assert await business.standing(PAT) == [("weekly-offers", "confirmed")]


async def test_both_boxes_ticked_are_asked_about_again(business, pat):
    """Somebody asked for it and nobody confirmed, so both stand there."""
    await business.agreed(PAT, doi_confirmed_at=None, sms_handset_confirmed=False)
    page = await pat.prove(PAT)
    assert "have not been confirmed" in page.text
    answer = await pat.press(page, "Save my choices", **{"stop.weekly-offers": "yes", "agree.weekly-offers": "yes"})
    assert (answer.status_code, "both boxes" in answer.text) == (422, True)
    assert await business.standing(PAT) == [("weekly-offers", "requested")]


async def test_an_address_nobody_knows_has_nothing_and_may_ask_never_to_be_written_to(business, pat):
    page = await pat.prove(PAT)
    assert "There is nothing we would send to this address." in page.text
    done = await pat.press(page, "Never write to this address")
    assert "Everything is stopped, from now on." in done.text
    await business.agreed("else@example.com")
    assert await status_of(business, await business.send(PAT)) == Status.BLOCKED


async def test_who_told_a_stranger_no_before_sees_it_and_takes_it_back_themselves(business, pat):
    """A no that was kept as a suppression, because nobody knew the address then."""
    refusal = WithdrawConsent(address=PHONE, program="weekly-offers")
    await business.installation[WithdrawConsents](refusal, SYSTEM)
    [row] = await business.ask("select reason, scope from suppressions")
    assert (row["reason"], row["scope"]) == ("opt_out", "program")
    business.pass_by(minutes=1)
    page = await pat.prove(PHONE)
    assert "You do not get these, since November 23, 2026." in page.text
    done = await pat.press(page, "Save my choices", **{"agree.weekly-offers": "yes"})
    assert done.status_code == 200
    assert (await business.standing(PHONE))[-1] == ("weekly-offers", "confirmed")
    assert await status_of(business, await business.send(PHONE)) == Status.SENT


async def test_an_address_barred_for_another_reason_cannot_be_opened_here(business, pat):
    await business.agreed(PHONE)
    page = await pat.press(await pat.prove(PHONE), "Save my choices", **{"stop.weekly-offers": "yes"})
    tokens = business.ports.digests().suppression(Address.parse(PHONE), live=True)
    async with business.ports.database().transaction():
        await business.ports.database().connection.execute(
            "insert into suppressions (id, token, channel, scope, reason, date) values "
            "($1, $2, 'sms', 'brand', 'manual', $3)",
            uuid4(),
            tokens[0],
            business.clock.at,
        )
    page = await pat.press(page, "See my choices")
    assert "At present nothing is sent to this address" in page.text
    assert "agree." not in page.text


async def test_pressing_twice_and_at_once_is_one_no(business, pat):
    await business.agreed(PAT)
    page = await pat.prove(PAT)
    filled = {"stop.weekly-offers": "yes"}
    answers = await asyncio.gather(*(pat.press(page, "Save my choices", **filled) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    answers = await asyncio.gather(*(pat.press(page, "Stop everything") for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert (await business.standing(PAT)).count(("weekly-offers", "revoked")) == 1
    assert (await business.standing(PAT)).count((None, "revoked")) == 1


async def test_the_pages_speak_the_language_of_the_browser_and_agree_to_its_words(business, pat):
    await business.agreed(PAT)
    pat.web.headers["Accept-Language"] = "de-DE,de;q=0.9"
    page = await pat.web.get("/preferences")
    form = next(form for form in forms(page) if "address" in form.text)
    answer = await pat.web.post(form.action, data={**form.fields, "address": PAT})
    form = next(form for form in forms(answer) if "one-time-code" in form.text)
    choices = await pat.web.post(form.action, data={**form.fields, "code": await pat.code(PAT)})
    assert '<html lang="de"' in choices.text
    assert "23. November 2026" in choices.text


async def test_a_footer_link_leads_straight_to_its_programs_choice(business, pat):
    await business.agreed(PAT)
    receipt = await business.send(PAT)
    links = business.ports.links()
    message = receipt.message
    url = links.preferences(message.contact_point_id, message.program_id, message.id)
    page = await pat.web.get(url)
    assert page.status_code == 200
    assert "Weekly &lt;offers&gt;" in page.text
    for hidden in ("pat", "example.com", "agreed on", "Shop news", "checked"):
        assert hidden not in page.text.replace("dispatch", "")
    code_page = await pat.press(page, "Send me a code")
    assert "p***" not in code_page.text
    choices = await pat.press(code_page, "Continue", code=await pat.code(PAT))
    assert "For the address your message came to" in choices.text
    assert form_with(choices, "Save my choices").fields["visit"]


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("Stop these messages", ("weekly-offers", "revoked")),
        ("Stop everything that is sent from here", (None, "revoked")),
    ],
)
async def test_a_footer_link_stops_without_a_code(business, pat, button, said):
    await business.agreed(PAT)
    message = (await business.send(PAT)).message
    page = await pat.web.get(
        business.ports.links().preferences(message.contact_point_id, message.program_id, message.id)
    )
    done = await pat.press(page, button)
    assert (done.status_code, "Done:" in done.text) == (200, True)
    assert (await business.standing(PAT))[-1] == said
    _, _, proof = (await business.ledger_of(PAT))[-1]
    assert proof.via == "unsub_link"
