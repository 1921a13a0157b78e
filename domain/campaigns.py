"""A named occasion to send a program's template. Kept and edited; running one comes later."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from domain.channels import require_slug
from domain.errors import NotFound
from domain.ids import CampaignId, ProgramId, TemplateId


class Status(StrEnum):
    DRAFT = "draft"
    ARCHIVED = "archived"


class NoSuchCampaign(NotFound):
    """No campaign has this id or slug."""


class Campaign(Struct, frozen=True, kw_only=True):
    id: CampaignId
    slug: str
    name: str
    program_id: ProgramId
    created_at: datetime
    updated_at: datetime
    template_id: TemplateId | None = None
    planned_for: datetime | None = None
    status: Status = Status.DRAFT
    revision: int = 1

    def __post_init__(self) -> None:
        require_slug(self.slug)
