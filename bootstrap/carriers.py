"""Which carrier takes what, as the settings say. Whatever they say, a test message only ever meets the sandbox."""

import time
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from adapters.outbound.circuit import CircuitBreaker
from adapters.outbound.egress import Egress, NoSuchHost, NotOutside
from adapters.outbound.email.connection import SmtpServer
from adapters.outbound.email.dkim import DkimSigner
from adapters.outbound.email.smtp import SmtpCarrier
from adapters.outbound.sandbox.carrier import SandboxCarrier
from adapters.outbound.switched import Shared, Suspended, SwitchedCarrier
from application.messages.carriers import Carrier, CarrierFailed, Carriers
from application.ports import Clock
from application.settings.ports import CarrierSettings, Tested
from bootstrap.settings import Settings
from domain.addresses import Channel
from domain.settings import Credentials, HostRefused, InUse, SmtpCredentials, TwilioCredentials, WouldBeOverheard

_SANDBOX_AT_ONCE = 250
# As many as its client keeps connections.
_TWILIO_AT_ONCE = 50
_DECIDED = {"auto": None, "sandbox": InUse.SANDBOX, "twilio": InUse.ENVIRONMENT, "smtp": InUse.ENVIRONMENT}


class Tryable(Carrier, Protocol):
    async def test(self) -> None:
        """A call that changes nothing. Raises CarrierFailed."""
        ...


class ConfiguredCarriers(Carriers, CarrierSettings):
    """The environment decides; what it leaves open is decided by the credentials stored, and without any it is the
    sandbox.
    """

    def __init__(self, settings: Settings, sandbox: SandboxCarrier, clock: Clock, egress: Egress) -> None:
        self._settings = settings
        self._sandbox = sandbox
        self._clock = clock
        self._egress = egress
        self._decided = {
            Channel.SMS: _DECIDED[settings.sms_carrier],
            Channel.EMAIL: _DECIDED[settings.email_carrier],
        }
        self._used: dict[Channel, Credentials | None] = {}
        self._suspended: set[Channel] = set()
        self._fixed: dict[Channel, Carrier] = {}
        self._switched = {channel: SwitchedCarrier(Shared(sandbox)) for channel in Channel}
        for channel, decided in self._decided.items():
            if decided is InUse.ENVIRONMENT:
                given = self._in_environment(channel)
                self._used[channel] = given
                self._fixed[channel] = CircuitBreaker(self._made(given, stored=False), time.monotonic)

    def carrier(self, channel: Channel, *, live: bool) -> Carrier:
        if live and channel in self._fixed:
            return self._fixed[channel]
        return self._switched[channel] if live and self._real(channel) else self._sandbox

    def at_once(self, channel: Channel, *, live: bool) -> int:
        if not live or self._used.get(channel) is None:
            return _SANDBOX_AT_ONCE
        return _TWILIO_AT_ONCE if channel is Channel.SMS else self._settings.smtp_connections

    def twilio_token(self) -> str:
        """What Twilio's callbacks are signed with; empty as long as nothing leaves through Twilio."""
        used = self._used.get(Channel.SMS)
        return used.auth_token if isinstance(used, TwilioCredentials) else ""

    def sandbox_has_live_texts(self) -> bool:
        return not self._real(Channel.SMS)

    def by_smtp(self) -> bool:
        return self._real(Channel.EMAIL)

    def decided(self, channel: Channel) -> InUse | None:
        return self._decided[channel]

    async def judge(self, credentials: Credentials) -> None:
        if isinstance(credentials, SmtpCredentials):
            await self._address(credentials.host, credentials.port, "host")
        elif credentials.api_url:
            try:
                url = urlsplit(credentials.api_url)
                encrypted = url.scheme == "https"
                port = url.port or (443 if encrypted else 80)
            except ValueError:
                raise HostRefused("This is no port.", field="api_url") from None
            address = await self._address(url.hostname or "", port, "api_url")
            if not encrypted and not self._egress.own(address):
                raise WouldBeOverheard("Outside your own networks, give an address with https.", field="api_url")

    async def test(self, channel: Channel, credentials: Credentials | None) -> Tested:
        given, stored = (self._in_environment(channel), False) if credentials is None else (credentials, True)
        carrier = self._made(given, stored=stored)
        try:
            await carrier.test()
        except CarrierFailed as failure:
            return Tested(ok=False, code=failure.code, reason=failure.detail)
        finally:
            await carrier.close()
        return Tested(ok=True)

    async def use(self, channel: Channel, credentials: Credentials | None) -> None:
        unchanged = self._used.get(channel) == credentials and channel not in self._suspended
        if self._decided[channel] is not None or unchanged:
            return
        made = CircuitBreaker(self._made(credentials, stored=True), time.monotonic) if credentials else None
        self._used[channel] = credentials
        self._suspended.discard(channel)
        await self._switched[channel].switch(made or Shared(self._sandbox))

    async def suspend(self, channel: Channel) -> None:
        if self._decided[channel] is None and channel not in self._suspended:
            self._used[channel] = None
            self._suspended.add(channel)
            await self._switched[channel].switch(Suspended())

    async def close(self) -> None:
        for carrier in (*self._fixed.values(), *self._switched.values(), self._sandbox):
            await carrier.close()

    def _real(self, channel: Channel) -> bool:
        return self._used.get(channel) is not None or channel in self._suspended

    async def _address(self, host: str, port: int, field: str) -> str:
        """Raises HostRefused."""
        try:
            return await self._egress.resolve(host, port)
        except (NotOutside, NoSuchHost) as refusal:
            raise HostRefused(refusal.detail, field=field) from None

    def _in_environment(self, channel: Channel) -> Credentials:
        given = self._settings
        if channel is Channel.SMS:
            return TwilioCredentials(
                account_sid=given.twilio_account_sid, auth_token=given.twilio_auth_token, api_url=given.twilio_api_url
            )
        return SmtpCredentials(
            host=given.smtp_host,
            port=given.smtp_port,
            security=given.smtp_security,
            username=given.smtp_username,
            password=given.smtp_password,
        )

    def _made(self, given: Credentials, *, stored: bool) -> "Tryable":
        """What is called on an administrator's word is judged at each connection."""
        egress = self._egress if stored else None
        if isinstance(given, TwilioCredentials):
            return _twilio(given, self._settings.url, egress if given.api_url else None)
        return _smtp(given, self._settings, self._clock, egress)


def _twilio(given: TwilioCredentials, url: str, egress: Egress | None) -> Tryable:
    """Its client takes 15 MB, so it is read only where it is used."""
    from adapters.outbound.sms.twilio import TwilioSms  # noqa: PLC0415
    from adapters.outbound.sms.twilio_http import TwilioHttp  # noqa: PLC0415

    return TwilioSms(
        account_sid=given.account_sid,
        auth_token=given.auth_token,
        public_url=url,
        http=TwilioHttp(given.api_url, resolve=egress.resolve if egress else None),
    )


def _smtp(given: SmtpCredentials, settings: Settings, clock: Clock, egress: Egress | None) -> Tryable:
    server = SmtpServer(
        host=given.host,
        port=given.port,
        security=given.security,
        username=given.username,
        password=given.password,
        ca_file=settings.smtp_ca_file,
        connections=settings.smtp_connections,
        resolve=egress.resolve if egress else None,
    )
    signers = []
    if settings.dkim_domain:
        pem = Path(settings.dkim_key_file).read_bytes()
        signers.append(DkimSigner(domain=settings.dkim_domain, selector=settings.dkim_selector, pem=pem))
    return SmtpCarrier(server, clock, signers)
