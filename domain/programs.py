"""What one opts in *to*: a purpose, a sender, a promised frequency and the exact texts shown."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.channels import require_slug
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

    @property
    def hash(self) -> str:
        return sha256(self.text.encode()).hexdigest()


class Program(Struct, frozen=True, kw_only=True):
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
    revision: int = 1

    def __post_init__(self) -> None:
        require_slug(self.slug)
        if not self.channels:
            raise Invalid("Name at least one channel.", field="channels")

    def to(self, status: Status, at: datetime) -> "Program":
        """Raises WrongStep. A program goes live only with a disclosure for each of its channels."""
        if status is self.status:
            return self
        if status not in _AFTER[self.status]:
            raise WrongStep(f"A program that is {self.status} cannot become {status}.")
        if status is Status.ACTIVE:
            told = {disclosure.channel for disclosure in self.disclosures}
            if lacking := [channel for channel in self.channels if channel not in told]:
                raise WrongStep(f"Add a disclosure for {', '.join(lacking)} first: consent needs a text to agree to.")
        return replace(self, status=status, updated_at=at, revision=self.revision + 1)

    def must_serve(self, channel: Channel) -> None:
        """Raises ProgramNotActive, Invalid."""
        if self.status is not Status.ACTIVE:
            raise ProgramNotActive(f"The program {self.slug} is {self.status}; activate it first.", field="program")
        if channel not in self.channels:
            raise Invalid(f"The program {self.slug} does not use {channel}.", field="channel")
