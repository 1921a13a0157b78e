"""The whole product on a fresh database, and a person with a browser, a phone and a mailbox before it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
from msgspec.structs import replace

from adapters.outbound.sandbox.kept import SandboxMessage
from application.channels.senders import CreateSender
from application.consent.capture import CaptureConsent, CaptureConsents
from application.consent.sealing import open_evidence
from application.contacts.write import ChangeContact, ContactChange
from application.messages.dispatch import Dispatch
from application.messages.drafting import SendMessage
from application.messages.send_with_consent import SendWithConsent
from application.programs.write import CreateProgram, MoveProgram, NewProgram, Text
from application.verification.send_challenges import SendChallenges
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.evidence import Evidence
from domain.messages import Content
from domain.programs import Category, OptIn, Status
from tests.acme import ACME
from tests.applications import application
from tests.installation import Installation

HERE = "https://optin.example"
AGREED_BY_TEXT = "I agree to automated marketing texts from Acme & Sons Ltd. Not a condition of purchase."
AGREED_BY_MAIL = "I agree to marketing emails from Acme & Sons Ltd."
PROVED = {
    "source": "first_party",
    "medium": "web_form",
    "affirmative_act": "checkbox_checked",
    "language": "en-US",
    "url": "https://acme.example/join",
    "not_condition_of_purchase_disclosed": True,
    "autodialer_disclosed": True,
    "sellers_named": ("acme",),
    "identity": "Pat Doe",
    "ip": "198.51.100.4",
}
ACME_AND_SONS = replace(
    ACME,
    legal_name="Acme & Sons Ltd",
    terms_url="https://acme.example/terms",
    privacy_url="https://acme.example/privacy",
)


@dataclass
class Business:
    """What the installation does, and what it keeps."""

    installation: Installation

    def __post_init__(self) -> None:
        self.ports = self.installation.ports
        self.clock = self.installation.clock
        self.app = application(self.ports, self.installation.use_cases)

    async def open(self) -> None:
        await self.installation[CreateSender](ACME_AND_SONS, SYSTEM)
        await self.add_program("weekly-offers", "Weekly <offers>", Category.MARKETING)
        await self.add_program("shop-news", "Shop news", Category.MARKETING)
        await self.add_program("orders", "Your orders", Category.TRANSACTIONAL)
        await self.add_program("codes", "Codes", Category.OTP)

    async def add_program(self, slug: str, name: str, category: Category) -> None:
        new = NewProgram(
            slug=slug,
            name=name,
            purpose="offers and discounts",
            category=category,
            channels=(Channel.SMS, Channel.EMAIL),
            frequency="up to 4 messages a month",
            sender="acme",
            opt_in=OptIn.DOUBLE,
            disclosures=(
                Text(channel=Channel.SMS, text=AGREED_BY_TEXT),
                Text(channel=Channel.EMAIL, text=AGREED_BY_MAIL),
                Text(channel=Channel.EMAIL, text="Ich stimme Werbemails von Acme & Sons Ltd zu.", locale="de"),
            ),
        )
        await self.installation[CreateProgram](new, SYSTEM)
        await self.installation[MoveProgram](slug, Status.ACTIVE, SYSTEM)

    async def agreed(self, address: str, program: str = "weekly-offers", **evidence: Any) -> Any:
        channel = Address.parse(address).channel
        now = self.clock.at
        proved = {
            "doi_requested_at": now - timedelta(minutes=1),
            "doi_confirmed_at": now,
            "doi_token_id": "1",
            "sms_handset_confirmed": channel is Channel.SMS,
            "disclosure_text_verbatim": AGREED_BY_TEXT if channel is Channel.SMS else AGREED_BY_MAIL,
        }
        command = CaptureConsent(
            address=address, program=program, channel=channel, evidence=Evidence(**{**PROVED, **proved, **evidence})
        )
        [captured] = await self.installation[CaptureConsents]([command], SYSTEM)
        return captured

    async def change(self, contact_id: Any, **change: Any) -> None:
        await self.installation[ChangeContact](contact_id, ContactChange(**change), SYSTEM)

    async def send(self, address: str, program: str = "weekly-offers", **command: Any) -> Any:
        channel = Address.parse(address).channel
        content = Content(
            text="20% off today. Acme & Sons Ltd. Reply STOP to opt out.",
            subject="News" if channel is Channel.EMAIL else None,
            html="<p>20% off today</p>" if channel is Channel.EMAIL else None,
        )
        wanted = {"content": content} if "template" not in command else {}
        [receipt] = await self.installation[SendWithConsent](
            [SendMessage(to=address, channel=channel, program=program, **wanted, **command)], SYSTEM
        )
        await self.work()
        return receipt

    async def work(self) -> None:
        rounds = [self.installation[kind] for kind in (SendChallenges, Dispatch)]
        while any([await one() for one in rounds]):
            pass

    def pass_by(self, **time: float) -> None:
        self.clock.pass_by(timedelta(**time))

    async def received(self, address: str) -> list[SandboxMessage]:
        """Newest first."""
        kept = await self.ports.sandbox_messages().latest(100, live=True)
        return [message for message in kept if message.to == address]

    async def ask(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        database = self.ports.database()
        async with database.transaction():
            return [dict(record) for record in await database.connection.fetch(statement, *values)]

    async def ledger_of(self, address: str) -> list[tuple[str | None, str, Evidence]]:
        """What the ledger says of one address, in order: program, status, evidence."""
        ledger, digests = self.ports.ledger(), self.ports.digests().index(Address.parse(address), live=True)
        async with self.ports.database().transaction():
            rows = await self.ports.database().connection.fetch(
                "select id from contact_points where digest = any($1::bytea[])", list(digests)
            )
            if not rows:
                return []
            point = await ledger.point(rows[0]["id"])
            entries = await ledger.of_point(rows[0]["id"])
        seal = self.ports.vault().unwrap(point.data_key).seal
        return [(entry.fact.program, str(entry.fact.status), open_evidence(entry, seal)) for entry in entries]

    async def standing(self, address: str) -> list[tuple[str | None, str]]:
        said = await self.ledger_of(address)
        return [(program, status) for program, status, _ in said if status != "code_asked"]


@dataclass
class Person:
    """Somebody with a browser that has neither script nor cookies."""

    business: Business
    ip: str = "203.0.113.7"

    def __post_init__(self) -> None:
        transport = httpx.ASGITransport(self.business.app, client=(self.ip, 40_000))
        headers = {"User-Agent": "Browser 1", "Accept-Language": "en"}
        self.web = httpx.AsyncClient(transport=transport, base_url=HERE, headers=headers)

    async def press(self, page: httpx.Response, button: str, **filled: str) -> httpx.Response:
        """Fill in the form that has this button, and press it."""
        form = form_with(page, button)
        fields = {**form.fields, **filled}
        return await self.web.post(str(page.url.join(form.action)), data=fields)

    async def code(self, address: str) -> str:
        """The newest one that came."""
        await self.business.work()
        for message in await self.business.received(address):
            if found := re.search(r"\b\d{6}\b", message.text):
                return found[0]
        raise LookupError("No code came.")

    async def ask_for_code(self, address: str) -> httpx.Response:
        page = await self.web.get("/preferences")
        return await self.press(page, "Send me a code", address=address)

    async def prove(self, address: str) -> httpx.Response:
        """As far as the page with the choices."""
        page = await self.ask_for_code(address)
        return await self.press(page, "Continue", code=await self.code(address))


@dataclass
class SeenForm:
    action: str
    fields: dict[str, str]
    text: str


def forms(page: httpx.Response) -> list[SeenForm]:
    found = []
    for attributes, inner in re.findall(r"<form([^>]*)>(.*?)</form>", page.text, re.DOTALL):
        action = re.search(r'action="([^"]*)"', attributes)
        hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', inner)
        fields = {unescape(name): unescape(value) for name, value in hidden}
        found.append(SeenForm(unescape(action[1]) if action else "", fields, inner))
    return found


def form_with(page: httpx.Response, button: str) -> SeenForm:
    for form in forms(page):
        for attributes, text in re.findall(r"<button([^>]*)>(.*?)</button>", form.text, re.DOTALL):
            if unescape(text).strip() == button:
                named = re.search(r'name="([^"]*)" value="([^"]*)"', attributes)
                extra = {named[1]: named[2]} if named else {}
                return SeenForm(form.action, {**form.fields, **extra}, form.text)
    raise AssertionError(f"no button {button!r} on a page of status {page.status_code}")
