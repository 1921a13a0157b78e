"""The consent ledger: every opt-in and opt-out, with its proof, in the order it happened.

The ledger is the aggregate's memory. `Consent` is what the entries add up to; its methods decide
the next entry and never change anything themselves.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.consent.evidence import Evidence, Facts
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import EntryId, ProgramId


class Status(StrEnum):
    """`imported` is a grant taken over from elsewhere: believed as far as its evidence goes.

    The last four agree to nothing else: that a code was asked for, which may therefore be sent; a START; what an
    unclear reply suspends; and that somebody has read it.
    """

    NONE = "none"
    REQUESTED = "requested"
    GRANTED = "granted"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    REVOKED = "revoked"
    EXPIRED = "expired"
    CODE_ASKED = "code_asked"
    RESTARTED = "restarted"
    SUSPENDED = "suspended"
    RESUMED = "resumed"


AGREED = frozenset({Status.GRANTED, Status.CONFIRMED, Status.IMPORTED})
MARKS = frozenset({Status.CODE_ASKED, Status.RESTARTED, Status.SUSPENDED, Status.RESUMED})
ONE_CATEGORY = "category"


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

    @property
    def to_everything(self) -> bool:
        """Whether it speaks for every program, whatever its category."""
        return self.program_id is None and self.facts.scope != ONE_CATEGORY

    def concerns(self, categories: tuple[str, ...]) -> bool:
        """A no to one category concerns what is for that category, or may be."""
        return self.facts.scope != ONE_CATEGORY or not categories or self.facts.category in categories


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
        last, agreed = self._last_words(mine)
        entries = (*self.entries, *mine)
        if last is None:
            return replace(self, entries=entries)
        if last.status is Status.RESTARTED and agreed is not None:
            return replace(self, status=agreed.status, since=last.at, expires_at=agreed.expires_at, entries=entries)
        return replace(self, status=last.status, since=last.at, expires_at=last.expires_at, entries=entries)

    def _last_words(self, mine: Iterable[Fact]) -> tuple[Fact | None, Fact | None]:
        """The entry that decides where the consent stands, and the last that agreed."""
        last: Fact | None = None
        agreed: Fact | None = None
        for entry in mine:
            if entry.status in AGREED:
                last = agreed = entry
            elif entry.status is Status.RESTARTED:
                last = entry if _restores(entry, agreed, last) else last
            elif entry.status not in MARKS and _bears(entry, agreed):
                last = entry
        return last, agreed

    def grant(self, status: Status, evidence: Evidence, at: datetime) -> None:
        """May this be recorded? Raises AlreadyRevoked: after an opt-out only the person can opt in again, and later."""
        refused_at = self._refused_at(evidence.categories)
        if refused_at is None:
            return
        if at <= refused_at:
            raise AlreadyRevoked("The contact opted out after that consent; it no longer counts.", field="occurred_at")
        if status is Status.IMPORTED or not _given_by_person(evidence):
            raise AlreadyRevoked(
                "The contact opted out; only their own, provable act opts them in again.", field="evidence"
            )

    def _refused_at(self, categories: tuple[str, ...]) -> datetime | None:
        """When they last said no to this, or to a category of it, and have not agreed to it since."""
        if self.status is Status.REVOKED:
            return self.since
        for entry in reversed(self.entries):
            if entry.status in AGREED:
                return None
            if entry.status is Status.REVOKED and entry.facts.scope == ONE_CATEGORY and entry.concerns(categories):
                return entry.at
        return None

    def as_of(self, at: datetime) -> Status:
        if self.expires_at is not None and self.status in AGREED and at >= self.expires_at:
            return Status.EXPIRED
        return self.status


def _given_by_person(evidence: Evidence) -> bool:
    """Their own act, on a text we kept, told to us and not bought; not what others vouch for."""
    kept = evidence.disclosure_text_verbatim is not None and evidence.affirmative_act is not None
    return kept and evidence.source == "first_party" and evidence.attested_by is None


def _bears(entry: Fact, agreed: Fact | None) -> bool:
    """A no to one category alone says nothing about a program nobody agreed to yet."""
    return entry.facts.scope != ONE_CATEGORY if agreed is None else entry.concerns(agreed.facts.categories)


def _restores(start: Fact, agreed: Fact | None, last: Fact | None) -> bool:
    """START gives back what was agreed to before, where it says that it may (US-TCPA-REV-12)."""
    if agreed is None or last is None or last.status is not Status.REVOKED:
        return False
    given, back = set(agreed.facts.categories), set(start.facts.categories)
    return start.facts.to_sender in (None, agreed.brand) and bool(given) and given <= back


def words_about(facts: Iterable[Fact], program_id: ProgramId) -> list[Fact]:
    """What was said yes or no to about this program, or about all; in the order given."""
    return [fact for fact in facts if fact.program_id in (program_id, None) and fact.status not in MARKS]


def all_revoked(facts: Sequence[Fact]) -> bool:
    """Whether everything was told no, and nothing but no since. Facts come oldest first."""
    for fact in reversed(facts):
        if fact.status is Status.REVOKED and fact.to_everything:
            return True
        if fact.status in AGREED or fact.status in (Status.REQUESTED, Status.RESTARTED):
            return False
    return False


def blocked_at_provider(facts: Sequence[Fact]) -> bool:
    """Whether a provider's own block is on record, and no yes since. Facts come oldest first."""
    for fact in reversed(facts):
        if fact.status in AGREED or fact.status is Status.RESTARTED:
            return False
        if fact.status is Status.REVOKED and fact.facts.source == "provider":
            return True
    return False
