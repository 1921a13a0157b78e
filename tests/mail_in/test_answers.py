"""Rules EML-MAILTO-01 and EML-AUTO-01: mail to the unsubscribe address, replies, and answering machines."""

import re

import pytest

from application.mail_in.taken import Became
from application.replies.ports import Listed
from application.replies.review import ReplyQueries, ResolveReply
from domain.replies import Status
from tests.mail_in.conftest import CORPUS, PAT, SAM
from tests.postgres.sending.business import OFFERS, ORDERS

AWAY = sorted(path.stem for path in CORPUS.glob("away-*.eml"))
QUOTED = "\r\n\r\nOn Mon, 23 Nov 2026 at 14:00, Acme Ltd <news@acme.example> wrote:\r\n> Unsubscribe: https://…\r\n"


async def test_a_mail_says_where_its_bounces_replies_and_unsubscribes_go(scene, mail):
    ways = re.fullmatch(r"<(https://optin\.example/u/\S+)>, <(mailto:\S+)>", mail.headers["List-Unsubscribe"])
    assert ways
    assert re.fullmatch(r"mailto:unsub\+[a-z2-7]{58}@mail\.acme\.example\?subject=unsubscribe", ways[2])
    assert re.fullmatch(r"reply\+[a-z2-7]{58}@mail\.acme\.example", mail.headers["Reply-To"])
    assert re.fullmatch(r"bounce\+[a-z2-7]{52}@mail\.acme\.example", mail.bounces)


async def test_a_receipt_has_no_unsubscribe_address(scene):
    assert "List-Unsubscribe" not in (await scene.sent(program=ORDERS)).headers


async def test_an_empty_mail_to_the_unsubscribe_address_is_enough(scene, mail):
    assert await scene.writes(mail.unsubscribes) is Became.OPT_OUT
    assert (await scene.standing())[-1] == ("revoked", OFFERS)
    assert await scene.may_send(program=OFFERS) == "blocked"
    assert await scene.may_send(program=ORDERS) == "queued"


async def test_whoever_forwards_a_mail_forwards_their_own_way_out(scene, mail):
    assert await scene.writes(mail.unsubscribes, subject="unsubscribe", sender=SAM) is Became.OPT_OUT
    assert (await scene.standing(PAT))[-1] == ("revoked", OFFERS)
    assert ("revoked", OFFERS) not in await scene.standing(SAM)


async def test_unsubscribing_twice_is_one_opt_out(scene, mail):
    await scene.writes(mail.unsubscribes)
    once = await scene.standing()
    assert await scene.writes(mail.unsubscribes) is Became.OPT_OUT
    assert await scene.standing() == once


async def test_a_mail_program_that_unsubscribes_for_its_user_does_so(scene, mail):
    assert await scene.writes(mail.unsubscribes, headers="Precedence: bulk\r\n") is Became.OPT_OUT


@pytest.mark.parametrize("name", AWAY)
async def test_an_answering_machine_wants_nothing_wherever_it_answers(scene, mail, name):
    before = await scene.standing()
    for to, sender in ((mail.bounces, ""), (mail.replies, PAT), (mail.unsubscribes, PAT)):
        assert await scene.comes(name, mail, to, sender) is Became.AUTOMATIC
    assert await scene.standing() == before
    assert await scene.suppressed() == []
    assert await scene.business.ask("select count(*) from replies") == [(0,)]


@pytest.mark.parametrize(
    "text",
    [
        "unsubscribe",
        "Please take me off your mailing list" + QUOTED,
        "Bitte keine weiteren E-Mails mehr, abmelden!",
        "Por favor, denme de baja.",
        "STOP\r\n-- \r\nPat Doe",
    ],
)
async def test_a_reply_that_asks_to_stop_is_an_opt_out(scene, mail, text):
    assert await scene.writes(mail.replies, text=text, subject="Re: From Acme") is Became.OPT_OUT
    assert (await scene.standing())[-1][0] == "revoked"
    assert await scene.may_send() == "blocked"


async def test_words_we_wrote_ourselves_are_not_the_persons(scene, mail):
    assert await scene.writes(mail.replies, text=f"Do you have this in blue?{QUOTED}") is Became.NO_OPT_OUT
    assert await scene.may_send() == "queued"


async def test_an_unclear_reply_stops_marketing_until_somebody_has_read_it(scene, mail):
    assert await scene.writes(mail.replies, text="enough") is Became.UNCLEAR
    assert await scene.business.ask("select status, channel from replies") == [("unclear", "email")]
    assert await scene.may_send(program=OFFERS) == "blocked"
    assert await scene.may_send(program=ORDERS) == "queued"


async def test_a_person_whose_program_answers_to_the_envelope_is_heard(scene, mail):
    assert await scene.writes(mail.bounces, text="unsubscribe me please") is Became.OPT_OUT


async def test_html_alone_is_read_without_what_it_quotes(scene, mail):
    html = "<html><style>stop</style><p>Nice shoes.</p><blockquote>To unsubscribe reply STOP</blockquote></html>"
    headers = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
    assert await scene.writes(mail.replies, text=html, headers=headers) is Became.NO_OPT_OUT
    html = "<div>Please <b>unsubscribe</b> me</div>"
    assert await scene.writes(mail.replies, text=html, headers=headers) is Became.OPT_OUT


async def test_what_was_written_is_kept_sealed_as_evidence(scene, mail):
    await scene.writes(mail.unsubscribes, text="a very secret reason", sender="other@example.com")
    rows = await scene.business.rows("select facts, evidence from consent_entries order by position desc limit 1")
    assert b"mailto" in rows[0]["facts"]
    assert b"secret" not in rows[0]["evidence"]


async def test_an_old_mails_address_works_after_the_address_was_taken_off_its_contact(scene, mail):
    statement = "update contact_points set id = gen_random_uuid() where digest = any($1::bytea[]) returning id"
    await scene.business.ask(statement, scene.business.digests(PAT))
    assert await scene.writes(mail.unsubscribes) is Became.UNKNOWN
    assert await scene.writes(mail.replies, text="unsubscribe") is Became.UNKNOWN
    assert await scene.writes(mail.replies, text="Nice shoes.") is Became.NO_OPT_OUT


async def test_an_unclear_reply_is_read_by_somebody_who_decides(scene, mail):
    await scene.writes(mail.replies, text="enough")
    queue = scene.business[ReplyQueries]
    [waiting] = await queue.page(Listed(status=Status.UNCLEAR), scene.business.actor)
    assert waiting.reply.message_id is None
    await scene.business[ResolveReply](waiting.reply.id, "opt_out", scene.business.actor)
    assert (await scene.standing())[-1] == ("revoked", None)
    assert await scene.may_send() == "blocked"


async def test_a_reply_delivered_again_after_it_was_forgotten_is_kept_once(scene, mail):
    data = f"From: <{PAT}>\r\nMessage-ID: <1@example.com>\r\n\r\nNice shoes.\r\n".encode()
    for _ in range(2):
        assert (await scene.receive(data, mail.replies, PAT)).became is Became.NO_OPT_OUT
        await scene.business.ask("delete from mails_taken")
    assert await scene.business.ask("select count(*) from replies") == [(1,)]
