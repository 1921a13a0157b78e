"""What is kept for how long, and why: one policy for each class of record.

The defaults come from the rules. Whoever runs an installation may keep something longer, up to what can be answered
for, and shorter where no claim could need it any more; a period that a rule forbids stops the start.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from domain.compliance import catalogue
from domain.compliance.retention import LONGEST_CLAIM_YEARS, REQUEST_LOG_MONTHS
from domain.errors import Invalid
from domain.retention.periods import Period


class RecordClass(StrEnum):
    MESSAGE_BODIES = "message_bodies"
    MESSAGES = "messages"
    REPLIES = "replies"
    UNCONFIRMED_REQUESTS = "unconfirmed_requests"
    CONTACTS_WITHOUT_CONSENT = "contacts_without_consent"
    CONSENT_EVIDENCE = "consent_evidence"
    RESTRICTED_EVIDENCE = "restricted_evidence"
    LEDGER_ENTRIES = "ledger_entries"
    RIGHTS_REQUESTS = "rights_requests"
    SENDS = "sends"
    AUDIT_TRAIL = "audit_trail"
    RETENTION_RUNS = "retention_runs"
    CHALLENGES = "challenges"
    SANDBOX = "sandbox"
    MAIL_TRACES = "mail_traces"
    REPEATED_ANSWERS = "repeated_answers"
    OPERATOR_SESSIONS = "operator_sessions"
    SUPPRESSIONS = "suppressions"
    FORMER_LINKS = "former_links"
    CHECKPOINTS = "checkpoints"


class Doer(StrEnum):
    """Who takes it: the nightly run; the worker, every few minutes; nobody, because it is kept without end."""

    RUN = "run"
    WORKER = "worker"
    NOBODY = "nobody"


class PeriodForbidden(Invalid):
    """A period shorter or longer than the rules allow for that class."""


class _Purge(Struct, frozen=True, kw_only=True):
    purge_days: int


class Policy(Struct, frozen=True, kw_only=True):
    """`period` counts from the last time a record was relied on. None: the rules for each place the contact may be in
    decide (`consent_evidence`), the record says itself until when (`restricted_evidence`), or it is kept without end.
    `places` are longer periods for single jurisdictions. Between `least` and `most` an administrator chooses.
    """

    record_class: RecordClass
    keeps: str
    basis: str
    rule: str | None = None
    doer: Doer = Doer.RUN
    period: Period | None = None
    least: Period | None = None
    most: Period | None = None
    places: Mapping[str, Period] = msgspec.field(default_factory=dict)

    @property
    def said(self) -> str:
        """The period in words of the report."""
        if self.period is not None:
            return str(self.period)
        return "without end" if self.doer is Doer.NOBODY else "as the rules say"

    def must_allow(self, period: Period) -> None:
        """Raises PeriodForbidden."""
        name = self.record_class
        if self.least is None or self.most is None:
            raise PeriodForbidden(f"How long {name} is kept is not set: {self.basis}.", field=name)
        if not self.least.length <= period.length <= self.most.length:
            raise PeriodForbidden(
                f"{name} is kept between {self.least} and {self.most} ({self.basis}), not {period}.", field=name
            )


_TEN_YEARS = Period(months=120)
_CLAIMS = Period(months=12 * LONGEST_CLAIM_YEARS)
_PURGE = Period(days=catalogue.parameters("DE-UWG-02", _Purge).purge_days)
_REQUESTS = Period(months=REQUEST_LOG_MONTHS)
_MINIMAL = "GDPR Art 5(1)(e): no longer than necessary"


def _by_rule(record_class: RecordClass, rule: str, keeps: str, **more: Any) -> Policy:
    return Policy(record_class=record_class, rule=rule, keeps=keeps, basis=catalogue.entry(rule).citation.ref, **more)


def _claims(record_class: RecordClass, keeps: str, most: Period = _TEN_YEARS) -> Policy:
    """Kept for as long as somebody anywhere may make a claim: what lies in months is not told apart by place."""
    return _by_rule(record_class, "PII-09", keeps, period=_CLAIMS, least=_CLAIMS, most=most)


def _passing(record_class: RecordClass, keeps: str, period: Period) -> Policy:
    return Policy(record_class=record_class, keeps=keeps, basis=_MINIMAL, doer=Doer.WORKER, period=period)


def _for_good(record_class: RecordClass, keeps: str, basis: str, rule: str | None = None) -> Policy:
    return Policy(record_class=record_class, keeps=keeps, basis=basis, rule=rule, doer=Doer.NOBODY)


_C = RecordClass
DEFAULTS: tuple[Policy, ...] = (
    _claims(_C.MESSAGE_BODIES, "words of messages and the decisions about them, by months"),
    _claims(_C.MESSAGES, "messages and their journal, by months"),
    _claims(_C.REPLIES, "what people wrote back"),
    _by_rule(
        _C.UNCONFIRMED_REQUESTS,
        "DE-UWG-02",
        "opt-in requests nobody answered, and contacts there is nothing else of: their key is shredded",
        period=_PURGE,
        least=Period(days=3),
        most=_PURGE,
    ),
    Policy(
        record_class=_C.CONTACTS_WITHOUT_CONSENT,
        keeps="contacts who never agreed and were never written to: their key is shredded",
        basis=_MINIMAL,
        period=Period(months=12),
        least=Period(days=1),
        most=Period(months=36),
    ),
    _by_rule(
        _C.CONSENT_EVIDENCE,
        "PII-09",
        "contacts whose consents are over, with their evidence: their key is shredded",
        least=Period(days=1),
        most=_TEN_YEARS,
    ),
    _by_rule(_C.RESTRICTED_EVIDENCE, "PII-09", "evidence of erased contacts, until the end it was given"),
    _claims(_C.LEDGER_ENTRIES, "entries of contacts who are gone: facts and hashes; the checkpoints stay"),
    _by_rule(
        _C.RIGHTS_REQUESTS,
        "US-CCPA-03",
        "requests of contacts about their data, after they are closed",
        period=_REQUESTS,
        least=_REQUESTS,
        most=_TEN_YEARS,
    ),
    Policy(
        record_class=_C.SENDS,
        keeps="what frequency caps count",
        basis=_MINIMAL,
        period=Period(days=7),
        least=Period(days=7),
        most=Period(days=400),
    ),
    _claims(_C.AUDIT_TRAIL, "who did what, by months; that something was erased or removed stays"),
    _claims(_C.RETENTION_RUNS, "reports of these runs"),
    _passing(_C.CHALLENGES, "codes and links, after they ended", Period(days=1)),
    _passing(_C.SANDBOX, "what the sandbox took", Period(days=7)),
    _passing(_C.MAIL_TRACES, "that a mail came in; soft bounces", Period(days=31)),
    _passing(_C.REPEATED_ANSWERS, "answers kept for a repeated request", Period(days=1)),
    _passing(_C.OPERATOR_SESSIONS, "sign-ins, links and steps of staff that are over, tries", Period(days=1)),
    _for_good(_C.SUPPRESSIONS, "keyed tokens of who said no", catalogue.entry("PII-06").citation.ref, "PII-06"),
    _for_good(_C.FORMER_LINKS, "keyed tokens, so that a link in an old mail still says no", "the same no"),
    _for_good(_C.CHECKPOINTS, "hashes and signatures, so that what is left can be verified", "no personal data"),
)


def policies(wanted: Mapping[str, Any]) -> tuple[Policy, ...]:
    """The defaults with what was set: a period by class, or for `consent_evidence` by jurisdiction as well. Raises
    NoPeriod, PeriodForbidden, and Invalid for what is no class.
    """
    if unknown := sorted(set(wanted) - {policy.record_class for policy in DEFAULTS}):
        raise Invalid(f"There is no class of records {unknown[0]!r}.", field=unknown[0])
    found = tuple(_set(policy, wanted.get(policy.record_class)) for policy in DEFAULTS)
    lengths = {policy.record_class: policy.period.length for policy in found if policy.period is not None}
    if lengths[_C.MESSAGE_BODIES] > lengths[_C.MESSAGES]:
        raise PeriodForbidden("Words are not kept longer than their messages.", field=_C.MESSAGE_BODIES)
    return found


def _set(policy: Policy, wanted: Any) -> Policy:
    match wanted:
        case None:
            return policy
        case str():
            period = Period.parse(wanted)
            policy.must_allow(period)
            return replace(policy, period=period)
        case dict() if policy.record_class is _C.CONSENT_EVIDENCE:
            places = {code: Period.parse(str(text)) for code, text in wanted.items()}
            for period in places.values():
                policy.must_allow(period)
            return replace(policy, places=places)
        case _:
            raise Invalid(f"Set {policy.record_class} to a period such as P6Y.", field=policy.record_class)
