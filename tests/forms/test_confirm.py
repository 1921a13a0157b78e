"""Rule VER-10: a link asks, a button answers; and what the person agreed to is kept word for word."""

import asyncio

import pytest

AGREED = "I agree to emails from Acme & Sons."


@pytest.fixture
async def asked(place):
    """Somebody wants the weekly offers and has been asked by mail to confirm."""
    await place.record("requested", identity="Pat Doe")
    return place


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_a_scanner_that_follows_the_link_says_yes_to_nothing(asked, method):
    link = await asked.link("confirm")
    for _ in range(3):
        answer = await asked.web.request(method, link)
        assert answer.status_code in (200, 204)
    assert await asked.standing() == [("weekly-offers", "requested")]


async def test_the_page_shows_what_one_agrees_to_and_who_asks(asked):
    page = await asked.web.get(await asked.link("confirm"))
    for shown in (
        "Do you want “Weekly &lt;offers&gt;”?",
        '<blockquote lang="en-US" dir="auto">I agree to emails from Acme &amp; Sons.</blockquote>',
        "up to 4 messages a month",
        "Acme &amp; Sons Ltd, 1 Main St, Springfield, IL 62701, US",
        'href="https://acme.example/help"',
        "You can stop at any time",
    ):
        assert shown in page.text
    assert "Pat Doe" not in page.text
    assert "pat@example.com" not in page.text


async def test_pressing_the_button_confirms(asked, pressed):
    where, fields = pressed(await asked.web.get(await asked.link("confirm")))
    answer = await asked.web.post(where, data=fields, headers={"User-Agent": "Browser 1"})
    assert (answer.status_code, "Thank you, that is confirmed" in answer.text) == (200, True)
    (_, _, request), (_, status, proof) = await asked.ledger_of()
    assert status == "confirmed"
    assert proof.disclosure_text_verbatim == AGREED
    assert (proof.disclosure_version, proof.language) == ("1", "en-US")
    assert (proof.ip, proof.user_agent) == ("203.0.113.7", "Browser 1")
    assert (proof.source, proof.affirmative_act, proof.medium) == ("first_party", "button_pressed", "web_form")
    assert (proof.request_sender_name, proof.sellers_named) == ("Acme & Sons Ltd", ("acme",))
    assert proof.doi_token_id
    assert proof.doi_requested_at is not None
    assert proof.doi_confirmed_at is not None
    assert proof.doi_requested_at < proof.doi_confirmed_at
    assert request.identity == proof.identity == "Pat Doe"


async def test_a_form_sent_in_parts_confirms_as_well(asked, pressed):
    where, fields = pressed(await asked.web.get(await asked.link("confirm")))
    answer = await asked.web.post(where, files={name: (None, value) for name, value in fields.items()})
    assert answer.status_code == 200
    assert (await asked.standing())[-1] == ("weekly-offers", "confirmed")


async def test_pressing_twice_confirms_once(asked, pressed):
    where, fields = pressed(await asked.web.get(await asked.link("confirm")))
    answers = [await asked.web.post(where, data=fields) for _ in range(3)]
    answers += await asyncio.gather(*(asked.web.post(where, data=fields) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert await asked.standing() == [("weekly-offers", "requested"), ("weekly-offers", "confirmed")]


async def test_pressing_at_once_confirms_once(asked, pressed):
    where, fields = pressed(await asked.web.get(await asked.link("confirm")))
    await asyncio.gather(*(asked.web.post(where, data=fields) for _ in range(8)))
    assert await asked.standing() == [("weekly-offers", "requested"), ("weekly-offers", "confirmed")]


async def test_nobody_agrees_to_a_text_they_did_not_see(asked, pressed):
    link = await asked.link("confirm")
    where, fields = pressed(await asked.web.get(link))
    await asked.reword("I agree to emails from Acme & Sons and its partners.")
    again = await asked.web.post(where, data=fields)
    assert (again.status_code, "This text has changed" in again.text) == (409, True)
    assert await asked.standing() == [("weekly-offers", "requested")]
    where, fields = pressed(again)
    assert (await asked.web.post(where, data=fields)).status_code == 200
    (*_, (_, status, proof)) = await asked.ledger_of()
    assert (status, proof.disclosure_version) == ("confirmed", "2")
    assert proof.disclosure_text_verbatim == "I agree to emails from Acme & Sons and its partners."


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", None),
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (b"disclosure=", "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (b'{"disclosure": 1}', "application/json"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
    ],
)
async def test_whatever_else_is_posted_confirms_nothing(asked, body, kind):
    headers = {"Content-Type": kind} if kind else {}
    answer = await asked.web.post(await asked.link("confirm"), content=body, headers=headers)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert await asked.standing() == [("weekly-offers", "requested")]


async def test_a_contact_who_opted_out_since_is_not_opted_in_by_an_old_link(asked, pressed):
    where, fields = pressed(await asked.web.get(await asked.link("confirm")))
    await asked.web.post(await asked.link("unsubscribe"), data={})
    answer = await asked.web.post(where, data=fields)
    assert (answer.status_code, "There is nothing to confirm" in answer.text) == (409, True)
    assert (await asked.standing())[-1] == ("weekly-offers", "revoked")


async def test_a_contact_who_was_erased_has_nothing_to_confirm(asked):
    link = await asked.link("confirm")
    await asked.forget()
    for method in ("GET", "POST"):
        answer = await asked.web.request(method, link)
        assert (answer.status_code, "There is nothing to confirm" in answer.text) == (409, True)


async def test_the_text_is_in_the_language_of_the_contact(asked):
    async with asked.database.transaction():
        await asked.database.connection.execute("update contacts set locale = 'fr-CA'")
    page = await asked.web.get(await asked.link("confirm"))
    assert '<blockquote lang="fr-CA" dir="auto">J&#39;accepte les courriels.</blockquote>' in page.text


async def test_for_a_contact_of_whom_no_language_is_known_the_text_is_in_english(asked):
    await asked.reword("أوافق على تلقي الرسائل.", locale="ar-EG")
    page = await asked.web.get(await asked.link("confirm"))
    assert '<blockquote lang="en-US" dir="auto">' in page.text


async def test_a_forged_or_broken_link_confirms_nothing_and_says_so(asked):
    token = (await asked.link("confirm")).removeprefix("/c/")
    unsubscribe = (await asked.link("unsubscribe")).removeprefix("/u/")
    for path in ("/c", f"/c/{token[:-1]}", f"/c/{token[1:]}A", f"/c/{unsubscribe}"):
        for method in ("GET", "POST"):
            answer = await asked.web.request(method, path)
            assert (answer.status_code, "nothing was changed" in answer.text) == (404, True)
    assert await asked.standing() == [("weekly-offers", "requested")]


async def test_a_failure_nobody_foresaw_is_told_in_words_and_logged_without_them(capfdbinary, asked):
    link = await asked.link("unsubscribe")

    async def fail(*_: object) -> bool:
        raise RuntimeError("pat@example.com")

    asked.handed["withdraw_point"] = fail
    asked.serve()
    answer = await asked.web.post(link, data={})
    assert (answer.status_code, "reply STOP" in answer.text) == (500, True)
    logged = capfdbinary.readouterr()
    assert b"RuntimeError" in logged.out
    assert b"pat@example.com" not in logged.out + logged.err
