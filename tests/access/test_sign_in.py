"""Signing in, and what strangers try against it."""

import asyncio
import statistics
import time
from datetime import timedelta

import pyotp
import pytest

from domain.roles import Role
from tests.access.conftest import PASSWORD, sign_in, trust

EMAIL = "pat@example.com"


@pytest.fixture
async def pat(staff):
    return await staff.operator(Role.SUPPORT, password=PASSWORD, email=EMAIL)


def secret_of(offer):
    return pyotp.parse_uri(offer["address"])


async def with_codes(staff, browser):
    """The authenticator and the recovery codes of whoever is signed in on this browser."""
    app = secret_of((await browser.post("/admin/api/account/codes")).json())
    code = app.at(staff.process.clock.now())
    recovery = await browser.post("/admin/api/account/codes/actions/confirm", json={"code": code})
    assert recovery.status_code == 200, recovery.text
    return app, recovery.json()["codes"]


async def test_the_first_link_makes_one_administrator_and_then_none(staff):
    token = await staff.first_token()
    body = {"token": token, "email": EMAIL, "name": "Pat Doe", "password": PASSWORD}
    async with staff.browser() as browser, staff.browser() as other:
        both = await asyncio.gather(
            browser.post("/admin/api/first", json=body),
            other.post("/admin/api/first", json={**body, "email": "sam@example.com"}),
        )
        assert sorted(answer.status_code for answer in both) == [200, 403]
        assert (await other.post("/admin/api/first", json=body)).json()["code"] == "link-unusable"
    assert await staff.process.scalar("SELECT count(*) FROM operators") == 1


async def test_a_first_link_is_void_once_somebody_is_an_administrator(staff):
    token = await staff.first_token()
    await staff.operator(Role.ADMIN)
    body = {"token": token, "email": EMAIL, "name": "Pat Doe", "password": PASSWORD}
    async with staff.browser() as browser:
        assert (await browser.post("/admin/api/first", json=body)).json()["code"] == "link-unusable"


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "password12345678",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "pat doe pat doe 1",
        "optin manager 2026",
        "qwertyuiop123456",
    ],
)
async def test_a_password_that_is_guessed_first_is_not_taken(staff, password):
    body = {"token": await staff.first_token(), "email": EMAIL, "name": "Pat Doe", "password": password}
    async with staff.browser() as browser:
        answer = await browser.post("/admin/api/first", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "weak-password")
        assert (await browser.post("/admin/api/first", json={**body, "password": PASSWORD})).status_code == 200


async def test_a_session_has_a_secret_the_browser_did_not_bring_along(staff, pat):
    """Session fixation."""
    planted = "A" * 43
    async with staff.browser() as browser:
        browser.cookies.set("optin", planted, domain="optin.example")
        assert (await sign_in(browser, EMAIL)).status_code == 200
        given = browser.cookies.get("optin", domain="optin.example") or next(
            cookie.value for cookie in browser.cookies.jar if cookie.name == "optin" and cookie.value != planted
        )
        assert given != planted
    async with staff.browser() as thief:
        thief.cookies.set("optin", planted, domain="optin.example")
        assert (await thief.get("/admin/api/session")).status_code == 401


async def test_cookies_are_for_this_host_and_for_no_script(start, staff, pat):
    process = start(public_url="https://optin.example")
    async with type(staff)(process).browser() as browser:
        answer = await sign_in(browser, EMAIL)
    session = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("__Host-optin="))
    assert {"Path=/", "HttpOnly", "SameSite=Strict", "Secure"} <= set(session.split("; "))
    assert "Domain" not in session


async def test_another_site_cannot_ask_in_somebodys_name(staff):
    """CSRF: without the token, with another session's token, and with a browser that says where it comes from."""
    mine, theirs = await staff.session(await staff.operator()), await staff.session(await staff.operator())
    async with staff.browser(mine) as browser, staff.browser(theirs) as other:
        token, body = browser.headers.pop("X-CSRF-Token"), {"name": "New name"}
        assert (await browser.patch("/admin/api/account", json=body)).json()["code"] == "csrf-token-wrong"
        stolen = {"X-CSRF-Token": other.headers["X-CSRF-Token"]}
        assert (await browser.patch("/admin/api/account", json=body, headers=stolen)).status_code == 403
        assert (await browser.post("/api/v1/keys", json={"name": "x"})).json()["code"] == "csrf-token-wrong"
        right = {"X-CSRF-Token": token}
        for said in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
        ):
            answer = await browser.patch("/admin/api/account", json=body, headers={**right, **said})
            assert answer.json()["code"] == "cross-site"
        sign_in_by_form = await browser.post("/admin/api/session", data={"email": EMAIL, "password": PASSWORD})
        assert sign_in_by_form.status_code == 415
        assert (await browser.patch("/admin/api/account", json=body, headers=right)).status_code == 200


