from datetime import datetime
from uuid import UUID

from litestar import Controller, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from adapters.inbound.http.pages import After, Limit, Page, cursor_of, id_in, page
from adapters.inbound.injected import Injected
from application.campaigns.ports import CampaignQueries, Planned
from application.campaigns.write import ArchiveCampaign, CampaignChange, ChangeCampaign, CreateCampaign, NewCampaign
from domain.access import Actor, Permission
from domain.campaigns import Status
from domain.ids import CampaignId

PATH = "/api/v1/campaigns"
_EXAMPLE = {
    "slug": "black-friday",
    "name": "Black Friday",
    "program": "weekly-offers",
    "template": "black-friday-text",
    "planned_for": "2027-11-26T15:00:00Z",
}


class ShownCampaign(Struct, frozen=True, kw_only=True):
    id: CampaignId
    slug: str
    name: str
    program: str
    template: str | None
    planned_for: datetime | None
    status: Status
    created_at: datetime
    updated_at: datetime
    revision: int


class CampaignsController(Controller):
    path = PATH
    tags = ["campaigns"]

    @post(opt={"permission": Permission.WRITE_CAMPAIGNS, "example": _EXAMPLE})
    async def create_campaign(
        self,
        data: JSONBody[NewCampaign],
        actor: Injected[Actor],
        create_campaign: Injected[CreateCampaign],
        campaign_queries: Injected[CampaignQueries],
        seed: Injected[UUID | None],
    ) -> ShownCampaign:
        """Write down an occasion to send."""
        made = await create_campaign(data, by=actor, seed=seed)
        return _shown(await campaign_queries.one(str(made.id)))

    @get(opt={"permission": Permission.READ_CAMPAIGNS})
    async def list_campaigns(
        self,
        actor: Injected[Actor],
        campaign_queries: Injected[CampaignQueries],
        limit: Limit = 50,
        after: After = None,
    ) -> Page[ShownCampaign]:
        """All campaigns, newest first."""
        actor.must(Permission.READ_CAMPAIGNS)
        last = id_in(after)
        found = await campaign_queries.page(limit, CampaignId(last) if last else None)
        return page([_shown(one) for one in found], limit, PATH, lambda campaign: cursor_of(campaign.id))

    @get("/{ref:str}", opt={"permission": Permission.READ_CAMPAIGNS})
    async def get_campaign(
        self, ref: FromPath[str], actor: Injected[Actor], campaign_queries: Injected[CampaignQueries]
    ) -> ShownCampaign:
        """One campaign, by id or slug."""
        actor.must(Permission.READ_CAMPAIGNS)
        return _shown(await campaign_queries.one(ref))

    @patch("/{ref:str}", opt={"permission": Permission.WRITE_CAMPAIGNS, "example": {"planned_for": None}})
    async def change_campaign(
        self,
        ref: FromPath[str],
        data: JSONBody[CampaignChange],
        actor: Injected[Actor],
        change_campaign: Injected[ChangeCampaign],
        campaign_queries: Injected[CampaignQueries],
    ) -> ShownCampaign:
        """Change what is given; the rest stays."""
        changed = await change_campaign(ref, data, by=actor)
        return _shown(await campaign_queries.one(str(changed.id)))

    @post("/{ref:str}/actions/archive", status_code=200, opt={"permission": Permission.WRITE_CAMPAIGNS})
    async def archive_campaign(
        self,
        ref: FromPath[str],
        actor: Injected[Actor],
        archive_campaign: Injected[ArchiveCampaign],
        campaign_queries: Injected[CampaignQueries],
    ) -> ShownCampaign:
        """For good: it changes no more."""
        archived = await archive_campaign(ref, by=actor)
        return _shown(await campaign_queries.one(str(archived.id)))


def _shown(planned: Planned) -> ShownCampaign:
    campaign = planned.campaign
    return ShownCampaign(
        id=campaign.id,
        slug=campaign.slug,
        name=campaign.name,
        program=planned.program,
        template=planned.template,
        planned_for=campaign.planned_for,
        status=campaign.status,
        created_at=campaign.created_at,
        updated_at=campaign.updated_at,
        revision=campaign.revision,
    )
