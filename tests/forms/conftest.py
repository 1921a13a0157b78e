"""The pages on real PostgreSQL, as a browser, a mail program or a scanner meets them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from dependency_injector.providers import Object

from adapters.outbound.secrets.ring import KeyRing
from application.channels.senders import CreateSender, NewSender
from application.consent.capture import CaptureConsent, CaptureConsents
from application.consent.sealing import open_evidence
from application.ports import Clock
from application.programs.write import ChangeProgram, CreateProgram, MoveProgram, NewProgram, ProgramChange, Text
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import build_all, snake
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.evidence import Evidence
from domain.ids import MessageId, new_id
from domain.programs import Category, OptIn, Status
from tests.applications import application
from tests.forms.person import Business, Person
from tests.installation import installation_on

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = "https://optin.example"


class Ticking(Clock):
    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


class Place:
    """An installation with the sender Acme and two double opt-in programs. `handed` are what a test puts in the place
    of use cases, by name.
    """

    def __init__(self, url: str, data_dir: Path, ring: KeyRing) -> None:
        self.url, self.data_dir, self.clock = url, data_dir, Ticking()
        self.handed: dict[str, object] = {}
        self.opened: list[Ports] = []
        self.rotate(ring)

    def rotate(self, ring: KeyRing) -> None:
        """From now on this process has this ring."""
        keys = ring.dump().decode()
        settings = Settings(database_url=self.url, data_dir=self.data_dir, keys=keys, public_url=HERE)
        self.ports = Ports(settings=settings)
        self.opened.append(self.ports)
        self.ports.clock.override(Object(self.clock))
        self.database, self.ledger, self.links = self.ports.database(), self.ports.ledger(), self.ports.links()
        self.vault, self.digests = self.ports.vault(), self.ports.digests()
        self.use_cases = build_all(self.ports)
        self.serve()

    def use(self, kind):
        return self.use_cases[kind]

    def serve(self) -> None:
        use_cases = {kind: self.handed.get(snake(kind), one) for kind, one in self.use_cases.items()}
        transport = httpx.ASGITransport(application(self.ports, use_cases), client=("203.0.113.7", 40_000))
        self.web = httpx.AsyncClient(transport=transport, base_url=HERE)

    async def furnish(self) -> None:
        acme = NewSender(
            slug="acme",
            legal_name="Acme & Sons Ltd",
            postal_address="1 Main St, Springfield, IL 62701, US",
            support="https://acme.example/help",
            sms_from="+12125550100",
            email_from="news@acme.example",
        )
        await self.use(CreateSender)(acme, SYSTEM)
        for slug, name in (("weekly-offers", "Weekly <offers>"), ("shop-news", "Shop news")):
            await self.add_program(slug, name)

    async def add_program(self, slug: str, name: str) -> None:
        new = NewProgram(
            slug=slug,
            name=name,
            purpose="Offers and discounts",
            category=Category.MARKETING,
            channels=(Channel.SMS, Channel.EMAIL),
            frequency="up to 4 messages a month",
            sender="acme",
            opt_in=OptIn.DOUBLE,
            disclosures=(
                Text(channel=Channel.SMS, text="I agree to texts."),
                Text(channel=Channel.EMAIL, text="I agree to emails from Acme & Sons."),
                Text(channel=Channel.EMAIL, text="J'accepte les courriels.", locale="fr-CA"),
            ),
        )
        await self.use(CreateProgram)(new, SYSTEM)
        await self.use(MoveProgram)(slug, Status.ACTIVE, SYSTEM)

    async def reword(self, text: str, locale: str = "en-US") -> None:
        change = ProgramChange(disclosures=(Text(channel=Channel.EMAIL, text=text, locale=locale),))
        await self.use(ChangeProgram)("weekly-offers", change, SYSTEM)

    async def record(self, status="requested", program="weekly-offers", address="pat@example.com", **evidence):
        parsed = Address.parse(address)
        command = CaptureConsent(
            address=address, program=program, channel=parsed.channel, status=status, evidence=Evidence(**evidence)
        )
        (captured,) = await self.use(CaptureConsents)([command], SYSTEM)
        return captured

    async def link(self, kind: str, program="weekly-offers", address="pat@example.com") -> str:
        """The path of a link in a message to that address."""
        async with self.database.transaction():
            (point,) = await self.ledger.points_of(self.digests.index(Address.parse(address), live=True))
            program_id = (await self.ledger.program_ids([program]))[program]
        link = getattr(self.links, kind)(point.contact_point_id, program_id, MessageId(new_id(NOON)))
        return link.removeprefix(HERE)

    async def ledger_of(self, address="pat@example.com"):
        """What the ledger says of the address: program, status and evidence, oldest first."""
        async with self.database.transaction():
            (point,) = await self.ledger.points_of(self.digests.index(Address.parse(address), live=True))
            entries = await self.ledger.of_point(point.contact_point_id)
        seal = self.vault.unwrap(point.data_key).seal
        return [(entry.fact.program, str(entry.fact.status), open_evidence(entry, seal)) for entry in entries]

    async def standing(self, address="pat@example.com"):
        return [(program, status) for program, status, _ in await self.ledger_of(address)]

    async def forget(self, address="pat@example.com") -> None:
        async with self.database.transaction():
            (point,) = await self.ledger.points_of(self.digests.index(Address.parse(address), live=True))
            await self.database.connection.execute("delete from contacts where id = $1", point.contact_id)

    async def close(self) -> None:
        await self.web.aclose()
        for ports in self.opened:
            await ports.repeats().close()
            await ports.database().close()


@pytest.fixture
def ring():
    return KeyRing.generate()


@pytest.fixture
async def place(database_url, tmp_path, ring):
    place = Place(database_url, tmp_path, ring)
    await place.furnish()
    yield place
    await place.close()


@pytest.fixture
def pressed():
    """What the browser sends when the one button of a page is pressed: where to, and the fields of the form."""

    def found(page: httpx.Response) -> tuple[str, dict[str, str]]:
        (form,) = re.findall(r"<form.*?</form>", page.text, re.DOTALL)
        assert form.count("<button") == 1
        action = re.search(r'action="([^"]*)"', form)
        fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))
        return str(page.url.join(action[1])) if action else str(page.url), fields

    return found


@pytest.fixture
async def business(database_url, tmp_path):
    """The whole product, and the sender Acme with two marketing programs, one for orders and one for codes."""
    business = Business(installation_on(database_url, tmp_path, public_url=HERE))
    await business.open()
    yield business
    await business.ports.carriers().close()
    await business.ports.wakeups().close()
    await business.ports.repeats().close()
    await business.ports.database().close()


@pytest.fixture
async def pat(business):
    person = Person(business)
    yield person
    await person.web.aclose()
