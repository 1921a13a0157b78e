"""Put the templates the product comes with in place, and keep those current that nobody worded otherwise."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.ports import Clock, Transaction
from application.templates.ports import Renderer, Templates
from application.templates.telling import subject, told
from domain.access import SYSTEM
from domain.channels import SlugTaken
from domain.ids import TemplateId, new_id
from domain.templates.shipped import Shipped, shipped, to_be_written
from domain.templates.template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvideTemplates:
    templates: Templates
    renderer: Renderer
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> list[str]:
        """The slugs of those written now. Done again it changes nothing, however many do it at once."""
        async with self.transaction():
            present = await self.templates.published(sorted(shipped()))
        due = [one for slug, one in shipped().items() if slug not in present or to_be_written(present[slug], one)]
        return [one.slug for one in due if await self._written(one, new=one.slug not in present)]

    async def _written(self, one: Shipped, *, new: bool) -> bool:
        now = self.clock.now()
        try:
            async with self.transaction():
                before = None if new else await self.templates.get(one.slug)
                after = self._worded(before or _empty(one, now), one, now)
                if before is None:
                    await self.templates.add(after)
                else:
                    await self.templates.save(before, after)
                if after is not before:
                    was = told(before) if before else None
                    record = noted(SYSTEM, "template.provided", subject(after), now, before=was, after=told(after))
                    await self.trail.record([record])
                return after is not before
        except SlugTaken:
            # Another process starts at the same time, and was quicker.
            return False

    def _worded(self, template: Template, one: Shipped, now: datetime) -> Template:
        """The text for everybody else is the first written; the others follow a moment later."""
        for place, (locale, content) in enumerate(to_be_written(template, one).items()):
            at = now + timedelta(microseconds=place)
            variables = self.renderer.variables(content, one.channel)
            template = template.drafted(locale, content, variables, at).published(at, locale)
        return template


def _empty(one: Shipped, now: datetime) -> Template:
    return Template(
        id=TemplateId(new_id(now)),
        slug=one.slug,
        name=one.name,
        channel=one.channel,
        category=one.category,
        created_at=now,
        updated_at=now,
        revision=0,
    )
