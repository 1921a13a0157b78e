"""Replies that meet each other, a worker, or the end of a process: the outcome is that of one after the other."""

import asyncio

import pytest

from adapters.outbound.postgres.replies import PostgresReplies
from application.messages.dispatch import Dispatch
from application.replies.ports import Listed
from application.replies.receive import ReceiveReply
from application.replies.review import NothingToShow, ReplyQueries, ResolveReply, RevealReply
from application.replies.surroundings import Inbound
from domain.access import Actor, NotPermitted, Permission
from domain.errors import Invalid
from domain.messages import Status
from domain.replies import AlreadyResolved, NoSuchReply
from domain.replies import Status as ReplyStatus
from tests.postgres.sending.business import OFFERS, ORDERS
from tests.postgres.sending.carriers import ToldCarrier

PAT, SAM, ACME = "+12125550101", "+12125550102", "+12125550100"


@pytest.fixture
def carrier():
    return ToldCarrier()


@pytest.fixture
async def business(start, carrier):
    business = start(carriers=lambda _: carrier)
    await business.open()
    await business.agree(PAT, SAM)
    await business.agree(PAT, program=ORDERS)
    return business


def text(words, number, sender=PAT, **more):
    return Inbound(carrier_id=f"SM{number:032x}", sender=sender, to=ACME, text=words, provider="twilio", **more)


async def entries(business):
    return [status for (status,) in await business.ask("select status from consent_entries order by position")]


async def unclear(business):
    found = await business[ReplyQueries].page(Listed(status=ReplyStatus.UNCLEAR), business.actor)
    return [seen.reply for seen in found]


@pytest.mark.parametrize("words", ["STOP", "leave me alone", "enough"])
async def test_a_reply_that_comes_while_a_message_is_on_its_way_is_obeyed(business, carrier, words):
    [pat, sam] = await business.send(PAT, SAM)

    async def reply(other):
        await other[ReceiveReply](text(words, 1), live=True)

    await business.another(Dispatch, reached=business.elsewhere("claimed", reply))()
    assert [one.message_id for one in carrier.given] == [sam]
    await business.work()
    assert await business.status(pat) == Status.BLOCKED


async def test_two_deliveries_wait_for_each_other_and_the_second_finds_it_done(start, business):
    reading, resumed = asyncio.Event(), asyncio.Event()

    class SlowReplies(PostgresReplies):
        async def keep(self, reply, text):
            reading.set()
            await resumed.wait()
            await super().keep(reply, text)

    other = start()
    slow = other.another(ReceiveReply, replies=SlowReplies(other.ports.database()))
    first = asyncio.create_task(slow(text("STOP", 1), live=True))
    await reading.wait()
    second = asyncio.create_task(business[ReceiveReply](text("STOP", 1), live=True))
    await start().sees_ended_or_waiting(second)
    assert not second.done()
    resumed.set()
    assert [one.repeated for one in await asyncio.gather(first, second)] == [False, True]
    assert (await entries(business)).count("revoked") == 1


class PowerCut(Exception):
    pass


async def test_what_is_interrupted_has_done_nothing_and_is_done_when_it_is_told_again(business, carrier):
    class Interrupted(PostgresReplies):
        async def keep(self, *_):
            raise PowerCut

    interrupted = business.another(ReceiveReply, replies=Interrupted(business.ports.database()))
    with pytest.raises(PowerCut):
        await interrupted(text("STOP", 1), live=True)
    assert "revoked" not in await entries(business)
    assert await business.ask("select count(*) from replies") == [(0,)]
    received = await business[ReceiveReply](text("STOP", 1), live=True)
    assert (received.repeated, received.effect) == (False, "opt_out")
    await business.work()
    assert [one.content.text for one in carrier.given] == [
        "Acme Ltd: you are unsubscribed and will get no more texts from us."
    ]


async def test_a_confirmation_is_judged_by_the_gate_and_names_the_rule_that_lets_it_out(business):
    await business[ReceiveReply](text("STOP", 1), live=True)
    await business.work()
    [(category, status, rule)] = await business.ask(
        "select m.category, m.status, convert_from(b.decision, 'UTF8')::json ->> 'rule' "
        "from messages m join message_bodies b on b.message_id = m.id"
    )
    assert (category, status, rule) == ("optout_confirmation", "sent", "US-TCPA-REV-06")


async def test_marketing_goes_on_only_when_nothing_of_theirs_waits_any_more(business):
    for number in (1, 2):
        await business[ReceiveReply](text("enough", number), live=True)
    first, second = await unclear(business)
    await business[ResolveReply](first.id, "dismiss", business.actor)
    [still] = await business.send(PAT)
    assert await business.status(still) == Status.BLOCKED
    await business[ResolveReply](second.id, "dismiss", business.actor)
    [again] = await business.send(PAT)
    await business.work()
    assert await business.status(again) == Status.SENT


