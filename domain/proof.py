"""What a dossier says that no record says by itself: how an opt-out was honoured, and which files were signed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from domain.audit.record import canonical
from domain.consent.ledger import AGREED, ONE_CATEGORY, Fact, Status
from domain.ids import EntryId, MessageId, ProgramId

_GIVES_BACK = AGREED | {Status.RESTARTED}


class Sent(Struct, frozen=True, kw_only=True):
    """A message that left, and when."""

    message_id: MessageId
    program_id: ProgramId
    category: str
    at: datetime


class OptOut(Struct, frozen=True, kw_only=True):
    """A no, and what left after it that it forbade, until the next yes. Without a program it was said to all, without
    a category to every one. `seconds` lie between it and the last such message; None if there was none. The message
    that confirmed it to the person is told apart.
    """

    entry_id: EntryId
    program: str | None
    category: str | None
    at: datetime
    recorded_at: datetime
    messages_after: int
    last_message_id: MessageId | None
    seconds: int | None
    confirmed_by: str | None
    confirmed_after_seconds: int | None


class Manifest(Struct, frozen=True, kw_only=True):
    """The SHA-256 of every file, and the public keys by their ids, in hex."""

    files: dict[str, str]
    keys: dict[str, str]
    made_at: datetime

    @property
    def canonical(self) -> bytes:
        return canonical(self)

    @property
    def signed(self) -> bytes:
        """The bytes the signature is of."""
        return b"optin-manager dossier v1\n" + self.canonical


def opt_outs(facts: Sequence[Fact], sent: Sequence[Sent]) -> tuple[OptOut, ...]:
    """Oldest first."""
    ordered = sorted(facts, key=lambda fact: fact.at)
    return tuple(_honoured(fact, ordered, sent) for fact in ordered if fact.status is Status.REVOKED)


def _honoured(no: Fact, facts: Iterable[Fact], sent: Sequence[Sent]) -> OptOut:
    later = [fact for fact in facts if fact.status in _GIVES_BACK and fact.at >= no.at]
    confirmed = no.facts.confirmed
    confirmation = next((one for one in sent if str(one.message_id) == confirmed), None)
    after = [
        one
        for one in sent
        if one is not confirmation and one.at > no.at and _forbidden(no, one) and not _given_back(later, one)
    ]
    last = max(after, key=lambda one: one.at, default=None)
    return OptOut(
        entry_id=no.id,
        program=no.program,
        category=no.facts.category if no.facts.scope == ONE_CATEGORY else None,
        at=no.at,
        recorded_at=no.recorded_at,
        messages_after=len(after),
        last_message_id=last.message_id if last else None,
        seconds=_seconds(no, last),
        confirmed_by=confirmed,
        confirmed_after_seconds=_seconds(no, confirmation),
    )


def _forbidden(no: Fact, sent: Sent) -> bool:
    return no.program_id in (None, sent.program_id) and no.concerns((sent.category,))


def _given_back(later: Iterable[Fact], sent: Sent) -> bool:
    return any(yes.at <= sent.at and yes.program_id in (None, sent.program_id) for yes in later)


def _seconds(no: Fact, sent: Sent | None) -> int | None:
    return (sent.at - no.at) // timedelta(seconds=1) if sent else None
