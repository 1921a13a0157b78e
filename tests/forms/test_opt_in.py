"""The hosted form: everything told, nothing ticked, an address proved, and a consent that lacks nothing."""

import re

import pytest

from application.channels.senders import ChangeSender, SenderChange
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.programs.write import ChangeProgram, MoveProgram, ProgramChange
from domain.access import SYSTEM
from domain.messages import Status as Became
from domain.programs import Category, Status
from tests.forms.person import AGREED_BY_MAIL, AGREED_BY_TEXT
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
    text,
    type_code,
)


async def test_the_form_says_all_that_has_to_be_said_and_ticks_nothing(business, pat):
    page = await pat.web.get(FORM)
    assert page.status_code == 200
    for told in (
        "Sign up: Weekly <offers>",
        AGREED_BY_TEXT,
        AGREED_BY_MAIL,
        "How often: up to 4 messages a month.",
        "Consent is not a condition of any purchase.",
        "also by automated means",
        "Message and data rates may apply.",
        "reply STOP to stop, HELP for help",
        "every email has a link to stop",
        "Acme & Sons Ltd, 1 Main St, Springfield, IL 62701, US",
    ):
        assert told in seen(page)
    assert 'href="https://acme.example/terms"' in page.text
    assert 'href="https://acme.example/privacy"' in page.text
    assert page.text.count('type="checkbox"') == 2
    assert " checked" not in page.text
    assert re.search(r'type="tel"[^>]*autocomplete="tel"[^>]*inputmode="tel"', page.text)
    assert re.search(r'type="email"[^>]*autocomplete="email"[^>]*inputmode="email"', page.text)
    assert len(page.content) < 50_000
    assert await business.ask("select id from challenges") == []


async def test_a_code_typed_back_is_a_confirmed_consent_with_a_confirmation(business, pat):
    page = await sign_up_for_texts(pat)
    assert (page.status_code, "Thank you, that is confirmed" in page.text) == (200, True)
    for told in (AGREED_BY_TEXT, "up to 4 messages a month", "Reply STOP", "+1 2**-***-0101"):
        assert told in seen(page)
    assert await business.standing(PHONE) == [("weekly-offers", "confirmed")]
    await business.work()
    code, notice = sorted((message.text for message in await business.received(PHONE)), key=lambda text: "STOP" in text)
    assert ("is your code" in code, "STOP" in notice, "HELP" in notice) == (True, True, True)


async def test_a_link_pressed_is_a_confirmed_consent_with_a_confirmation(business, pat):
    page = await sign_up_for_mails(pat)
    assert (page.status_code, "Thank you, that is confirmed" in page.text) == (200, True)
    assert await business.standing(PAT) == [("weekly-offers", "confirmed")]
    await business.work()
    subjects = {message.subject for message in await business.received(PAT)}
    assert subjects == {"Your link from Acme & Sons Ltd", "You are signed up: Weekly <offers>"}


async def test_whoever_signed_up_gets_what_they_agreed_to_and_nothing_else(business, pat):
    await sign_up_for_texts(pat)
    wanted, other = await business.send(PHONE), await business.send(PHONE, "shop-news")
    assert (wanted.message.status, other.message.status) == (Became.QUEUED, Became.HELD)


async def test_two_addresses_are_two_proofs_and_the_page_says_what_still_waits(business, pat):
    waiting = await send_form(pat, TEXTS, MAILS, phone=PHONE, email=PAT)
    for told in ("If +1 2**-***-0101 can receive texts", "If p***@example.com can receive emails"):
        assert told in seen(waiting)
    by_text = await type_code(pat, waiting)
    assert "Your emails wait for you: open the link we sent to p***@example.com." in seen(by_text)
    assert await business.standing(PAT) == []
    by_mail = await press_link(pat)
    assert "wait for you" not in seen(by_mail)
    assert await business.standing(PHONE) == await business.standing(PAT) == [("weekly-offers", "confirmed")]


