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


class ConfiguredCarriers(Carriers):
    def __init__(self, settings: Settings, sandbox: SandboxCarrier, clock: Clock) -> None:
        self._sandbox = sandbox
        self._live: dict[Channel, Carrier] = {Channel.SMS: sandbox, Channel.EMAIL: sandbox}
        if settings.sms_carrier == "twilio":
            self._live[Channel.SMS] = CircuitBreaker(_twilio(settings), time.monotonic)
        if settings.email_carrier == "smtp":
            self._live[Channel.EMAIL] = CircuitBreaker(_smtp(settings, clock), time.monotonic)

    def carrier(self, channel: Channel, *, live: bool) -> Carrier:
        return self._live[channel] if live else self._sandbox

    async def close(self) -> None:
        for carrier in {id(one): one for one in (*self._live.values(), self._sandbox)}.values():
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
