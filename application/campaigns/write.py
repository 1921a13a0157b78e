"""Writing campaigns: occasions to send a program's template."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.campaigns.ports import Campaigns
from application.ports import Clock, Transaction
from application.programs.ports import Programs
from application.shapes import Instant, Line, Ref, Slug
from domain.access import Actor, Permission
from domain.audit.record import Subject
from domain.campaigns import Campaign, Status
from domain.errors import Invalid
from domain.ids import CampaignId, new_id


class NewCampaign(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    slug: Slug
    name: Line
    program: Ref
    template: Ref | None = None
    planned_for: Instant | None = None


class CampaignChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; null clears."""

    name: Line | UnsetType = UNSET
    program: Ref | UnsetType = UNSET
    template: Ref | UnsetType | None = UNSET
    planned_for: Instant | UnsetType | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCampaign:
    campaigns: Campaigns
    programs: Programs
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewCampaign, by: Actor, *, seed: UUID | None = None) -> Campaign:
        """A seed names the campaign: repeated after a crash, the request finds the one it already made.

        Raises NoSuchProgram, NoSuchTemplate, SlugTaken.
        """
        by.must(Permission.WRITE_CAMPAIGNS)
        now = self.clock.now()
        planned_for = _to_come(command.planned_for, now)
        async with self.transaction():
            program = await self.programs.get(command.program)
            template = await self.campaigns.template(command.template) if command.template is not None else None
            campaign = await self.campaigns.add(
                Campaign(
                    id=CampaignId(seed or new_id(now)),
                    slug=command.slug,
                    name=command.name,
                    program_id=program.id,
                    template_id=template,
                    planned_for=planned_for,
                    created_at=now,
                    updated_at=now,
                )
            )
            created = noted(by, "campaign.created", _subject(campaign), now, after=campaign, seed=seed)
            await self.trail.record([created])
        return campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCampaign:
    campaigns: Campaigns
    programs: Programs
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, ref: str, command: CampaignChange, by: Actor) -> Campaign:
        """Raises NoSuchCampaign, NoSuchProgram, NoSuchTemplate, CampaignArchived."""
        by.must(Permission.WRITE_CAMPAIGNS)
        now = self.clock.now()
        changes: dict[str, Any] = {} if command.name is UNSET else {"name": command.name}
        if not isinstance(command.planned_for, UnsetType):
            changes["planned_for"] = _to_come(command.planned_for, now)
        async with self.transaction():
            campaign = await self.campaigns.get(ref)
            if not isinstance(command.program, UnsetType):
                changes["program_id"] = (await self.programs.get(command.program)).id
            if not isinstance(command.template, UnsetType):
                named = command.template
                changes["template_id"] = await self.campaigns.template(named) if named is not None else None
            changed = campaign.changed(now, changes)
            if changed is not campaign:
                await self.campaigns.save(changed)
                record = noted(by, "campaign.changed", _subject(campaign), now, before=campaign, after=changed)
                await self.trail.record([record])
        return changed


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCampaign:
    campaigns: Campaigns
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, ref: str, by: Actor) -> Campaign:
        """Raises NoSuchCampaign."""
        by.must(Permission.WRITE_CAMPAIGNS)
        now = self.clock.now()
        async with self.transaction():
            campaign = await self.campaigns.get(ref)
            archived = campaign.changed(now, {"status": Status.ARCHIVED})
            if archived is not campaign:
                await self.campaigns.save(archived)
                record = noted(by, "campaign.archived", _subject(campaign), now, before=campaign, after=archived)
                await self.trail.record([record])
        return archived


def _subject(campaign: Campaign) -> Subject:
    return Subject(kind="campaign", id=str(campaign.id))


def _to_come(at: datetime | None, now: datetime) -> datetime | None:
    if at is not None and not (now < at and at.year < now.year + 10):
        raise Invalid("Plan a campaign for a moment within the next ten years.", field="planned_for")
    return at
