"""Acme with a domain for mail that comes back, a person who agreed to its offers by mail, and a mail that went out."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from adapters.inbound.mail.reading import read_mail
from adapters.outbound.secrets.ring import KeyRing
from application.mail_in.receive import ReceiveMail
from application.mail_in.taken import Became, Taken
from domain.addresses import Address, Channel
from domain.ids import MessageId
from domain.mail_in.addresses import BounceOf, Complaints, MailAddress
from tests.installation import SetClock
from tests.postgres.sending.business import OFFERS, ORDERS, Business, business_on

DOMAIN = "mail.acme.example"
CORPUS = Path(__file__).parent / "corpus"
PAT, SAM = "pat@example.com", "sam@example.com"
_STANDING = """
select e.status, g.slug from consent_entries e join contact_points p on p.id = e.contact_point_id
left join programs g on g.id = e.program_id where p.digest = any($1::bytea[]) order by e.position
"""


@dataclass
class Sent:
    """A mail that went out, and our addresses in it."""

    id: UUID
    to: str
    headers: dict[str, str]
    bounces: str

    @property
    def unsubscribes(self) -> str:
        return re.findall(r"<mailto:([^?>]*)", self.headers["List-Unsubscribe"])[0]

    @property
    def url(self) -> str:
        return re.findall(r"<(https?:[^>]*)>", self.headers["List-Unsubscribe"])[0]

    @property
    def replies(self) -> str:
        return parseaddr(self.headers["Reply-To"])[1]


@dataclass
class Scene:
    business: Business
    clock: SetClock
    repeats: dict[str, int] = field(default_factory=dict)

    async def sent(self, to: str = PAT, program: str = OFFERS) -> Sent:
        [message] = await self.business.send(to, program=program)
        await self.business.work()
        kept = await self.business.ports.sandbox_messages().latest(100, live=True)
        [headers] = [one.headers for one in kept if one.message_id == message]
        return Sent(id=message, to=to, headers=headers, bounces=self.written(BounceOf(message_id=MessageId(message))))

    def written(self, address: MailAddress) -> str:
        return f"{self.business.ports.mail_tokens().seal(address)}@{DOMAIN}"

    @property
    def complaints(self) -> str:
        return self.written(Complaints())

    def corpus(self, name: str, sent: Sent, to: str) -> bytes:
        """A mail somebody else's program wrote, with this message in it."""
        text = (CORPUS / f"{name}.eml").read_text().replace("\n", "\r\n")
        named = {"OUR": to, "PERSON": sent.to, "BOUNCE": sent.bounces, "MESSAGE": str(sent.id)}
        if "List-Unsubscribe" in sent.headers:
            named |= {"UNSUB": sent.unsubscribes, "URL": sent.url}
        for word, value in named.items():
            text = text.replace(f"@{word}@", value)
        return text.encode()

    async def receive(self, data: bytes, to: str, sender: str = "") -> Taken:
        local_part = to.rpartition("@")[0]
        mail = read_mail(data, sender=sender, recipient=local_part)
        return await self.business[ReceiveMail](mail, self.business.ports.mail_tokens().open(local_part))

    async def comes(self, name: str, sent: Sent, to: str = "", sender: str = "") -> Became:
        to = to or sent.bounces
        return (await self.receive(self.corpus(name, sent, to), to, sender)).became

    async def writes(self, to: str, text: str = "", subject: str = "", sender: str = PAT, headers: str = "") -> Became:
        """A mail a person wrote; the same words again are another mail."""
        number = self.repeats[to] = self.repeats.get(to, 0) + 1
        mail = (
            f"From: Pat Doe <{sender}>\r\nTo: <{to}>\r\nSubject: {subject}\r\n{headers}"
            f"Message-ID: <{number}.{abs(hash(to))}@example.com>\r\n\r\n{text}\r\n"
        )
        return (await self.receive(mail.encode(), to, sender)).became

    async def standing(self, person: str = PAT) -> list[tuple[str, str | None]]:
        return await self.business.ask(_STANDING, self.business.digests(person))

    async def suppressed(self, person: str = PAT) -> list[tuple[str, str, str | None]]:
        tokens = self.business.ports.digests().suppression(Address.parse(person, Channel.EMAIL), live=True)
        statement = "select reason, scope, category from suppressions where token = any($1::bytea[]) order by date"
        return await self.business.ask(statement, tokens)

    async def may_send(self, to: str = PAT, program: str = OFFERS) -> str:
        """The status a new message gets."""
        [message] = await self.business.send(to, program=program)
        return await self.business.status(message)


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def start(database_url: str, tmp_path: Path, ring: KeyRing, clock: SetClock) -> AsyncIterator[Any]:
    async with AsyncExitStack() as stack:

        def started(**settings: Any) -> Business:
            given = {"mail_domain": DOMAIN, "public_url": "https://optin.example"} | settings
            url = given.pop("database_url", database_url)
            business = business_on(url, tmp_path, ring, clock=clock, **given)
            stack.push_async_callback(business.close)
            return business

        yield started


@pytest.fixture
async def scene(start, clock) -> Scene:
    business = start()
    await business.open()
    for person in (PAT, SAM):
        await business.agree(person)
        await business.agree(person, program=ORDERS)
    return Scene(business, clock)


@pytest.fixture
async def mail(scene) -> Sent:
    return await scene.sent()
