"""Show what a template would say, while it is being written."""

from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from application.links.ports import Links
from application.links.variables import blank
from application.templates.ports import Renderer, RenderingFailed
from application.templates.queries import TemplateQueries
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.compliance.lint import Lint, lint_template
from domain.messages import Content
from domain.templates.notices import KNOWN
from domain.templates.segments import Segments, segments
from domain.templates.template import Status, Template, Version
from domain.templates.variables import Value, fit, missing, unknown


class Sample(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    variables: dict[str, Any] = {}
    locale: str | None = None


class Preview(Struct, frozen=True, kw_only=True):
    """`content` shows what is missing as `{{ name }}`, and is null if that keeps the template from being filled. What
    the product knows itself, such as the brand, is shown the same and is not missing.

    Sending refuses both what is missing and what is unknown.
    """

    locale: str
    version: int
    status: Status
    content: Content | None
    segments: Segments | None
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    lints: tuple[Lint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTemplate:
    template_queries: TemplateQueries
    renderer: Renderer
    links: Links

    async def __call__(self, ref: str, command: Sample, by: Actor) -> Preview:
        """The newest version, draft or not. Raises NoSuchTemplate, WrongVariables, RenderingFailed."""
        by.must(Permission.READ_TEMPLATES)
        template = await self.template_queries.one(ref)
        version = template.draft_for(command.locale)
        ours = blank(self.links)
        declared = tuple(name for name in version.variables if name not in ours)
        given = {name: command.variables[name] for name in declared if name in command.variables}
        lacking = tuple(name for name in missing(declared, command.variables) if name not in KNOWN)
        shown = {name: _gap(name) for name in declared if name in KNOWN} | fit(given)
        content = self._content(template, version, {**shown, **ours}, lacking)
        return Preview(
            locale=version.locale,
            version=version.version,
            status=version.status,
            content=content,
            segments=segments(content.text) if content and template.channel is Channel.SMS else None,
            missing=lacking,
            unknown=unknown(declared, command.variables),
            lints=lint_template(
                content or version.content,
                channel=template.channel,
                category=template.judged_as,
                sender=None,
                program=None,
            ),
        )

    def _content(
        self, template: Template, version: Version, values: dict[str, Value], lacking: tuple[str, ...]
    ) -> Content | None:
        gaps: dict[str, Value] = {name: _gap(name) for name in lacking}
        try:
            return self.renderer.render(version.content, template.channel, values | gaps)
        except RenderingFailed:
            if lacking:
                return None
            raise


def _gap(name: str) -> str:
    return f"{{{{ {name} }}}}"
