"""What people text back through Twilio, as it arrives over HTTP and ends on the ledger."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlencode

import httpx
import pytest
from structlog.testing import capture_logs

from application.consent.reading import ConsentQueries
from application.messages.follow_up import ExpireHeld, FindLost, ReleaseHeld
from application.replies.ports import Listed
from application.replies.review import ReplyQueries
from bootstrap.web import create_app
from domain.addresses import Address
from tests.contracts.test_twilio_callbacks import HERE, PAT, Office
from tests.contracts.twilio_server import ACCOUNT, TOKEN, signature
from tests.installation import installation_on

pytestmark = pytest.mark.anyio

ACME, INBOUND = "+12125550100", "/callbacks/twilio/inbound"
QUIET = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


class Phone(Office):
    """Pat's phone, and what Twilio makes of it."""

    texts = 0

    async def text(self, body: str, **more: str) -> httpx.Response:
        self.texts += 1
        return await self.call(INBOUND, self.form(body, **{"MessageSid": f"SM{self.texts:032x}", **more}))

    def form(self, body: str, **more: str) -> dict[str, str]:
        sid = more.get("MessageSid", f"SM{self.texts:032x}")
        return {
            "MessageSid": sid,
            "SmsMessageSid": sid,
            "AccountSid": ACCOUNT,
            "From": PAT,
            "To": ACME,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            "FromCountry": "US",
            **more,
        }

    async def settle(self) -> None:
        for kind in (ReleaseHeld, ExpireHeld, FindLost):
            await self.installation[kind]()
        await self.dispatch()

    async def standing(self) -> str:
        contact = await self.installation.ports.contact_queries().by_address(Address.parse(PAT), live=True)
        [standing] = await self.installation[ConsentQueries].of_contact(contact.id, self.installation.actor)
        return standing.consent.status

    async def entries(self) -> list[str]:
        return [row["status"] for row in await self.rows("select status from consent_entries order by position")]

    async def rows(self, query: str):
        database = self.installation.ports.database()
        async with database.transaction():
            return await database.connection.fetch(query)

    async def replies(self):
        return [seen.reply for seen in await self.installation[ReplyQueries].page(Listed(), self.installation.actor)]


@pytest.fixture
def keywords():
    """Twilio leaves its words to us."""
    return "ours"


@pytest.fixture
async def phone(twilio_server, database_url, tmp_path, keywords) -> AsyncIterator[Phone]:
    installation = installation_on(
        database_url,
        tmp_path,
        public_url=HERE,
        sms_carrier="twilio",
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        twilio_api_url=twilio_server.url,
        twilio_keywords=keywords,
    )
    app = create_app(installation.ports, installation.use_cases)
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as web:
            phone = Phone(installation, web)
            await phone.furnish()
            yield phone
    finally:
        for port in ("carriers", "wakeups", "repeats", "database"):
            await getattr(installation.ports, port)().close()


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


@pytest.mark.parametrize(
    "forge",
    [
        lambda _: "",
        lambda _: "not base64 at all",
        lambda form: signature(HERE + INBOUND, form, token="another token"),
        lambda form: signature("https://elsewhere.example" + INBOUND, form),
        lambda form: signature("http://optin.example" + INBOUND, form),
        lambda form: signature(HERE + INBOUND + "/", form),
        lambda form: signature(HERE + INBOUND, {**form, "From": "+12125550102"}),
        lambda form: signature(HERE + INBOUND, {**form, "To": "+12125550103"}),
    ],
)
async def test_what_is_not_signed_by_twilio_does_nothing(phone, forge):
    form = phone.form("STOP")
    answer = await phone.call(INBOUND, form, signed=forge(form))
    assert answer.status_code == 403
    assert await phone.entries() == ["granted"]
    assert await phone.replies() == []


async def test_a_host_somebody_else_put_there_does_not_matter(phone):
    assert (await phone.text("STOP")).status_code == 200
    form = phone.form("STOP", MessageSid="SM" + "c" * 32)
    assert (await phone.call(INBOUND, form, host="evil.example")).status_code == 200
    stolen = signature("https://evil.example" + INBOUND, form)
    assert (await phone.call(INBOUND, form, signed=stolen, host="evil.example")).status_code == 403


async def test_a_text_to_a_number_nobody_has_changes_nothing_and_its_log_names_nobody(phone):
    with capture_logs() as logs:
        answer = await phone.text("STOP", To="+12125550177")
    assert (answer.status_code, answer.content) == (200, QUIET)
    assert await phone.entries() == ["granted"]
    [told] = [line for line in logs if line["event"] == "reply-to-nobody"]
    assert PAT not in str(logs)
    assert "+12125550177" not in str(logs)
    assert set(told) == {"event", "log_level", "reply"}


@pytest.mark.parametrize("sender", ["12345", "INFO", "whatsapp:+12125550101", "", "+1", "\u0000", "+12125550101\n"])
async def test_a_sender_nobody_could_answer_changes_nothing(phone, sender):
    answer = await phone.text("STOP", From=sender)
    assert answer.status_code == 200
    assert await phone.entries() == ["granted"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        " \n ",
        "🎉" * 400,
        "שלום, מתי מגיעה ההזמנה שלי?",
        "متى يصل طلبي؟",
        "x" * 20_000,
        "\u0000\u0001\u202e stop\u0000",
        "%00%FF&Body=STOP&OptOutType=STOP",
        "{{ brand }} {% for x in (1..9) %}{% endfor %}",
        "'; drop table replies; --",
        "<script>alert(1)</script>",
    ],
)
async def test_whatever_is_written_is_taken_in(phone, body):
    assert (await phone.text(body)).status_code == 200
    [reply] = await phone.replies()
    assert reply.classification is not None


async def test_a_long_text_that_begins_with_a_wish_is_understood(phone):
    await phone.text("please stop texting me. " + "I have told you so many times. " * 60)
    assert await phone.standing() == "revoked"


async def test_pictures_are_counted_and_left_where_they_are(phone):
    sid = "MM" + "d" * 32
    answer = await phone.text("", MessageSid=sid, NumMedia="1", MediaUrl0="https://api.twilio.example/1")
    assert answer.status_code == 200
    [reply] = await phone.replies()
    assert (reply.media, reply.status) == (1, "read")


async def test_a_body_beyond_measure_is_not_read(phone):
    assert (await phone.text("x" * 70_000)).status_code == 413
    assert await phone.replies() == []


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
async def test_what_is_not_a_form_is_not_taken_for_one(phone, kind):
    form = phone.form("STOP")
    headers = {"Content-Type": kind, "X-Twilio-Signature": signature(HERE + INBOUND, form)}
    answer = await phone.web.post(INBOUND, content=urlencode(form), headers=headers)
    assert answer.status_code == 403
    assert await phone.entries() == ["granted"]


@pytest.mark.parametrize("body", [b"Body=%FF%FE", b"Body=\xff\xfe", b"&" * 500, b"a=1&" * 300, b""])
async def test_a_form_that_cannot_be_read_is_nobodys(phone, body):
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": "x"}
    assert (await phone.web.post(INBOUND, content=body, headers=headers)).status_code == 403


async def test_without_twilios_own_id_nothing_is_taken_in(phone):
    answer = await phone.text("STOP", MessageSid="not an id")
    assert (answer.status_code, answer.content) == (200, QUIET)
    assert await phone.replies() == []


@pytest.mark.parametrize("method", ["get", "put", "delete"])
async def test_only_a_post_is_heard(phone, method):
    assert (await phone.web.request(method, INBOUND)).status_code == 405
