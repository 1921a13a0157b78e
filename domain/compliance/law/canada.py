"""Canada's anti-spam law (S.C. 2010, c. 23), its regulations, and the telemarketing rules for voice.

One rule explains a missing consent: the one about what the sender relies on. Only where nothing at all is claimed
does the general rule speak.
"""

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.calendars import within_months
from domain.compliance.case import Case
from domain.compliance.consents import (
    NUMBER_ENTERED,
    covers_category,
    evidence_of,
    for_program,
    no_act,
    relied_upon,
    unproven,
)
from domain.compliance.hours import closed, days
from domain.compliance.rules import Finding, Rule, enforced_elsewhere, rule
from domain.compliance.verdicts import Basis
from domain.compliance.windows import Window
from domain.consent.evidence import Grant

_BOUGHT = frozenset({"purchase", "lease", "barter", "bartering", "accepted_opportunity", "transaction", "sale"})
_IN_FORCE = frozenset({"contract", "written_contract", "subscription", "account", "loan", "existing_business"})
_BUSINESS = _BOUGHT | _IN_FORCE
_ASKED = frozenset({"inquiry", "application"})
_GAVE = frozenset({"donation", "gift", "volunteer", "volunteer_work", "meeting", "meeting_attendance", "non_business"})
_CLUB = frozenset({"membership", "club_membership", "association_membership"})
_PUBLISHED = frozenset({"conspicuous_publication", "published", "disclosed_address", "business_card"})
_THIRD_PARTY = frozenset({"partner_identified", "third_party_unidentified", "third_party"})


class _Express(Struct, frozen=True, kw_only=True):
    required_evidence: tuple[str, ...]


_SHOWN = catalogue.parameters("CA-CASL-02", _Express).required_evidence


def _claimed(case: Case) -> list[Grant]:
    """Every consent to marketing on record for this brand and channel, for whichever program."""
    return [grant for grant in case.grants if covers_category(grant, "marketing")]


def _lacking(grant: Grant, program: str) -> list[str]:
    """What the request for consent had to set out and the record does not show."""
    facts = grant.facts
    shown = {
        "purpose": bool(facts.purpose or grant.program),
        "sender_name": facts.sender_named or bool(facts.sellers_named),
        "mailing_address": facts.mailing_address_shown,
        "one_of_phone_email_web": facts.contact_shown,
        "withdrawal_statement": facts.withdrawal_statement,
        "affirmative_act": not (
            no_act(facts.affirmative_act) or facts.affirmative_act in NUMBER_ENTERED or facts.bundled_with_terms
        ),
        "timestamp": grant.timestamp is not None,
    }
    lacking = [field for field in _SHOWN if not shown.get(field, False)]
    return lacking if for_program(grant, program) else [*lacking, "this_program"]


def _how_many(fields: list[str]) -> int:
    return len(fields)


def express_consents(case: Case) -> list[Grant]:
    program = case.attempt.program
    return [grant for grant in _claimed(case) if not _lacking(grant, program) and not unproven(grant)]


def implied(case: Case) -> bool:
    """Whether a relationship stands in for an express consent on the day of sending."""
    bond = case.attempt.relationship
    return (
        (bond.type in _BUSINESS and _recent(case, _TWO_YEARS))
        or (bond.type in _ASKED and _recent(case, _SIX_MONTHS))
        or (bond.type in _GAVE | _CLUB and _charitable(case))
        or (bond.type in _PUBLISHED and case.channel == "email" and not _unpublished(case))
        or (bond.type == "referral" and _first_referral(case))
    )


@rule("CA-CASL-01")
def commercial_messages_need_consent(case: Case, rule: Rule) -> Finding | None:
    bond = case.attempt.relationship.type
    if _claimed(case) or (bond in _EXPLAINED and (bond not in _PUBLISHED or case.channel == "email")):
        return None
    return rule.asks("There is no consent, express or implied, to commercial messages.")


@rule("CA-CASL-02", terms=_Express)
def a_request_for_consent_sets_out_who_and_why(case: Case, rule: Rule) -> Finding | None:
    claimed = _claimed(case)
    if not claimed or express_consents(case) or implied(case):
        return None
    lacking = min((_lacking(grant, case.attempt.program) for grant in claimed), key=_how_many)
    return rule.asks("The request for consent did not set out all it must.", lacking=", ".join(lacking) or "evidence")


@rule("CA-CASL-03")
def express_consent_does_not_expire(case: Case, rule: Rule) -> Finding | None:
    grant = relied_upon(express_consents(case), case.attempt.program)
    return rule.permits("The contact gave express consent.", evidence=evidence_of(grant)) if grant else None


class _Implied(Struct, frozen=True, kw_only=True):
    period: str


def _months(period: str) -> int:
    """P2Y or P6M."""
    return int(period[1:-1]) * (12 if period.endswith("Y") else 1)


_TWO_YEARS = _months(catalogue.parameters("CA-CASL-04", _Implied).period)
_SIX_MONTHS = _months(catalogue.parameters("CA-CASL-05", _Implied).period)