async def test_guessing_is_slowed_down_and_the_owner_still_gets_in(staff, pat):
    """Brute force, and the lockout it could be turned into."""
    async with staff.browser() as owner, staff.browser(ip="203.0.113.7") as guesser:
        assert (await sign_in(owner, EMAIL)).status_code == 200
        answers = [await sign_in(guesser, EMAIL, f"guess number {n} of many") for n in range(8)]
        assert [answer.status_code for answer in answers] == [403] * 5 + [429] * 3
        assert int(answers[-1].headers["Retry-After"]) >= 1
        assert (await sign_in(guesser, EMAIL)).status_code == 429
        owner.cookies.delete("optin")
        assert (await sign_in(owner, EMAIL)).status_code == 200
    staff.process.clock.ahead += timedelta(minutes=20)
    async with staff.browser(ip="203.0.113.7") as later:
        assert (await sign_in(later, EMAIL)).status_code == 200


async def test_guesses_side_by_side_count_each(staff, pat):
    async with staff.browser(ip="203.0.113.7") as guesser:
        answers = await asyncio.gather(*(sign_in(guesser, EMAIL, f"guess number {n} of many") for n in range(12)))
    assert sorted(answer.status_code for answer in answers) == [403] * 5 + [429] * 7


async def test_one_network_cannot_try_many_accounts(staff):
    async with staff.browser(ip="203.0.113.7") as guesser:
        codes = [(await sign_in(guesser, f"who{n}@example.com")).status_code for n in range(32)]
    assert codes[:30] == [403] * 30
    assert 429 in codes[30:]


async def test_an_unknown_address_gets_the_same_answer_after_the_same_time(staff, pat):
    """Timing: medians over interleaved tries, each from a network of its own."""
    disabled = await staff.operator(Role.SUPPORT, email="gone@example.com")
    took = {"known": [], "unknown": [], "without a password": []}
    bodies = set()
    emails = {"known": EMAIL, "unknown": "nobody@example.com", "without a password": disabled.email.value}
    for number in range(11):
        for kind, email in emails.items():
            async with staff.browser(ip=f"198.51.{number}.{len(kind)}") as browser:
                began = time.perf_counter()
                answer = await sign_in(browser, email, f"not the password {number}")
                took[kind].append(time.perf_counter() - began)
            told = answer.json()
            told.pop("request_id")
            bodies.add((answer.status_code, str(told)))
    assert len(bodies) == 1
    medians = [statistics.median(times[1:]) for times in took.values()]
    assert max(medians) < 2 * min(medians), medians


async def test_a_code_is_asked_for_after_the_password_and_counts_once(staff, pat):
    """TOTP replay."""
    async with staff.browser() as browser:
        await sign_in(browser, EMAIL)
        app, _ = await with_codes(staff, browser)
    staff.process.clock.ahead += timedelta(minutes=1)
    code = app.at(staff.process.clock.now())
    async with staff.browser() as browser, staff.browser() as thief:
        waiting = (await sign_in(browser, EMAIL)).json()
        assert waiting["signed_in"] is None
        assert (await browser.get("/admin/api/session")).status_code == 401
        ticket = waiting["second_factor"]["ticket"]
        wrong = {"ticket": ticket, "code": f"{(int(code) + 1) % 1_000_000:06}"}
        assert (await browser.post("/admin/api/session/second_factor", json=wrong)).json()["code"] == "factor-wrong"
        right = await browser.post("/admin/api/session/second_factor", json={"ticket": ticket, "code": code})
        assert right.status_code == 200
        again = (await sign_in(thief, EMAIL)).json()["second_factor"]["ticket"]
        replay = await thief.post("/admin/api/session/second_factor", json={"ticket": again, "code": code})
        assert replay.json()["code"] == "factor-wrong"


async def test_codes_cannot_be_guessed_one_after_the_other(staff, pat):
    async with staff.browser() as browser:
        await sign_in(browser, EMAIL)
        await with_codes(staff, browser)
        ticket = (await sign_in(browser, EMAIL)).json()["second_factor"]["ticket"]
        proof = [{"ticket": ticket, "code": f"{n:06}"} for n in range(7)]
        codes = [(await browser.post("/admin/api/session/second_factor", json=one)).status_code for one in proof]
    assert codes == [403] * 5 + [429] * 2


