"""Rules EML-8058-02 to -05: one press, by whoever it is and however it is sent, and reading changes nothing."""

import asyncio
import base64
import secrets

import msgspec
import pytest

from adapters.outbound.secrets.ring import KeyRing

ONE_CLICK = "List-Unsubscribe=One-Click"
URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "multipart/form-data; boundary=x"
MULTIPART = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
BODIES = {
    "urlencoded": (ONE_CLICK.encode(), URLENCODED),
    "urlencoded with a charset": (ONE_CLICK.encode(), f"{URLENCODED}; charset=UTF-8"),
    "urlencoded in other case": (b"list-unsubscribe=one-click", URLENCODED.upper()),
    "multipart": (MULTIPART, BOUNDARY),
    "multipart cut short": (MULTIPART[:40], BOUNDARY),
    "multipart without a boundary": (MULTIPART, "multipart/form-data"),
    "nothing": (b"", None),
    "nothing of a form": (b"", URLENCODED),
    "another word": (b"yes", "text/plain"),
    "no text at all": (b"\xff\xfe\x00", "application/octet-stream"),
}


@pytest.fixture
async def subscribed(place):
    await place.record("imported")
    return place


@pytest.mark.parametrize(("body", "kind"), BODIES.values(), ids=BODIES)
async def test_one_click_of_a_mail_program_opts_out_however_it_is_sent(subscribed, body, kind):
    headers = {"Content-Type": kind} if kind else {}
    answer = await subscribed.web.post(await subscribed.link("unsubscribe"), content=body, headers=headers)
    assert (answer.status_code, answer.headers.get("location"), answer.headers.get("set-cookie")) == (200, None, None)
    assert await subscribed.standing() == [("weekly-offers", "imported"), ("weekly-offers", "revoked")]


async def test_one_click_works_from_any_site_and_with_anybodys_cookies(subscribed):
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site", "Cookie": "session=x; csrftoken=y"}
    answer = await subscribed.web.post(await subscribed.link("unsubscribe"), data={}, headers=headers)
    assert answer.status_code == 200
    assert (await subscribed.standing())[-1] == ("weekly-offers", "revoked")


@pytest.mark.parametrize("times", [1, 5])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_a_scanner_that_follows_the_link_changes_nothing(subscribed, method, times):
    link = await subscribed.link("unsubscribe")
    for _ in range(times):
        answer = await subscribed.web.request(method, link, headers={"Purpose": "prefetch"})
        assert answer.status_code in (200, 204)
        assert "set-cookie" not in answer.headers
    assert await subscribed.standing() == [("weekly-offers", "imported")]


async def test_head_says_of_the_page_what_get_says(subscribed):
    link = await subscribed.link("unsubscribe")
    get, head = await subscribed.web.get(link), await subscribed.web.head(link)
    assert head.content == b""
    told = ("content-type", "content-length", "cache-control", "content-security-policy")
    assert [head.headers[name] for name in told] == [get.headers[name] for name in told]


async def test_the_page_has_one_button_that_opts_out(subscribed, pressed):
    page = await subscribed.web.get(await subscribed.link("unsubscribe"))
    assert "emails of “Weekly &lt;offers&gt;”" in page.text
    assert "Acme &amp; Sons Ltd" in page.text
    where, fields = pressed(page)
    assert fields == {"List-Unsubscribe": "One-Click"}
    answer = await subscribed.web.post(where, data=fields)
    assert answer.status_code == 200
    assert "Done: no more of these messages" in answer.text
    assert (await subscribed.standing())[-1] == ("weekly-offers", "revoked")


async def test_the_ledger_keeps_how_the_opt_out_came(subscribed, pressed):
    link = await subscribed.link("unsubscribe")
    await subscribed.web.post(link, data={"List-Unsubscribe": "One-Click"}, headers={"User-Agent": "Mail " + "x" * 900})
    (*_, (_, _, clicked)) = await subscribed.ledger_of()
    assert (clicked.via, clicked.source, clicked.ip, clicked.scope) == (
        "one_click",
        "first_party",
        "203.0.113.7",
        "program",
    )
    assert (clicked.user_agent or "").startswith("Mail xxx")
    assert len(clicked.user_agent or "") == 500
    assert (clicked.statement or "").startswith("link in message ")

    await subscribed.record("requested", "shop-news")
    where, fields = pressed(await subscribed.web.get(await subscribed.link("unsubscribe", "shop-news")))
    await subscribed.web.post(where, data=fields)
    (*_, (_, _, on_page)) = await subscribed.ledger_of()
    assert on_page.via == "unsub_link"


async def test_pressing_twice_has_one_effect(subscribed):
    link = await subscribed.link("unsubscribe")
    answers = [await subscribed.web.post(link, data={}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.text for answer in answers}) == 1
    assert [status for _, status in await subscribed.standing()].count("revoked") == 1


