from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import named, own
from adapters.outbound.postgres.tables import campaigns, programs, templates
from application.campaigns.ports import CampaignQueries, Campaigns, Planned
from domain.campaigns import Campaign, NoSuchCampaign
from domain.channels import SlugTaken
from domain.ids import CampaignId, TemplateId
from domain.templates.template import NoSuchTemplate


@dataclass(frozen=True)
class PostgresCampaigns(Campaigns, CampaignQueries):
    database: Database

    async def add(self, campaign: Campaign) -> Campaign:
        statement = insert(campaigns).values(own(campaign)).on_conflict_do_nothing(index_elements=["id"])
        try:
            added = await self.database.execute(statement)
        except asyncpg.UniqueViolationError:
            raise SlugTaken(f"Another campaign already has the slug {campaign.slug}.", field="slug") from None
        return campaign if added else await self.get(str(campaign.id))

    async def get(self, ref: str) -> Campaign:
        found = await self.database.row(select(campaigns).where(named(campaigns, ref)).with_for_update(), Campaign)
        if found is None:
            raise _unknown()
        return found

    async def save(self, campaign: Campaign) -> None:
        statement = update(campaigns).where(campaigns.c.id == campaign.id).values(own(campaign))
        await self.database.execute(statement)

    async def template(self, ref: str) -> TemplateId:
        found = await self.database.records(select(templates.c.id).where(named(templates, ref)))
        if not found:
            raise NoSuchTemplate("There is no template with this id or slug.", field="template")
        return TemplateId(found[0]["id"])

    async def one(self, ref: str) -> Planned:
        async with self.database.transaction():
            records = await self.database.records(_planned().where(named(campaigns, ref)))
        if not records:
            raise _unknown()
        return _read(records[0])

    async def page(self, limit: int, after: CampaignId | None) -> Sequence[Planned]:
        statement = _planned().order_by(campaigns.c.id.desc()).limit(limit + 1)
        if after is not None:
            statement = statement.where(campaigns.c.id < after)
        async with self.database.transaction():
            return [_read(record) for record in await self.database.records(statement)]


def _planned() -> Select[Any]:
    return (
        select(campaigns, programs.c.slug.label("program_slug"), templates.c.slug.label("template_slug"))
        .join(programs, programs.c.id == campaigns.c.program_id)
        .outerjoin(templates, templates.c.id == campaigns.c.template_id)
    )


def _read(record: asyncpg.Record) -> Planned:
    return Planned(
        campaign=msgspec.convert(dict(record), Campaign),
        program=record["program_slug"],
        template=record["template_slug"],
    )


def _unknown() -> NoSuchCampaign:
    return NoSuchCampaign("There is no campaign with this id or slug.", field="campaign")
