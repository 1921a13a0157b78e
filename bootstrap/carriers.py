"""Which carrier takes what, as the settings say. Whatever they say, a test message only ever meets the sandbox."""

import time
from pathlib import Path

from adapters.outbound.circuit import CircuitBreaker
from adapters.outbound.email.connection import SmtpServer
from adapters.outbound.email.dkim import DkimSigner
from adapters.outbound.email.smtp import SmtpCarrier
from adapters.outbound.sandbox.carrier import SandboxCarrier
from application.messages.carriers import Carrier, Carriers
from application.ports import Clock
from bootstrap.settings import Settings
from domain.addresses import Channel

_SANDBOX_AT_ONCE = 250
# As many as its client keeps connections.
_TWILIO_AT_ONCE = 50


class ConfiguredCarriers(Carriers):
    def __init__(self, settings: Settings, sandbox: SandboxCarrier, clock: Clock) -> None:
        self._sandbox = sandbox
        self._live: dict[Channel, Carrier] = {Channel.SMS: sandbox, Channel.EMAIL: sandbox}
        self._at_once: dict[Carrier, int] = {sandbox: _SANDBOX_AT_ONCE}
        if settings.sms_carrier == "twilio":
            self._live[Channel.SMS] = twilio = CircuitBreaker(_twilio(settings), time.monotonic)
            self._at_once[twilio] = _TWILIO_AT_ONCE
        if settings.email_carrier == "smtp":
            self._live[Channel.EMAIL] = smtp = CircuitBreaker(_smtp(settings, clock), time.monotonic)
            self._at_once[smtp] = settings.smtp_connections

    def carrier(self, channel: Channel, *, live: bool) -> Carrier:
        return self._live[channel] if live else self._sandbox

    def at_once(self, channel: Channel, *, live: bool) -> int:
        return self._at_once[self.carrier(channel, live=live)]

    async def close(self) -> None:
        for carrier in self._at_once:
            await carrier.close()


def _twilio(settings: Settings) -> Carrier:
    """Its client takes 15 MB, so it is read only where it is used."""
    from adapters.outbound.sms.twilio import TwilioSms  # noqa: PLC0415
    from adapters.outbound.sms.twilio_http import TwilioHttp  # noqa: PLC0415

    return TwilioSms(
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token,
        public_url=settings.url,
        http=TwilioHttp(settings.twilio_api_url),
    )


def _smtp(settings: Settings, clock: Clock) -> Carrier:
    server = SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        username=settings.smtp_username,
        password=settings.smtp_password,
        ca_file=settings.smtp_ca_file,
        connections=settings.smtp_connections,
    )
    signers = []
    if settings.dkim_domain:
        pem = Path(settings.dkim_key_file).read_bytes()
        signers.append(DkimSigner(domain=settings.dkim_domain, selector=settings.dkim_selector, pem=pem))
    return SmtpCarrier(server, clock, signers)
