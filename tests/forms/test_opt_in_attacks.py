"""What somebody may try who wants to harm, and what a broken browser sends: clear pages, and nothing happens."""

import re
import statistics
import time
from html import unescape
from urllib.parse import quote

import httpx
import pytest

from application.channels.senders import ChangeSender, SenderChange
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.programs.write import ChangeProgram, ProgramChange, Text
from domain.access import SYSTEM
from domain.addresses import Channel
from tests.forms.person import HERE, Person, form_with
from tests.forms.signing_up import (
    FORM,
    MAILS,
    PAT,
    PHONE,
    TEXTS,
    send_form,
    sign_up_for_mails,
    sign_up_for_texts,
    type_code,
)

URLENCODED = "application/x-www-form-urlencoded"
EVIL = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}"
# What differs on the page of two people who did the same: a ticket, a sealed state, their masked address.
_OWN = re.compile(r'value="[^"]*"|data-work="\d+"|\S+\*\*\*?\S*')


def same_for_all(page):
    return _OWN.sub("…", page.text)


async def challenges(business):
    return len(await business.ask("select id from challenges"))


@pytest.fixture
async def ticket(pat):
    return form_with(await pat.web.get(FORM), "Sign up").fields["ticket"]


async def post(person, body, kind=URLENCODED):
    return await person.web.post(FORM, content=body, headers={"Content-Type": kind})


async def test_a_known_an_unknown_and_a_suppressed_address_see_the_same_pages(business, pat):
    await sign_up_for_texts(pat)
    await sign_up_for_mails(pat)
    await business.agreed("stopped@example.com")
    await business.installation[WithdrawConsents](WithdrawConsent(address="stopped@example.com"), SYSTEM)
    await business.installation[WithdrawConsents](WithdrawConsent(address="+12125550107"), SYSTEM)
    await business.installation[WithdrawConsents](WithdrawConsent(address="never@example.com"), SYSTEM)
    business.pass_by(hours=2)
    by_text = [await send_form(pat, TEXTS, phone=number) for number in (PHONE, "+12125550107", "+12125550108")]
    by_mail = [
        await send_form(pat, MAILS, email=mail)
        for mail in (PAT, "stopped@example.com", "never@example.com", "new@example.com")
    ]
    for pages in (by_text, by_mail):
        assert len({same_for_all(page) for page in pages}) == 1
    await business.work()
    wrong = [await type_code(pat, page, "000000") for page in by_text]
    assert len({same_for_all(page) for page in wrong}) == 1


async def test_time_tells_no_more_than_the_page(business, pat):
    await sign_up_for_mails(pat)
    page = await pat.web.get(FORM)
    form = form_with(page, "Sign up")
    took = {PAT: [], "new@example.com": []}
    for number in range(60):
        for address, times in took.items():
            fields = {**form.fields, MAILS: "yes", "email": address, "name": f"Pat {number}"}
            began = time.perf_counter()
            await pat.web.post(form.action, data=fields)
            times.append(time.perf_counter() - began)
    known, unknown = (statistics.median(times) for times in took.values())
    assert known == pytest.approx(unknown, rel=0.5)


async def test_a_form_of_another_site_is_shown_ours_with_what_was_typed_and_nothing_ticked(business, pat):
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    page = await pat.web.post(FORM, data={"phone": PHONE, "email": PAT, TEXTS: "yes"}, headers=headers)
    assert (page.status_code, "Please read what you would agree to" in page.text) == (200, True)
    assert f'value="{PHONE}"' in page.text
    assert " checked" not in page.text
    assert await challenges(business) == 0
    assert "Thank you" in (await type_code(pat, await pat.press(page, "Sign up", phone=PHONE, **{TEXTS: "yes"}))).text


async def test_another_site_cannot_use_a_ticket_of_ours(business, pat, ticket):
    headers = {"Origin": "https://evil.example"}
    page = await pat.web.post(FORM, data={"ticket": ticket, "phone": PHONE, TEXTS: "yes"}, headers=headers)
    assert "Please read what you would agree to" in page.text
    assert await challenges(business) == 0


async def test_a_ticket_of_one_form_opens_no_other(business, pat, ticket):
    fields = {"ticket": ticket, "phone": PHONE, "shop-news.sms": "yes"}
    page = await pat.web.post("/f/shop-news", data=fields)
    assert "was open for a long time" in page.text
    assert await challenges(business) == 0


