"""The European Union (and, for the GDPR, the United Kingdom): consent, its quality and proof, soft opt-in,
objection.
"""

from datetime import date

from msgspec import Struct

from domain.compliance.attempt import Relationship
from domain.compliance.calendars import months_before
from domain.compliance.case import Case
from domain.compliance.consents import (
    answers_request,
    confirmed_on,
    covers_category,
    evidence_of,
    for_program,
    no_act,
    relied_upon,
    unproven,
)
from domain.compliance.rules import Finding, Rule, not_applicable, rule
from domain.compliance.verdicts import Basis
from domain.consent.evidence import Grant

CUSTOMER = frozenset({"soft_opt_in", "existing_customer"})
CHARITY = "charity_support"
SALE = frozenset({"sale", "purchase", "paid_sale", "contract"})
# C-654/23: a free account that serves to sell something later is remunerated all the same.
_PAID_INDIRECTLY = frozenset({"free_account_indirect_remuneration", "freemium", "free_account", "freemium_account"})


def consents_to_marketing(case: Case) -> list[Grant]:
    """Consents that claim to be for this: whether they are good is for the rules to say."""
    return [
        grant
        for grant in case.grants
        if covers_category(grant, "marketing") and for_program(grant, case.attempt.program)
    ]


def flaws(grant: Grant) -> list[str]:
    """What makes a consent no consent: it was not free, not separate, or no act of the person."""
    facts = grant.facts
    found = {
        "pre_ticked": facts.affirmative_act is not None and no_act(facts.affirmative_act),
        "bundled_with_terms": facts.bundled_with_terms,
        "conditional_on_service": facts.conditional_on_service,
    }
    return [flaw for flaw, there in found.items() if there]


def good_consents(case: Case) -> list[Grant]:
    return [grant for grant in consents_to_marketing(case) if not flaws(grant) and not unproven(grant)]


def explained(case: Case) -> bool:
    """Whether consents are claimed that all fail alike, and the rule about that failure is asked."""
    claimed = consents_to_marketing(case)
    if not claimed:
        return False
    return ("EU-GDPR-01" in case.asked and all(flaws(grant) for grant in claimed)) or (
        "EU-GDPR-02" in case.asked and all(unproven(grant) for grant in claimed)
    )


class _Forbidden(Struct, frozen=True, kw_only=True):
    forbid: frozenset[str]


@rule("EU-GDPR-01", terms=_Forbidden)
def consent_is_free_and_specific(case: Case, rule: Rule) -> Finding | None:
    claimed = consents_to_marketing(case)
    if not claimed or not all(flaws(grant) for grant in claimed):
        return None
    return rule.asks("The consent was not freely and separately given.", flaws=", ".join(flaws(claimed[0])))


class _Demonstrable(Struct, frozen=True, kw_only=True):
    evidence: tuple[str, ...]


@rule("EU-GDPR-02", terms=_Demonstrable)
def consent_can_be_demonstrated(case: Case, rule: Rule) -> Finding | None:
    claimed = consents_to_marketing(case)
    if not claimed or not all(unproven(grant) for grant in claimed):
        return None
    return rule.asks(
        "Nobody can show who agreed to what, when and how.",
        lacking=", ".join(unproven(claimed[0])),
        wanted=", ".join(rule.terms.evidence),
    )


@rule("EU-GDPR-03", also_for=("consent_request",), about_past=True)
def withdrawal_works_at_once(case: Case, rule: Rule) -> Finding | None:
    if case.standing is None or _objected(case):
        return None
    return rule.bars("The contact withdrew consent.", withdrawn_at=case.standing.event.at.isoformat())


@rule("EU-GDPR-04", also_for=("consent_request",), about_past=True)
def objection_to_marketing_is_absolute(case: Case, rule: Rule) -> Finding | None:
    """Who was written to without a consent has nothing to withdraw: an opt-out is then an objection."""
    if case.standing is None or not _objected(case):
        return None
    return rule.bars("The contact objected to marketing.", objected_at=case.standing.event.at.isoformat())


def _objected(case: Case) -> bool:
    event = case.standing.event if case.standing is not None else None
    by_word = event is not None and (event.type in ("objection", "objected") or event.via in ("objection", "art21"))
    relied_on = case.attempt.relationship.type
    return by_word or relied_on in CUSTOMER or relied_on == CHARITY or not consents_to_marketing(case)


class _Refresh(Struct, frozen=True, kw_only=True):
    policy_inactivity_months: int