async def test_the_link_first_leaves_the_code_waiting(business, pat):
    await send_form(pat, TEXTS, MAILS, phone=PHONE, email=PAT)
    assert "Your text messages wait for you: type the code we sent to +1 2**-***-0101" in seen(await press_link(pat))
    assert await business.standing(PHONE) == []


async def test_an_address_without_its_box_is_not_kept(business, pat):
    page = await send_form(pat, MAILS, phone=PHONE, email=PAT, name="Pat Doe")
    assert "texts" not in seen(page)
    assert len(await business.ask("select id from challenges")) == 1


async def test_an_earlier_opt_out_ends_when_the_person_agrees_anew(business, pat):
    await business.agreed(PAT)
    no = WithdrawConsent(address=PAT)
    await business.installation[WithdrawConsents](no, SYSTEM)
    business.pass_by(hours=1)
    await sign_up_for_mails(pat)
    assert (await business.standing(PAT))[-2:] == [(None, "revoked"), ("weekly-offers", "confirmed")]
    assert (await business.send(PAT)).message.status == Became.QUEUED
    assert (await business.send(PAT, "shop-news")).message.status != Became.QUEUED


async def test_whoever_stopped_texts_gets_a_code_once_they_text_start(business, pat):
    await sign_up_for_texts(pat)
    business.pass_by(hours=1)
    await text(pat, "STOP")
    business.pass_by(hours=1)
    page = await send_form(pat, TEXTS, phone=PHONE)
    assert "If you ever stopped our text messages, text START to +12125550100 first." in seen(page)
    await business.work()
    before = len(await business.received(PHONE))
    business.pass_by(hours=1)
    await text(pat, "START")
    business.pass_by(hours=1)
    page = await send_form(pat, TEXTS, phone=PHONE)
    assert "Thank you" in (await type_code(pat, page)).text
    assert len(await business.received(PHONE)) > before
    assert (await business.standing(PHONE))[-1] == ("weekly-offers", "confirmed")
    assert (await business.send(PHONE)).message.status == Became.QUEUED


async def test_an_opt_out_after_the_form_is_the_last_word(business, pat):
    page = await send_form(pat, TEXTS, phone=PHONE)
    code = await pat.code(PHONE)
    business.pass_by(minutes=1)
    await business.installation[WithdrawConsents](WithdrawConsent(address=PHONE), SYSTEM)
    business.pass_by(minutes=1)
    answer = await type_code(pat, page, code)
    assert "You stopped these messages after you sent the form" in seen(answer)
    assert "Sign up again" in answer.text
    assert (await business.standing(PHONE))[-1][1] == "revoked"


async def test_a_program_paused_meanwhile_has_its_consent_all_the_same(business, pat):
    page = await send_form(pat, TEXTS, phone=PHONE)
    code = await pat.code(PHONE)
    await business.installation[MoveProgram]("weekly-offers", Status.PAUSED, SYSTEM)
    assert (await type_code(pat, page, code)).status_code == 200
    assert await business.standing(PHONE) == [("weekly-offers", "confirmed")]


@pytest.mark.parametrize("written", ["(212) 555-0101", "212 555 0101", "+1 212 555 0101", "1-212-555-0101"])
async def test_a_number_is_read_as_one_of_the_country_of_the_sender(business, pat, written):
    page = await send_form(pat, TEXTS, phone=written)
    assert "If +1 2**-***-0101 can receive texts" in seen(page)


async def test_a_sender_elsewhere_reads_numbers_as_they_are_written_there(business, pat):
    await business.installation[ChangeSender]("acme", SenderChange(country="DE"), SYSTEM)
    form = await pat.web.get(FORM)
    assert "Without it we assume this country: Germany." in seen(form)
    assert "If +49 1**-***-6789 can receive texts" in seen(await send_form(pat, TEXTS, phone="0151 23456789"))


