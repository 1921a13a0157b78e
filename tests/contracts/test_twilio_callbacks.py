"""What Twilio reports about a message that went out through it, as it arrives over HTTP and ends in the database."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from adapters.inbound.callbacks.twilio import TwilioCallbacks, TwilioSignature
from adapters.inbound.http.edge import Edge
from adapters.inbound.http.problems import HANDLERS
from application.messages.follow_up import RecordDelivery
from tests.contracts.twilio_office import HERE, Office
from tests.contracts.twilio_server import TOKEN, signature

pytestmark = pytest.mark.anyio


def _always(value):
    return lambda: value


@pytest.fixture
async def office(at_twilio) -> AsyncIterator[Office]:
    installation = at_twilio()
    wanted = {
        "twilio_signature": TwilioSignature.of(TOKEN, HERE),
        "record_delivery": installation[RecordDelivery],
        "clock": installation.clock,
    }
    app = Litestar(
        [TwilioCallbacks],
        dependencies={name: Provide(_always(value), sync_to_thread=False) for name, value in wanted.items()},
        exception_handlers=HANDLERS,
        openapi_config=None,
        logging_config=None,
    )
    app.asgi_handler = Edge(app.asgi_handler, encrypted=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as web:
        office = Office(installation, web)
        await office.furnish()
        yield office


async def test_the_address_a_message_left_with_is_the_address_that_answers_for_it(office, twilio_server):
    message_id = await office.send()
    (taken,) = twilio_server.taken
    assert taken["StatusCallback"] == f"{HERE}/callbacks/twilio/status/{message_id}"
    assert await office.status(message_id) == "sent"


async def test_a_delivery_is_recorded(office):
    message_id = await office.send()
    answer = await office.report(message_id, "delivered")
    assert (answer.status_code, answer.content) == (204, b"")
    assert await office.status(message_id) == "delivered"


async def test_repeated_and_late_reports_change_nothing(office):
    message_id = await office.send()
    for status in ("sending", "sent", "delivered", "sent", "undelivered", "failed", "delivered", "queued"):
        assert (await office.report(message_id, status)).status_code == 204
    assert await office.status(message_id) == "delivered"


async def test_a_message_that_failed_says_why_and_may_still_turn_out_delivered(office):
    message_id = await office.send()
    await office.report(message_id, "undelivered", ErrorCode="30003")
    message = await office.message(message_id)
    assert (message.status, message.detail) == ("undelivered", "twilio-30003")
    await office.report(message_id, "delivered")
    assert await office.status(message_id) == "delivered"


@pytest.mark.parametrize("code", ["30005", "30006", "21610"])
async def test_a_dead_or_stopped_number_gets_nothing_more(office, code, twilio_server):
    await office.report(await office.send(), "undelivered", ErrorCode=code)
    assert await office.status(await office.send()) == "blocked"
    assert len(twilio_server.taken) == 1


@pytest.mark.parametrize("code", ["30003", "30008", "", "0", "no number", "9" * 5000])
async def test_a_number_that_was_only_out_of_reach_is_written_to_again(office, code, twilio_server):
    assert (await office.report(await office.send(), "undelivered", ErrorCode=code)).status_code == 204
    assert await office.status(await office.send()) == "sent"
    assert len(twilio_server.taken) == 2


async def test_a_message_nobody_knows_gets_the_same_answer(office):
    known = await office.report(await office.send(), "delivered")
    unknown = await office.report(UUID("01a20320-a200-7a52-b908-bb15beace618"), "delivered")
    assert (unknown.status_code, unknown.content) == (known.status_code, known.content) == (204, b"")


async def test_a_status_we_do_not_know_changes_nothing(office):
    message_id = await office.send()
    assert (await office.report(message_id, "teleported")).status_code == 204
    assert await office.status(message_id) == "sent"


async def test_fields_twilio_adds_and_leaves_blank_are_part_of_what_it_signs(office):
    message_id = await office.send()
    answer = await office.report(message_id, "delivered", Blank="", Später="Grüße & mehr", RawDlrDoneDate="2611221200")
    assert answer.status_code == 204
    assert await office.status(message_id) == "delivered"


@pytest.mark.parametrize("forged", ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "ünicode"])
async def test_a_forged_report_is_refused_and_changes_nothing(office, forged):
    message_id = await office.send()
    path, form = f"/callbacks/twilio/status/{message_id}", {"MessageStatus": "delivered"}
    answer = await office.call(path, form, signed=forged.encode())
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["code"] == "not-signed"
    assert await office.status(message_id) == "sent"


async def test_a_report_signed_for_one_message_is_none_for_another(office):
    first, second = await office.send(), await office.send()
    form = {"MessageStatus": "delivered"}
    borrowed = signature(f"{HERE}/callbacks/twilio/status/{first}", form)
    answer = await office.call(f"/callbacks/twilio/status/{second}", form, signed=borrowed)
    assert (answer.status_code, await office.status(second)) == (403, "sent")


async def test_a_report_changed_on_the_way_is_refused(office):
    message_id = await office.send()
    path = f"/callbacks/twilio/status/{message_id}"
    signed = signature(HERE + path, {"MessageStatus": "sent"})
    answer = await office.call(path, {"MessageStatus": "delivered"}, signed=signed)
    assert (answer.status_code, await office.status(message_id)) == (403, "sent")


async def test_a_report_signed_with_another_token_is_refused(office):
    path, form = f"/callbacks/twilio/status/{await office.send()}", {"MessageStatus": "delivered"}
    assert (await office.call(path, form, signed=signature(HERE + path, form, "another"))).status_code == 403


async def test_the_host_header_is_not_believed(office):
    message_id = await office.send()
    path, form = f"/callbacks/twilio/status/{message_id}", {"MessageStatus": "delivered"}
    for_evil = signature(f"https://evil.example{path}", form)
    assert (await office.call(path, form, signed=for_evil, host="evil.example")).status_code == 403
    assert (await office.call(path, form, host="10.0.0.7:8080")).status_code == 204
    assert await office.status(message_id) == "delivered"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{}", b"a=%ff", b"&".join(b"a%d=b" % n for n in range(1000))])
async def test_a_body_that_is_no_form_is_refused(office, body):
    path = f"/callbacks/twilio/status/{await office.send()}"
    answer = await office.web.post(path, content=body, headers={"X-Twilio-Signature": signature(HERE + path, {})})
    assert answer.status_code == 403


async def test_a_body_far_too_long_is_not_read(office):
    path = f"/callbacks/twilio/status/{await office.send()}"
    answer = await office.call(path, {"MessageStatus": "delivered", "Filler": "x" * 100_000})
    assert answer.status_code == 413


async def test_what_is_no_message_id_is_not_found(office):
    assert (await office.call("/callbacks/twilio/status/17", {"MessageStatus": "delivered"})).status_code == 404


def test_without_a_token_nothing_is_served():
    with pytest.raises(ValueError, match="token"):
        TwilioSignature.of("", HERE)
