"""Whoever guesses is counted before it is known whether they guessed right, side by side and wherever they ask from.
The time an answer takes tells nothing.
"""

import asyncio
from collections import Counter
from datetime import timedelta

import pyotp
import pytest

from domain.roles import Role
from tests.access.conftest import PASSWORD, sign_in
from tests.access.test_joining import Mailbox
from tests.verification.test_enumeration import LEAST, MOST, slower

EMAIL = "pat@example.com"
WRONG = "not the right password"
OTHER = "five words are an even finer one"
FACTOR = "/admin/api/session/second_factor"


@pytest.fixture
async def pat(staff):
    return await staff.operator(Role.ADMIN, password=PASSWORD, email=EMAIL)


async def with_codes(staff, pat):
    """The recovery codes of an account that is asked for codes from now on."""
    async with staff.browser(await staff.session(pat)) as browser:
        app = pyotp.parse_uri((await browser.post("/admin/api/account/codes")).json()["address"])
        code = {"code": app.at(staff.process.clock.now())}
        return (await browser.post("/admin/api/account/codes/actions/confirm", json=code)).json()["codes"]


async def side_by_side(asked):
    return Counter(answer.status_code for answer in await asyncio.gather(*asked))


async def tickets(staff, many):
    found = []
    for number in range(many):
        async with staff.browser(ip=f"198.51.{number}.1") as browser:
            found.append((await sign_in(browser, EMAIL)).json()["second_factor"]["ticket"])
    return found


@pytest.mark.parametrize("kind", ["code", "recovery_code"])
async def test_second_factors_guessed_side_by_side_from_many_networks_count_five(start, staff, pat, kind):
    """Each guess with a ticket of its own, over two processes."""
    await with_codes(staff, pat)
    other = type(staff)(start())
    asked = []
    for number, ticket in enumerate(await tickets(staff, 12)):
        guess = f"{number:06}" if kind == "code" else f"AAAA-AAAA-AAAA-{number:04}"
        here = (staff, other)[number % 2]
        asked.append(here.browser(ip=f"198.51.{number}.1").post(FACTOR, json={"ticket": ticket, kind: guess}))
    assert await side_by_side(asked) == {403: 5, 429: 7}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/admin/api/session/actions/step_up", {"password": "not the password of pat"}),
        ("PUT", "/admin/api/account/password", {"current": "not the password of pat", "new": OTHER}),
    ],
)
async def test_who_took_over_a_sign_in_cannot_guess_the_password_with_it(staff, pat, method, path, body):
    """On as many sign-ins as they like, and not by the one way after the other."""
    browsers = [staff.browser(await staff.session(pat)) for _ in range(3)]
    asked = [browsers[number % 3].request(method, path, json=body) for number in range(12)]
    assert await side_by_side(asked) == {403: 5, 429: 7}
    step_up = await browsers[0].post("/admin/api/session/actions/step_up", json={"password": PASSWORD})
    assert step_up.status_code == 429
    for browser in browsers:
        await browser.aclose()


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/admin/api/first", {"email": "eve@example.com", "name": "Eve", "password": OTHER}),
        ("/admin/api/invitations/actions/accept", {"name": "Eve", "password": OTHER}),
        ("/admin/api/password_resets/actions/finish", {"password": OTHER}),
    ],
)
async def test_links_are_tried_no_more_often_than_a_network_may_ask(start, staff, path, more):
    """256 bits are not guessed; what trying costs us is bounded all the same."""
    process = start(visitor_rate_per_minute=5)
    now = process.clock.now()
    process.clock.ahead = timedelta(seconds=60 - now.second, microseconds=-now.microsecond)
    few = type(staff)(process)
    async with few.browser(ip="203.0.113.7") as browser:
        asked = [browser.post(path, json={**more, "token": f"{number:043}"}) for number in range(15)]
        assert await side_by_side(asked) == {403: 5, 429: 10}
    assert await process.scalar("SELECT count(*) FROM operators") == 0


async def test_links_for_a_new_password_are_asked_for_three_times_an_account(staff, pat):
    asked = [
        staff.browser(ip=f"198.51.{number}.1").post("/admin/api/password_resets", json={"email": email})
        for number, email in enumerate([EMAIL, EMAIL.upper(), "Pat@Example.com"] * 3)
    ]
    assert await side_by_side(asked) == {202: 3, 429: 6}


async def several(staff, many, password=None):
    operators = [
        await staff.operator(
            Role.SUPPORT, email=f"known{number}@example.com", password=password if number == 0 else None
        )
        for number in range(many)
    ]
    hashed = operators[0].password
    if hashed is not None:
        await staff.process.scalar("UPDATE operators SET password = $1", hashed)
    return operators


def guess(staff, kind, password):
    """Of eight accounts in turn, each time from another network."""

    async def once(turn):
        async with staff.browser(ip=f"198.{18 + len(kind) % 2}.{turn}.1") as browser:
            await sign_in(browser, f"{kind}{turn % 8}@example.com", password)

    return once


async def test_the_time_to_sign_in_tells_nothing_about_the_address(staff):
    await several(staff, 8, PASSWORD)
    pairs = {"one": guess(staff, "known", WRONG), "other": guess(staff, "nobody", WRONG)}
    await slower(pairs, 4)
    assert LEAST < await slower(pairs) < MOST


async def test_a_password_that_is_not_weighed_would_be_noticed(staff):
    """What is refused before it is hashed is faster; so the measure above can tell."""
    await several(staff, 8, PASSWORD)
    too_short = guess(staff, "nobody", "")
    pairs = {"one": guess(staff, "known", WRONG), "other": too_short}
    assert await slower(pairs, 30) > MOST


async def test_the_time_to_ask_for_a_new_password_tells_nothing_about_the_address(start, staff):
    async with Mailbox().running() as mailbox:
        mail = {"email_carrier": "smtp", "smtp_host": "127.0.0.1", "smtp_port": mailbox.port, "smtp_security": "none"}
        process = start(public_url="https://optin.example", operator_mail_from="optin@example.com", **mail)
        here, due = type(staff)(process), 0
        await several(here, 70)

        def asks(kind):
            async def once(turn):
                nonlocal due
                body = {"email": f"{kind}{turn % 70}@example.com"}
                async with here.browser(ip=f"198.18.{turn}.{len(kind)}") as browser:
                    assert (await browser.post("/admin/api/password_resets", json=body)).status_code == 202
                due += kind == "known"

            return once

        async def mail_is_out():
            """What goes on behind the one answer must not slow the next."""
            nonlocal due
            while due:
                await asyncio.wait_for(mailbox.arrived.get(), 20)
                due -= 1

        share = await slower({"one": asks("known"), "other": asks("stranger")}, between=mail_is_out)
        await mail_is_out()
        await process.ports.carriers().close()
    assert LEAST < share < MOST
