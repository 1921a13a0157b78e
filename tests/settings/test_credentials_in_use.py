"""From when stored credentials are used, by whom, and what happens to a message on its way."""

import asyncio

import pytest

from application.messages.carriers import NotNow
from application.settings.watch_credentials import WatchCredentials
from bootstrap.watching_credentials import watching_credentials
from domain.addresses import Channel
from tests.contracts.twilio_server import ACCOUNT, TOKEN, signature
from tests.settings.credentials import EMAIL, SMS, code, live, put, smtp, twilio
from tests.unit.outgoing import email, sms


async def test_what_was_allowed_and_is_not_any_more_is_not_called(staff, start, twilio_server, mail_server):
    """Judged again at each connection, so a name that comes to mean something inside gains nothing either."""
    async with await staff.signed_in(live=True) as admin:
        await put(admin, SMS, twilio(twilio_server))
        await put(admin, EMAIL, smtp(mail_server))
    strict = start()
    await strict.use_cases[WatchCredentials]()
    for channel, outgoing in ((Channel.SMS, sms()), (Channel.EMAIL, email())):
        with pytest.raises(NotNow, match="OPTIN_EGRESS_ALLOW"):
            await live(strict, channel).send(outgoing)
    assert (twilio_server.asked, mail_server.connections) == (0, 0)
    await strict.ports.carriers().close()


async def test_another_process_sends_by_them_without_a_restart(staff, elsewhere, twilio_server, mail_server):
    async with await staff.signed_in(live=True) as admin, watching_credentials(elsewhere.use_cases)(None):
        assert live(elsewhere) is elsewhere.ports.sandbox()
        await put(admin, SMS, twilio(twilio_server))
        await put(admin, EMAIL, smtp(mail_server))
        async with asyncio.timeout(5):
            while live(elsewhere, Channel.EMAIL) is elsewhere.ports.sandbox():  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)
        await live(elsewhere).send(sms())
        await live(elsewhere, Channel.EMAIL).send(email())
        assert (len(twilio_server.taken), len(mail_server.mails)) == (1, 1)
        assert elsewhere.ports.carriers().carrier(Channel.SMS, live=False) is elsewhere.ports.sandbox()
        await admin.delete(SMS)
        await elsewhere.use_cases[WatchCredentials]()
        assert live(elsewhere) is elsewhere.ports.sandbox()
    await elsewhere.ports.carriers().close()


async def test_a_message_on_its_way_ends_with_the_carrier_it_began_with(staff, twilio_server):
    process = staff.process
    async with await staff.signed_in(live=True) as admin:
        await put(admin, SMS, twilio(twilio_server))
        await process.use_cases[WatchCredentials]()
        twilio_server.held = asyncio.Event()
        on_its_way = asyncio.create_task(live(process).send(sms()))
        await twilio_server.reached.wait()
        await put(admin, SMS, twilio(twilio_server, "the-next-token"))
        await process.use_cases[WatchCredentials]()
        twilio_server.token = "the-next-token"
        twilio_server.held.set()
        assert (await on_its_way).provider_id
        assert (await live(process).send(sms())).provider_id
    await process.ports.carriers().close()


async def test_callbacks_are_signed_with_the_token_that_is_stored(staff, twilio_server):
    process, form = staff.process, {"MessageStatus": "delivered"}
    path = "/callbacks/twilio/status/0193569a-0000-7000-8000-000000000000"

    async def called(token):
        signed = {"X-Twilio-Signature": signature(f"http://optin.example{path}", form, token)}
        return (await process.http.post(path, data=form, headers=signed)).status_code

    assert await called(TOKEN) == await called("") == 403
    async with await staff.signed_in(live=True) as admin:
        await put(admin, SMS, twilio(twilio_server))
        await process.use_cases[WatchCredentials]()
        assert [await called(TOKEN), await called("another")] == [204, 403]
        await put(admin, SMS, twilio(twilio_server, "the-next-token"))
        await process.use_cases[WatchCredentials]()
        assert [await called(TOKEN), await called("the-next-token")] == [403, 204]
    await process.ports.carriers().close()


@pytest.mark.parametrize("carrier", ["sandbox", "twilio"])
async def test_what_the_environment_says_counts(staff, start, twilio_server, carrier):
    own = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN, "twilio_api_url": twilio_server.url}
    decided = start(sms_carrier=carrier, egress_allow="127.0.0.0/8", **own)
    there = type(staff)(decided)
    async with await there.signed_in(live=True) as admin:
        before = live(decided)
        told = await put(admin, SMS, twilio(twilio_server, "another"))
        assert told["in_use"] == ("environment" if carrier == "twilio" else "sandbox")
        await decided.use_cases[WatchCredentials]()
        assert live(decided) is before
        if carrier == "twilio":
            assert (await admin.post(f"{SMS}/actions/test")).json()["ok"] is True
        else:
            assert await code(admin, "POST", f"{SMS}/actions/test") == (409, "nothing-to-test")
    await decided.ports.carriers().close()


async def test_what_cannot_be_read_holds_messages_back_and_can_be_set_anew(staff, twilio_server):
    process = staff.process
    async with await staff.signed_in(live=True) as admin:
        await put(admin, SMS, twilio(twilio_server))
        await process.scalar("UPDATE settings SET value = value || '\\x00' WHERE name = 'sms'")
        await process.use_cases[WatchCredentials]()
        with pytest.raises(NotNow, match="credentials-unreadable"):
            await live(process).send(sms())
        assert await code(admin, "GET", SMS) == (503, "credentials-unreadable")
        assert await code(admin, "POST", f"{SMS}/actions/test") == (503, "credentials-unreadable")
        await put(admin, SMS, twilio(twilio_server))
        await process.use_cases[WatchCredentials]()
        assert (await live(process).send(sms())).provider_id
    await process.ports.carriers().close()


async def test_credentials_moved_to_the_other_channels_row_are_not_read(staff, twilio_server):
    async with await staff.signed_in(live=True) as admin:
        await put(admin, SMS, twilio(twilio_server))
        await staff.process.scalar("UPDATE settings SET name = 'email' WHERE name = 'sms'")
        assert await code(admin, "GET", EMAIL) == (503, "credentials-unreadable")
