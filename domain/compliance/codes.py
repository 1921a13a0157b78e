"""One-time codes and confirmation links: how long, how often, to whom (NIST SP 800-63B-4, ASVS 5.0)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from math import log2

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.rules import enforced_elsewhere
from domain.numbering.plan import Line, number_plan

_WHERE, _TEST = "domain.compliance.codes", "tests/compliance/test_cases.py"


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    WRONG = "rejected_wrong"
    EXPIRED = "rejected_expired"
    USED = "rejected_used"
    SUPERSEDED = "rejected_superseded"
    LOCKED = "rejected_locked"


class Answer(Struct, frozen=True, kw_only=True):
    outcome: Outcome
    rule: str


class Code(Struct, frozen=True, kw_only=True):
    """`channel` is sms, voice, email, or email_confirmation for a link or code that confirms an address."""

    channel: str
    issued_at: datetime
    failures: int = 0
    failures_24h: int = 0
    used: bool = False
    superseded: bool = False


class _Lifetime(Struct, frozen=True, kw_only=True):
    sms_seconds: int
    voice_seconds: int
    email_confirmation_seconds: int


class _Throttle(Struct, frozen=True, kw_only=True):
    nist_max_consecutive_failures: int
    policy_per_code: int
    policy_per_address_24h: int
    reset_on_resend: bool


class _Digits(Struct, frozen=True, kw_only=True):
    min_digits: int
    csprng: bool


_LIFETIME = catalogue.parameters("VER-02", _Lifetime)
_THROTTLE = catalogue.parameters("VER-04", _Throttle)
_DIGITS = catalogue.parameters("VER-01", _Digits)
# How often one code may be typed wrong.
TRIES = _THROTTLE.policy_per_code


def lifetime(channel: str) -> timedelta:
    """A code sent by mail lives as long as one sent by text; only confirming an address may take a day."""
    if channel.startswith("email_"):
        return timedelta(seconds=_LIFETIME.email_confirmation_seconds)
    return timedelta(seconds=_LIFETIME.voice_seconds if channel.startswith("voice") else _LIFETIME.sms_seconds)


def check(code: Code, *, correct: bool, at: datetime) -> Answer:
    """Whether what was typed counts. A right answer to a dead code is as wrong as any other."""
    if code.failures >= _THROTTLE.policy_per_code or code.failures_24h >= _THROTTLE.policy_per_address_24h:
        return Answer(outcome=Outcome.LOCKED, rule="VER-04")
    if code.used:
        return Answer(outcome=Outcome.USED, rule="VER-03")
    if code.superseded:
        return Answer(outcome=Outcome.SUPERSEDED, rule="VER-03")
    if at > code.issued_at + lifetime(code.channel):
        return Answer(outcome=Outcome.EXPIRED, rule="VER-02")
    return Answer(outcome=Outcome.ACCEPTED, rule="VER-03") if correct else Answer(outcome=Outcome.WRONG, rule="VER-04")


def failures_after_resend(failures: int) -> int:
    """A new code does not buy new guesses."""
    return 0 if _THROTTLE.reset_on_resend else failures


def strong_enough(alphabet: int, length: int, *, csprng: bool) -> bool:
    """At least as hard to guess as the digits the rule asks for, and drawn by a generator meant for secrets."""
    return (csprng or not _DIGITS.csprng) and length * log2(alphabet) >= _DIGITS.min_digits * log2(10)


EMAIL_PURPOSES = frozenset(
    {"address_confirmation", "confirm_address", "recovery", "address_recovery", "doi", "opt_in_confirmation"}
)


def may_use_email_code(purpose: str) -> bool:
    """A code by mail confirms that the address is read; it proves no device and raises no assurance."""
    return purpose in EMAIL_PURPOSES


class _Limit(Struct, frozen=True, kw_only=True):
    max: int
    hours: int


class _Fraud(Struct, frozen=True, kw_only=True):
    country_default: str
    per_number: _Limit
    per_ip: _Limit
    per_prefix: _Limit
    min_conversion: float
    resend_cooldown_s: tuple[int, ...]


FRAUD = catalogue.parameters("VER-09", _Fraud)
COOLDOWN = "cooldown"
_PAID_FOR = frozenset(
    {Line.PREMIUM_RATE, Line.SHARED_COST, Line.TOLL_FREE, Line.OTHER, Line.UNASSIGNED, Line.NON_GEOGRAPHIC}
)
_SATELLITE = ("+870", "+881", "+882", "+883", "+979")


class Velocity(Struct, frozen=True, kw_only=True):
    """How many codes went out lately, and how many of them were ever used."""

    number_count_24h: int = 0
    ip_count_1h: int = 0
    prefix_count_1h: int = 0
    conversion: float | None = None
    seconds_since_last: float | None = None
    resends: int = 0


def may_request(phone: str, velocity: Velocity, *, countries: frozenset[str] | None) -> tuple[bool, str]:
    """Whether a code may be sent, and why not. `countries` are those switched on for codes; None asks for no list."""
    plan = number_plan(phone)
    return _unless(
        {
            "kind of number": plan.line in _PAID_FOR or phone.startswith(_SATELLITE),
            "country not enabled": countries is not None and plan.country not in countries,
        }
        | _too_often(velocity)
    )


def may_send_mail(velocity: Velocity) -> tuple[bool, str]:
    """The same for a code or link by mail, which costs nobody money and may still be a nuisance."""
    return _unless(_too_often(velocity))


def cooldown(resends: int) -> timedelta:
    """How long after the last code the next may go; each repetition waits longer."""
    return timedelta(seconds=FRAUD.resend_cooldown_s[min(resends, len(FRAUD.resend_cooldown_s) - 1)])


def _too_often(velocity: Velocity) -> dict[str, bool]:
    since = velocity.seconds_since_last
    return {
        "per number": velocity.number_count_24h >= FRAUD.per_number.max,
        "per IP": velocity.ip_count_1h >= FRAUD.per_ip.max,
        "per prefix": velocity.prefix_count_1h >= FRAUD.per_prefix.max,
        "conversion": velocity.conversion is not None and velocity.conversion < FRAUD.min_conversion,
        COOLDOWN: since is not None and since < cooldown(velocity.resends).total_seconds(),
    }


def _unless(reasons: Mapping[str, bool]) -> tuple[bool, str]:
    failing = [reason for reason, there in reasons.items() if there]
    return not failing, ", ".join(failing)


class Signals(Struct, frozen=True, kw_only=True):
    """What is known about the line a code would go to."""

    voip: bool = False
    sim_changed: bool = False
    ported: bool = False
    device_changed: bool = False


def step_up_needed(signals: Signals) -> bool:
    return signals.voip or signals.sim_changed or signals.ported or signals.device_changed


_ELSEWHERE: Mapping[str, str] = {
    "VER-01": "strong_enough",
    "VER-02": "lifetime",
    "VER-03": "check",
    "VER-04": "check",
    "VER-05": "may_use_email_code",
    "VER-06": "step_up_needed",
    "VER-09": "may_request",
}
for _rule, _function in _ELSEWHERE.items():
    enforced_elsewhere(_rule, where=f"{_WHERE}.{_function}", test=_TEST)
for _rule in ("VER-07", "VER-08"):
    enforced_elsewhere(_rule, where="application.verification", test="tests/features/test_verification.py")
