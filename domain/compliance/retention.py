"""What outlives an erasure, for how long, and what it may be used for."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.calendars import months_after
from domain.compliance.rules import enforced_elsewhere
from domain.errors import Forbidden

_WHERE, _TEST = "domain.compliance.retention", "tests/unit/compliance/test_retention.py"


class _Years(Struct, frozen=True, kw_only=True):
    years: dict[str, int]


class _Policy(Struct, frozen=True, kw_only=True):
    policy_years: int


class _Span(Struct, frozen=True, kw_only=True):
    years: int


class _Months(Struct, frozen=True, kw_only=True):
    months: int


_CLAIMS = catalogue.parameters("PII-09", _Years).years
# What is kept without telling places apart is kept for the longest of them.
LONGEST_CLAIM_YEARS = max(_CLAIMS.values())
SHORTEST_CLAIM_YEARS = min(_CLAIMS.values())
_TEXTS = catalogue.parameters("US-TCPA-RET-01", _Policy).policy_years
_TELEMARKETING = catalogue.parameters("US-TSR-RET-01", _Span).years
_GERMAN_CALLS = catalogue.parameters("DE-UWG-05", _Span).years
_CANADA = catalogue.parameters("CA-CASL-11", _Policy).policy_years
REQUEST_LOG_MONTHS = catalogue.parameters("US-CCPA-03", _Months).months
_VOICE = ("voice_live", "voice_prerecorded")


class Kept(Struct, frozen=True, kw_only=True):
    """How long evidence is kept after it was last relied on, and the rule that says so."""

    years: int
    rule: str
    to_end_of_year: bool = False

    def until(self, last_reliance: date) -> date:
        day = months_after(last_reliance, 12 * self.years)
        return date(day.year, 12, 31) if self.to_end_of_year else day

    def __str__(self) -> str:
        return f"last_reliance+{self.years}y" + (" to end of year" if self.to_end_of_year else "")


def evidence_kept_until(codes: Iterable[str], channel: str = "sms") -> Kept:
    """The longest period of any place the contact may be in. Shredded after it: claims are time-barred then.

    Germany bars claims at the end of a year; elsewhere, and where nobody knows, five years after the last reliance.
    """
    found = [Kept(years=_TEXTS, rule="PII-09")]
    for code in codes:
        years = _CLAIMS.get(code)
        if years is not None:
            found.append(Kept(years=years, rule="PII-09", to_end_of_year=code == "DE"))
        if code == "DE" and channel in _VOICE:
            found.append(Kept(years=_GERMAN_CALLS, rule="DE-UWG-05"))
        if code == "US" and channel in _VOICE:
            found.append(Kept(years=_TELEMARKETING, rule="US-TSR-RET-01"))
        if code == "CA":
            found.append(Kept(years=_CANADA, rule="CA-CASL-11"))
    return max(found[1:] or found, key=lambda kept: kept.years)


class Purpose(StrEnum):
    """What somebody wants with the suppression store."""

    SUPPRESS = "suppress"
    COMPLIANCE = "compliance"
    ANALYTICS = "analytics"
    MARKETING = "marketing"
    ENRICHMENT = "enrichment"


class SuppressionsAreForBlocking(Forbidden):
    """The store answers one question, whether an address is blocked, and serves no other purpose."""


_ALLOWED = frozenset(
    {"suppress", "suppression", "block", "lookup", "compliance", "check_before_send", "vendor_suppression"}
)


def may_use_suppressions(purpose: str) -> bool:
    return purpose in _ALLOWED


def require_suppression_purpose(purpose: str) -> None:
    """Raises SuppressionsAreForBlocking."""
    if not may_use_suppressions(purpose):
        raise SuppressionsAreForBlocking("The suppression store may only be asked whether an address is blocked.")


class _Kept(Struct, frozen=True, kw_only=True):
    fields: frozenset[str]


FIELDS_KEPT = catalogue.parameters("PII-06", _Kept).fields


def beyond_what_is_kept(fields: Iterable[str]) -> list[str]:
    """Fields of a suppression that would tell more about an erased person than that the address is blocked."""
    return sorted(set(fields) - FIELDS_KEPT)


class _Encryption(Struct, frozen=True, kw_only=True):
    hard_limit: int
    policy_limit: int
    iv_bits: int
    tag_bits: int


ENCRYPTION = catalogue.parameters("PII-03", _Encryption)


def key_is_spent(encryptions: int) -> bool:
    """A random 96-bit IV repeats too likely beyond the limit: the data key is to be replaced before."""
    return encryptions >= ENCRYPTION.policy_limit


class _Index(Struct, frozen=True, kw_only=True):
    alg: str
    key_bits: int


INDEX = catalogue.parameters("PII-01", _Index)


def index_is_keyed(construction: str) -> bool:
    """Telephone numbers can be tried one by one, so a hash without a secret hides nothing."""
    written = construction.casefold().replace("_", "-")
    return written.startswith(("hmac", "blake3-keyed", "kmac"))


for _rule, _function in {
    "US-TCPA-RET-01": "evidence_kept_until",
    "US-TSR-RET-01": "evidence_kept_until",
    "DE-UWG-05": "evidence_kept_until",
    "PII-09": "evidence_kept_until",
    "PII-03": "key_is_spent",
    "PII-06": "require_suppression_purpose",
    "PII-01": "index_is_keyed",
    "US-CCPA-03": "REQUEST_LOG_MONTHS",
}.items():
    enforced_elsewhere(_rule, where=f"{_WHERE}.{_function}", test=_TEST)
