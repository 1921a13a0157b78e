"""A legal hold: what it is on does not go, whatever its age, until the hold is released."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.errors import Conflict, Invalid, NotFound
from domain.ids import HoldId


class HoldOn(StrEnum):
    CONTACT = "contact"
    PROGRAM = "program"
    EVERYTHING = "everything"


class NoSuchHold(NotFound):
    """No legal hold has this id."""


class NothingToHold(NotFound):
    """There is no such contact or program, and none was erased."""


class UnderHold(Conflict):
    """A legal hold keeps what is asked to be erased (GDPR 17(3)(e))."""


class AlreadyReleased(Conflict):
    """The hold is released; whoever needs another one places it."""


class LegalHold(Struct, frozen=True, kw_only=True):
    """`on` says what `subject_id` names; everything has no id."""

    id: HoldId
    on: HoldOn
    subject_id: UUID | None
    reason: str
    placed_at: datetime
    placed_by: str
    released_at: datetime | None = None
    released_by: str | None = None

    def __repr__(self) -> str:
        return f"LegalHold({self.id})"

    def released(self, by: str, at: datetime) -> "LegalHold":
        """Raises AlreadyReleased."""
        if self.released_at is not None:
            raise AlreadyReleased("This hold was released before.")
        return replace(self, released_by=by, released_at=at)


def must_name(on: HoldOn, subject_id: UUID | None) -> None:
    """Raises Invalid."""
    if (on is HoldOn.EVERYTHING) != (subject_id is None):
        raise Invalid("Name the contact or program by its id; a hold on everything names none.", field="subject_id")
