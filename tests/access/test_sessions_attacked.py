"""A sign-in is worth what its operator is worth now, to the browser it was given to, and to no other."""

from datetime import timedelta

import pyotp
import pytest

from adapters.inbound.http.permissions import needed
from domain.operators import IDLE
from domain.roles import Role
from tests.access.authenticator import Authenticator
from tests.access.conftest import PASSWORD, sign_in, trust
from tests.access.test_passkeys import added
from tests.access.test_permissions import address, routes

EMAIL, PLANTED = "pat@example.com", "A" * 43
OTHER = "five words are an even finer one"


@pytest.fixture
async def pat(staff):
    return await staff.operator(Role.ADMIN, password=PASSWORD, email=EMAIL)


@pytest.fixture
async def app(staff, pat):
    """Pat's authenticator app, from now on asked for."""
    async with staff.browser(await staff.session(pat)) as browser:
        offer = (await browser.post("/admin/api/account/codes")).json()
        app = pyotp.parse_uri(offer["address"])
        code = app.at(staff.process.clock.now())
        assert (await browser.post("/admin/api/account/codes/actions/confirm", json={"code": code})).status_code == 200
    staff.process.clock.ahead += timedelta(minutes=1)
    return app


def given(answer, name="optin"):
    """The secret an answer sets, if it sets one."""
    said = [one.partition("=")[2].partition(";")[0] for one in answer.headers.get_list("set-cookie")]
    names = [one.partition("=")[0] for one in answer.headers.get_list("set-cookie")]
    return dict(zip(names, said, strict=True)).get(name)


async def is_in(staff, token):
    async with staff.browser() as browser:
        browser.headers["Cookie"] = f"optin={token}"
        return (await browser.get("/admin/api/session")).status_code == 200


async def post(staff, path, body, token=PLANTED):
    """With a cookie somebody planted before."""
    async with staff.browser() as browser:
        browser.headers["Cookie"] = f"optin={token}"
        return await browser.post(path, json=body)


async def test_no_way_in_takes_up_the_secret_a_browser_brought_along(staff, pat, app):
    """Session fixation: password and code, recovery, invitation."""
    waiting = await post(staff, "/admin/api/session", {"email": EMAIL, "password": PASSWORD})
    assert given(waiting) is None
    ticket = waiting.json()["second_factor"]["ticket"]
    assert not await is_in(staff, ticket)
    code = app.at(staff.process.clock.now())
    ways = [await post(staff, "/admin/api/session/second_factor", {"ticket": ticket, "code": code})]
    async with staff.browser(await staff.session(pat)) as browser:
        made = await browser.post("/admin/api/invitations", json={"email": "sam@example.com", "role": "support"})
    joining = {"token": made.json()["link"].rpartition("#")[2], "name": "Sam Roe", "password": OTHER}
    ways.append(await post(staff, "/admin/api/invitations/actions/accept", joining))
    ways.append(await post(staff, "/admin/api/session", {"email": "sam@example.com", "password": OTHER}))
    secrets = [given(answer) for answer in ways]
    assert [answer.status_code for answer in ways] == [200] * 3
    assert len({PLANTED, *secrets}) == 4
    assert [await is_in(staff, secret) for secret in (PLANTED, *secrets)] == [False, True, True, True]


async def test_each_proof_moves_the_secret_on_and_the_one_before_is_worth_nothing(staff, pat):
    """Step-up by password, by code and by passkey, and a new password."""
    authenticator = Authenticator()
    async with staff.browser(await staff.session(pat)) as browser:
        assert (await added(browser, authenticator))[0].status_code == 201
        secrets = [browser.cookies["optin"]]

        async def proves(method, path, body):
            answer = await browser.request(method, path, json=body)
            assert answer.status_code == 200, answer.text
            trust(browser, answer.json())
            secrets.append(given(answer))

        await proves("POST", "/admin/api/session/actions/step_up", {"password": PASSWORD})
        await proves("PUT", "/admin/api/account/password", {"current": PASSWORD, "new": OTHER})
        app = pyotp.parse_uri((await browser.post("/admin/api/account/codes")).json()["address"])
        code = {"code": app.at(staff.process.clock.now())}
        assert (await browser.post("/admin/api/account/codes/actions/confirm", json=code)).status_code == 200
        staff.process.clock.ahead += timedelta(minutes=1)
        code = {"code": app.at(staff.process.clock.now())}
        await proves("POST", "/admin/api/session/actions/step_up", code)
        offer = (await browser.post("/admin/api/session/passkey/options")).json()
        proof = {"ticket": offer["ticket"], "credential": authenticator.signed(offer["options"])}
        await proves("POST", "/admin/api/session/actions/step_up_with_passkey", proof)
    assert len(set(secrets)) == 5
    assert [await is_in(staff, secret) for secret in secrets] == [False] * 4 + [True]


