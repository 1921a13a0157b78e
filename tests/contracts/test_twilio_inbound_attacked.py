"""What arrives at Twilio's address and is forged, odd or beyond measure changes nothing."""

from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from tests.contracts.twilio_office import HERE, PAT
from tests.contracts.twilio_phone import INBOUND, QUIET
from tests.contracts.twilio_server import signature

pytestmark = pytest.mark.anyio


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
