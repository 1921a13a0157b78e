"""Passkeys, with an authenticator that signs for real."""

from datetime import timedelta

import pytest

from domain.roles import Role
from tests.access.authenticator import PRESENT, Authenticator
from tests.access.conftest import trust


@pytest.fixture
async def browser(staff):
    async with await staff.signed_in(Role.SUPPORT) as browser:
        yield browser


async def added(browser, authenticator, **made):
    offer = (await browser.post("/admin/api/account/passkeys/options")).json()
    body = {"ticket": offer["ticket"], "name": "My phone", "credential": authenticator.made(offer["options"], **made)}
    return await browser.post("/admin/api/account/passkeys", json=body), body


async def proven(browser, authenticator, path="/admin/api/session/passkey", **signed):
    offer = (await browser.post("/admin/api/session/passkey/options")).json()
    body = {"ticket": offer["ticket"], "credential": authenticator.signed(offer["options"], **signed)}
    return await browser.post(path, json=body), body


async def test_a_passkey_signs_in_alone_and_its_answer_counts_once(staff, browser):
    phone = Authenticator()
    answer, body = await added(browser, phone)
    assert answer.status_code == 201, answer.text
    assert (await browser.post("/admin/api/account/passkeys", json=body)).status_code == 403
    async with staff.browser() as other:
        signed_in, proof = await proven(other, phone)
        assert signed_in.json()["operator"]["role"] == "support"
        assert (await other.post("/admin/api/session/passkey", json=proof)).status_code == 403
    assert (await browser.get("/admin/api/account/passkeys")).json()["items"][0]["last_used_at"] is not None


async def test_only_its_own_site_and_only_unlocked(staff, browser):
    elsewhere = Authenticator(origin="https://optin.evil.example")
    assert (await added(browser, elsewhere))[0].json()["code"] == "factor-wrong"
    phone = Authenticator()
    assert (await added(browser, phone, flags=PRESENT))[0].json()["code"] == "factor-wrong"
    assert (await added(browser, phone))[0].status_code == 201
    async with staff.browser() as other:
        assert (await proven(other, phone, flags=PRESENT))[0].json()["code"] == "sign-in-failed"
        phone.origin = elsewhere.origin
        assert (await proven(other, phone))[0].json()["code"] == "sign-in-failed"
        assert (await proven(other, Authenticator()))[0].json()["code"] == "sign-in-failed"


async def test_a_count_that_does_not_grow_tells_of_a_copy(staff, browser):
    phone = Authenticator()
    await added(browser, phone)
    async with staff.browser() as other:
        assert (await proven(other, phone))[0].status_code == 200
        assert (await proven(other, phone, counted=False))[0].json()["code"] == "sign-in-failed"


async def test_a_passkey_of_somebody_else_proves_nothing_and_is_not_theirs_to_remove(staff, browser):
    mine, theirs = Authenticator(), Authenticator()
    passkey = (await added(browser, mine))[0].json()
    async with await staff.signed_in(Role.ADMIN) as other:
        await added(other, theirs)
        staff.process.clock.ahead += timedelta(minutes=11)
        step_up = "/admin/api/session/actions/step_up_with_passkey"
        assert (await proven(other, mine, step_up))[0].json()["code"] == "factor-wrong"
        assert (await other.post("/admin/api/account/passkeys/options")).json()["code"] == "step-up-needed"
        trust(other, (await proven(other, theirs, step_up))[0].json())
        assert (await other.delete(f"/admin/api/account/passkeys/{passkey['id']}")).status_code == 404


@pytest.mark.parametrize("credential", [{}, {"rawId": 7}, {"rawId": "!"}, {"rawId": "AAAA", "response": {}}])
async def test_what_is_no_answer_of_an_authenticator_is_refused(staff, browser, credential):
    await added(browser, Authenticator())
    async with staff.browser() as other:
        ticket = (await other.post("/admin/api/session/passkey/options")).json()["ticket"]
        answer = await other.post("/admin/api/session/passkey", json={"ticket": ticket, "credential": credential})
        assert answer.json()["code"] == "sign-in-failed"
    offer = (await browser.post("/admin/api/account/passkeys/options")).json()
    body = {"ticket": offer["ticket"], "name": "Odd", "credential": credential}
    assert (await browser.post("/admin/api/account/passkeys", json=body)).json()["code"] == "factor-wrong"
