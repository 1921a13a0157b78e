"""The words of a notice: the customer's own if they published some, the product's otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from application.templates.compose import Composed, compose
from application.templates.ports import Renderer, Templates
from domain.addresses import Channel
from domain.errors import DomainError
from domain.templates.locales import best
from domain.templates.notices import Notice, slug_of
from domain.templates.shipped import fingerprint, shipped
from domain.templates.template import Template
from domain.templates.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTexts:
    templates: Templates
    renderer: Renderer

    async def of(self, wanted: Iterable[tuple[Notice, Channel]]) -> Mapping[str, Template]:
        """What is published for these notices, by slug. Needs an open transaction."""
        slugs = sorted({slug_of(notice, channel) for notice, channel in wanted})
        return await self.templates.published(slugs) if slugs else {}

    def composed(
        self,
        notice: Notice,
        channel: Channel,
        values: Mapping[str, Value],
        *,
        locales: Sequence[str | None],
        published: Mapping[str, Template],
    ) -> Composed:
        """In the first of these languages there is. Where the customer's own words cannot be filled, the product's
        answer instead: a person who acts is never left without an answer.
        """
        slug = slug_of(notice, channel)
        template = published.get(slug)
        if template is not None and template.channel is channel and template.live():
            locale = best(locales, [version.locale for version in template.live()])
            used = template.version_for(locale).variables
            try:
                given = {name: value for name, value in values.items() if name in used}
                return compose(template, given, locale=locale, renderer=self.renderer)
            except DomainError:
                pass
        return self._shipped(slug, channel, values, locales)

    def _shipped(
        self, slug: str, channel: Channel, values: Mapping[str, Value], locales: Sequence[str | None]
    ) -> Composed:
        texts = shipped()[slug].texts
        locale = best(locales, list(texts))
        content = self.renderer.render(texts[locale], channel, values)
        return Composed(content=content, origin=f"{slug}@{locale}.{fingerprint(texts[locale])}")
