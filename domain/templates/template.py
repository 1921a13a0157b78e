"""A text to send again and again: written once per locale, published, and from then on never changed.

An edit is a new version, so what a message said can always be shown again.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.channels import require_slug
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import TemplateId
from domain.messages import Content
from domain.programs import Category
from domain.templates.locales import choose, parse_locale
from domain.templates.notices import KINDS, notice_of

# Carriers take an SMS of up to 1600 characters; Gmail cuts a mail at 102 KB.
LONGEST_SMS = 1_600
_LONGEST_SOURCE = {Channel.SMS: 4_000, Channel.EMAIL: 100_000}
_LONGEST_SUBJECT = 1_000
_MOST_LOCALES = 100


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class NoSuchTemplate(NotFound):
    """No template has this id or slug."""


class NoSuchVersion(NotFound):
    """The template has no version in this locale."""


class NotPublished(Conflict):
    """Only a published template sends."""


class Version(Struct, frozen=True, kw_only=True):
    """`variables` are the names the content needs, found in it and nowhere else."""

    locale: str
    version: int
    content: Content
    variables: tuple[str, ...]
    created_at: datetime
    published_at: datetime | None = None

    @property
    def status(self) -> Status:
        return Status.PUBLISHED if self.published_at else Status.DRAFT


class Template(Struct, frozen=True, kw_only=True):
    """`versions` holds each locale's newest version and newest published one, the locale first written first."""

    id: TemplateId
    slug: str
    name: str
    channel: Channel
    category: Category
    created_at: datetime
    updated_at: datetime
    versions: tuple[Version, ...] = ()
    revision: int = 1

    def __post_init__(self) -> None:
        require_slug(self.slug)
        if not 0 < len(self.name.strip()) <= 200:
            raise Invalid("Give the template a name of up to 200 characters.", field="name")

    @property
    def judged_as(self) -> str:
        """What the rules call what is written with it; a notice has words of theirs that no program has."""
        notice = notice_of(self.slug)
        return self.category if notice is None else KINDS[notice].category

    def drafted(self, locale: str, content: Content, variables: tuple[str, ...], at: datetime) -> "Template":
        """A new version to be published when it is right; those before it stay as they are. Raises Invalid."""
        locale = parse_locale(locale)
        must_be_source(content, self.channel)
        known = {version.locale for version in self.versions}
        if locale not in known and len(known) >= _MOST_LOCALES:
            raise Invalid(f"A template has at most {_MOST_LOCALES} locales.", field="locale")
        newest = max((version.version for version in self.versions if version.locale == locale), default=0)
        drafted = Version(locale=locale, version=newest + 1, content=content, variables=variables, created_at=at)
        return self._with((*self.versions, drafted), at)

    def published(self, at: datetime, locale: str | None = None) -> "Template":
        """The newest version of the locale, or of every locale; nothing new changes nothing. Raises NoSuchVersion."""
        newest = self.newest()
        if locale is not None and (locale := parse_locale(locale)) not in {version.locale for version in newest}:
            raise NoSuchVersion(f"The template {self.slug} has no version in {locale}; add one first.", field="locale")
        due = [
            version
            for version in newest
            if version.status is Status.DRAFT and (locale is None or version.locale == locale)
        ]
        if not due:
            return self
        return self._with(
            tuple(replace(version, published_at=at) if version in due else version for version in self.versions), at
        )

    def newest(self) -> tuple[Version, ...]:
        """The newest version of each locale, draft or not."""
        return tuple({version.locale: version for version in self._by_number()}.values())

    def live(self) -> tuple[Version, ...]:
        """What is sent now: the newest published version of each locale."""
        published = [version for version in self._by_number() if version.status is Status.PUBLISHED]
        return tuple({version.locale: version for version in published}.values())

    def current(self) -> tuple[Version, ...]:
        """Each locale's newest version, and the one that is sent if that is another."""
        shown = (*self.newest(), *self.live())
        return tuple(version for version in self._by_number() if version in shown)

    def version_for(self, locale: str | None) -> Version:
        """What a contact of that locale is sent. Raises NotPublished."""
        live = self.live()
        if not live:
            raise NotPublished(f"The template {self.slug} is a draft; publish it first.", field="template")
        return _of(live, locale)

    def draft_for(self, locale: str | None) -> Version:
        """What its author sees: the newest version, published or not."""
        return _of(self.newest(), locale)

    def _by_number(self) -> list[Version]:
        order = {locale: place for place, locale in enumerate(dict.fromkeys(v.locale for v in self.versions))}
        return sorted(self.versions, key=lambda version: (order[version.locale], version.version))

    def _with(self, versions: tuple[Version, ...], at: datetime) -> "Template":
        return replace(self, versions=versions, updated_at=at, revision=self.revision + 1)


def _of(versions: tuple[Version, ...], locale: str | None) -> Version:
    chosen = choose(locale, [version.locale for version in versions])
    return next(version for version in versions if version.locale == chosen)


def must_be_source(content: Content, channel: Channel) -> None:
    """Raises Invalid."""
    content.must_fit(channel)
    longest = _LONGEST_SOURCE[channel]
    for field, text, limit in (
        ("text", content.text, longest),
        ("subject", content.subject, _LONGEST_SUBJECT),
        ("html", content.html, longest),
    ):
        if text is not None and len(text) > limit:
            raise Invalid(
                f"The {field} of a template for {channel} has at most {limit} characters.", field=f"content.{field}"
            )