@rule("EU-GDPR-06", terms=_Refresh)
def consent_is_refreshed_when_nobody_reads(case: Case, rule: Rule) -> Finding | None:
    """The law sets no term; the profile sets one, never longer than the parameter."""
    grants = good_consents(case)
    if not grants:
        return None
    months = min(rule.terms.policy_inactivity_months, case.profile.inactivity_reconfirm_months_eu)
    last = max([_given(grant) for grant in grants])
    if (engaged := case.attempt.recipient.last_engaged_at) is not None:
        last = max(last, engaged)
    if last >= months_before(case.day, months):
        return None
    return rule.asks("The contact has shown no interest for a long time; ask again.", last=last, months=months)


def _given(grant: Grant) -> date:
    moments = [moment for moment in (grant.timestamp, grant.facts.doi_confirmed_at) if moment is not None]
    return max(moments).date() if moments else date.min


@rule("EU-EPD-01", also_for=("consent_request", "doi_request"))
def electronic_mail_needs_prior_consent(case: Case, rule: Rule) -> Finding | None:
    """Silent where a consent or a customer relationship is claimed and fails: then the rule about that one speaks."""
    if answers_request(case):
        return rule.permits("The message answers the person's own request.", basis=Basis.EXEMPTION)
    confirmed = [grant for grant in good_consents(case) if _confirmed_where_asked(case, grant)]
    if grant := relied_upon(confirmed, case.attempt.program):
        return rule.permits("The contact consented.", evidence=evidence_of(grant))
    if good_consents(case):
        return rule.asks("The opt-in has not been confirmed, and the profile wants that here.", confirmed=False)
    if explained(case) or (case.attempt.relationship.type in CUSTOMER and "EU-EPD-02" in case.asked):
        return None
    return rule.asks("There is no prior consent to marketing by electronic mail.")


def _confirmed_where_asked(case: Case, grant: Grant) -> bool:
    """Countries with a rule of their own on confirmation are left to it."""
    asked = (case.place.codes & case.profile.double_opt_in_countries) - {"DE", "AT", "unknown"}
    return not asked or confirmed_on(grant, case.channel)


class _Conditions(Struct, frozen=True, kw_only=True):
    conditions: tuple[str, ...]


def unmet(bond: Relationship, case: Case, contexts: frozenset[str], conditions: tuple[str, ...]) -> list[str]:
    """The conditions of a soft opt-in that are not shown to be met, under the names each law gives them."""
    met = {
        "sale_context": bond.context in contexts,
        "sale_or_negotiation": bond.context in contexts,
        "same_controller": bond.same_controller,
        "same_sender": bond.same_controller,
        "own_similar": bond.own_similar,
        "objection_offered_at_collection": bond.objection_offered_at_collection,
        "refusal_offered_at_collection": bond.objection_offered_at_collection,
        "objection_in_each_message": case.content.has_unsubscribe and bond.objection_in_each_message,
        "refusal_in_each_message": case.content.has_unsubscribe and bond.objection_in_each_message,
        "not_refused": not bond.refused,
    }
    return [condition for condition in conditions if not met.get(condition, False)]


def soft_opt_in(case: Case, rule: Rule, contexts: frozenset[str]) -> Finding | None:
    """The basis if all conditions are met, else the reason; silent if consent is there or no customer is claimed."""
    bond = case.attempt.relationship
    if bond.type not in CUSTOMER or good_consents(case):
        return None
    if lacking := unmet(bond, case, contexts, rule.terms.conditions):
        return rule.asks("Not all conditions of the customer exception are met.", lacking=", ".join(lacking))
    return rule.permits("An existing customer is told of similar products.", basis=Basis.CONSENT, context=bond.context)


@rule("EU-EPD-02", terms=_Conditions, also_for=("consent_request",))
def customers_may_be_told_of_similar_products(case: Case, rule: Rule) -> Finding | None:
    return soft_opt_in(case, rule, SALE | _PAID_INDIRECTLY)


@rule("EU-EPD-03", also_for=("consent_request", "doi_request"))
def the_sender_shows_itself_and_an_exit(case: Case, rule: Rule) -> Finding | None:
    if not case.content.has_identification:
        return rule.bars("The message hides who sends it.", missing="identification")
    if not case.content.has_unsubscribe and case.category != "doi_request":
        return rule.bars("The message gives no address for opting out.", missing="unsubscribe")
    return None


not_applicable(
    "EU-GDPR-22",
    reason="Whether a message goes out has no legal effect on the person; each decision is explained anyway.",
)
