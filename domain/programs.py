"""What one opts in *to*: a purpose, a sender, a promised frequency and the exact texts shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.channels import require_slug, require_web_address
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import ProgramId, SenderId


class Category(StrEnum):
    """What the law calls the message; the rules' names for it."""

    MARKETING = "marketing"
    INFORMATIONAL = "informational"
    TRANSACTIONAL = "transactional"
    OTP = "otp"
    EMERGENCY = "emergency"
    EXEMPTED_INFORMATIONAL = "exempted_informational"


class OptIn(StrEnum):
    SINGLE = "single"
    DOUBLE = "double"


class Status(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


class NoSuchProgram(NotFound):
    """No program has this id or slug."""


class ProgramNotActive(Conflict):
    """Only an active program sends."""


class WrongStep(Conflict):
    """The present state does not allow this step."""


class AgreedTo(Conflict):
    """People agreed to the program as it is; another one is needed for something else."""


_AFTER: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.ACTIVE, Status.ARCHIVED}),
    Status.ACTIVE: frozenset({Status.PAUSED, Status.ARCHIVED}),
    Status.PAUSED: frozenset({Status.ACTIVE, Status.ARCHIVED}),
    Status.ARCHIVED: frozenset(),
}


class Disclosure(Struct, frozen=True, kw_only=True):
    """One exact wording shown, by version and locale."""

    channel: Channel
    locale: str
    text: str
    version: int = 1

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise Invalid("Give the text people will agree to.", field="disclosures")

    @property
    def hash(self) -> str:
        return sha256(self.text.encode()).hexdigest()


def next_versions(shown: Sequence[Disclosure], texts: Sequence[Disclosure]) -> tuple[Disclosure, ...]:
    """Those texts that differ from what is shown now, each numbered as the next of its channel and locale."""
    now: dict[tuple[Channel, str], Disclosure] = {}
    for text in sorted(shown, key=lambda one: one.version):
        now[text.channel, text.locale] = text
    if len({(text.channel, text.locale) for text in texts}) < len(texts):
        raise Invalid("Give one text for each channel and locale.", field="disclosures")
    versions = []
    for text in texts:
        present = now.get((text.channel, text.locale))
        if present is None or present.text != text.text:
            versions.append(replace(text, version=present.version + 1 if present else 1))
    return tuple(versions)


class Program(Struct, frozen=True, kw_only=True):
    """Terms and privacy policy are the sender's where a program has none of its own. `also_on_form` are the slugs of
    further programs of the same sender that people may agree to on this program's form.
    """

    id: ProgramId
    slug: str
    name: str
    purpose: str
    category: Category
    channels: tuple[Channel, ...]
    opt_in: OptIn
    frequency: str
    sender_id: SenderId
    created_at: datetime
    updated_at: datetime
    status: Status = Status.DRAFT
    disclosures: tuple[Disclosure, ...] = ()
    terms_url: str | None = None
    privacy_url: str | None = None
    also_on_form: tuple[str, ...] = ()
    revision: int = 1

    def __post_init__(self) -> None:
        require_slug(self.slug)
        for name in ("terms_url", "privacy_url"):
            if (url := getattr(self, name)) is not None:
                require_web_address(url, name)
        if self.slug in self.also_on_form or len(set(self.also_on_form)) < len(self.also_on_form):
            raise Invalid("Name other programs, each once.", field="also_on_form")
        if not self.channels or len(set(self.channels)) < len(self.channels):
            raise Invalid("Name at least one channel, each once.", field="channels")

    def to(self, status: Status, at: datetime) -> "Program":
        """Raises WrongStep."""
        if status is self.status:
            return self
        if status not in _AFTER[self.status]:
            raise WrongStep(f"A program that is {self.status} cannot become {status}.")
        return replace(self, status=status, updated_at=at, revision=self.revision + 1)

    def changed(self, at: datetime, changes: Mapping[str, object], texts: Sequence[Disclosure] = ()) -> "Program":
        """A text that differs from the one shown now becomes the next version; versions never change.

        Raises AgreedTo, WrongStep. Changing nothing is no revision.
        """
        self._must_allow(changes)
        new = next_versions(self.disclosures, texts)
        if not new and all(getattr(self, name) == value for name, value in changes.items()):
            return self
        return replace(self, **changes, disclosures=self.disclosures + new, updated_at=at, revision=self.revision + 1)

    def _must_allow(self, changes: Mapping[str, object]) -> None:
        if self.status is Status.ARCHIVED:
            raise WrongStep("An archived program stays as it is.")
        if self.status is not Status.DRAFT:
            for name in ("category", "sender_id"):
                if changes.get(name, getattr(self, name)) != getattr(self, name):
                    raise AgreedTo(
                        "People agreed to this sender and category; make another program.",
                        field=name.removesuffix("_id"),
                    )

    def must_serve(self, channel: Channel) -> None:
        """Raises ProgramNotActive, Invalid."""
        if self.status is not Status.ACTIVE:
            raise ProgramNotActive(f"The program {self.slug} is {self.status}; activate it first.", field="program")
        if channel not in self.channels:
            raise Invalid(f"The program {self.slug} does not use {channel}.", field="channel")