async def test_the_trap_catches_and_says_so(business, pat):
    page = await pat.press(await pat.web.get(FORM), "Sign up", phone=PHONE, website="x", **{TEXTS: "yes"})
    assert "perhaps by your browser" in page.text
    assert await challenges(business) == 0


async def test_an_address_of_somebody_else_is_asked_once_however_often_it_is_given(business):
    people = [Person(business, ip=f"198.51.{number}.4") for number in range(12)]
    for person in people:
        page = await send_form(person, TEXTS, phone=PHONE)
        assert "can receive texts from us" in page.text
        await business.work()
        await person.web.aclose()
    assert len(await business.received(PHONE)) <= 2
    business.pass_by(hours=1)
    await business.work()
    assert len(await business.received(PHONE)) <= 5
    assert await business.standing(PHONE) == []


async def test_one_network_sends_so_many_forms_and_then_waits(business, pat):
    pages = [await send_form(pat, MAILS, email=f"pat{number}@example.com") for number in range(40)]
    assert pages[-1].status_code == 429
    assert "wait a minute" in pages[-1].text
    assert pages[-1].headers["retry-after"].isdigit()


@pytest.mark.parametrize(
    "name", [EVIL, "Pat\r\nBcc: sam@example.com", "Pat\x0bDoe", '"><img src=x onerror=1>', "\u202ePat"]
)
async def test_a_name_is_only_ever_text(business, pat, name):
    page = await pat.press(await pat.web.get(FORM), "Sign up", email=PAT, name=name, **{MAILS: "yes"})
    assert page.status_code in (200, 422)
    for broken in ("<script>alert", "<img src=x", "Bcc:", " 49"):
        assert broken not in page.text.replace('value="Pat\r\nBcc', "")
    await business.work()
    for message in await business.received(PAT):
        assert "Bcc" not in " ".join(message.headers)
        assert "script" not in (message.html or "")


@pytest.mark.parametrize("field", ["phone", "email", "name"])
async def test_what_is_typed_comes_back_escaped_and_never_in_a_url(pat, field):
    page = await pat.press(await pat.web.get(FORM), "Sign up", **{field: EVIL})
    assert page.status_code == 422
    assert EVIL in unescape(page.text)
    assert EVIL not in page.text
    assert page.url.query == b"lang=en"
    assert page.history == []


async def test_what_staff_wrote_is_only_ever_text(business, pat):
    await business.installation[ChangeSender]("acme", SenderChange(legal_name=EVIL, support=EVIL), SYSTEM)
    change = ProgramChange(
        name=EVIL, purpose=EVIL, frequency=EVIL, disclosures=(Text(channel=Channel.EMAIL, text=f"I agree. {EVIL}"),)
    )
    await business.installation[ChangeProgram]("weekly-offers", change, SYSTEM)
    form = await pat.web.get(FORM)
    answer = await sign_up_for_mails(pat)
    for page in (form, answer):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "49" not in re.sub(r'value="[^"]*"|\?v=\w+', "", page.text)
        assert EVIL in unescape(page.text)


@pytest.mark.parametrize(
    ("body", "kind", "status", "told"),
    [
        (b"name=" + b"x" * 20_000, URLENCODED, 413, "more than this form can hold"),
        (b'{"phone": "+12125550101"}', "application/json", 415, "could not be read as a form"),
        ("phone=+12125550101".encode("utf-16"), "text/plain", 415, "could not be read as a form"),
        (b"--x\r\nContent-Disp", "multipart/form-data; boundary=x", 400, "could not be read as a form"),
        (b"x", "multipart/form-data", 400, "could not be read as a form"),
        (b"&".join(b"a%d=1" % number for number in range(500)), URLENCODED, 400, "could not be read as a form"),
        (b"", URLENCODED, 200, "Please read what you would agree to"),
        (b"\xff\xfe\x00", URLENCODED, 200, "Please read what you would agree to"),
        (b"=&==&%&%%&%zz=%zz", URLENCODED, 200, "Please read what you would agree to"),
    ],
)
async def test_what_cannot_be_read_is_answered_with_the_form(business, pat, body, kind, status, told):
    page = await post(pat, body, kind)
    assert (page.status_code, told in unescape(page.text)) == (status, True)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert 'type="tel"' in page.text
    assert await challenges(business) == 0