async def test_nothing_but_the_secret_itself_is_a_sign_in(staff, pat):
    opened = await staff.session(pat)
    async with staff.browser(opened) as browser:
        shown = (await browser.get("/admin/api/session")).json()
    token = opened.token
    near = [token[:-1], token + "A", token.swapcase(), f" {token} x", shown["csrf_token"], shown["session"], "", "%00"]
    near += [str(pat.id), opened.known or "", f"{token}; optin={token}", "é" * 43, token * 120]
    async with staff.browser() as browser:
        for one in near:
            answer = await browser.get("/admin/api/session", headers=[(b"Cookie", f"optin={one}".encode("latin-1"))])
            assert answer.status_code == 401, one
        for header in (f"Bearer {token}", f"Session {token}", token):
            assert (await browser.get("/admin/api/session", headers={"Authorization": header})).status_code == 401
        for query in (f"optin={token}", f"token={token}", f"session={token}"):
            assert (await browser.get(f"/admin/api/session?{query}")).status_code == 401
    assert await is_in(staff, token)


async def test_a_lesser_role_counts_for_sign_ins_that_go_on(staff, pat):
    """However it came about: another process, the console, the company's own accounts."""
    async with staff.browser(await staff.session(pat)) as browser:
        assert (await browser.get("/admin/api/operators")).status_code == 200
        await staff.process.scalar("UPDATE operators SET role = 'manager' WHERE id = $1", pat.id)
        assert (await browser.get("/admin/api/operators")).json()["code"] == "not-permitted"
        assert "operators:read" not in (await browser.get("/admin/api/session")).json()["permissions"]
        key = await browser.post("/api/v1/keys", json={"name": "x", "scopes": ["*"]})
        assert (key.status_code, key.json()["code"]) == (403, "not-permitted")


@pytest.mark.parametrize("how", ["idle", "old", "disabled", "ended", "forged"])
async def test_a_sign_in_that_is_over_opens_nothing_anywhere(staff, pat, how):
    opened, tried = await staff.session(pat), 0
    match how:
        case "idle":
            staff.process.clock.ahead += IDLE
        case "old":
            await staff.process.scalar("UPDATE operator_sessions SET created_at = now() - interval '12 hours 1 minute'")
        case "disabled":
            await staff.process.scalar("UPDATE operators SET disabled_at = now()")
        case "ended":
            await staff.process.scalar("DELETE FROM operator_sessions")
        case "forged":
            opened = type(opened)(operator=opened.operator, session=opened.session, token=PLANTED)
    async with staff.browser(opened) as browser:
        for method, path, handler in routes(staff.process.app):
            if needed(handler.opt) is not None:
                answer = await browser.request(method, address(path), json={})
                assert (answer.status_code, answer.json()["code"]) == (401, "session-over"), f"{method} {path}"
                tried += 1
    assert tried > 80


async def test_a_password_set_anew_ends_what_the_one_before_had_begun(staff, pat, app):
    """Whoever knew the old one, and waits for a code."""
    began = await post(staff, "/admin/api/session", {"email": EMAIL, "password": PASSWORD})
    ticket = began.json()["second_factor"]["ticket"]
    async with staff.browser(await staff.session(pat)) as owner:
        changed = await owner.put("/admin/api/account/password", json={"current": PASSWORD, "new": OTHER})
        assert changed.status_code == 200
    proof = {"ticket": ticket, "code": app.at(staff.process.clock.now())}
    late = await post(staff, "/admin/api/session/second_factor", proof)
    assert (late.status_code, late.json()["errors"][0]["field"]) == (403, "ticket")
    again = (await post(staff, "/admin/api/session", {"email": EMAIL, "password": OTHER})).json()
    proof["ticket"] = again["second_factor"]["ticket"]
    assert (await post(staff, "/admin/api/session/second_factor", proof)).status_code == 200


@pytest.mark.parametrize(("url", "prefix"), [("https://optin.example", "__Host-"), ("http://optin.example", "")])
async def test_every_cookie_is_for_this_host_no_script_and_no_other_site(start, staff, url, prefix):
    here = type(staff)(start(public_url=url))
    await here.operator(Role.SUPPORT, password=PASSWORD, email=EMAIL)
    async with here.browser() as browser:
        answer = await sign_in(browser, EMAIL)
        name, token = f"{prefix}optin", given(answer, f"{prefix}optin")
        browser.headers["Cookie"] = f"{name}={token}"
        out = await browser.delete("/admin/api/session")
    said = [*answer.headers.get_list("set-cookie"), *out.headers.get_list("set-cookie")]
    assert {one.partition("=")[0] for one in said} == {name, f"{name}-device"}
    for one in said:
        parts = one.split("; ")[1:]
        assert {"Path=/", "HttpOnly", "SameSite=Strict"} <= set(parts), one
        assert ("Secure" in parts) == bool(prefix)
        assert not [part for part in parts if part.lower().startswith("domain")]
    assert out.headers["set-cookie"].startswith(f"{name}=; Path=/; Max-Age=0;")


async def test_a_cookie_a_neighbour_planted_beside_the_real_one_is_not_preferred(staff, pat):
    mine, theirs = await staff.session(pat), await staff.session(await staff.operator(Role.SUPPORT))
    async with staff.browser() as browser:
        for pair in ((mine.token, theirs.token), (theirs.token, mine.token)):
            cookie = "; ".join(f"optin={token}" for token in pair)
            assert (await browser.get("/admin/api/session", headers={"Cookie": cookie})).status_code == 401
            twice = [(b"Cookie", f"optin={token}".encode()) for token in pair]
            assert (await browser.get("/admin/api/session", headers=twice)).status_code == 401
