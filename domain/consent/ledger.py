"""The consent ledger: every opt-in and opt-out, with its proof, in the order it happened.

The ledger is the aggregate's memory. `Consent` is what the entries add up to; its methods decide
the next entry and never change anything themselves.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.consent.evidence import Evidence, Facts
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import EntryId, ProgramId


class Status(StrEnum):
    """`imported` is a grant taken over from elsewhere: believed as far as its evidence goes."""

    NONE = "none"
    REQUESTED = "requested"
    GRANTED = "granted"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    REVOKED = "revoked"
    EXPIRED = "expired"


AGREED = frozenset({Status.GRANTED, Status.CONFIRMED, Status.IMPORTED})


class NoSuchConsent(NotFound):
    """No consent has this id."""


class NothingToConfirm(Conflict):
    """No opt-in request is waiting for an answer."""


class AlreadyRevoked(Conflict):
    """An opt-out stands until the person, and nobody else, opts in again."""


class NotYet(Invalid):
    """A consent cannot have been given in the future."""


class Fact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the ledger as the rules see it: what was done when, and nobody's name.

    Without a program it speaks for every program of the contact point. `program` and `brand` are slugs.
    """

    id: EntryId
    program_id: ProgramId | None
    program: str | None = None
    brand: str | None = None
    channel: Channel
    status: Status
    at: datetime
    recorded_at: datetime
    expires_at: datetime | None = None
    facts: Facts = Facts()


class Consent(Struct, frozen=True, kw_only=True):
    """Where one contact point stands with one program."""

    program_id: ProgramId
    channel: Channel
    status: Status = Status.NONE
    since: datetime | None = None
    expires_at: datetime | None = None
    entries: tuple[Fact, ...] = ()

    @property
    def id(self) -> EntryId | None:
        """A consent is named after its first entry."""
        return self.entries[0].id if self.entries else None

    def replay(self, entries: Iterable[Fact]) -> "Consent":
        """Entries of other programs are passed over; those without a program count for all."""
        mine = sorted(
            (entry for entry in entries if entry.program_id in (self.program_id, None)), key=lambda entry: entry.at
        )
        if not mine:
            return self
        last = mine[-1]
        return replace(
            self, status=last.status, since=last.at, expires_at=last.expires_at, entries=(*self.entries, *mine)
        )

    def grant(self, status: Status, evidence: Evidence, at: datetime) -> None:
        """May this be recorded? Raises AlreadyRevoked: after an opt-out only the person can opt in again, and later."""
        if self.status is not Status.REVOKED:
            return
        if self.since is not None and at <= self.since:
            raise AlreadyRevoked("The contact opted out after that consent; it no longer counts.", field="occurred_at")
        if status is Status.IMPORTED or not _given_by_person(evidence):
            raise AlreadyRevoked(
                "The contact opted out; only their own, provable act opts them in again.", field="evidence"
            )

    def as_of(self, at: datetime) -> Status:
        if self.expires_at is not None and self.status in AGREED and at >= self.expires_at:
            return Status.EXPIRED
        return self.status


def _given_by_person(evidence: Evidence) -> bool:
    """Their own act, on a text we kept, told to us and not bought."""
    kept = evidence.disclosure_text_verbatim is not None and evidence.affirmative_act is not None
    return kept and evidence.source == "first_party"
