"""Credentials of the providers, set and tested by an administrator. Nothing here answers with a secret."""

from litestar import Controller, delete, get, post, put
from litestar.params import JSONBody

from adapters.inbound.injected import Injected
from application.settings.credentials import (
    CarrierSetting,
    NewEmailCredentials,
    NewSmsCredentials,
    ReadCredentials,
    RemoveCredentials,
    SetCredentials,
    TestCredentials,
)
from application.settings.ports import Tested
from domain.access import Actor, Permission
from domain.addresses import Channel

# pragma: allowlist nextline secret
_SMS = {"account_sid": "AC00000000000000000000000000000000", "auth_token": "your-auth-token"}  # nosec B105 - an example
_EMAIL = {"host": "smtp.acme.example", "port": 587, "username": "acme", "password": "your-password"}  # nosec B105 - an example


class SmsSettingsController(Controller):
    path = "/api/v1/settings/sms"
    tags = ["settings"]

    @get(opt={"permission": Permission.READ_SETTINGS})
    async def get_sms_settings(
        self, actor: Injected[Actor], read_credentials: Injected[ReadCredentials]
    ) -> CarrierSetting:
        """How texts leave, and what is set for Twilio: since when, by whom, and the last four of the account."""
        return await read_credentials(Channel.SMS, by=actor)

    @put(opt={"permission": Permission.WRITE_SETTINGS, "example": _SMS})
    async def set_sms_settings(
        self, data: JSONBody[NewSmsCredentials], actor: Injected[Actor], set_credentials: Injected[SetCredentials]
    ) -> CarrierSetting:
        """Set Twilio's credentials, all of them. Every process sends by them within seconds."""
        return await set_credentials.sms(data, by=actor)

    @delete(opt={"permission": Permission.WRITE_SETTINGS})
    async def remove_sms_settings(
        self, actor: Injected[Actor], remove_credentials: Injected[RemoveCredentials]
    ) -> None:
        """Remove what is stored. Texts then go to the sandbox, unless the environment says otherwise."""
        await remove_credentials(Channel.SMS, by=actor)

    @post("/actions/test", status_code=200, opt={"permission": Permission.WRITE_SETTINGS})
    async def test_sms_settings(self, actor: Injected[Actor], test_credentials: Injected[TestCredentials]) -> Tested:
        """Ask Twilio for the account, with the credentials in use. Nothing is sent."""
        return await test_credentials(Channel.SMS, by=actor)


class EmailSettingsController(Controller):
    path = "/api/v1/settings/email"
    tags = ["settings"]

    @get(opt={"permission": Permission.READ_SETTINGS})
    async def get_email_settings(
        self, actor: Injected[Actor], read_credentials: Injected[ReadCredentials]
    ) -> CarrierSetting:
        """How mail leaves, and what is set for the mail server: since when, by whom, and the last four of the user."""
        return await read_credentials(Channel.EMAIL, by=actor)

    @put(opt={"permission": Permission.WRITE_SETTINGS, "example": _EMAIL})
    async def set_email_settings(
        self, data: JSONBody[NewEmailCredentials], actor: Injected[Actor], set_credentials: Injected[SetCredentials]
    ) -> CarrierSetting:
        """Set the mail server and its credentials, all of them. Every process sends by them within seconds."""
        return await set_credentials.email(data, by=actor)

    @delete(opt={"permission": Permission.WRITE_SETTINGS})
    async def remove_email_settings(
        self, actor: Injected[Actor], remove_credentials: Injected[RemoveCredentials]
    ) -> None:
        """Remove what is stored. Mail then goes to the sandbox, unless the environment says otherwise."""
        await remove_credentials(Channel.EMAIL, by=actor)

    @post("/actions/test", status_code=200, opt={"permission": Permission.WRITE_SETTINGS})
    async def test_email_settings(self, actor: Injected[Actor], test_credentials: Injected[TestCredentials]) -> Tested:
        """Connect to the mail server in use and log in. Nothing is sent."""
        return await test_credentials(Channel.EMAIL, by=actor)
