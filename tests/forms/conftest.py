"""The pages on real PostgreSQL, as a browser, a mail program or a scanner meets them."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from adapters.inbound.forms.brands import Looks
from adapters.inbound.forms.links import ConfirmPages, UnsubscribePages
from adapters.inbound.forms.pages import style
from adapters.inbound.http.bodies import JsonRequest
from adapters.inbound.http.edge import Edge
from adapters.outbound.postgres.branding import PostgresBrandings
from adapters.outbound.postgres.audit_trail import PostgresTrail
from adapters.outbound.postgres.consent import PostgresLedger
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.directory import Directory
from adapters.outbound.postgres.former_points import PostgresFormerPoints
from adapters.outbound.postgres.links import PostgresLinkQueries
from adapters.outbound.postgres.programs import PostgresPrograms
from adapters.outbound.postgres.recipients import PostgresRecipients
from adapters.outbound.postgres.senders import PostgresSenders
from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.tokens import SivTokens, TokenLinks
from adapters.outbound.secrets.vault import RingDigests, RingVault
from application.channels.senders import CreateSender, NewSender
from application.consent.capture import CaptureConsent, CaptureConsents
from application.consent.confirm import ConfirmConsent
from application.consent.sealing import open_evidence
from application.consent.withdraw import WithdrawPoint
from application.ports import Clock
from application.programs.write import ChangeProgram, CreateProgram, MoveProgram, NewProgram, ProgramChange, Text
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.evidence import Evidence
from domain.ids import MessageId, new_id
from domain.programs import Category, OptIn, Status
from tests.forms.person import Business, Person
from tests.installation import installation_on

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = "https://optin.example"


def always(value):
    return lambda: value


class Ticking(Clock):
    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


class Place:
    """An installation with the sender Acme and two double opt-in programs."""

    def __init__(self, url: str, ring: KeyRing) -> None:
        self.database, self.vault, self.digests = Database(url, size=4), RingVault(ring), RingDigests(ring)
        self.ledger = PostgresLedger(self.database)
        self.clock = Ticking()
        self.ports = {
            "transaction": self.database.transaction,
            "clock": self.clock,
            "senders": PostgresSenders(self.database),
            "programs": PostgresPrograms(self.database),
            "recipients": PostgresRecipients(self.database, Directory(self.database)),
            "ledger": self.ledger,
            "former_points": PostgresFormerPoints(self.database),
            "trail": PostgresTrail(self.database, self.vault.deployment("audit_records")),
            "vault": self.vault,
            "digests": self.digests,
        }
        self.rotate(ring)

    def use(self, kind):
        """A use case with the ports it names."""
        return kind(**{name: self.ports[name] for name in kind.__dataclass_fields__ if name in self.ports})

    def rotate(self, ring: KeyRing) -> None:
        """From now on this process has this ring."""
        tokens = SivTokens(ring)
        self.links = TokenLinks(tokens=tokens, url=HERE)
        self.handed = {
            "tokens": tokens,
            "link_queries": PostgresLinkQueries(self.database),
            "looks": Looks(brand_queries=PostgresBrandings(self.database, self.clock)),
            "withdraw_point": self.use(WithdrawPoint),
            "confirm_consent": self.use(ConfirmConsent),
        }
        self.serve()

    def serve(self) -> None:
        app = Litestar(
            [UnsubscribePages, ConfirmPages, style],
            dependencies={name: Provide(always(value), sync_to_thread=False) for name, value in self.handed.items()},
            request_class=JsonRequest,
            openapi_config=None,
            logging_config=None,
        )
        app.asgi_handler = Edge(app.asgi_handler, encrypted=True)
        transport = httpx.ASGITransport(app, client=("203.0.113.7", 40_000))
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

    async def reword(self, text: str) -> None:
        change = ProgramChange(disclosures=(Text(channel=Channel.EMAIL, text=text),))
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
        await self.database.close()


@pytest.fixture
def ring():
    return KeyRing.generate()


@pytest.fixture
async def place(database_url, ring):
    place = Place(database_url, ring)
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
