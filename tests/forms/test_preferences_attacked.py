"""Guessing, forging, replaying, flooding and listening at the door of the preferences pages."""

import asyncio
import re
import statistics
from time import perf_counter

import pytest

from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from domain.access import SYSTEM
from tests.forms.person import AGREED_BY_MAIL, HERE, Person, form_with, forms

PAT, SAM, UNKNOWN, REFUSED = "pat@example.com", "sam@example.com", "new@example.com", "never@example.com"
SCRIPT = "\"'><script>alert(1)</script>{{7*7}}<img src=x onerror=y>"


async def wrong_code(pat, address):
    return f"{(int(await pat.code(address)) + 1) % 1_000_000:06}"


async def kept(business):
    ledger = await business.ask("select id, status from consent_entries where status <> 'code_asked' order by id")
    return ledger, await business.ask("select * from suppressions")


def without_what_varies(page):
    """As it reads, without tickets, seals and the address the person typed."""
    text = re.sub(r'(name="(?:ticket|visit)" value=")[^"]*', r"\1", page.text)
    return re.sub(r"\w\*\*\*@example\.com", "…", text)


async def test_five_tries_count_however_many_come_at_once(business, pat):
    await business.agreed(PAT)
    page = await pat.ask_for_code(PAT)
    wrong = await wrong_code(pat, PAT)
    people = [Person(business, ip=f"198.51.{number}.7") for number in range(24)]
    answers = await asyncio.gather(*(one.press(page, "Continue", code=wrong) for one in people))
    for one in people:
        await one.web.aclose()
    assert {answer.status_code for answer in answers} == {422}
    assert sum("This is not the code." in answer.text for answer in answers) == 5
    assert sum("too many tries" in answer.text for answer in answers) == 19
    answer = await pat.press(page, "Continue", code=await pat.code(PAT))
    assert (answer.status_code, "too many tries" in answer.text) == (422, True)
    assert "Weekly" not in answer.text


async def test_another_code_buys_no_more_tries(business, pat):
    await business.agreed(PAT)
    page = await pat.ask_for_code(PAT)
    wrong = await wrong_code(pat, PAT)
    for _ in range(4):
        await pat.press(page, "Continue", code=wrong)
    business.pass_by(minutes=2)
    again = await pat.press(page, "Send another code")
    assert "another code is on its way" in again.text
    await business.work()
    wrong = await wrong_code(pat, PAT)
    assert "This is not the code." in (await pat.press(again, "Continue", code=wrong)).text
    assert "too many tries" in (await pat.press(again, "Continue", code=wrong)).text


async def test_the_code_before_is_void_and_a_used_one_is_used(business, pat):
    await business.agreed(PAT)
    first_page = await pat.ask_for_code(PAT)
    first = await pat.code(PAT)
    business.pass_by(minutes=2)
    page = await pat.press(first_page, "Send another code")
    second = await pat.code(PAT)
    if first != second:
        assert (await pat.press(first_page, "Continue", code=first)).status_code == 422
    assert (await pat.press(page, "Continue", code=second)).status_code == 200
    again = await pat.press(page, "Continue", code=second)
    assert (again.status_code, "used already" in again.text) == (422, True)


async def test_a_code_of_one_address_opens_no_other(business, pat):
    await business.agreed(PAT)
    await business.agreed(SAM)
    pats, sams = await pat.ask_for_code(PAT), await pat.ask_for_code(SAM)
    code = await pat.code(SAM)
    if code != await pat.code(PAT):
        assert (await pat.press(pats, "Continue", code=code)).status_code == 422
    mixed = form_with(sams, "Continue").fields | {"visit": form_with(pats, "Continue").fields["visit"]}
    answer = await pat.web.post("/preferences/code", data={**mixed, "code": code})
    assert answer.status_code == (422 if code != await pat.code(PAT) else 200)


