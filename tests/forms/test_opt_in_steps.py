"""After the form: codes that are wrong, late or used, links that scanners follow, and another message asked for."""

import asyncio
import re

import pytest

from application.programs.write import ChangeProgram, ProgramChange
from domain.access import SYSTEM
from tests.forms.person import form_with
from tests.forms.signing_up import (
    FORM,
    MAILS,
    PAT,
    PHONE,
    TEXTS,
    link_to,
    press_link,
    send_form,
    sign_up_for_mails,
    type_code,
)


def other_than(code):
    return f"{(int(code) + 1) % 10**6:06}"


@pytest.fixture
async def waiting(pat):
    """The page that waits for the code."""
    return await send_form(pat, TEXTS, phone=PHONE)


@pytest.mark.parametrize("write", ["{0}{1}", "{0} {1}", "{0}-{1}", "  {0}{1}\t", "{0}.{1}"])
async def test_a_code_is_taken_as_people_write_it(pat, waiting, write):
    code = await pat.code(PHONE)
    assert "Thank you" in (await type_code(pat, waiting, write.format(code[:3], code[3:]))).text


async def test_a_code_in_the_digits_of_another_script_is_the_same_code(pat, waiting):
    code = await pat.code(PHONE)
    assert (
        "Thank you" in (await type_code(pat, waiting, code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))).text
    )


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12 34 5x", "½½½½½½"])
async def test_what_is_no_code_costs_no_try(pat, waiting, typed):
    code = await pat.code(PHONE)
    for _ in range(6):
        page = await type_code(pat, waiting, typed or " ")
        assert (page.status_code, "Type the six digits of the message." in page.text) == (422, True)
    assert "Thank you" in (await type_code(pat, waiting, code)).text


async def test_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_ends_it(business, pat, waiting):
    code = await pat.code(PHONE)
    page = waiting
    for left in (4, 3, 2):
        page = await type_code(pat, page, other_than(code))
        assert f"You have {left} more tries." in page.text
    page = await type_code(pat, page, other_than(code))
    assert "You have one more try." in page.text
    for _ in range(2):
        page = await type_code(pat, page, other_than(code))
    assert "Too many wrong codes" in page.text
    assert "Too many wrong codes" in (await type_code(pat, page, code)).text
    assert await business.standing(PHONE) == []


async def test_a_late_code_says_so_and_offers_another(business, pat, waiting):
    code = await pat.code(PHONE)
    business.pass_by(minutes=11)
    page = await type_code(pat, waiting, code)
    assert "This code no longer works" in page.text
    page = await pat.press(page, "Send a new code")
    assert "A new message is on its way." in page.text
    assert "Thank you" in (await type_code(pat, page)).text


async def test_another_code_voids_the_one_before(business, pat, waiting):
    first = await pat.code(PHONE)
    business.pass_by(seconds=40)
    page = await pat.press(waiting, "Send a new code")
    second = await pat.code(PHONE)
    assert "This code no longer works" in (await type_code(pat, waiting, first)).text
    assert "Thank you" in (await type_code(pat, page, second)).text


async def test_another_code_takes_a_moment_and_the_page_says_how_long(business, pat, waiting):
    page = await pat.press(waiting, "Send a new code")
    assert re.search(r"Please wait \d+ more seconds", page.text)
    assert len(await business.ask("select id from challenges")) == 1


async def test_another_link_is_sent_too(business, pat):
    page = await send_form(pat, MAILS, email=PAT)
    first = await link_to(pat)
    business.pass_by(seconds=40)
    await pat.press(page, "Send a new link")
    second = await link_to(pat)
    assert first != second
    late = await pat.web.get(first)
    assert (late.status_code, "This can no longer be confirmed" in late.text, "Sign up again" in late.text) == (
        410,
        True,
        True,
    )
    assert "Thank you" in (await press_link(pat, second)).text


async def test_words_that_changed_are_not_agreed_to_by_asking_for_another_code(business, pat, waiting):
    await business.installation[ChangeProgram]("weekly-offers", ProgramChange(frequency="hourly"), SYSTEM)
    business.pass_by(seconds=40)
    page = await pat.press(waiting, "Send a new code")
    assert (page.status_code, "has changed since you opened the page" in page.text) == (409, True)
    assert f'value="{PHONE}"' in page.text
    assert len(await business.ask("select id from challenges")) == 1