@pytest.mark.parametrize(
    ("written", "field", "told"),
    [
        ("name=M%FCller", "name", "Some characters here could not be read."),
        ("name=M\xfcller", "name", "Some characters here could not be read."),
        ("name=%zz", "name", "Some characters here could not be read."),
        ("name=a%07b", "name", "Some characters here could not be read."),
        ("name=Pat&name=Sam", "name", "This was sent twice."),
        (f"{TEXTS}=yes&{TEXTS}=yes", TEXTS, "This was sent twice."),
        ("phone=5", "phone", "This is no complete phone number."),
        ("phone=", "phone", "Write the number the text messages should go to."),
        (f"name={'x' * 101}", "name", "This name is too long"),
    ],
)
async def test_a_field_that_is_wrong_is_named_and_the_others_are_kept(business, pat, ticket, written, field, told):
    rest = {TEXTS: "yes", "phone": PHONE, "email": PAT, "ticket": ticket}
    kept = "&".join(f"{name}={quote(text)}" for name, text in rest.items() if name != written.partition("=")[0])
    page = await post(pat, f"{kept}&{written}".encode("latin-1"))
    assert page.status_code == 422
    assert f'<a href="#{field}">{told}' in page.text
    assert f'value="{PAT}"' in page.text
    assert re.search(rf'id="{TEXTS}"[^>]* checked', page.text)
    assert await challenges(business) == 0


async def test_a_form_sent_in_parts_is_read_as_well(pat, ticket):
    parts = {"ticket": ticket, TEXTS: "yes", "phone": PHONE}
    page = await pat.web.post(FORM, files={name: (None, text) for name, text in parts.items()})
    assert "can receive texts from us" in page.text


async def test_a_file_in_the_place_of_a_field_is_no_text(business, pat, ticket):
    parts = {"ticket": (None, ticket), TEXTS: (None, "yes"), "phone": ("number.txt", PHONE.encode())}
    page = await pat.web.post(FORM, files=parts)
    assert (page.status_code, "could not be read" in page.text) == (422, True)
    assert await challenges(business) == 0


async def test_a_nul_is_left_out(pat, ticket):
    page = await post(pat, f"ticket={ticket}&{TEXTS}=yes&phone=%2B1212555%00".encode() + b"0101\x00")
    assert "can receive texts from us" in page.text


async def test_boxes_that_are_not_on_the_form_are_not_agreed_to(business, pat, ticket):
    fields = {"ticket": ticket, "codes.sms": "yes", "shop-news.sms": "yes", "phone": PHONE}
    page = await pat.web.post(FORM, data=fields)
    assert (page.status_code, "Tick at least one box" in page.text) == (422, True)
    assert await challenges(business) == 0


async def test_the_pages_set_no_cookie_name_no_other_host_and_stay_in_their_frame(business, pat):
    pages = [await pat.web.get(FORM), await send_form(pat, TEXTS, MAILS, phone=PHONE, email=PAT)]
    pages += [await type_code(pat, pages[-1])]
    for page in pages:
        policy = page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "set-cookie" not in page.headers
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
        assert re.findall(r'(?:src|action)="(https?:[^"]*)"', page.text) == []
        assert len(page.content) < 50_000


async def test_nothing_personal_is_logged(business, pat, capfdbinary):
    await send_form(pat, TEXTS, MAILS, phone=PHONE, email=PAT, name="Pat Doe")
    await pat.press(await pat.web.get(FORM), "Sign up", phone="2125550101", email="pat@", name="Pat Doe")
    logged = b"".join(capfdbinary.readouterr())
    assert b'"route":"/f/{slug}"' in logged
    for personal in (b"2125550101", b"pat@", b"Pat Doe"):
        assert personal not in logged


async def test_a_visitor_whose_network_is_not_told_signs_up_all_the_same(business):
    person = Person(business)
    transport = httpx.ASGITransport(business.app, client=("a socket", 0))
    person.web = httpx.AsyncClient(transport=transport, base_url=HERE, headers={"Accept-Language": "en"})
    assert "can receive emails" in (await send_form(person, MAILS, email=PAT)).text
    await person.web.aclose()