async def test_every_address_gets_the_same_pages_and_answers(business, pat):
    """VER-08: known, unknown, and told never to be written to."""
    await business.agreed(PAT)
    await business.installation[WithdrawConsents](WithdrawConsent(address=REFUSED), SYSTEM)
    asked, tried = [], []
    for address in (PAT, UNKNOWN, REFUSED):
        page = await pat.ask_for_code(address)
        asked.append((page.status_code, sorted(page.headers), without_what_varies(page)))
        answer = await pat.press(page, "Continue", code="000000")
        tried.append((answer.status_code, sorted(answer.headers), without_what_varies(answer)))
    assert asked[0] == asked[1] == asked[2]
    assert tried[0] == tried[1] == tried[2]


async def test_every_address_takes_as_long(business, pat):
    await business.agreed(PAT)
    await business.installation[WithdrawConsents](WithdrawConsent(address=REFUSED), SYSTEM)
    took = {PAT: [], UNKNOWN: [], REFUSED: []}
    for number in range(24):
        page = await Person(business, ip=f"198.51.{number}.7").web.get("/preferences")
        for address, times in took.items():
            person = Person(business, ip=f"198.51.{number}.{len(times) % 200}")
            started = perf_counter()
            answer = await person.press(page, "Send me a code", address=address)
            times.append(perf_counter() - started)
            assert answer.status_code in (200, 429)
            await person.web.aclose()
    known, unknown, refused = (statistics.median(times) for times in took.values())
    assert max(known, unknown, refused) < 2 * min(known, unknown, refused)


@pytest.mark.parametrize("spoil", ["", "A" * 300, "truncated", "unproved", "expired"])
async def test_a_forged_or_old_visit_begins_anew_and_shows_nothing(business, pat, spoil):
    await business.agreed(PAT)
    asked = await pat.ask_for_code(PAT)
    choices = await pat.press(asked, "Continue", code=await pat.code(PAT))
    form = form_with(choices, "Save my choices")
    visit = form.fields["visit"]
    if spoil == "expired":
        business.pass_by(minutes=31)
    forged = {
        "": "",
        "truncated": visit[:-4],
        "unproved": form_with(asked, "Continue").fields["visit"],
        "expired": visit,
    }.get(spoil, spoil)
    before = await kept(business)
    for more in ({"stop.weekly-offers": "yes"}, {"everything": "yes"}, {"look": "yes"}):
        answer = await pat.web.post("/preferences/choices", data={**form.fields, **more, "visit": forged})
        assert (answer.status_code, "Please begin again." in answer.text) == (409, True)
        assert "Weekly" not in answer.text
    assert await kept(business) == before


async def test_another_site_changes_nothing_even_with_a_visit_it_got_hold_of(business, pat):
    await business.agreed(PAT)
    choices = await pat.prove(PAT)
    form = form_with(choices, "Save my choices")
    before = await kept(business)
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ):
        answer = await pat.web.post(
            form.action, data={**form.fields, "stop.weekly-offers": "yes", "everything": "yes"}, headers=headers
        )
        assert answer.status_code == 200
        assert await kept(business) == before


async def test_another_site_asks_for_no_code(business, pat):
    page = await pat.web.get("/preferences")
    form = form_with(page, "Send me a code")
    for fields, headers in (
        ({**form.fields, "address": PAT}, {"Sec-Fetch-Site": "cross-site"}),
        ({"address": PAT}, {}),
        ({**form.fields, "address": PAT, "ticket": form.fields["ticket"][:-2]}, {}),
        ({**form.fields, "address": PAT, "website": "https://spam.example"}, {}),
    ):
        answer = await pat.web.post("/preferences", data=fields, headers=headers)
        assert answer.status_code == 409
    assert await business.ask("select from challenges") == []


async def test_one_network_cannot_go_on_for_ever(business, pat):
    answers = [await pat.ask_for_code(f"somebody{number}@example.com") for number in range(60)]
    statuses = [answer.status_code for answer in answers]
    assert 429 in statuses
    assert answers[statuses.index(429)].headers["retry-after"].isdigit()