async def test_a_scanner_that_opens_the_link_agrees_to_nothing(business, pat):
    await send_form(pat, MAILS, email=PAT)
    link = await link_to(pat)
    for method in ("GET", "HEAD", "OPTIONS") * 3:
        assert (await pat.web.request(method, link)).status_code in (200, 204)
    assert await business.standing(PAT) == []
    assert "Thank you" in (await press_link(pat, link)).text


async def test_a_link_pressed_twice_agrees_once(business, pat):
    await send_form(pat, MAILS, email=PAT)
    link = await link_to(pat)
    page = await pat.web.get(link)
    answers = await asyncio.gather(*(pat.press(page, "Yes, I agree to this") for _ in range(5)))
    assert sorted(answer.text.count("Thank you, that is confirmed</h1>") for answer in answers) == [0, 0, 0, 0, 1]
    assert {answer.status_code for answer in answers} == {200}
    again = await pat.web.get(link)
    assert "This was confirmed already" in again.text
    assert await business.standing(PAT) == [("weekly-offers", "confirmed")]


async def test_a_code_typed_twice_agrees_once(business, pat, waiting):
    code = await pat.code(PHONE)
    answers = await asyncio.gather(*(type_code(pat, waiting, code) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert await business.standing(PHONE) == [("weekly-offers", "confirmed")]
    assert "This was confirmed already" in (await type_code(pat, waiting, code)).text


async def test_a_form_sent_again_by_the_back_button_starts_nothing_new(business, pat):
    page = await pat.web.get(FORM)
    filled = {TEXTS: "yes", "phone": PHONE}
    first = await pat.press(page, "Sign up", **filled)
    await asyncio.gather(*(pat.press(page, "Sign up", **filled) for _ in range(4)))
    assert len(await business.ask("select id from challenges")) == 1
    assert "Thank you" in (await type_code(pat, first)).text


async def test_the_same_form_with_a_corrected_number_starts_anew(business, pat):
    page = await pat.web.get(FORM)
    await pat.press(page, "Sign up", phone="+12125550109", **{TEXTS: "yes"})
    right = await pat.press(page, "Sign up", phone=PHONE, **{TEXTS: "yes"})
    assert "Thank you" in (await type_code(pat, right)).text


async def test_a_page_left_open_for_long_is_sent_once_more(business, pat, waiting):
    code = await pat.code(PHONE)
    business.pass_by(hours=3)
    page = await type_code(pat, waiting, code)
    assert "This page was open for a long time." in page.text
    business.pass_by(hours=22)
    page = await type_code(pat, page, code)
    assert (page.status_code, "Sign up again" in page.text) == (410, True)


@pytest.mark.parametrize("state", ["", "x", "A" * 400, "é", "A" * 9000])
async def test_a_state_that_was_not_made_here_leads_back_to_the_form(pat, waiting, state):
    form = form_with(waiting, "Confirm")
    page = await pat.web.post(form.action, data={**form.fields, "state": state, "code": "123456"})
    assert (page.status_code, f'href="{FORM}?lang=en"' in page.text) == (410, True)


async def test_the_state_tells_nobody_what_is_in_it(pat):
    page = await send_form(pat, TEXTS, MAILS, phone=PHONE, email=PAT, name="Pat Doe")
    for hidden in (PHONE, PAT, "Pat Doe", "2125550101"):
        assert hidden not in page.text
    assert "pat" not in str(page.url)


@pytest.mark.parametrize("token", ["x", "A" * 54, "A" * 53, "é", "A" * 2000])
async def test_a_link_that_was_not_made_here_confirms_nothing(pat, token):
    for method in ("GET", "POST"):
        page = await pat.web.request(method, f"{FORM}/link/{token}")
        assert (page.status_code, "reply STOP" in page.text) == (404, True)


async def test_a_code_proves_no_link_and_a_link_no_preferences(business, pat):
    await sign_up_for_mails(pat)
    await send_form(pat, MAILS, email="sam@example.com")
    link = await link_to(pat, "sam@example.com")
    token = link.rpartition("/")[2]
    for path in (f"/c/{token}", f"/u/{token}", f"/preferences/{token}"):
        assert (await pat.web.get(path)).status_code == 404
    assert await business.standing("sam@example.com") == []
