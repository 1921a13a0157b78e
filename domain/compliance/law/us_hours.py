"""US federal calling hours: 47 CFR 64.1200(c)(1), (f)(15)."""

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.case import Case
from domain.compliance.hours import closed, every_day, inside_hours
from domain.compliance.law.us_consent import complete_written_consents
from domain.compliance.rules import Finding, Rule, rule
from domain.compliance.verdicts import Basis
from domain.compliance.windows import Window


class FederalHours(Struct, frozen=True, kw_only=True):
    window: Window
    applies_with_consent: bool


HOURS = catalogue.parameters("US-TCPA-HRS-01", FederalHours)
_OPENING = every_day(HOURS.window)


@rule("US-TCPA-HRS-01", terms=FederalHours)
def marketing_keeps_calling_hours(case: Case, rule: Rule) -> Finding | None:
    """With consent or without: whether consent lifts the hours is unsettled, and the provider refuses outside them."""
    if not case.profile.quiet_hours_apply_with_consent and complete_written_consents(case):
        return None
    return closed(case, rule, _OPENING)


_ANSWERS = frozenset({"optout_confirmation", "help_reply", "optin_confirmation", "emergency"})


@rule("US-TCPA-HRS-02")
def messages_that_sell_nothing_keep_no_hours(case: Case, rule: Rule) -> Finding | None:
    """Named where it made the difference: outside the hours marketing would have to keep."""
    if not case.place.zones or inside_hours(case, HOURS.window):
        return None
    basis = Basis.NOTE if case.category in _ANSWERS else Basis.EXEMPTION
    return rule.permits(f"A message that is {case.category} is no solicitation and keeps no hours.", basis=basis)
