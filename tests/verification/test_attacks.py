"""Somebody guesses, replays, floods and writes what no field is for."""

import asyncio
from collections import Counter

import pytest

from application.verification.verify import NewVerification, StartVerification
from domain.access import EVERYTHING, Actor
from domain.ids import new_id
from tests.verification.codes import MAIL, PAT, SAM, wrong_for

LIVE = Actor(id="key:test", permissions=EVERYTHING)


async def test_of_fifty_codes_tried_at_once_on_two_processes_five_count(start, acme):
    other = start()
    other.process.http.headers = acme.process.http.headers
    challenge = await acme.start(PAT)
    await acme.work()
    right = await acme.code(PAT)
    tried = [(acme, other)[n % 2].check(challenge, wrong_for(right)) for n in range(50)]
    assert Counter(await asyncio.gather(*tried)) == {"pending": 5, "locked": 45}
    assert (await acme.row(challenge))["failures"] == 5
    assert await acme.check(challenge, right) == "locked"


async def test_of_fifty_right_codes_at_once_one_is_approved(acme):
    challenge = await acme.start(PAT)
    await acme.work()
    right = await acme.code(PAT)
    answers = await asyncio.gather(*[acme.check(challenge, right) for _ in range(50)])
    assert Counter(answers) == {"approved": 1, "used": 49}


async def test_several_challenges_of_one_address_share_ten_tries_a_day(acme):
    challenges = []
    for purpose in ("confirm_address", "recovery", "doi"):
        challenges.append(await acme.start(PAT, purpose))
        await acme.work()
        acme.pass_by(seconds=130)
    assert len(await acme.received(PAT)) == 3
    wrong = wrong_for(await acme.code(PAT))
    tried = [acme.check(challenge, wrong) for challenge in challenges for _ in range(10)]
    answers = Counter(await asyncio.gather(*tried))
    assert answers == {"pending": 10, "locked": 20}
    assert await acme.ask("select sum(failures) from challenges") == [(10,)]


async def test_tries_spent_while_a_new_code_is_on_its_way_are_carried_over(acme):
    first = await acme.start(PAT)
    await acme.work()
    await acme.fails(first, PAT, 3)
    acme.pass_by(seconds=30)
    second = await acme.start(PAT)
    assert [await acme.check(second, "000000"), await acme.check(first, "000000")] == ["pending"] * 2
    await acme.work()
    assert (await acme.row(second))["refused"] == "locked"
    assert len(await acme.received(PAT)) == 1


async def test_a_code_is_worth_nothing_for_another_address_purpose_or_challenge(acme):
    pats, sams = await acme.start(PAT), await acme.start(SAM)
    await acme.work()
    acme.pass_by(minutes=1)
    recovering = await acme.start(PAT, "recovery")
    for_pat = await acme.code(PAT)
    await acme.work()
    for_recovery, for_sam = await acme.code(PAT), await acme.code(SAM)
    for challenge, code, own in ((pats, for_sam, for_pat), (sams, for_pat, for_sam), (recovering, for_pat, "")):
        assert code != own
        assert await acme.check(challenge, code) == "pending"
    assert await acme.check(pats, for_recovery) == "pending"
    assert [await acme.check(*one) for one in ((pats, for_pat), (sams, for_sam), (recovering, for_recovery))] == [
        "approved"
    ] * 3


async def test_a_stamp_moved_to_another_row_opens_nothing(acme):
    pats, sams = await acme.start(PAT), await acme.start(SAM)
    await acme.work()
    await acme.ask(
        "update challenges set secret = (select secret from challenges where id = $1::uuid) where id = $2::uuid",
        pats,
        sams,
    )
    assert await acme.check(sams, await acme.code(PAT)) == "pending"


async def test_a_repeated_check_is_answered_again_and_a_new_one_is_not(acme):
    challenge = await acme.start(PAT)
    await acme.work()
    code, once = await acme.code(PAT), {"headers": {"Idempotency-Key": "check-1"}}
    assert [await acme.check(challenge, code, **once) for _ in range(2)] == ["approved"] * 2
    assert await acme.check(challenge, code) == "used"


async def test_a_repeated_request_starts_one_challenge(acme):
    body, headers = {"address": PAT, "purpose": "confirm_address"}, {"Idempotency-Key": "start-1"}
    first, again = [await acme.process.http.post("/api/v1/verifications", json=body, headers=headers) for _ in range(2)]
    assert first.json() == again.json()
    await acme.work()
    assert len(await acme.received(PAT)) == 1


