"""Credentials of providers: set, shown without their secrets, tested and removed by an administrator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from application.audit.auditing import noted
from application.audit.ports import Noted, Trail
from application.ports import Clock, Transaction
from application.settings.ports import CarrierSettings, CredentialStore, Tested
from application.shapes import END, PLAIN
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.audit.record import Subject
from domain.settings import (
    Credentials,
    InUse,
    NothingToTest,
    OnlyLive,
    SmtpCredentials,
    StoredCredentials,
    TwilioCredentials,
    WouldBeOverheard,
)

_SET, _NOT_SET = {"credentials": "set"}, {"credentials": "not set"}
Secret: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=500, pattern=rf"^[!-~]+{END}", description="Give the secret without blanks.")
]
Login: TypeAlias = Annotated[str, Meta(max_length=320, pattern=PLAIN, description="Give the user name in one line.")]
Password: TypeAlias = Annotated[str, Meta(max_length=500, pattern=PLAIN, description="Give the password in one line.")]
Host: TypeAlias = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=253,
        pattern=rf"^([A-Za-z0-9]|::)([A-Za-z0-9.:-]*[A-Za-z0-9])?{END}",
        description="Give the mail server's name, such as smtp.acme.example.",
    ),
]
AccountSid: TypeAlias = Annotated[
    str, Meta(pattern=rf"^AC[0-9a-f]{{32}}{END}", description="Give the account SID: AC and 32 hexadecimal digits.")
]
ApiUrl: TypeAlias = Annotated[
    str,
    Meta(
        max_length=500,
        pattern=rf"^(https?://[A-Za-z0-9.-]+(:[0-9]{{1,5}})?(/[A-Za-z0-9._~/-]*)?)?{END}",
        description="Leave it out, or give a proxy's address, such as https://twilio-proxy.acme.example.",
    ),
]


class NewSmsCredentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    account_sid: AccountSid
    auth_token: Secret
    api_url: ApiUrl = ""

    def __repr__(self) -> str:
        return "NewSmsCredentials(…)"


class NewEmailCredentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    host: Host
    port: Annotated[int, Meta(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: Login = ""
    password: Password = ""

    def __repr__(self) -> str:
        return "NewEmailCredentials(…)"


class ShownCredentials(Struct, frozen=True, kw_only=True):
    """`account` is the last four of the account SID or user name, nothing of a short one. No secret is ever shown."""

    account: str
    host: str | None
    port: int | None
    set_at: datetime
    set_by: str


class CarrierSetting(Struct, frozen=True, kw_only=True):
    """`in_use` says where messages leave by now; `stored` what is set here, if anything."""

    channel: Channel
    in_use: InUse
    is_set: bool
    stored: ShownCredentials | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCredentials:
    credentials: CredentialStore
    carrier_settings: CarrierSettings
    transaction: Transaction

    async def __call__(self, channel: Channel, by: Actor) -> CarrierSetting:
        """Raises NotPermitted, CredentialsUnreadable."""
        by.must(Permission.READ_SETTINGS)
        async with self.transaction():
            stored = await self.credentials.find(channel)
        return _shown(channel, stored, self.carrier_settings.decided(channel))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCredentials:
    """Always all of them: whoever could change the host alone would have the password sent to it."""

    credentials: CredentialStore
    carrier_settings: CarrierSettings
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def sms(self, command: NewSmsCredentials, by: Actor) -> CarrierSetting:
        """Raises NotPermitted, StepUpNeeded, OnlyLive, HostRefused, WouldBeOverheard."""
        _may_change(by)
        given = TwilioCredentials(
            account_sid=command.account_sid, auth_token=command.auth_token, api_url=command.api_url.rstrip("/")
        )
        return await self._set(Channel.SMS, given, by)

    async def email(self, command: NewEmailCredentials, by: Actor) -> CarrierSetting:
        """Raises NotPermitted, StepUpNeeded, OnlyLive, HostRefused, WouldBeOverheard."""
        _may_change(by)
        if command.security == "none" and (command.username or command.password):
            raise WouldBeOverheard("With a user name, choose starttls or tls.", field="security")
        given = SmtpCredentials(
            host=command.host.lower(),
            port=command.port,
            security=command.security,
            username=command.username,
            password=command.password,
        )
        return await self._set(Channel.EMAIL, given, by)

    async def _set(self, channel: Channel, given: Credentials, by: Actor) -> CarrierSetting:
        await self.carrier_settings.judge(given)
        now = self.clock.now()
        stored = StoredCredentials(credentials=given, set_by=by.id, set_at=now)
        async with self.transaction():
            before = await self.credentials.put(channel, stored)
            await self.trail.record([_changed(by, channel, now, before=before, after=True)])
        return _shown(channel, stored, self.carrier_settings.decided(channel))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveCredentials:
    credentials: CredentialStore
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, channel: Channel, by: Actor) -> None:
        """Removing once more changes nothing. Raises NotPermitted, StepUpNeeded, OnlyLive."""
        _may_change(by)
        async with self.transaction():
            if await self.credentials.remove(channel):
                await self.trail.record([_changed(by, channel, self.clock.now(), before=True, after=False)])


@dataclass(frozen=True, slots=True, kw_only=True)
class TestCredentials:
    __test__ = False
    credentials: CredentialStore
    carrier_settings: CarrierSettings
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, channel: Channel, by: Actor) -> Tested:
        """Those in use. Raises NotPermitted, OnlyLive, NothingToTest, CredentialsUnreadable."""
        by.must(Permission.WRITE_SETTINGS)
        _must_be_live(by)
        async with self.transaction():
            stored = await self.credentials.find(channel)
        decided = self.carrier_settings.decided(channel)
        if decided is InUse.SANDBOX or (decided is None and stored is None):
            raise NothingToTest("Messages go to the sandbox, which needs no credentials.")
        tested = await self.carrier_settings.test(channel, stored.credentials if stored and not decided else None)
        said = {"outcome": "ok" if tested.ok else tested.code}
        async with self.transaction():
            await self.trail.record([noted(by, "settings.tested", _subject(channel), self.clock.now(), after=said)])
        return tested


def _may_change(by: Actor) -> None:
    by.must(Permission.WRITE_SETTINGS)
    by.must_be_fresh()
    _must_be_live(by)


def _must_be_live(by: Actor) -> None:
    if not by.live:
        raise OnlyLive("Live messages leave by these: use a live key, or OptIn-Mode: live.")


def _subject(channel: Channel) -> Subject:
    return Subject(kind="settings", id=channel.value)


def _changed(by: Actor, channel: Channel, at: datetime, *, before: bool, after: bool) -> Noted:
    return noted(
        by,
        "settings.changed",
        _subject(channel),
        at,
        before=_SET if before else _NOT_SET,
        after=({**_SET, "replaced": True} if before else _SET) if after else _NOT_SET,
    )


def _shown(channel: Channel, stored: StoredCredentials | None, decided: InUse | None) -> CarrierSetting:
    in_use = decided or (InUse.STORED if stored else InUse.SANDBOX)
    if stored is None:
        return CarrierSetting(channel=channel, in_use=in_use, is_set=False)
    given = stored.credentials
    host, port = (given.host, given.port) if isinstance(given, SmtpCredentials) else (given.api_url or None, None)
    shown = ShownCredentials(
        account=given.account,
        host=host,
        port=port,
        set_at=stored.set_at,
        set_by=stored.set_by,
    )
    return CarrierSetting(channel=channel, in_use=in_use, is_set=True, stored=shown)
