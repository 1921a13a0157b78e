"""Germany (UWG) and Austria (TKG 2021): consent confirmed for the very address, and what lapses or replaces it."""

from datetime import date, timedelta

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.calendars import months_before
from domain.compliance.case import Case
from domain.compliance.consents import confirmed_on, evidence_of, relied_upon, requests_sent
from domain.compliance.law.europe import CUSTOMER, SALE, consents_to_marketing, good_consents, unmet
from domain.compliance.rules import Finding, Rule, rule
from domain.compliance.verdicts import Basis


class _Confirmed(Struct, frozen=True, kw_only=True):
    require_double_opt_in: bool


_EXCEPTIONS = frozenset({"EU-EPD-02", "DE-UWG-04"})


def _confirmed(case: Case, rule: Rule, why: str) -> Finding | None:
    """The confirmed consent, the missing confirmation, or silence where a customer relationship is claimed instead."""
    good = good_consents(case)
    confirmed = [g for g in good if confirmed_on(g, case.channel) or not rule.terms.require_double_opt_in]
    if grant := relied_upon(confirmed, case.attempt.program):
        return rule.permits("The contact confirmed the opt-in for this address.", evidence=evidence_of(grant))
    excepted = case.attempt.relationship.type in CUSTOMER and not case.asked.isdisjoint(_EXCEPTIONS)
    if excepted and not consents_to_marketing(case):
        return None
    return rule.asks(why, claimed=bool(consents_to_marketing(case)), confirmed=False, channel=case.channel)


@rule("DE-UWG-01", terms=_Confirmed, also_for=("consent_request",))
def german_consent_is_confirmed_for_the_address(case: Case, rule: Rule) -> Finding | None:
    return _confirmed(case, rule, "Germany wants a documented opt-in, confirmed for this very address.")


class _Austria(Struct, frozen=True, kw_only=True):
    check_ecg_list: bool
    require_double_opt_in: bool


@rule("AT-TKG-01", terms=_Austria, also_for=("consent_request",))
def austrian_consent_is_confirmed(case: Case, rule: Rule) -> Finding | None:
    """The exception for customers does not reach those on the list kept under section 7 ECG."""
    on_list = rule.terms.check_ecg_list and case.attempt.dnc.ecg_listed
    if on_list and not good_consents(case) and case.attempt.relationship.type in CUSTOMER:
        return rule.asks("The contact is on the list of those who want no mail (section 7 ECG).", ecg_listed=True)
    return _confirmed(case, rule, "Austria wants prior consent, confirmed for this very address.")


class _Request(Struct, frozen=True, kw_only=True):
    max_messages: int
    allow_marketing: bool
    token_ttl_hours: int


@rule("DE-UWG-02", terms=_Request)
def a_request_to_confirm_sells_nothing(case: Case, rule: Rule) -> Finding | None:
    """One, neutral, and in answer to the person's own request while that is fresh."""
    terms: _Request = rule.terms
    pending = case.attempt.pending_optin
    if case.content.contains_promotion and not terms.allow_marketing:
        return rule.bars("A request to confirm must not promote anything.")
    if pending is None:
        return rule.bars("Nobody asked for this request to confirm.")
    if (sent := requests_sent(case)) >= terms.max_messages:
        return rule.bars("The request to confirm was sent already.", requests_sent=sent)
    if case.at > pending.requested_at + timedelta(hours=terms.token_ttl_hours):
        return rule.bars("The request has grown too old to confirm.", requested_at=pending.requested_at.isoformat())
    return rule.permits("One neutral request to confirm the opt-in.", basis=Basis.EXEMPTION)


class _Lapse(Struct, frozen=True, kw_only=True):
    policy_inactivity_months: int


@rule("DE-UWG-03", terms=_Lapse)
def german_consent_lapses_unused(case: Case, rule: Rule) -> Finding | None:
    """A message sent keeps it alive as much as one read."""
    grants = good_consents(case)
    if not grants:
        return None
    months = min(rule.terms.policy_inactivity_months, case.profile.inactivity_reconfirm_months_eu)
    last = max(_signs_of_life(case))
    if last >= months_before(case.day, months):
        return None
    return rule.asks("The consent has not been used for so long that it may have lapsed.", last=last, months=months)


def _signs_of_life(case: Case) -> list[date]:
    given = [moment for g in good_consents(case) for moment in (g.timestamp, g.facts.doi_confirmed_at) if moment]
    sent = [send.at for send in case.attempt.recent_sends if send.at <= case.at]
    recipient = case.attempt.recipient
    known = [day for day in (recipient.last_engaged_at, recipient.last_sent_on) if day is not None]
    return [date.min, *known, *[moment.date() for moment in (*given, *sent)]]


class _Conditions(Struct, frozen=True, kw_only=True):
    conditions: tuple[str, ...]


_EUROPE = catalogue.parameters("EU-EPD-02", _Conditions).conditions


@rule("DE-UWG-04", also_for=("consent_request",))
def german_customers_are_told_at_each_use(case: Case, rule: Rule) -> Finding | None:
    """The European conditions, a sale that was paid for, and the right to object said again in every message."""
    bond = case.attempt.relationship
    if bond.type not in CUSTOMER or good_consents(case):
        return None
    lacking = unmet(bond, case, SALE, _EUROPE)
    if not case.content.objection_notice:
        lacking.append("notice_of_right_to_object")
    if lacking:
        return rule.asks("Not all conditions of section 7(3) UWG are met.", lacking=", ".join(lacking))
    return rule.permits("An existing customer is told of similar goods.", basis=Basis.CONSENT, context=bond.context)
