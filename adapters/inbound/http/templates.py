from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Struct
from msgspec.structs import asdict

from adapters.inbound.http.pages import After, Limit, Page, cursor_of, id_in, page
from adapters.inbound.injected import Injected
from application.templates.preview import Preview, PreviewTemplate, Sample
from application.templates.queries import TemplateQueries
from application.templates.write import CreateTemplate, DraftVersion, NewTemplate, NewVersion, PublishTemplate
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.compliance.lint import Lint, lint_template
from domain.ids import TemplateId
from domain.messages import Content
from domain.programs import Category
from domain.templates.locales import parse_locale
from domain.templates.template import Status, Template, Version

PATH = "/api/v1/templates"
_EXAMPLE = {
    "slug": "spring-sale",
    "name": "Spring sale",
    "channel": "sms",
    "category": "marketing",
    "content": {"text": "Acme: {{ percent }}% off today, {{ name }}. Reply STOP to opt out."},
    "locale": "en-US",
}
_EXAMPLE_OF_VERSION = {"content": {"text": "Acme : {{ percent }} % de rabais, {{ name }}."}, "locale": "fr-CA"}
_EXAMPLE_OF_PREVIEW = {"variables": {"percent": 20, "name": "Pat"}, "locale": "en-US"}
Locale = Annotated[
    str | None, QueryParameter(max_length=35, description="One locale, such as fr-CA; without it, all of them.")
]


class VersionView(Struct, frozen=True, kw_only=True):
    """One wording in one locale; once published it never changes."""

    locale: str
    version: int
    status: Status
    content: Content
    variables: tuple[str, ...]
    created_at: datetime
    published_at: datetime | None

    @classmethod
    def of(cls, version: Version) -> Self:
        return cls(status=version.status, **asdict(version))


class TemplateSummary(Struct, frozen=True, kw_only=True):
    """`locales` are those that are sent; the first is for contacts whose own is not among them."""

    id: TemplateId
    slug: str
    name: str
    channel: Channel
    category: Category
    status: Status
    locales: tuple[str, ...]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, template: Template) -> Self:
        return cls(**_summary(template))


class TemplateView(TemplateSummary, frozen=True, kw_only=True):
    """With each locale's newest version, and the one that is sent if that is another. `lints` say, by locale, what the
    newest wording lacks or says too much.
    """

    versions: tuple[VersionView, ...]
    lints: dict[str, tuple[Lint, ...]]

    @classmethod
    def of(cls, template: Template) -> Self:
        return cls(
            versions=tuple(VersionView.of(version) for version in template.current()),
            lints={version.locale: _lints(template, version) for version in template.newest()},
            **_summary(template),
        )


def _lints(template: Template, version: Version) -> tuple[Lint, ...]:
    return lint_template(
        version.content, channel=template.channel, category=template.judged_as, sender=None, program=None
    )


def _summary(template: Template) -> dict[str, Any]:
    live = template.live()
    return {
        "id": template.id,
        "slug": template.slug,
        "name": template.name,
        "channel": template.channel,
        "category": template.category,
        "status": Status.PUBLISHED if live else Status.DRAFT,
        "locales": tuple(version.locale for version in live),
        "created_at": template.created_at,
        "updated_at": template.updated_at,
    }


class TemplatesController(Controller):
    path = PATH
    tags = ["templates"]

    @post(opt={"permission": Permission.WRITE_TEMPLATES, "example": _EXAMPLE})
    async def create_template(
        self,
        data: JSONBody[NewTemplate],
        actor: Injected[Actor],
        create_template: Injected[CreateTemplate],
        seed: Injected[UUID | None],
    ) -> TemplateView:
        """Write what messages say, in Liquid; a draft until it is published."""
        return TemplateView.of(await create_template(data, by=actor, seed=seed))

    @get(opt={"permission": Permission.READ_TEMPLATES})
    async def list_templates(
        self,
        actor: Injected[Actor],
        template_queries: Injected[TemplateQueries],
        limit: Limit = 50,
        after: After = None,
    ) -> Page[TemplateSummary]:
        """All templates, newest first."""
        actor.must(Permission.READ_TEMPLATES)
        last = id_in(after)
        found = await template_queries.page(limit, TemplateId(last) if last else None)
        return page([TemplateSummary.of(one) for one in found], limit, PATH, lambda one: cursor_of(one.id))

    @get("/{ref:str}", opt={"permission": Permission.READ_TEMPLATES})
    async def get_template(
        self, ref: FromPath[str], actor: Injected[Actor], template_queries: Injected[TemplateQueries]
    ) -> TemplateView:
        """One template, by id or slug."""
        actor.must(Permission.READ_TEMPLATES)
        return TemplateView.of(await template_queries.one(ref))

    @get("/{ref:str}/versions/{locale:str}", opt={"permission": Permission.READ_TEMPLATES})
    async def list_template_versions(
        self,
        *,
        ref: FromPath[str],
        locale: FromPath[str],
        actor: Injected[Actor],
        template_queries: Injected[TemplateQueries],
        limit: Limit = 50,
        after: After = None,
    ) -> Page[VersionView]:
        """Every wording there ever was in a locale, newest first."""
        actor.must(Permission.READ_TEMPLATES)
        last, locale = id_in(after), parse_locale(locale)
        found = await template_queries.versions(ref, locale, limit, last.int if last else None)
        path = f"{PATH}/{ref}/versions/{locale}"
        return page([VersionView.of(one) for one in found], limit, path, lambda one: cursor_of(UUID(int=one.version)))

    @post("/{ref:str}/versions", opt={"permission": Permission.WRITE_TEMPLATES, "example": _EXAMPLE_OF_VERSION})
    async def draft_template_version(
        self,
        ref: FromPath[str],
        data: JSONBody[NewVersion],
        actor: Injected[Actor],
        draft_version: Injected[DraftVersion],
    ) -> TemplateView:
        """Edit the text, or add a locale; what is sent changes only when this is published."""
        return TemplateView.of(await draft_version(ref, data, by=actor))

    @post("/{ref:str}/actions/publish", status_code=200, opt={"permission": Permission.WRITE_TEMPLATES})
    async def publish_template(
        self,
        ref: FromPath[str],
        actor: Injected[Actor],
        publish_template: Injected[PublishTemplate],
        locale: Locale = None,
    ) -> TemplateView:
        """From now on, send the newest version. Publishing again changes nothing."""
        return TemplateView.of(await publish_template(ref, by=actor, locale=locale))

    @post(
        "/{ref:str}/preview",
        status_code=200,
        opt={"permission": Permission.READ_TEMPLATES, "example": _EXAMPLE_OF_PREVIEW},
    )
    async def preview_template(
        self,
        ref: FromPath[str],
        data: JSONBody[Sample],
        actor: Injected[Actor],
        preview_template: Injected[PreviewTemplate],
    ) -> Preview:
        """What the newest version says with these variables, what an SMS of it costs, and what is missing."""
        return await preview_template(ref, data, by=actor)
