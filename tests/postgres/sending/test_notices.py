"""What the product writes itself on a person's act: through the same gate, in their language, in the customer's words
where there are some, and no code left lying around.
"""

from datetime import timedelta

import pytest

from application.consent.recording import Agreement, Recording
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.evidence import Evidence
from domain.consent.ledger import Status as ConsentStatus
from domain.errors import Invalid
from domain.ids import MessageId, new_id
from domain.messages import Status
from domain.programs import NoSuchProgram, ProgramNotActive
from domain.programs import Status as ProgramStatus
from domain.templates.notices import Notice
from tests.installation import AFTERNOON
from tests.postgres.sending.business import OFFERS
from tests.postgres.sending.notices import PAT, ROBIN, to


async def body_of(business, message):
    [(content,)] = await business.ask("select content from message_bodies where message_id = $1", message.id)
    return content


async def test_an_answer_reaches_whoever_asked_for_help(business, write, phone):
    await business.agree(PAT)
    [message] = await write(to(PAT))
    assert (message.status, message.category) == (Status.QUEUED, "help_reply")
    [shown] = await phone()
    assert shown.text == (
        "Acme Ltd, weekly-offers (up to 4 messages a month). Help: https://acme.example/help. "
        "Msg & data rates may apply. Reply STOP to opt out."
    )


async def test_somebody_unknown_becomes_a_contact_once(business, write, phone):
    first, second = await write(to(ROBIN), to(ROBIN, Notice.CODE, values={"code": "042137", "minutes": "10"}))
    assert first.contact_point_id == second.contact_point_id
    assert await business.ask("select count(*) from contacts") == [(1,)]
    assert len(await phone()) == 2


async def test_after_an_opt_out_only_its_confirmation_and_help_leave(business, write):
    await business.agree(PAT)
    business.pass_by(minutes=1)
    await business.withdraw(PAT)
    code = to(PAT, Notice.CODE, values={"code": "042137", "minutes": "10"})
    written = await write(to(PAT, Notice.OPT_OUT_CONFIRMATION), to(PAT), code, to(PAT, Notice.DOUBLE_OPT_IN))
    assert [one.status for one in written] == [Status.QUEUED, Status.QUEUED, Status.BLOCKED, Status.BLOCKED]
    business.pass_by(minutes=6)
    [late] = await write(to(PAT, Notice.OPT_OUT_CONFIRMATION))
    assert (late.status, late.detail) == (Status.BLOCKED, "US-TCPA-REV-06")


async def test_what_was_put_on_the_ledger_just_before_counts(business, write):
    async def ask_for_it(now):
        recording = business.another(Recording)
        evidence = Evidence(source="first_party", medium="web_form", disclosure_text_verbatim="I agree to texts.")
        agreement = Agreement(
            address=Address.parse(PAT),
            program=OFFERS,
            channel=Channel.SMS,
            evidence=evidence,
            status=ConsentStatus.REQUESTED,
        )
        await recording([agreement], SYSTEM, now)

    [out_of_the_blue] = await write(to(PAT, Notice.DOUBLE_OPT_IN))
    [asked_for] = await write(to(PAT, Notice.DOUBLE_OPT_IN), before=ask_for_it)
    assert (out_of_the_blue.status, asked_for.status) == (Status.BLOCKED, Status.QUEUED)


async def test_a_notice_written_again_is_the_one_already_there(business, write, phone):
    seed = MessageId(new_id(business.clock.now()))
    first, twin = await write(to(PAT, message_id=seed), to(PAT, message_id=seed))
    assert first == twin
    assert len(await phone()) == 1
    [again] = await write(to(PAT, message_id=seed))
    assert (first.id, again.id, again.status) == (seed, seed, Status.SENT)
    assert len(await phone()) == 1


async def test_a_code_is_forgotten_once_it_has_left_and_other_words_are_not(business, write, phone):
    code, answer = await write(to(ROBIN, Notice.CODE, values={"code": "042137", "minutes": "10"}), to(ROBIN))
    assert await body_of(business, code)
    assert any("042137" in shown.text for shown in await phone())
    assert await body_of(business, code) == b""
    assert await body_of(business, answer)


async def test_a_link_that_was_not_sent_in_time_is_forgotten(business, write):
    soon = business.clock.now() + timedelta(minutes=5)
    [link] = await write(to(ROBIN, Notice.LINK, values={"link": "https://optin.example/v/abc"}, expires_at=soon))
    business.pass_by(minutes=6)
    await business.work()
    assert await business.status(link.id) == Status.EXPIRED
    assert await body_of(business, link) == b""


async def test_a_code_that_may_not_go_is_never_kept(business, write):
    [code] = await write(to(PAT, Notice.CODE, values={"code": "042137", "minutes": "10"}))
    assert code.status is Status.BLOCKED
    assert await body_of(business, code) == b""


async def test_how_long_a_code_is_good_for_follows_from_when_it_ends(business, write, phone):
    over = business.clock.now() + timedelta(minutes=9, seconds=1)
    await write(to(ROBIN, Notice.CODE, values={"code": "042137"}, expires_at=over))
    [shown] = await phone()
    assert "valid for 10 min" in shown.text


@pytest.mark.parametrize(
    ("wanted", "error", "said"),
    [
        (to(PAT, Notice.CODE, values={"minutes": "10"}), Invalid, "needs code"),
        (to(PAT, Notice.CODE, values={"code": "042137"}), Invalid, "needs minutes"),
        (to(PAT, values={"code": "042137"}), Invalid, "knows no code"),
        (to(PAT, Notice.LINK, values={"link": "https://optin.example", "hours": "24"}), Invalid, "no link notice"),
        (to(PAT, program="nothing-such"), NoSuchProgram, "no such program"),
        (to(PAT, expires_at=AFTERNOON), Invalid, "over before"),
    ],
)
async def test_what_cannot_be_written_is_refused_and_leaves_nothing(business, write, wanted, error, said):
    with pytest.raises(error, match=said):
        await write(to(ROBIN), wanted)
    assert await business.ask("select count(*) from contacts") == [(0,)]


async def test_a_paused_program_begins_nothing_and_still_answers(business, write):
    await business.move_program(OFFERS, ProgramStatus.PAUSED)
    with pytest.raises(ProgramNotActive):
        await write(to(ROBIN, Notice.CODE, values={"code": "042137", "minutes": "10"}))
    [answer] = await write(to(ROBIN))
    assert answer.status is Status.QUEUED


async def test_nothing_is_written_for_nobody(business, write):
    assert await write() == []
