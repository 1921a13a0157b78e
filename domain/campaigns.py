"""A named occasion to send a program's template. Kept and edited; running one comes later."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from domain.channels import require_slug
from domain.errors import Conflict, NotFound
from domain.ids import CampaignId, ProgramId, TemplateId


class Status(StrEnum):
    DRAFT = "draft"
    ARCHIVED = "archived"


class NoSuchCampaign(NotFound):
    """No campaign has this id or slug."""


class CampaignArchived(Conflict):
    """An archived campaign stays as it is."""


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

    def changed(self, at: datetime, changes: Mapping[str, object]) -> "Campaign":
        """Changing nothing is no revision. Raises CampaignArchived."""
        if all(getattr(self, name) == value for name, value in changes.items()):
            return self
        if self.status is Status.ARCHIVED:
            raise CampaignArchived("This campaign is archived; make another one.")
        return replace(self, **changes, updated_at=at, revision=self.revision + 1)
