"""Whoever asks, and whoever tries, learns nothing about an address: not from the answer, and not from its time."""

import random
from time import perf_counter

import pytest

from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.contacts.write import CreateContact, NewContact
from application.verification.send_challenges import SendChallenges
from domain.access import EVERYTHING, Actor
from tests.postgres.sending.business import people

LIVE = Actor(id="key:test", permissions=EVERYTHING)
# Of two hundred turns between equals chance makes less than three in a hundred thousand leave these bounds.
LEAST, MOST = 0.35, 0.65


async def known_and_not(acme):
    """Three people alike but in what is known of them."""
    known, unknown, left = people(3)
    await acme.process.use_cases[CreateContact](NewContact(addresses=(known,)), LIVE)
    await acme.process.use_cases[WithdrawConsents](WithdrawConsent(address=left), LIVE)
    return {"known": known, "unknown": unknown, "left": left}


async def test_the_answer_tells_nothing_about_the_address(acme):
    seen = {}
    for who, address in (await known_and_not(acme)).items():
        answer = await acme.process.http.post(
            "/api/v1/verifications", json={"address": address, "purpose": "confirm_address"}
        )
        await acme.work()
        checked = await acme.answer(answer.json()["id"], "000000")
        headers = {name for name in answer.headers if not name.startswith("ratelimit")}
        seen[who] = (
            answer.status_code,
            len(answer.content),
            answer.json()["expires_at"],
            headers,
            checked.status_code,
            checked.content,
        )
    assert seen["known"] == seen["unknown"] == seen["left"]
    assert await acme.ask("select count(*) from sandbox_messages") == [(2,)]


async def nothing():
    pass


async def slower(pairs, turns=200, between=nothing):
    """In which share of turns the one took longer than the other, both asked one after the other in random order.
    What else the machine does meanwhile meets both alike.
    """
    longer = 0
    for turn in range(turns):
        took = {}
        for name in random.sample(list(pairs), k=2):
            await between()
            began = perf_counter()
            await pairs[name](turn)
            took[name] = perf_counter() - began
        longer += took["one"] > took["other"]
    return longer / turns


@pytest.mark.parametrize("who", ["known", "left"])
async def test_the_time_to_answer_tells_nothing_about_the_address(acme, who):
    addresses = await known_and_not(acme)
    pairs = {
        "one": lambda _: acme.start(addresses[who]),
        "other": lambda _: acme.start(addresses["unknown"]),
    }
    await slower(pairs, 10)
    assert LEAST < await slower(pairs) < MOST


async def test_sending_before_answering_would_be_noticed(acme):
    send = acme.process.use_cases[SendChallenges]

    async def at_once(turn):
        await acme.start(people(200)[turn])
        await send()

    pairs = {"one": at_once, "other": lambda turn: acme.start(people(400)[200 + turn])}
    assert await slower(pairs, 50) > MOST


async def test_the_time_to_check_tells_nothing_about_the_address(acme):
    """Of those who opted out no code was ever made."""
    everybody = people(2000)
    left, unknown = everybody[0:2000:50], everybody[25:2000:50]
    for address in left:
        await acme.process.use_cases[WithdrawConsents](WithdrawConsent(address=address), LIVE)
    asked = {address: await acme.start(address) for address in (*left, *unknown)}
    await acme.work()
    assert await acme.ask("select count(secret), count(*) from challenges") == [(40, 80)]

    async def wrong(address):
        assert await acme.check(asked[address], "none") == "pending"

    pairs = {"one": lambda turn: wrong(left[turn // 5]), "other": lambda turn: wrong(unknown[turn // 5])}
    assert LEAST < await slower(pairs) < MOST
