"""Writing templates: made with a first draft, edited by further drafts, published when right."""

from dataclasses import dataclass
from uuid import UUID

from msgspec import Struct

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.ports import Clock, Transaction
from application.templates.ports import Renderer, Templates
from application.templates.telling import subject, told
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.ids import TemplateId, new_id
from domain.messages import Content
from domain.programs import Category
from domain.templates.notices import must_answer, must_be_free
from domain.templates.template import Template, must_be_source

FIRST_LOCALE = "en-US"


class NewTemplate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The locale given here is what contacts of other languages read."""

    slug: str
    name: str
    channel: Channel
    category: Category
    content: Content
    locale: str = FIRST_LOCALE


class NewVersion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    content: Content
    locale: str = FIRST_LOCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTemplate:
    templates: Templates
    renderer: Renderer
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewTemplate, by: Actor, *, seed: UUID | None = None) -> Template:
        """A seed names the template: repeated after a crash, the request finds the one it already made."""
        by.must(Permission.WRITE_TEMPLATES)
        must_be_free(command.slug)
        must_be_source(command.content, command.channel)
        variables = self.renderer.variables(command.content, command.channel)
        now = self.clock.now()
        template = Template(
            id=TemplateId(seed or new_id(now)),
            slug=command.slug,
            name=command.name,
            channel=command.channel,
            category=command.category,
            created_at=now,
            updated_at=now,
            revision=0,
        ).drafted(command.locale, command.content, variables, now)
        async with self.transaction():
            added = await self.templates.add(template)
            record = noted(by, "template.created", subject(added), now, after=told(added), seed=seed)
            await self.trail.record([record])
        return added


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVersion:
    templates: Templates
    renderer: Renderer
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, ref: str, command: NewVersion, by: Actor) -> Template:
        """What is published stays as it is until the draft is published. Raises NoSuchTemplate, TemplateBroken."""
        by.must(Permission.WRITE_TEMPLATES)
        now = self.clock.now()
        async with self.transaction():
            template = await self.templates.get(ref)
            must_be_source(command.content, template.channel)
            variables = self.renderer.variables(command.content, template.channel)
            must_answer(variables, template.slug, template.channel)
            drafted = template.drafted(command.locale, command.content, variables, now)
            await self.templates.save(template, drafted)
            record = noted(by, "template.drafted", subject(template), now, before=told(template), after=told(drafted))
            await self.trail.record([record])
        return drafted


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishTemplate:
    templates: Templates
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, ref: str, by: Actor, *, locale: str | None = None) -> Template:
        """The newest draft of one locale, or of all. Raises NoSuchTemplate, NoSuchVersion."""
        by.must(Permission.WRITE_TEMPLATES)
        now = self.clock.now()
        async with self.transaction():
            template = await self.templates.get(ref)
            published = template.published(now, locale)
            if published is not template:
                await self.templates.save(template, published)
                before, after = told(template), told(published)
                record = noted(by, "template.published", subject(template), now, before=before, after=after)
                await self.trail.record([record])
        return published