async def test_one_form_serves_several_programs_of_a_sender_each_with_its_own_boxes(business, pat):
    also = ProgramChange(also_on_form=("shop-news", "orders"))
    await business.installation[ChangeProgram]("weekly-offers", also, SYSTEM)
    page = await pat.web.get(FORM)
    assert page.text.count('type="checkbox"') == 6
    await send_form(pat, MAILS, "orders.email", email=PAT)
    answer = await press_link(pat)
    assert "Your orders, by email" in seen(answer)
    assert sorted(await business.standing(PAT)) == [("orders", "confirmed"), ("weekly-offers", "confirmed")]
    types = [proof.type for _, status, proof in await business.ledger_of(PAT) if status == "confirmed"]
    assert types == ["EMAIL_OPTIN", "EMAIL_OPTIN"]


async def test_texts_that_sell_nothing_ask_for_no_marketing(business, pat):
    page = await pat.web.get("/f/orders")
    assert "marketing text messages" not in seen(page)
    await type_code(pat, await send_form(pat, "orders.sms", path="/f/orders", phone=PHONE))
    (*_, (_, _, proof)) = await business.ledger_of(PHONE)
    assert (proof.type, proof.categories) == ("PEC", (Category.TRANSACTIONAL,))


async def test_what_a_form_cannot_link_it_does_not_offer(business, pat):
    await business.installation[ChangeSender]("acme", SenderChange(terms_url=None), SYSTEM)
    page = await pat.web.get(FORM)
    assert (page.text.count('type="checkbox"'), 'type="tel"' in page.text) == (1, False)
    await business.installation[ChangeSender]("acme", SenderChange(privacy_url=None), SYSTEM)
    assert (await pat.web.get(FORM)).status_code == 404


@pytest.mark.parametrize("path", ["/f/nothing-here", "/f/", "/f/WEEKLY", "/f/%F0%9F%8D%8E", "/f/" + "a" * 500])
async def test_a_form_that_is_not_there_says_how_to_stop_messages(pat, path):
    for method in ("GET", "POST"):
        page = await pat.web.request(method, path, data={"phone": PHONE} if method == "POST" else None)
        assert page.status_code in (404, 405)
    page = await pat.web.get(path)
    assert (page.status_code, "reply STOP" in page.text) == (404, True)


@pytest.mark.parametrize("status", [Status.PAUSED, Status.ARCHIVED])
async def test_a_program_that_is_not_active_takes_no_sign_ups(business, pat, status):
    page = await pat.web.get(FORM)
    await business.installation[MoveProgram]("weekly-offers", status, SYSTEM)
    assert (await pat.web.get(FORM)).status_code == 404
    sent = await pat.press(page, "Sign up", phone=PHONE, **{TEXTS: "yes"})
    assert (sent.status_code, "reply STOP" in sent.text) == (404, True)
    assert await business.ask("select id from challenges") == []


@pytest.mark.parametrize(
    ("language", "button", "beside"),
    [
        ("de", "Anmelden", "Die Einwilligung ist keine Bedingung für einen Kauf."),
        ("es", "Suscribirse", "El consentimiento no es una condición de compra."),
        ("fr", "S\u2019inscrire", "Le consentement n\u2019est pas une condition d\u2019achat."),
    ],
)
async def test_the_whole_way_in_the_language_of_the_person(business, pat, language, button, beside):
    page = await pat.web.get(f"{FORM}?lang={language}")
    assert (f'lang="{language}"' in page.text, beside in seen(page)) == (True, True)
    await pat.press(page, button, email=PAT, **{MAILS: "yes"})
    link = await link_to(pat)
    answer = await pat.web.get(link, headers={"Accept-Language": "en"})
    assert f'<html lang="{language}"' in answer.text
    await business.work()
    assert beside in seen(answer)
    if language == "de":
        assert "Ich stimme Werbemails von Acme & Sons Ltd zu." in seen(answer)
