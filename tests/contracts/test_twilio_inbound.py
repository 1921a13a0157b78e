"""What people text back through Twilio, as it arrives over HTTP and ends on the ledger."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from tests.contracts.twilio_office import PAT
from tests.contracts.twilio_phone import ACME, INBOUND, QUIET

pytestmark = pytest.mark.anyio


async def test_a_stop_in_plain_words_ends_it_and_is_confirmed_through_our_own_gate(phone, twilio_server):
    answer = await phone.text("please stop texting me")
    assert (answer.status_code, answer.content) == (200, QUIET)
    assert answer.headers["content-type"].startswith("text/xml")
    assert await phone.standing() == "revoked"
    await phone.settle()
    [confirmation] = twilio_server.taken
    assert (confirmation["To"], confirmation["From"]) == (PAT, ACME)
    assert "you are unsubscribed" in confirmation["Body"]


async def test_what_is_told_again_has_no_second_effect(phone, twilio_server):
    form = phone.form("STOP", MessageSid="SM" + "a" * 32)
    answers = [await phone.call(INBOUND, form) for _ in range(3)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, QUIET)}
    await phone.settle()
    assert await phone.entries() == ["granted", "revoked"]
    assert len(twilio_server.taken) == 1


async def test_twenty_deliveries_of_one_stop_at_once_make_one_entry_and_one_confirmation(phone, twilio_server):
    form = phone.form("STOP", MessageSid="SM" + "b" * 32)
    answers = await asyncio.gather(*(phone.call(INBOUND, form) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    await phone.settle()
    assert await phone.entries() == ["granted", "revoked"]
    assert len(twilio_server.taken) == 1


async def test_twenty_stops_at_once_make_one_entry_and_one_confirmation(phone, twilio_server):
    answers = await asyncio.gather(*(phone.text("STOP") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    await phone.settle()
    assert await phone.entries() == ["granted", "revoked"]
    assert len(twilio_server.taken) == 1
    assert Counter(reply.rule for reply in await phone.replies()) == {"US-TCPA-REV-01": 1, "CTIA-11": 19}


async def test_where_twilio_has_answered_already_nothing_is_said_again(phone, twilio_server):
    await phone.text("STOP", OptOutType="STOP")
    await phone.settle()
    assert twilio_server.taken == []
    assert await phone.standing() == "revoked"
    await phone.text("STOP")
    await phone.settle()
    assert twilio_server.taken == []


@pytest.mark.parametrize("keywords", ["twilio"])
async def test_where_twilio_answers_its_own_words_we_answer_all_others(phone, twilio_server):
    for words in ("HELP", " stop ", "Start"):
        await phone.text(words)
        phone.installation.clock.pass_by(timedelta(minutes=1))
    await phone.settle()
    assert twilio_server.taken == []
    assert await phone.entries() == ["granted", "revoked", "restarted"]
    await phone.text("please stop texting me")
    await phone.settle()
    assert [taken["To"] for taken in twilio_server.taken] == [PAT]


async def test_a_word_only_twilio_knows_counts_as_twilio_read_it(phone):
    await phone.text("pare ya", OptOutType="STOP")
    assert await phone.standing() == "revoked"


async def test_a_start_at_twilio_is_on_our_ledger_and_brings_no_offers_back(phone, twilio_server):
    await phone.text("STOP", OptOutType="STOP")
    await phone.text("START", OptOutType="START")
    assert await phone.entries() == ["granted", "revoked", "restarted"]
    assert await phone.standing() == "revoked"
    await phone.settle()
    assert twilio_server.taken == []


async def test_a_block_found_when_sending_is_on_our_ledger_once(phone, twilio_server):
    twilio_server.answers[PAT] = 21610
    await phone.send()
    await phone.send()
    assert await phone.entries() == ["granted", "revoked"]
    twilio_server.answers.clear()
    await phone.text("START")
    assert await phone.entries() == ["granted", "revoked", "restarted"]


async def test_help_is_answered_a_few_times_and_then_no_more(phone, twilio_server):
    answers = [await phone.text("HELP") for _ in range(200)]
    assert {answer.status_code for answer in answers} == {200}
    await phone.settle()
    assert len(twilio_server.taken) == 3
    assert await phone.entries() == ["granted"]


async def test_a_long_text_that_begins_with_a_wish_is_understood(phone):
    await phone.text("please stop texting me. " + "I have told you so many times. " * 60)
    assert await phone.standing() == "revoked"


async def test_pictures_are_counted_and_left_where_they_are(phone):
    sid = "MM" + "d" * 32
    answer = await phone.text("", MessageSid=sid, NumMedia="1", MediaUrl0="https://api.twilio.example/1")
    assert answer.status_code == 200
    [reply] = await phone.replies()
    assert (reply.media, reply.status) == (1, "read")
