"""Templates over one database."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from adapters.outbound.postgres.audit_trail import PostgresTrail
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.templates import PostgresTemplates
from adapters.outbound.rendering.liquid import LiquidRenderer
from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.tokens import SivTokens, TokenLinks
from adapters.outbound.secrets.vault import RingVault
from application.ports import Clock
from application.templates.compose import compose
from application.templates.preview import PreviewTemplate
from application.templates.write import CreateTemplate, DraftVersion, NewTemplate, NewVersion, PublishTemplate
from domain.access import SYSTEM
from domain.addresses import Channel
from domain.messages import Content
from domain.programs import Category

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RENDERER = LiquidRenderer()


class Now(Clock):
    """A clock that ticks a second whenever it is looked at."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


class Desk:
    """The use cases of templates over one database."""

    def __init__(self, database: Database) -> None:
        self.database, clock = database, Now()
        self.templates = PostgresTemplates(database)
        trail = PostgresTrail(database, RingVault(KeyRing.generate()).deployment("audit_records"))
        parts = {"templates": self.templates, "trail": trail, "transaction": database.transaction, "clock": clock}
        self.create = CreateTemplate(renderer=RENDERER, **parts)
        self.draft = DraftVersion(renderer=RENDERER, **parts)
        self.publish = PublishTemplate(**parts)
        links = TokenLinks(tokens=SivTokens(KeyRing.generate()), url="https://optin.example")
        self.preview = PreviewTemplate(template_queries=self.templates, renderer=RENDERER, links=links)

    async def new(self, slug="order-shipped", text="On its way, {{ name }}", **more):
        command = NewTemplate(
            slug=slug,
            name="Order shipped",
            channel=Channel.SMS,
            category=Category.TRANSACTIONAL,
            content=Content(text=text),
        )
        return await self.create(command, SYSTEM, **more)

    async def edit(self, text, locale="en-US", slug="order-shipped"):
        return await self.draft(slug, NewVersion(content=Content(text=text), locale=locale), SYSTEM)

    async def sent(self, locale=None, slug="order-shipped", **variables):
        async with self.database.transaction():
            found = await self.templates.published([slug])
        composed = compose(found[slug], variables, locale=locale, renderer=RENDERER)
        return composed.content.text, composed.origin


@asynccontextmanager
async def open_desk(url):
    database = Database(url, size=4)
    try:
        yield Desk(database)
    finally:
        await database.close()
