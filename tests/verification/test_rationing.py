"""How much may be sent, by whom and to whom, on real PostgreSQL."""

import pytest

from application.programs.write import MoveProgram
from application.verification.housekeeping import ForgetChallenges
from bootstrap.ports import countries_for_codes
from bootstrap.settings import Settings, SettingsUnusable
from domain.access import SYSTEM
from domain.programs import Status
from tests.verification.codes import MAIL, PAT, SAM


async def refusals(acme):
    return dict(await acme.ask("select refused, count(*) from challenges where refused is not null group by 1"))


async def test_a_block_of_numbers_that_never_answers_gets_no_more_codes_for_a_while(acme):
    for number in range(10):
        await acme.start(f"+1212555{100 + number:04}")
    await acme.work()
    acme.pass_by(minutes=11)
    await acme.start("+12125550150")
    await acme.start("+16465550150")
    await acme.work()
    assert await refusals(acme) == {"conversion": 1}
    assert len(await acme.received("+16465550150")) == 1
    acme.pass_by(minutes=50)
    await acme.start("+12125550151")
    await acme.work()
    assert len(await acme.received("+12125550151")) == 1


async def test_a_block_where_a_third_answers_goes_on_getting_codes(acme):
    for number in range(9):
        address = f"+1212555{100 + number:04}"
        challenge = await acme.start(address)
        await acme.work()
        if number % 3 == 0:
            assert await acme.check(challenge, await acme.code(address)) == "approved"
    acme.pass_by(minutes=11)
    for address in ("+12125550150", "+12125550151"):
        await acme.start(address)
    await acme.work()
    assert await refusals(acme) == {}


async def test_all_together_have_a_limit_for_an_hour_live_and_test_apart(start, acme):
    small = start(verification_per_hour=2)
    small.process.http.headers = acme.process.http.headers
    for address in (PAT, SAM, MAIL):
        await small.start(address)
    await small.work()
    assert await refusals(small) == {"in all": 1}
    small.process.http.headers["Authorization"] = f"Bearer {(await small.process.issue(live=False)).secret}"
    await small.start(PAT)
    await small.work()
    assert len(await small.received(PAT, live=False)) == 1


async def test_codes_go_to_the_countries_that_are_set_and_else_to_those_of_the_senders(start, acme):
    toronto, new_york = "+14165550101", "+12125550101"
    await acme.start(toronto)
    await acme.work()
    assert await refusals(acme) == {"country not enabled": 1}
    abroad = start(verification_countries="CA")
    abroad.process.http.headers = acme.process.http.headers
    for address in (toronto, new_york):
        await abroad.start(address)
    await abroad.work()
    assert len(await abroad.received(toronto)) == 1
    assert await refusals(abroad) == {"country not enabled": 2}


@pytest.mark.parametrize(
    ("written", "read"), [("", set()), ("US", {"US"}), ("US, CA,", {"US", "CA"}), ("us", None), ("United States", None)]
)
def test_countries_are_listed_by_two_capital_letters(written, read):
    settings = Settings(verification_countries=written)
    if read is None:
        with pytest.raises(SettingsUnusable):
            countries_for_codes(settings)
    else:
        assert countries_for_codes(settings) == read


async def test_who_proved_themselves_need_not_wait_for_the_next_code(acme):
    challenge = await acme.start(PAT)
    await acme.work()
    assert await acme.check(challenge, await acme.code(PAT)) == "approved"
    await acme.start(PAT, "sign_in")
    await acme.work()
    assert len(await acme.received(PAT)) == 2


async def test_of_several_requests_at_once_the_last_is_sent(acme):
    challenges = []
    for _ in range(3):
        challenges.append(await acme.start(PAT))
        acme.pass_by(seconds=1)
    await acme.work()
    code = await acme.code(PAT)
    assert len(await acme.received(PAT)) == 1
    assert [await acme.check(challenge, code) for challenge in challenges] == ["expired", "expired", "approved"]


async def test_what_waits_too_long_for_its_turn_is_not_sent(acme):
    challenge = await acme.start(PAT)
    acme.pass_by(minutes=10)
    await acme.work()
    assert await refusals(acme) == {"too late": 1}
    assert await acme.received(PAT) == []
    assert await acme.check(challenge, "000000") == "pending"


async def test_a_program_that_stopped_meanwhile_keeps_nobody_elses_code(acme):
    await acme.start(PAT)
    await acme.start(SAM, program="weekly-offers")
    await acme.process.use_cases[MoveProgram]("weekly-offers", Status.PAUSED, SYSTEM)
    await acme.work()
    assert await refusals(acme) == {"program": 1}
    assert len(await acme.received(PAT)) == 1


async def test_without_a_program_to_send_under_the_answer_says_what_to_do(acme):
    for program in ("codes", "weekly-offers"):
        await acme.process.use_cases[MoveProgram](program, Status.PAUSED, SYSTEM)
    answer = await acme.process.http.post("/api/v1/verifications", json={"address": PAT, "purpose": "confirm_address"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no-program-for-codes")
    assert "activate" in answer.json()["detail"]


async def test_the_program_that_is_set_carries_the_code(start, acme):
    chosen = start(verification_program="weekly-offers")
    chosen.process.http.headers = acme.process.http.headers
    for verifying, program in ((acme, "codes"), (chosen, "weekly-offers")):
        assert (await verifying.row(await verifying.start(PAT)))["program"] == program


async def test_what_cannot_be_read_any_more_keeps_nobody_waiting(acme):
    broken = await acme.start(PAT)
    await acme.ask("update challenges set address = '\\x00' where id = $1::uuid", broken)
    await acme.start(SAM)
    await acme.work()
    assert await refusals(acme) == {"unreadable": 1}
    assert len(await acme.received(SAM)) == 1


async def test_nothing_personal_is_kept_after_it_served_and_nothing_at_all_after_a_day(acme):
    forget = acme.process.use_cases[ForgetChallenges]
    personal = "select count(*), count(address), count(payload), count(evidence) from challenges"
    used, unused = await acme.start(PAT), await acme.start(SAM)
    await acme.work()
    assert await acme.check(used, await acme.code(PAT)) == "approved"
    assert await acme.ask(personal) == [(2, 1, 0, 1)]
    assert await forget() == 0
    acme.pass_by(minutes=11)
    assert await forget() == 1
    assert await acme.ask(personal) == [(2, 0, 0, 0)]
    assert [await acme.check(used, "000000"), await acme.check(unused, "000000")] == ["used", "expired"]
    acme.pass_by(hours=24)
    assert await forget() == 2
    assert await acme.ask(personal) == [(0, 0, 0, 0)]
    assert (await acme.answer(used, "000000")).status_code == 404


async def test_what_waits_for_its_turn_is_not_forgotten(acme):
    await acme.start(PAT)
    assert await acme.process.use_cases[ForgetChallenges]() == 0
    await acme.work()
    assert len(await acme.received(PAT)) == 1
