from datetime import datetime, timedelta

import asyncpg
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import named
from adapters.outbound.postgres.tables import brandings, senders
from application.branding.ports import Brand, Brandings, BrandQueries
from application.ports import Clock
from domain.branding.branding import Branding
from domain.branding.pictures import Picture
from domain.channels import NoSuchSender
from domain.ids import SenderId

_REMEMBERED = timedelta(seconds=5)
_COLOURS = ("accent", "on_accent", "accent_dark", "on_accent_dark", "background")


class PostgresBrandings(Brandings, BrandQueries):
    """Remembers for a few seconds what nearly every page asks for and hardly anybody changes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[str, tuple[datetime, Brand]] = {}

    async def get(self, sender: SenderId) -> Branding | None:
        found = await self._database.records(select(brandings).where(brandings.c.sender_id == sender))
        return _branding(found[0]) if found else None

    async def save(self, sender: SenderId, branding: Branding) -> None:
        logo = branding.logo
        values = {
            **{name: getattr(branding, name) for name in _COLOURS},
            "logo": logo.data if logo else None,
            "logo_type": logo.media_type if logo else None,
            "logo_width": logo.width if logo else None,
            "logo_height": logo.height if logo else None,
        }
        statement = insert(brandings).values(sender_id=sender, **values)
        await self._database.execute(statement.on_conflict_do_update(index_elements=["sender_id"], set_=values))
        self._known.clear()

    async def brand(self, ref: str) -> Brand:
        now = self._clock.now()
        known = self._known.get(ref)
        if known is not None and known[0] <= now < known[0] + _REMEMBERED:
            return known[1]
        statement = (
            select(senders.c.slug, senders.c.legal_name, brandings)
            .select_from(senders.outerjoin(brandings, brandings.c.sender_id == senders.c.id))
            .where(named(senders, ref))
        )
        async with self._database.transaction():
            found = await self._database.records(statement)
        if not found:
            raise NoSuchSender("There is no sender with this id or slug.", field="sender")
        row = found[0]
        brand = Brand(slug=row["slug"], name=row["legal_name"], branding=_branding(row) if row["accent"] else None)
        self._known[ref] = (now, brand)
        return brand


def _branding(row: asyncpg.Record) -> Branding:
    logo = None
    if row["logo"] is not None:
        logo = Picture(
            media_type=row["logo_type"], width=row["logo_width"], height=row["logo_height"], data=row["logo"]
        )
    return Branding(**{name: row[name] for name in _COLOURS}, logo=logo)
