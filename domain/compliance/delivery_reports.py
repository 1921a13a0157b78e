"""What a bounce, a complaint or a provider's refusal means for consent and suppression: RFC 3463, 3464, 5965."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.rules import enforced_elsewhere

_WHERE = "domain.compliance.delivery_reports"
_TEST = "tests/compliance/test_cases.py"


class Bounce(StrEnum):
    """A policy rejection speaks about the sender, so the recipient is not to pay for it."""

    HARD = "suppress_hard"
    SOFT = "count_soft"
    POLICY = "alert_sender_reputation;no_recipient_suppression"
    NONE = "none"


class _SoftLimit(Struct, frozen=True, kw_only=True):
    count: int
    days: int


class _Dsn(Struct, frozen=True, kw_only=True):
    hard: tuple[str, ...]
    soft: tuple[str, ...]
    policy: tuple[str, ...]
    soft_limit: _SoftLimit


_DSN = catalogue.parameters("EML-DSN-01", _Dsn)
SOFT_LIMIT = _DSN.soft_limit
_FAILED, _DELAYED = "failed", "delayed"


def bounce(status: str, action: str = _FAILED, diagnostic: str = "") -> Bounce:
    """An unlisted permanent failure is soft: to lose one address for a doubtful code is worse than to try again."""
    action = action.casefold()
    if action not in (_FAILED, _DELAYED):
        return Bounce.NONE
    if action == _DELAYED or status.startswith("4."):
        return Bounce.SOFT
    if _listed(status, _DSN.policy) or "5.7." in diagnostic:
        return Bounce.POLICY
    return Bounce.HARD if _listed(status, _DSN.hard) else Bounce.SOFT


def _listed(status: str, patterns: tuple[str, ...]) -> bool:
    return any(status == pattern or (pattern.endswith("*") and status.startswith(pattern[:-1])) for pattern in patterns)


def too_many_soft(bounces: list[datetime], at: datetime) -> bool:
    """Whether the address has bounced softly so often that it is given up."""
    recent = [bounced for bounced in bounces if 0 <= (at - bounced).days < SOFT_LIMIT.days and bounced <= at]
    return len(recent) >= SOFT_LIMIT.count


class Complaint(StrEnum):
    SUPPRESS = "suppress"
    OPT_OUT = "opt_out"
    ALERT = "alert_sender"
    NONE = "none"


class _Arf(Struct, frozen=True, kw_only=True):
    suppress: frozenset[str]
    ignore: frozenset[str]
    alert: frozenset[str]


_ARF = catalogue.parameters("EML-ARF-01", _Arf)


def complaint(feedback_type: str) -> Complaint:
    """A type nobody registered is a person who complained in some way: suppressed, to be safe."""
    feedback_type = feedback_type.casefold()
    if feedback_type.startswith("opt-out"):
        return Complaint.OPT_OUT
    if feedback_type in _ARF.ignore:
        return Complaint.NONE
    return Complaint.ALERT if feedback_type in _ARF.alert and feedback_type not in _ARF.suppress else Complaint.SUPPRESS


enforced_elsewhere("EML-DSN-01", where=f"{_WHERE}.bounce", test=_TEST)
enforced_elsewhere("EML-ARF-01", where=f"{_WHERE}.complaint", test=_TEST)
