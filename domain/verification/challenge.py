"""One code or link that proves somebody reads an address: for one address, one purpose, one intent, and good once."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.compliance.codes import EMAIL_PURPOSES, Answer, Code, Outcome, check, lifetime, may_use_email_code
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import ChallengeId

_PURPOSE = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
_LONGEST_PURPOSE = 40


_ACTS = {
    **dict.fromkeys(EMAIL_PURPOSES, "confirm"),
    **dict.fromkeys(("recovery", "address_recovery"), "recovery"),
    **dict.fromkeys(("sign_in", "signin", "log_in", "login"), "sign_in"),
}


class Intent(StrEnum):
    """Which part of the product asked. An approval for one is worth nothing to another."""

    API = "api"
    OPT_IN = "opt_in"
    PREFERENCES = "preferences"
    ATTESTATION = "attestation"
    RIGHTS = "rights"


class Method(StrEnum):
    CODE = "code"
    LINK = "link"


class Status(StrEnum):
    """What a check is told. A challenge that was never sent reads like one nobody has answered yet."""

    APPROVED = "approved"
    PENDING = "pending"
    EXPIRED = "expired"
    LOCKED = "locked"
    USED = "used"


class NoSuchVerification(NotFound):
    """No verification has this id."""


class NoProgramForCodes(Conflict):
    """No active program can carry a code on this channel."""


_STATUS = {
    Outcome.ACCEPTED: Status.APPROVED,
    Outcome.WRONG: Status.PENDING,
    Outcome.EXPIRED: Status.EXPIRED,
    # Somebody asked again: the newer one counts, and to whoever holds this one it is over.
    Outcome.SUPERSEDED: Status.EXPIRED,
    Outcome.LOCKED: Status.LOCKED,
    Outcome.USED: Status.USED,
}


class Challenge(Struct, frozen=True, kw_only=True):
    """`issued_at` is when the product was done with sending it, whether or not the rules let it go; until then it
    waits. `carried` are the failures of the challenges it follows on.
    """

    id: ChallengeId
    live: bool
    channel: Channel
    method: Method
    purpose: str
    intent: Intent
    program: str
    created_at: datetime
    due_at: datetime
    expires_at: datetime
    locale: str | None = None
    link: str | None = None
    issued_at: datetime | None = None
    superseded_at: datetime | None = None
    used_at: datetime | None = None
    refused: str | None = None
    failures: int = 0
    carried: int = 0
    failed_at: datetime | None = None

    def answered(self, *, correct: bool, failures_24h: int, at: datetime) -> tuple["Challenge", Status]:
        """What a check makes of it. `failures_24h` are those of its address, its own among them."""
        answer = self._answer(correct=correct, failures_24h=failures_24h, at=at)
        if answer.outcome is Outcome.ACCEPTED:
            return replace(self, used_at=at), Status.APPROVED
        if answer.outcome is Outcome.WRONG:
            return replace(self, failures=self.failures + 1, failed_at=at), Status.PENDING
        return self, _STATUS[answer.outcome]

    def shown(self, *, at: datetime) -> Status:
        """Where it stands, for whoever holds its link and has not pressed yet."""
        return _STATUS[self._answer(correct=False, failures_24h=0, at=at).outcome]

    def locked(self, *, failures_24h: int) -> bool:
        """By the failures of those it follows on, or of its address: sending it would be no use."""
        answer = self._answer(correct=True, failures_24h=failures_24h, at=self.created_at)
        return answer.outcome is Outcome.LOCKED

    def _answer(self, *, correct: bool, failures_24h: int, at: datetime) -> Answer:
        code = Code(
            channel=kind_of(self.channel, self.method),
            issued_at=self.created_at,
            failures=self.failures + self.carried,
            failures_24h=failures_24h,
            used=self.used_at is not None,
            superseded=self.superseded_at is not None,
        )
        return check(code, correct=correct, at=at)


def kind_of(channel: Channel, method: Method) -> str:
    """In the words of the rules: only a link in a mail confirms an address and may take a day."""
    return "email_confirmation" if method is Method.LINK else str(channel)


def time_for(channel: Channel, method: Method) -> timedelta:
    """Raises Invalid: a code by text has no link with it, so that nobody learns to press links in texts (VER-11)."""
    if method is Method.LINK and channel is not Channel.EMAIL:
        raise Invalid("A link goes by mail; by text a code is sent.", field="channel")
    return lifetime(kind_of(channel, method))


def act_of(purpose: str) -> str:
    """What a text says the code is for, in its own language: the caller's word stays out of it (VER-11)."""
    return _ACTS.get(purpose, "other")


def parse_purpose(text: str, channel: Channel) -> str:
    """One plain word, or a few joined: nothing that could be a sentence, a link or markup. Raises Invalid."""
    purpose = text.replace("-", "_")
    if len(text) > _LONGEST_PURPOSE or not _PURPOSE.fullmatch(text):
        raise Invalid(
            f"Name the purpose with up to {_LONGEST_PURPOSE} lower-case letters, digits and underscores, such as "
            "confirm_address.",
            field="purpose",
        )
    if channel is Channel.EMAIL and not may_use_email_code(purpose):
        raise Invalid(
            "A code by mail shows that the address is read, and signs nobody in (VER-05): use one of "
            f"{', '.join(sorted(EMAIL_PURPOSES))}.",
            field="purpose",
        )
    return purpose
