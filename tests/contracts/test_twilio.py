"""An SMS reaches Twilio as its API wants it, and what Twilio answers becomes the right answer."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web
from msgspec.structs import replace

from adapters.outbound.sms.twilio import TwilioSms
from adapters.outbound.sms.twilio_http import TwilioHttp
from application.messages.carriers import Effect, NotNow, NoWord, Refused, Taken
from domain.messages import Status
from tests.contracts.twilio_server import ACCOUNT, TOKEN, TwilioServer
from tests.unit.compliance.acme import ACME
from tests.unit.outgoing import sms

pytestmark = pytest.mark.anyio

PAT = "+12125550101"


async def test_a_message_is_taken_with_everything_twilio_needs(twilio_server, twilio):
    outgoing = sms(text="20% off today 🎉 Grüße & more. Reply STOP to opt out. Acme")
    taken = await twilio().send(outgoing)
    assert taken == Taken(provider_id=f"SM{1:032x}", status=Status.SENT)
    assert twilio_server.taken == [
        {
            "To": PAT,
            "From": "+12125550100",
            "Body": outgoing.content.text,
            "StatusCallback": f"https://acme.example/optin/callbacks/twilio/status/{outgoing.message_id}",
        }
    ]


@pytest.mark.parametrize(
    ("origin", "field"),
    [("MG" + "0f" * 16, "MessagingServiceSid"), ("+12125550100", "From"), ("12345", "From"), ("MGMT", "From")],
)
async def test_the_sender_is_a_service_a_number_a_short_code_or_a_name(twilio_server, twilio, origin, field):
    await twilio().send(sms(sender=replace(ACME, sms_from=origin)))
    assert twilio_server.taken[0][field] == origin
    assert ("From" in twilio_server.taken[0]) != ("MessagingServiceSid" in twilio_server.taken[0])


async def test_a_sender_without_a_number_is_misconfigured(twilio_server, twilio):
    with pytest.raises(Refused) as refused:
        await twilio().send(sms(sender=replace(ACME, sms_from=None)))
    assert (refused.value.effect, twilio_server.asked) == (Effect.SENDER_MISCONFIGURED, 0)


@pytest.mark.parametrize(
    ("code", "effect"),
    [
        (21610, Effect.REVOKED_AT_PROVIDER),
        (21211, Effect.ADDRESS_DEAD),
        (21614, Effect.ADDRESS_DEAD),
        (21217, Effect.ADDRESS_DEAD),
        (21635, Effect.ADDRESS_DEAD),
        (30006, Effect.ADDRESS_DEAD),
        (30610, Effect.QUIET_HOURS),
        (21408, Effect.SENDER_MISCONFIGURED),
        (21606, Effect.SENDER_MISCONFIGURED),
        (30034, Effect.SENDER_MISCONFIGURED),
        (30003, Effect.NONE),
        (30007, Effect.NONE),
        (30008, Effect.NONE),
        (21617, Effect.NONE),
        (29999, Effect.NONE),
        (422, Effect.NONE),
    ],
)
async def test_a_refusal_is_for_good_and_says_what_it_means(twilio_server, twilio, code, effect):
    twilio_server.answers[PAT] = code
    with pytest.raises(Refused) as refused:
        await twilio().send(sms())
    assert (refused.value.code, refused.value.effect) == (f"twilio-{code}", effect)
    assert PAT not in str(refused.value)
    assert twilio_server.asked == 1


@pytest.mark.parametrize(
    ("code", "seconds", "recipient_only"),
    [
        (21611, 300, True),
        (14107, 30, True),
        (20429, 1, False),
        (20003, 300, False),
        (20005, 300, False),
        (21609, 300, False),
        (403, 300, False),
        (404, 300, False),
        (429, None, False),
        (500, None, False),
        (503, None, False),
    ],
)
async def test_what_may_work_later_is_tried_later(twilio_server, twilio, code, seconds, recipient_only):
    twilio_server.answers[PAT] = code
    with pytest.raises(NotNow) as later:
        await twilio().send(sms())
    assert later.value.retry_after == (seconds and timedelta(seconds=seconds))
    assert later.value.recipient_only is recipient_only
    assert PAT not in str(later.value)


@pytest.mark.parametrize(("given", "understood"), [("7", 7), ("0", 0), ("soon", None), ("-5", None), ("", None)])
async def test_twilio_may_say_how_long_to_wait(twilio_server, twilio, given, understood):
    twilio_server.answers[PAT] = web.Response(status=429, headers={"Retry-After": given})
    with pytest.raises(NotNow) as later:
        await twilio().send(sms())
    assert later.value.retry_after == (None if understood is None else timedelta(seconds=understood))


async def test_wrong_credentials_lose_no_message(twilio_server, twilio):
    with pytest.raises(NotNow) as later:
        await twilio(auth_token="another").send(sms())
    assert (later.value.code, twilio_server.taken) == ("twilio-20003", [])


async def test_another_account_loses_no_message(twilio_server, twilio):
    twilio_server.answers[PAT] = 20404
    with pytest.raises(NotNow) as later:
        await twilio().send(sms())
    assert later.value.code == "twilio-20404"


@pytest.mark.parametrize(
    "answer",
    [
        "drop",
        "silence",
        web.Response(status=504),
        web.Response(status=201, text="<html>"),
        web.Response(status=200, text="[]"),
    ],
    ids=["drop", "silence", "504", "html", "list"],
)
async def test_without_a_readable_answer_nobody_knows_and_it_is_not_asked_again(twilio_server, twilio, answer):
    twilio_server.answers[PAT] = answer
    with pytest.raises(NoWord) as unknown:
        await twilio(answer_timeout=0.05).send(sms())
    assert (twilio_server.asked, PAT in str(unknown.value)) == (1, False)


async def test_a_redirect_is_not_followed_with_credentials(twilio_server, twilio):
    twilio_server.answers[PAT] = web.Response(status=307, headers={"Location": f"{twilio_server.url}/elsewhere"})
    with pytest.raises(NotNow) as later:
        await twilio().send(sms())
    assert (later.value.code, twilio_server.asked) == ("twilio-307", 1)


async def test_nobody_listening_is_tried_later(twilio):
    async with TwilioServer().running() as gone:
        url = gone.url
    with pytest.raises(NotNow) as later:
        await twilio(url=url).send(sms())
    assert later.value.code == "twilio-unreachable"


async def test_a_full_house_is_tried_later_and_was_never_asked(twilio_server, twilio):
    twilio_server.answers[PAT] = "silence"
    carrier = twilio(connections=1, connect_timeout=0.05)
    first = asyncio.create_task(carrier.send(sms()))
    while not twilio_server.asked and not first.done():
        await asyncio.wait([first], timeout=0.01)
    with pytest.raises(NotNow):
        await carrier.send(sms("+12125550102"))
    first.cancel()
    await asyncio.wait([first])
    assert twilio_server.asked == 1


async def test_a_message_that_failed_at_once_is_refused_with_its_reason(twilio_server, twilio):
    twilio_server.answers[PAT] = web.json_response({"sid": "SM1", "status": "failed", "error_code": 30006}, status=201)
    with pytest.raises(Refused) as refused:
        await twilio().send(sms())
    assert refused.value.effect is Effect.ADDRESS_DEAD


async def test_many_messages_go_at_once_each_one_once(twilio_server, twilio):
    carrier = twilio(connections=10)
    numbers = [f"+121255501{number:02}" for number in range(60)]
    taken = await asyncio.gather(*(carrier.send(sms(number)) for number in numbers))
    assert sorted(form["To"] for form in twilio_server.taken) == numbers
    assert len({one.provider_id for one in taken}) == 60


async def test_the_api_may_stand_behind_a_path(twilio_server):
    http = TwilioHttp(f"{twilio_server.url}/behind/a/proxy")
    carrier = TwilioSms(account_sid=ACCOUNT, auth_token=TOKEN, public_url="https://acme.example", http=http)
    with pytest.raises(NotNow) as later:
        await carrier.send(sms())
    await carrier.close()
    assert later.value.code == "twilio-404"


async def test_closing_an_unused_carrier_is_quiet():
    carrier = TwilioSms(account_sid=ACCOUNT, auth_token=TOKEN, public_url="https://acme.example", http=TwilioHttp())
    await carrier.close()
    assert carrier._http._session is None
