from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from domain.campaigns import Campaign
from domain.ids import CampaignId, TemplateId


class Planned(Struct, frozen=True, kw_only=True):
    """A campaign with the slugs of what it sends."""

    campaign: Campaign
    program: str
    template: str | None


class Campaigns(Protocol):
    async def add(self, campaign: Campaign) -> Campaign:
        """The one that has this id already, if there is one. Raises SlugTaken."""
        ...

    async def get(self, ref: str) -> Campaign:
        """By id or slug, locked until the transaction ends. Raises NoSuchCampaign."""
        ...

    async def save(self, campaign: Campaign) -> None: ...

    async def template(self, ref: str) -> TemplateId:
        """By id or slug. Raises NoSuchTemplate."""
        ...


class CampaignQueries(Protocol):
    async def one(self, ref: str) -> Planned:
        """By id or slug. Raises NoSuchCampaign."""
        ...

    async def page(self, limit: int, after: CampaignId | None) -> Sequence[Planned]:
        """Newest first; one more than the limit if there are more."""
        ...
