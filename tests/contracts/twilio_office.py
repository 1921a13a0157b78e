"""Who sends SMS through Twilio, and is called back."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

import httpx

from application.channels.senders import CreateSender
from application.consent.capture import CaptureConsent, CaptureConsents
from application.messages.dispatch import Dispatch
from application.messages.drafting import SendMessage
from application.messages.queries import MessageQueries
from application.messages.send_with_consent import SendWithConsent
from application.programs.write import CreateProgram, MoveProgram, NewProgram, Text
from domain.access import SYSTEM
from domain.addresses import Channel
from domain.consent.evidence import ConsentType
from domain.ids import MessageId
from domain.messages import Content
from domain.programs import Category, Status
from tests.acme import ACME, AGREED
from tests.contracts.twilio_server import ACCOUNT, signature
from tests.installation import Installation

HERE = "https://optin.example"
PAT = "+12125550101"


@dataclass
class Office:
    """An installation that sends SMS through Twilio, and the address Twilio calls back at."""

    installation: Installation
    web: httpx.AsyncClient

    async def furnish(self) -> None:
        install = self.installation
        await install[CreateSender](ACME, SYSTEM)
        program = NewProgram(
            slug="weekly-offers",
            name="Weekly offers",
            purpose="Offers",
            category=Category.MARKETING,
            channels=(Channel.SMS,),
            frequency="up to 4 messages a month",
            sender="acme",
            disclosures=(Text(channel=Channel.SMS, text="I agree to automated marketing texts from Acme Ltd."),),
        )
        await install[CreateProgram](program, SYSTEM)
        await install[MoveProgram]("weekly-offers", Status.ACTIVE, SYSTEM)
        consent = CaptureConsent(
            address=PAT, program="weekly-offers", channel=Channel.SMS, type=ConsentType.PEWC, evidence=AGREED
        )
        await install[CaptureConsents]([consent], install.actor)

    async def send(self) -> UUID:
        """Judged, queued, and handed to Twilio if nothing stands against it."""
        text = "20% off today. Reply STOP to opt out. Acme"
        command = SendMessage(to=PAT, channel=Channel.SMS, program="weekly-offers", content=Content(text=text))
        (receipt,) = await self.installation[SendWithConsent]([command], self.installation.actor)
        await self.dispatch()
        return receipt.message.id

    async def dispatch(self) -> None:
        while await self.installation[Dispatch]():
            pass

    async def report(self, message_id: UUID, status: str, **more: str) -> httpx.Response:
        form = {"MessageSid": "SM" + "0" * 31 + "1", "MessageStatus": status, "AccountSid": ACCOUNT, "To": PAT} | more
        return await self.call(f"/callbacks/twilio/status/{message_id}", form)

    async def call(self, path: str, form: dict[str, str], *, signed: str | None = None, host: str = "optin.example"):
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": host,
            "X-Twilio-Signature": signature(HERE + path, form) if signed is None else signed,
        }
        return await self.web.post(path, content=urlencode(form), headers=headers)

    async def message(self, message_id: UUID):
        seen = await self.installation[MessageQueries].one(MessageId(message_id), self.installation.actor)
        return seen.message

    async def status(self, message_id: UUID) -> str:
        return (await self.message(message_id)).status