def _recent(case: Case, months: int) -> bool:
    """Counted back from the day of sending in whole months; what still runs has not begun to grow old."""
    bond = case.attempt.relationship
    if bond.ongoing or (bond.type in _IN_FORCE | _CLUB and bond.ended is None and not bond.terminated):
        return True
    event = bond.ended or bond.date or bond.last_purchase or bond.last_inquiry
    return event is not None and within_months(event, case.day, months)


def _rests_on(case: Case, rule: Rule, kinds: frozenset[str]) -> Finding | None:
    """An implied consent: the basis while its period lasts, the reason why not once it is over."""
    bond = case.attempt.relationship
    if bond.type not in kinds or express_consents(case):
        return None
    months = _months(rule.terms.period)
    event = bond.ended or bond.date
    if _recent(case, months):
        return rule.permits(f"Consent is implied by {bond.type}.", since=event, months=months)
    return rule.asks(f"The consent implied by {bond.type} is over.", since=event, months=months, day=case.day)


@rule("CA-CASL-04", terms=_Implied)
def business_implies_consent_for_two_years(case: Case, rule: Rule) -> Finding | None:
    return _rests_on(case, rule, _BUSINESS)


@rule("CA-CASL-05", terms=_Implied)
def an_inquiry_implies_consent_for_six_months(case: Case, rule: Rule) -> Finding | None:
    return _rests_on(case, rule, _ASKED)


def _charitable(case: Case) -> bool:
    bond = case.attempt.relationship
    return (bond.registered_charity_or_party or bond.type in _CLUB) and _recent(case, _TWO_YEARS)


@rule("CA-CASL-06", terms=_Implied)
def support_or_membership_implies_consent(case: Case, rule: Rule) -> Finding | None:
    bond = case.attempt.relationship
    if bond.type in _GAVE and not bond.registered_charity_or_party and not express_consents(case):
        return rule.asks("Only a registered charity, party or candidate may rely on this.", type=bond.type)
    return _rests_on(case, rule, _GAVE | _CLUB)


class _Publication(Struct, frozen=True, kw_only=True):
    required_evidence: tuple[str, ...]


def _unpublished(case: Case) -> list[str]:
    bond = case.attempt.relationship
    shown = {
        "source_url": bond.source_kept,
        "capture": bond.capture_kept,
        "no_refusal_statement": bond.no_refusal_statement,
        "relevance_to_role": bond.relevant_to_role,
    }
    wanted = catalogue.parameters("CA-CASL-07", _Publication).required_evidence
    return [field for field in wanted if not shown.get(field, False)]


@rule("CA-CASL-07", terms=_Publication)
def a_published_address_implies_consent_to_business(case: Case, rule: Rule) -> Finding | None:
    if case.attempt.relationship.type not in _PUBLISHED or express_consents(case):
        return None
    if lacking := _unpublished(case):
        return rule.asks("The address was published, but the record does not show enough.", lacking=", ".join(lacking))
    return rule.permits("The address was published for messages about this role.")


class _Chain(Struct, frozen=True, kw_only=True):
    required_evidence: tuple[str, ...]


@rule("CA-CASL-14", terms=_Chain)
def consent_for_third_parties_names_its_holder(case: Case, rule: Rule) -> Finding | None:
    passed_on = [grant for grant in _claimed(case) if grant.facts.source in _THIRD_PARTY]
    if not passed_on or len(passed_on) < len(_claimed(case)):
        return None
    chained = any(g.facts.original_consent_holder_named and g.facts.holder_notification_channel for g in passed_on)
    if chained and case.content.third_party_holder_named:
        return None
    return rule.asks("The consent was passed on without its chain.", lacking=", ".join(rule.terms.required_evidence))


class _Once(Struct, frozen=True, kw_only=True):
    max_messages: int
    must_state: str


_REFERRAL = catalogue.parameters("CA-CASL-15", _Once)


def _first_referral(case: Case) -> bool:
    bond = case.attempt.relationship
    return bond.messages_sent < _REFERRAL.max_messages and bond.referrer_named and case.content.referrer_named


@rule("CA-CASL-15", terms=_Once)
def a_referral_allows_one_message(case: Case, rule: Rule) -> Finding | None:
    bond = case.attempt.relationship
    if bond.type != "referral" or express_consents(case):
        return None
    if _first_referral(case):
        return rule.permits("The first message on a referral that names who referred.", basis=Basis.CONSENT)
    reason = "has been sent" if bond.messages_sent >= rule.terms.max_messages else "does not name who referred"
    return rule.asks(f"The one message a referral allows {reason}.", messages_sent=bond.messages_sent)


_EXPLAINED = _BUSINESS | _ASKED | _GAVE | _CLUB | _PUBLISHED | {"referral"}


class _Weekdays(Struct, frozen=True, kw_only=True):
    window_weekday: Window
    window_weekend: Window


@rule("CA-UTR-01", terms=_Weekdays)
def canadian_calls_keep_hours(case: Case, rule: Rule) -> Finding | None:
    terms: _Weekdays = rule.terms
    return closed(case, rule, days(terms.window_weekday, (5, terms.window_weekend), (6, terms.window_weekend)))


enforced_elsewhere("CA-CSC-01", where="domain.compliance.replies", test="tests/compliance/test_cases.py")
