"""US federal revocation of consent: 47 CFR 64.1200(a)(10)-(12), with the waiver of revoke-all as a dated parameter."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.attempt import TEXT, VOICE, LedgerEvent
from domain.compliance.case import Case
from domain.compliance.consents import evidence_of
from domain.compliance.optouts import SUSPENDED, UNCLEAR, OptOut, start_restores
from domain.compliance.rules import Finding, Rule, rule
from domain.compliance.verdicts import Basis

_FREE_TEXT = frozenset({"sms_free_text", "free_text", "sms_natural_language"})
_OTHER_MEANS = frozenset({"email", "voicemail", "voice", "call", "letter", "post", "agent", "web", "web_form", "store"})
# A waiver of the FCC ends at midnight in Washington.
_FCC = ZoneInfo("America/New_York")


def _barring(case: Case, means: str) -> OptOut | None:
    """The newest opt-out, come by these means, that names this attempt or reaches it through the profile."""
    for opt_out in case.opt_outs:
        reaches = opt_out.direct or opt_out.by_profile
        if reaches and _stands(opt_out) and _means(opt_out.event) == means:
            return opt_out
    return None


def _stands(opt_out: OptOut) -> bool:
    return opt_out.needs_consent and opt_out.again is None and not opt_out.restarted


def _means(event: LedgerEvent) -> str:
    if event.via in _FREE_TEXT:
        return "words"
    return "other" if event.via in _OTHER_MEANS else "keyword"


def _opted_out(rule: Rule, explanation: str, opt_out: OptOut) -> Finding:
    event = opt_out.event
    return rule.bars(
        UNCLEAR if event.type == SUSPENDED else explanation,
        opted_out_at=event.at.isoformat(),
        via=event.via or "unknown",
        reaches="this program" if opt_out.direct else "the whole brand",
    )


@rule("US-TCPA-REV-01", about_past=True)
def a_keyword_ends_consent(case: Case, rule: Rule) -> Finding | None:
    opt_out = _barring(case, "keyword") if case.opt_outs else None
    return _opted_out(rule, "The contact opted out.", opt_out) if opt_out else None


@rule("US-TCPA-REV-02", about_past=True)
def plain_words_end_consent(case: Case, rule: Rule) -> Finding | None:
    opt_out = _barring(case, "words") if case.opt_outs else None
    return _opted_out(rule, "The contact asked in plain words not to be messaged.", opt_out) if opt_out else None


@rule("US-TCPA-REV-04", also_by=TEXT | VOICE, about_past=True)
def any_other_means_ends_consent(case: Case, rule: Rule) -> Finding | None:
    opt_out = _barring(case, "other") if case.opt_outs else None
    return _opted_out(rule, "The contact opted out by other means than a reply.", opt_out) if opt_out else None


class _RevokeAll(Struct, frozen=True, kw_only=True):
    waiver_until: date


WAIVER = catalogue.parameters("US-TCPA-REV-08", _RevokeAll)


def revoke_all_in_force(at: datetime, until: date = WAIVER.waiver_until) -> bool:
    return at >= datetime.combine(until, time(), _FCC)


@rule("US-TCPA-REV-08", terms=_RevokeAll, reads_its_dates=True, about_past=True)
def an_opt_out_reaches_unrelated_programs(case: Case, rule: Rule) -> Finding | None:
    """Waived until a day the parameter names; before it the profile decides, from it on the law."""
    other = next((opt_out for opt_out in case.opt_outs if _open_ended_elsewhere(opt_out)), None)
    if other is None:
        return None
    if revoke_all_in_force(case.at, rule.terms.waiver_until) or other.by_profile:
        return _opted_out(rule, "An opt-out from one program reaches all that need consent.", other)
    return rule.notes(
        "The contact opted out of another program only; the waiver of revoke-all lets that stand.",
        waiver_until=rule.terms.waiver_until,
        scope=case.profile.revocation_scope,
    )


def _open_ended_elsewhere(opt_out: OptOut) -> bool:
    return not opt_out.direct and opt_out.event.scope is None and _stands(opt_out)


class _EverythingExcept(Struct, frozen=True, kw_only=True):
    scope: str


@rule("US-TCPA-REV-09", terms=_EverythingExcept, about_past=True)
def stop_to_an_exempted_text_stops_everything(case: Case, rule: Rule) -> Finding | None:
    for opt_out in case.opt_outs:
        taken_back = opt_out.again is not None or opt_out.restarted
        if opt_out.answers_exempted and not taken_back and case.category not in ("emergency", "optout_confirmation"):
            return _opted_out(rule, "The contact answered a message that needed no consent with an opt-out.", opt_out)
    return None


@rule("US-TCPA-REV-10", about_past=True)
def exempt_messages_outlive_an_opt_out_from_marketing(case: Case, rule: Rule) -> Finding | None:
    if not case.opt_outs or any(opt_out.answers_exempted for opt_out in case.opt_outs):
        return None
    return rule.permits("The opt-out was not from messages that need no consent.", basis=Basis.EXEMPTION)


class _Confirmation(Struct, frozen=True, kw_only=True):
    max_seconds: int
    max_messages: int
    allow_marketing: bool


@rule("US-TCPA-REV-06", terms=_Confirmation)
def one_confirmation_at_once_and_nothing_else(case: Case, rule: Rule) -> Finding | None:
    """Long codes confirm one run of opt-outs once; a short code answers each STOP it receives."""
    terms: _Confirmation = rule.terms
    events = [event for event in case.attempt.ledger if event.at <= case.at]
    opted_out = [event.at for event in events if event.type == "revoked"]
    if not opted_out:
        return rule.bars("There is no opt-out to confirm.")
    if case.content.contains_promotion and not terms.allow_marketing:
        return rule.bars("A confirmation of an opt-out must not promote anything.")
    since = max(opted_out) if case.sender.number_type == "short_code" else _run_began(events)
    sent = sum(1 for event in events if event.type == "optout_confirmation_sent" and event.at >= since)
    if sent >= terms.max_messages:
        return rule.bars("The opt-out has been confirmed already.", confirmations_sent=sent)
    late = (case.at - max(opted_out)).total_seconds()
    if late > terms.max_seconds:
        return rule.bars("A confirmation this late is not covered by the consent that ended.", seconds=round(late))
    return rule.permits("The one confirmation of an opt-out.", basis=Basis.EXEMPTION, seconds=round(late))


def _run_began(events: list[LedgerEvent]) -> datetime:
    """The first opt-out since the contact last opted in."""
    began: datetime | None = None
    for event in sorted(events, key=lambda event: event.at):
        if event.type == "revoked":
            began = began or event.at
        elif event.type in ("opt_in_keyword", "granted", "resubscribed"):
            began = None
    return began or max(event.at for event in events if event.type == "revoked")


class _Clarification(Struct, frozen=True, kw_only=True):
    default_without_reply: str


@rule(
    "US-TCPA-REV-07",
    terms=_Clarification,
    also_for=("marketing", "informational", "transactional", "otp"),
    about_past=True,
)
def silence_after_the_question_means_all(case: Case, rule: Rule) -> Finding | None:
    silent = next((opt_out for opt_out in case.opt_outs if opt_out.silent and _stands(opt_out)), None)
    if silent is None:
        return None
    return rule.bars(
        "The contact was asked which messages were meant and did not answer, so all are.",
        opted_out_at=silent.event.at.isoformat(),
    )


class _Restart(Struct, frozen=True, kw_only=True):
    start_restores: frozenset[str]
    marketing_requires: str


@rule("US-TCPA-REV-12", terms=_Restart, about_past=True)
def start_restores_no_written_consent(case: Case, rule: Rule) -> Finding | None:
    """START lifts the block and gives back what needs no writing; marketing needs a new agreement."""
    overcome = next((opt_out for opt_out in case.opt_outs if opt_out.needs_consent and _reached(opt_out)), None)
    if overcome is None:
        return None
    if overcome.again is not None:
        return rule.permits(
            "The contact consented anew after opting out.",
            basis=Basis.EXEMPTION,
            evidence=evidence_of(overcome.again),
            opted_out_at=overcome.event.at.isoformat(),
        )
    if not overcome.restarted:
        return None
    if start_restores(case.category, case.profile):
        return rule.permits("The contact restarted these messages by keyword.", basis=Basis.EXEMPTION)
    return rule.asks(
        f"A keyword does not restore {case.category}; that takes a new written consent.",
        required=rule.terms.marketing_requires,
    )


def _reached(opt_out: OptOut) -> bool:
    return opt_out.direct or opt_out.by_profile or opt_out.silent or opt_out.answers_exempted


class _Ceiling(Struct, frozen=True, kw_only=True):
    max_business_days: int
    policy_effective: str


@rule("US-TCPA-REV-03", terms=_Ceiling, about_past=True)
def opt_outs_take_effect_at_once(case: Case, rule: Rule) -> Finding | None:
    """The ten business days are a ceiling nobody here makes use of. For texts the rule on how the contact opted out
    speaks first.
    """
    if case.standing is None:
        return None
    say = rule.notes if case.channel in TEXT else rule.bars
    return say(
        "An opt-out takes effect at once; the legal ceiling is not used.",
        ceiling_business_days=rule.terms.max_business_days,
        policy=rule.terms.policy_effective,
    )
