"""US state law on marketing calls and texts: consent, hours and caps that go beyond the federal ones."""

from datetime import date, timedelta

from msgspec import Struct

from domain.compliance.attempt import TEXT
from domain.compliance.case import Case
from domain.compliance.consents import covers_category, unproven
from domain.compliance.hours import Hours, HoursAndCap, capped, closed, days, every_day
from domain.compliance.law.us_consent import complete_written_consents, written_consents
from domain.compliance.law.us_registry import established_relationship
from domain.compliance.rules import Finding, Rule, not_applicable, rule
from domain.compliance.windows import Window
from domain.consent.evidence import ConsentType

_SUNDAY = 6


class _Written(Struct, frozen=True, kw_only=True):
    consent_type: ConsentType


@rule("US-FL-01", terms=_Written)
def florida_sales_texts_need_written_consent(case: Case, rule: Rule) -> Finding | None:
    """Where an agreement exists but is incomplete, the federal rule about its content speaks instead."""
    written = written_consents(case)
    if complete_written_consents(case) or (written and "US-TCPA-CONS-02" in case.asked):
        return None
    return rule.asks("Florida asks for prior express written consent.", consent_type=rule.terms.consent_type)


@rule("US-FL-02", terms=Hours)
def florida_hours(case: Case, rule: Rule) -> Finding | None:
    return closed(case, rule, every_day(rule.terms.window))


class _Cap(Struct, frozen=True, kw_only=True):
    max: int
    period_hours: int


@rule("US-FL-03", terms=_Cap, about_past=True)
def florida_three_a_day(case: Case, rule: Rule) -> Finding | None:
    return capped(case, rule, rule.terms.max, rule.terms.period_hours) if case.attempt.recent_sends else None


class _Cure(Struct, frozen=True, kw_only=True):
    cure_days: int


@rule("US-FL-04", terms=_Cure, about_past=True)
def florida_lets_fifteen_days_pass_before_suit(case: Case, rule: Rule) -> Finding | None:
    """A term for lawsuits, not a licence: the opt-out binds at once."""
    if case.standing is None:
        return None
    return rule.notes("Florida's cure period is no permission to go on.", cure_days=rule.terms.cure_days)


def _hours_and_cap(case: Case, rule: Rule) -> Finding | None:
    """Hours and cap are one rule here: what lets go later decides."""
    terms: HoursAndCap = rule.terms
    cap = capped(case, rule, terms.max, terms.period_hours) if case.attempt.recent_sends else None
    hours = closed(case, rule, every_day(terms.window))
    found = [finding for finding in (cap, hours) if finding is not None]
    return max(found, key=lambda finding: finding.until or case.at) if found else None


@rule("US-OK-01", terms=HoursAndCap)
def oklahoma_hours_and_cap(case: Case, rule: Rule) -> Finding | None:
    return _hours_and_cap(case, rule)


@rule("US-MD-01", terms=HoursAndCap)
def maryland_hours_and_cap(case: Case, rule: Rule) -> Finding | None:
    return _hours_and_cap(case, rule)


@rule("US-OR-01", terms=HoursAndCap)
def oregon_hours_and_cap(case: Case, rule: Rule) -> Finding | None:
    return _hours_and_cap(case, rule)


class _Affirmative(Struct, frozen=True, kw_only=True):
    consent_type: str


@rule("US-WA-01", terms=_Affirmative)
def washington_needs_clear_consent_in_advance(case: Case, rule: Rule) -> Finding | None:
    """Any proven consent to marketing will do; an incomplete written one is for the federal rule to explain."""
    if written_consents(case) and "US-TCPA-CONS-02" in case.asked:
        return None
    if any(covers_category(grant, "marketing") and not unproven(grant) for grant in case.grants):
        return None
    return rule.asks("Washington asks for clear and affirmative consent in advance.", required=rule.terms.consent_type)


class _VoiceAndText(Struct, frozen=True, kw_only=True):
    window: Window
    voice_by_law: bool
    text_by_policy: bool


@rule("US-WA-02", terms=_VoiceAndText)
def washington_hours(case: Case, rule: Rule) -> Finding | None:
    terms: _VoiceAndText = rule.terms
    bound = terms.text_by_policy if case.channel in TEXT else terms.voice_by_law
    return closed(case, rule, every_day(terms.window)) if bound else None


@rule("US-CT-01", terms=Hours)
def connecticut_hours(case: Case, rule: Rule) -> Finding | None:
    return closed(case, rule, every_day(rule.terms.window))


class _TexasHours(Struct, frozen=True, kw_only=True):
    window_mon_sat: Window
    window_sun: Window
    applies_with_consent: bool


@rule("US-TX-01", terms=_TexasHours)
def texas_hours(case: Case, rule: Rule) -> Finding | None:
    terms: _TexasHours = rule.terms
    lifted = not terms.applies_with_consent and bool(complete_written_consents(case))
    return None if lifted else closed(case, rule, days(terms.window_mon_sat, (_SUNDAY, terms.window_sun)))


class _Registration(Struct, frozen=True, kw_only=True):
    allowed_values: frozenset[str]


@rule("US-TX-02", terms=_Registration)
def texas_sellers_are_registered_or_exempt(case: Case, rule: Rule) -> Finding | None:
    setting = case.attempt.tenant.tx_registration
    if setting in rule.terms.allowed_values:
        return None
    return rule.bars(
        "Texas wants sellers registered, and the setting that says how you stand is missing.",
        tx_registration=setting,
        remedy="Say in the settings whether you are registered in Texas or why you are exempt.",
    )


class _Grace(Struct, frozen=True, kw_only=True):
    grace_days: int


@rule("US-TX-03", terms=_Grace)
def texas_no_call_list(case: Case, rule: Rule) -> Finding | None:
    """For telemarketing nobody asked for: consent and a business relationship are outside it."""
    listed: date | None = case.attempt.dnc.texas_listed
    if listed is None or case.day < listed + timedelta(days=rule.terms.grace_days):
        return None
    if complete_written_consents(case) or established_relationship(case):
        return None
    return rule.bars("The number is on the Texas no-call list.", listed=listed)


class _Words(Struct, frozen=True, kw_only=True):
    keywords: frozenset[str]
    honour_years: int


@rule("US-VA-01", terms=_Words, about_past=True)
def virginia_keeps_opt_outs_ten_years(case: Case, rule: Rule) -> Finding | None:
    """Kept for good, so the ten years never run out."""
    if case.standing is None:
        return None
    return rule.bars(
        "The contact opted out, and Virginia wants that kept for years.",
        opted_out_at=case.standing.event.at.isoformat(),
        honour_years=rule.terms.honour_years,
    )


@rule("US-VA-02", terms=Hours)
def virginia_hours(case: Case, rule: Rule) -> Finding | None:
    return closed(case, rule, every_day(rule.terms.window))


not_applicable(
    "US-STX-01",
    reason="The sources contradict each other and give no hours to apply; the pack is off and holds the gap visible.",
)