async def test_what_was_started_before_a_crash_is_what_the_repeat_is_told(acme):
    start, seed = acme.process.use_cases[StartVerification], new_id(acme.clock.now())
    command = NewVerification(address=PAT, purpose="confirm_address")
    first = await start(command, LIVE, seed=seed)
    acme.pass_by(minutes=1)
    assert await start(command, LIVE, seed=seed) == first
    assert await acme.ask("select count(*) from challenges") == [(1,)]


async def test_a_test_key_cannot_check_what_is_live_nor_a_key_without_the_scope(acme):
    challenge = await acme.start(PAT)
    await acme.work()
    code = await acme.code(PAT)
    for key, status in ((await acme.process.issue(live=False), 404), (await acme.process.issue("messages:send"), 403)):
        headers = {"Authorization": f"Bearer {key.secret}"}
        assert (await acme.answer(challenge, code, headers=headers)).status_code == status
        body = {"address": "none", "purpose": "none"}
        started = await acme.process.http.post("/api/v1/verifications", json=body, headers=headers)
        assert started.status_code == (403 if status == 403 else 422)
    assert await acme.check(challenge, code) == "approved"


@pytest.mark.parametrize(
    "purpose",
    [
        "",
        "<b>prize</b>",
        "confirm\r\nBcc: sam@example.com",
        "https://evil.example",
        "evil.example",
        "Sign In",
        "sign_in ",
        "_sign",
        "sign__in",
        "{{ code }}",
        "a" * 41,
        "\u0455ign_in",
        "sign\u202ein",
        "sign\x00in",
    ],
)
async def test_a_purpose_is_a_word_and_nothing_that_could_be_read_as_more(acme, purpose):
    answer = await acme.process.http.post("/api/v1/verifications", json={"address": PAT, "purpose": purpose})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["purpose"]
    assert await acme.ask("select count(*) from challenges") == [(0,)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", "nobody"),
        ("address", "+1212"),
        ("address", "pat@example.com\r\nBcc: sam@example.com"),
        ("address", "9" * 400),
        ("ip", "203.0.113.7, 203.0.113.8"),
        ("ip", "localhost"),
        ("locale", "en_US.UTF-8"),
        ("surprise", "1"),
        ("disclosure", ""),
        ("disclosure", "x" * 2001),
    ],
)
async def test_what_cannot_be_is_refused_with_the_field_that_is_wrong(acme, field, value):
    body = {"address": PAT, "purpose": "confirm_address", field: value}
    answer = await acme.process.http.post("/api/v1/verifications", json=body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("code", ["", "0" * 33, 123456, None])
async def test_a_code_that_cannot_be_one_costs_no_try(acme, code):
    challenge = await acme.start(PAT)
    await acme.work()
    assert (await acme.answer(challenge, code)).status_code == 422
    assert (await acme.row(challenge))["failures"] == 0


@pytest.mark.parametrize(
    "code",
    ["\uff11\uff12\uff13\uff14\uff15\uff16", "\U0001f600", "\x00", "0x1E240", "1e5"],
)
async def test_an_odd_code_is_a_wrong_one(acme, code):
    challenge = await acme.start(PAT)
    await acme.work()
    answer = await acme.answer(challenge, code)
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        assert answer.json() == {"status": "pending"}
    assert await acme.check(challenge, await acme.code(PAT)) == "approved"


async def test_a_code_may_be_typed_in_groups(acme):
    challenge = await acme.start(PAT)
    await acme.work()
    code = await acme.code(PAT)
    assert await acme.check(challenge, f" {code[:3]} - {code[3:]} ") == "approved"


async def test_a_body_of_two_megabytes_is_too_large(acme):
    body = {"address": PAT, "purpose": "confirm_address", "disclosure": "x" * (2 << 20)}
    assert (await acme.process.http.post("/api/v1/verifications", json=body)).status_code == 413


async def test_signing_up_somebody_else_again_and_again_sends_them_five_messages(acme):
    for number in range(40):
        await acme.start(MAIL, ip=f"2001:db8:{number:x}::1", purpose=("confirm_address", "doi")[number % 2])
        await acme.work()
        acme.pass_by(minutes=15)
    assert len(await acme.received(MAIL)) == 5


async def test_nothing_personal_and_no_code_lies_in_clear(acme):
    await acme.start(PAT, ip="203.0.113.77", disclosure="Zebras text you a code.")
    await acme.work()
    code = await acme.code(PAT)
    [(row,)] = await acme.ask("select c::text from challenges c")
    for secret in (PAT, PAT[2:], "203.0.113", "Zebras", code):
        assert secret not in row
        assert secret.encode().hex() not in row