async def test_a_recovery_code_signs_in_once_however_many_try_it_at_once(staff, pat):
    async with staff.browser() as browser:
        await sign_in(browser, EMAIL)
        _, recovery = await with_codes(staff, browser)
        assert len(set(recovery)) == 10
        tickets = [(await sign_in(browser, EMAIL)).json()["second_factor"]["ticket"] for _ in range(4)]
        tries = [
            browser.post("/admin/api/session/second_factor", json={"ticket": one, "recovery_code": recovery[0].lower()})
            for one in tickets
        ]
        codes = sorted(answer.status_code for answer in await asyncio.gather(*tries))
    # Whoever comes while another try is counted may be told to wait instead.
    assert (codes[0], set(codes[1:]) <= {403, 429}) == (200, True)
    assert await staff.process.scalar("SELECT count(*) FROM recovery_codes") == 9


async def test_a_new_password_ends_every_other_sign_in_and_moves_this_one_on(staff, pat):
    async with staff.browser() as browser, staff.browser() as other:
        await sign_in(browser, EMAIL)
        await sign_in(other, EMAIL)
        before, new = browser.cookies["optin"], "five words are an even finer one"
        wrong = {"current": "not my password at all", "new": new}
        assert (await browser.put("/admin/api/account/password", json=wrong)).status_code == 403
        answer = await browser.put("/admin/api/account/password", json={"current": PASSWORD, "new": new})
        trust(browser, answer.json())
        assert browser.cookies["optin"] != before
        assert (await browser.get("/admin/api/session")).status_code == 200
        assert (await other.get("/admin/api/session")).status_code == 401
        assert (await sign_in(other, EMAIL, PASSWORD)).status_code == 403
        assert (await sign_in(other, EMAIL, new)).status_code == 200
    async with staff.browser() as thief:
        thief.cookies.set("optin", before, domain="optin.example")
        assert (await thief.get("/admin/api/session")).status_code == 401


async def test_a_session_ends_when_nobody_uses_it_and_in_any_case_after_a_working_day(staff):
    async with await staff.signed_in() as idle:
        staff.process.clock.ahead += timedelta(minutes=31)
        assert (await idle.get("/admin/api/session")).json()["code"] == "session-over"
    async with await staff.signed_in() as busy:
        for _ in range(24):
            staff.process.clock.ahead += timedelta(minutes=29)
            assert (await busy.get("/admin/api/session")).status_code == 200
        staff.process.clock.ahead += timedelta(minutes=29)
        assert (await busy.get("/admin/api/session")).status_code == 401


async def test_what_is_dangerous_wants_a_fresh_proof_and_the_secret_moves_on_with_it(staff):
    admin = await staff.operator(Role.ADMIN, password=PASSWORD, email=EMAIL)
    async with staff.browser(await staff.session(admin)) as browser:
        staff.process.clock.ahead += timedelta(minutes=11)
        invitation = {"email": "sam@example.com", "role": "support"}
        for path, body in (("/admin/api/invitations", invitation), ("/api/v1/keys", {"name": "x"})):
            assert (await browser.post(path, json=body)).json()["code"] == "step-up-needed"
        before = browser.cookies["optin"]
        assert (await browser.post("/admin/api/session/actions/step_up", json={"password": "wrong"})).status_code == 403
        trust(browser, (await browser.post("/admin/api/session/actions/step_up", json={"password": PASSWORD})).json())
        assert browser.cookies["optin"] != before
        assert (await browser.post("/admin/api/invitations", json=invitation)).status_code == 201


async def test_sessions_are_listed_and_ended_one_by_one(staff, pat):
    async with staff.browser() as here, staff.browser(ip="203.0.113.7") as there:
        await sign_in(here, EMAIL)
        await sign_in(there, EMAIL)
        listed = (await here.get("/admin/api/sessions")).json()["items"]
        assert [(one["ip"], one["current"]) for one in listed] == [("203.0.113.7", False), ("127.0.0.1", True)]
        assert (await here.delete(f"/admin/api/sessions/{listed[0]['id']}")).status_code == 204
        assert (await there.get("/admin/api/session")).status_code == 401
        assert (await here.delete("/admin/api/session")).status_code == 204
        assert (await here.get("/admin/api/session")).status_code == 401


async def test_nothing_of_staff_lies_in_clear(staff, pat):
    async with staff.browser(ip="203.0.113.7") as browser:
        await sign_in(browser, EMAIL)
        token = browser.cookies["optin"]
    for table in ("operators", "operator_sessions", "sign_in_tries", "audit_records"):
        text = await staff.process.scalar(f"SELECT string_agg({table}::text, '|') FROM {table}")  # noqa: S608
        for secret in (EMAIL, EMAIL.encode().hex(), "203.0.113", b"203.0.113".hex(), token, PASSWORD, pat.name):
            assert secret not in text, table