async def test_markup_in_every_field_comes_back_as_text(business, pat):
    await business.agreed(PAT)
    page = await pat.press(await pat.web.get("/preferences"), "Send me a code", address=SCRIPT)
    pages = [page]
    asked = await pat.ask_for_code(PAT)
    pages.append(await pat.press(asked, "Continue", code=SCRIPT))
    choices = await pat.press(asked, "Continue", code=await pat.code(PAT))
    pages.append(await pat.press(choices, "Save my choices", why=SCRIPT, words=SCRIPT, **{f"stop.{SCRIPT}": "yes"}))
    pages.append(await pat.press(choices, "Save my choices", why=SCRIPT, words=SCRIPT, **{"stop.weekly-offers": "yes"}))
    pages.append(await pat.web.get("/preferences", params={"lang": SCRIPT}))
    for seen in pages:
        assert "<script>alert" not in seen.text
        assert "onerror=y>" not in seen.text
        assert "49" not in re.sub(r'value="[^"]*"', "", seen.text)
    assert (await business.ledger_of(PAT))[-1][2].statement == f"reason: {SCRIPT}"


async def test_no_page_can_be_framed_kept_or_told_to_others(business, pat):
    await business.agreed(PAT)
    message = (await business.send(PAT)).message
    link = business.ports.links().preferences(message.contact_point_id, message.program_id, message.id)
    pages = [await pat.web.get("/preferences"), await pat.web.get(link), await pat.ask_for_code(PAT)]
    pages.append(await pat.press(pages[-1], "Continue", code="000000"))
    pages.append(await pat.press(pages[-2], "Continue", code=await pat.code(PAT)))
    pages.append(await pat.press(pages[-1], "Stop everything"))
    for page in pages:
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert "form-action 'self'" in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        assert "set-cookie" not in page.headers
        assert len(page.content) < 40_000


async def test_nothing_leads_away_from_here(business, pat):
    await business.agreed(PAT)
    away = {"next": "https://evil.example", "lang": "//evil.example", "redirect_uri": "https://evil.example"}
    page = await pat.web.get("/preferences", params=away)
    assert "evil.example" not in page.text
    for path in ("/preferences", "/preferences/code", "/preferences/choices"):
        answer = await pat.web.post(path, params=away, data=away)
        assert "location" not in answer.headers
        assert "evil.example" not in answer.text
    for form in forms(page):
        assert form.action.startswith("/preferences?lang=en")


async def test_a_link_for_one_thing_opens_no_other(business, pat):
    await business.agreed(PAT)
    message = (await business.send(PAT)).message
    ids = message.contact_point_id, message.program_id, message.id
    links = business.ports.links()
    before = await kept(business)
    for made in (links.unsubscribe(*ids), links.confirm(*ids)):
        token = made.rpartition("/")[2]
        for path in (f"/preferences/{token}", f"/preferences/{token}?everything", f"/preferences/{token}?stop"):
            assert (await pat.web.post(path)).status_code == 404
            assert (await pat.web.get(path)).status_code == 404
    token = links.preferences(*ids).rpartition("/")[2]
    for path in (f"/u/{token}", f"/c/{token}"):
        assert (await pat.web.post(path)).status_code == 404
    assert await kept(business) == before


async def test_a_visit_of_one_person_touches_no_address_of_another(business, pat):
    await business.agreed(PAT)
    await business.agreed(SAM)
    choices = await pat.prove(PAT)
    await pat.press(choices, "Stop everything", address=SAM, contact_point_id="x", everything="yes")
    assert await business.standing(SAM) == [("weekly-offers", "confirmed")]
    assert (await business.standing(PAT))[-1] == (None, "revoked")


async def test_nothing_personal_and_no_seal_stands_in_the_log(business, pat, capfdbinary):
    await business.agreed(PAT)
    choices = await pat.prove(PAT)
    await pat.press(choices, "Stop everything", words="my secret reason")
    visit = form_with(choices, "Stop everything").fields["visit"]
    logged = b"".join(capfdbinary.readouterr())
    assert b"/preferences/choices" in logged
    for secret in (PAT, "pat", visit[:40], "my secret", AGREED_BY_MAIL[:20], HERE):
        assert secret.encode() not in logged