async def test_a_decision_stands_and_can_be_repeated_but_not_turned_round(business):
    await business[ReceiveReply](text("enough", 1), live=True)
    [reply] = await unclear(business)
    for _ in range(2):
        await business[ResolveReply](reply.id, "opt_out", business.actor)
    assert (await entries(business)).count("revoked") == 1
    with pytest.raises(AlreadyResolved):
        await business[ResolveReply](reply.id, "dismiss", business.actor)


async def test_two_who_decide_at_once_make_one_decision(business):
    await business[ReceiveReply](text("enough", 1), live=True)
    [reply] = await unclear(business)
    outcomes = await asyncio.gather(
        *(business[ResolveReply](reply.id, decided, business.actor) for decided in ("opt_out", "dismiss")),
        return_exceptions=True,
    )
    assert sum(isinstance(one, AlreadyResolved) for one in outcomes) == 1
    decided = {"revoked", "resumed"} & set(await entries(business))
    assert len(decided) == 1


async def test_the_words_are_shown_for_a_reason_and_the_trail_knows_of_it(business):
    await business[ReceiveReply](text("Enough!!", 1), live=True)
    [reply] = await unclear(business)
    with pytest.raises(Invalid):
        await business[RevealReply](reply.id, "  ", business.actor)
    assert await business[RevealReply](reply.id, "Is it an opt-out?", business.actor) == "Enough!!"
    records = await business.ask("select action from audit_records where action like 'reply.%'")
    assert records == [("reply.revealed",)]


async def test_who_may_not_see_or_decide_does_neither(business):
    await business[ReceiveReply](text("enough", 1), live=True)
    [reply] = await unclear(business)
    reader = Actor(id="key:reader", permissions=frozenset({Permission.READ_REPLIES}))
    with pytest.raises(NotPermitted):
        await business[RevealReply](reply.id, "curious", reader)
    with pytest.raises(NotPermitted):
        await business[ResolveReply](reply.id, "dismiss", reader)
    [seen] = await business[ReplyQueries].page(Listed(), reader)
    assert seen.sender == "+1 2**-***-0101"


async def test_a_test_key_sees_no_live_reply(business):
    await business[ReceiveReply](text("enough", 1), live=True)
    [reply] = await unclear(business)
    tester = Actor(id="key:test", permissions=frozenset(Permission), live=False)
    assert await business[ReplyQueries].page(Listed(), tester) == []
    with pytest.raises(NoSuchReply):
        await business[RevealReply](reply.id, "curious", tester)


async def test_of_a_stranger_no_word_is_kept(business):
    await business[ReceiveReply](text("please stop texting me", 1, sender="+12125550199"), live=True)
    [seen] = await business[ReplyQueries].page(Listed(), business.actor)
    assert (seen.sender, seen.reply.classification) == (None, "revoke")
    with pytest.raises(NothingToShow):
        await business[RevealReply](seen.reply.id, "curious", business.actor)
    assert await business.ask("select count(*) from suppressions") == [(1,)]


async def test_a_thousand_strangers_who_ask_for_help_cost_at_most_a_hundred_texts(business):
    await asyncio.gather(
        *(
            business[ReceiveReply](text("HELP", number, sender=f"+1646555{number:04d}"), live=True)
            for number in range(101, 161)
        )
    )
    assert await business.ask("select count(*) from messages") == [(60,)]
    await business.ask(
        "insert into replies (id, carrier_id, live, channel, received_at, sender_id, status) "
        "select gen_random_uuid(), 'x' || n, true, 'sms', $1, (select id from senders), 'read' "
        "from generate_series(1, 100) n returning id",
        business.clock.now(),
    )
    await business[ReceiveReply](text("HELP", 999, sender="+16465550199"), live=True)
    assert await business.ask("select count(*) from messages") == [(60,)]


async def test_a_yes_proves_which_words_were_agreed_to(business, carrier):
    await business[ReceiveReply](text("HELP", 1, sender="+12125550104"), live=True)
    await business.agree("+12125550104", status="requested")
    [held] = await business.send("+12125550104")
    await business.work()
    asked = [one.content.text for one in carrier.given if "eply YES" in one.content.text]
    await business[ReceiveReply](text("yes", 2, sender="+12125550104"), live=True)
    await business.work()
    assert len(asked) == 1
    assert await business.status(held) == Status.SENT
    assert (await entries(business))[-1] == "confirmed"


async def test_offers_do_not_come_back_by_a_start_anywhere(business):
    """In Britain no rule of its own says so; what nobody agreed to anew is not sent all the same."""
    british = "+447400123456"
    await business.agree(british, program=OFFERS)
    await business[ReceiveReply](text("STOP", 1, sender=british), live=True)
    business.pass_by(hours=1)
    await business[ReceiveReply](text("START", 2, sender=british), live=True)
    [message] = await business.send(british)
    assert await business.status(message) == Status.BLOCKED