async def test_it_opts_out_of_that_program_and_no_other(subscribed):
    await subscribed.record("imported", "shop-news")
    await subscribed.record("imported", address="sam@example.com")
    await subscribed.web.post(await subscribed.link("unsubscribe"), data={})
    assert ("shop-news", "revoked") not in await subscribed.standing()
    assert await subscribed.standing("sam@example.com") == [("weekly-offers", "imported")]


async def test_a_link_of_an_sms_speaks_of_text_messages(subscribed):
    await subscribed.record("imported", address="+12125550101")
    page = await subscribed.web.get(await subscribed.link("unsubscribe", address="+12125550101"))
    assert "text messages of “Weekly" in page.text


async def test_no_page_shows_who_the_person_is(subscribed, pressed):
    link = await subscribed.link("unsubscribe")
    page = await subscribed.web.get(link)
    done = await subscribed.web.post(link, data={})
    for shown in (page.text, done.text):
        assert "pat" not in shown.lower().replace("compat", "")
        assert "example.com" not in shown
    assert "example.com" not in link


async def test_a_link_still_works_when_the_contact_was_erased(subscribed):
    link = await subscribed.link("unsubscribe")
    await subscribed.forget()
    page, done = await subscribed.web.get(link), await subscribed.web.post(link, data={})
    assert (page.status_code, done.status_code) == (200, 200)
    assert "You will get no more of these messages" in page.text
    assert "You will get no more of these messages, from now on" in done.text


async def test_links_of_old_messages_work_after_the_keys_were_rotated(subscribed, ring):
    link = await subscribed.link("unsubscribe")
    raw = msgspec.json.decode(ring.dump())
    raw["tokens"]["2"] = base64.b64encode(secrets.token_bytes(32)).decode()
    subscribed.rotate(KeyRing.parse(msgspec.json.encode(raw)))
    assert link != await subscribed.link("unsubscribe")
    subscribed.clock.at = subscribed.clock.at.replace(year=2031)
    assert (await subscribed.web.post(link, data={})).status_code == 200
    assert (await subscribed.standing())[-1] == ("weekly-offers", "revoked")


@pytest.mark.parametrize("tail", [".", ")", ">", "%3E", "/", "/x", ",%20and"])
async def test_what_a_mail_program_adds_to_the_link_does_no_harm(subscribed, tail):
    answer = await subscribed.web.post(await subscribed.link("unsubscribe") + tail, data={})
    assert answer.status_code == 200
    assert (await subscribed.standing())[-1] == ("weekly-offers", "revoked")


def spoilt(link: str) -> list[str]:
    token = link.removeprefix("/u/")
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")
    return [
        "/u",
        "/u/",
        "/u/x",
        f"/u/{token[:-1]}",
        f"/u/{flipped}",
        f"/u/{token}A",
        f"/u/{'A' * 88}",
        "/u/%F0%9F%92%A5",
    ]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_forged_or_broken_link_says_how_to_stop_all_the_same(subscribed, method):
    for address in spoilt(await subscribed.link("unsubscribe")):
        answer = await subscribed.web.request(method, address)
        assert (answer.status_code, "reply STOP" in answer.text) == (404, True), address
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert await subscribed.standing() == [("weekly-offers", "imported")]


async def test_a_link_to_say_yes_says_no_to_nothing(subscribed):
    confirm = await subscribed.link("confirm")
    answer = await subscribed.web.post(confirm.replace("/c/", "/u/"), data={})
    assert answer.status_code == 404
    assert await subscribed.standing() == [("weekly-offers", "imported")]


async def test_while_the_database_is_away_the_page_says_how_to_stop_all_the_same(subscribed, ring):
    link = await subscribed.link("unsubscribe")
    await subscribed.database.close()
    subscribed.database._url = "postgresql://optin@127.0.0.1:1/nothing"
    for method in ("GET", "POST"):
        answer = await subscribed.web.request(method, link)
        assert (answer.status_code, "reply STOP" in answer.text) == (503, True)


async def test_many_presses_at_once_have_one_effect(subscribed):
    link = await subscribed.link("unsubscribe")
    answers = await asyncio.gather(*(subscribed.web.post(link, data={}) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert [status for _, status in await subscribed.standing()].count("revoked") == 1


async def test_no_token_is_written_to_the_log(capfdbinary, subscribed):
    link = await subscribed.link("unsubscribe")
    await subscribed.web.get(link)
    await subscribed.web.post(link, data={})
    logged = capfdbinary.readouterr()
    assert b"request" in logged.out
    assert link.removeprefix("/u/")[:20].encode() not in logged.out + logged.err
