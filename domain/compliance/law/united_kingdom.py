"""The United Kingdom: PECR 2003 as amended by the Data (Use and Access) Act 2025."""

from datetime import date

from msgspec import Struct

from domain.compliance.case import Case
from domain.compliance.consents import answers_request, evidence_of, relied_upon
from domain.compliance.law.europe import CHARITY, CUSTOMER, SALE, explained, good_consents, soft_opt_in
from domain.compliance.rules import Finding, Rule, not_applicable, rule
from domain.compliance.verdicts import Basis

_NEGOTIATION = frozenset({"negotiation", "quote", "negotiation_for_sale"})


class _Subscribers(Struct, frozen=True, kw_only=True):
    corporate_subscriber: str


@rule("UK-PECR-01", terms=_Subscribers, also_for=("consent_request", "doi_request"))
def individuals_in_the_uk_consent_first(case: Case, rule: Rule) -> Finding | None:
    """A sole trader is an individual; a company is not, but is told who writes and how to object."""
    if not (case.content.has_identification and (case.content.has_unsubscribe or case.category == "doi_request")):
        return rule.bars(
            "The message does not say who writes and how to opt out.", missing="identification, unsubscribe"
        )
    if answers_request(case):
        return rule.permits("The message answers the person's own request.", basis=Basis.EXEMPTION)
    if grant := relied_upon(good_consents(case), case.attempt.program):
        return rule.permits("The contact consented.", evidence=evidence_of(grant))
    if case.attempt.recipient.kind == "organisation" and rule.terms.corporate_subscriber == "allow":
        return rule.permits("A corporate subscriber may be written to until it objects.", kind="organisation")
    if _explained_elsewhere(case):
        return None
    return rule.asks("An individual subscriber has not consented.", kind=case.attempt.recipient.kind)


def _explained_elsewhere(case: Case) -> bool:
    """A consent, a customer or a supporter is claimed, and the rule about that one is asked."""
    bond = case.attempt.relationship.type
    supporter = bond == CHARITY and case.sender.type == "charity"
    return (
        explained(case)
        or (bond in CUSTOMER and "UK-PECR-02" in case.asked)
        or (supporter and "UK-DUAA-01" in case.asked)
    )


class _Conditions(Struct, frozen=True, kw_only=True):
    conditions: tuple[str, ...]


@rule("UK-PECR-02", terms=_Conditions, also_for=("consent_request",))
def uk_customers_may_be_told_of_similar_products(case: Case, rule: Rule) -> Finding | None:
    """Here negotiating for a sale is enough."""
    return soft_opt_in(case, rule, SALE | _NEGOTIATION)


class _Commencement(Struct, frozen=True, kw_only=True):
    collected_from: date


@rule("UK-DUAA-01", terms=_Commencement)
def charities_may_write_to_supporters(case: Case, rule: Rule) -> Finding | None:
    """Only with details collected since the rule began."""
    bond = case.attempt.relationship
    if bond.type != CHARITY or case.sender.type != "charity" or good_consents(case):
        return None
    collected = bond.collected or bond.date
    met = {
        "collected_since_commencement": collected is not None and collected >= rule.terms.collected_from,
        "purpose_charitable_only": bond.purpose_charitable_only,
        "objection_offered_at_collection": bond.objection_offered_at_collection,
        "objection_in_each_message": case.content.has_unsubscribe and bond.objection_in_each_message,
        "not_refused": not bond.refused,
    }
    if lacking := [condition for condition, there in met.items() if not there]:
        return rule.asks("Not all conditions of the charity exception are met.", lacking=", ".join(lacking))
    return rule.permits("A supporter hears from the charity.", basis=Basis.CONSENT, collected=collected)


not_applicable("UK-DUAA-02", reason="A ceiling of fines: it raises the stakes and asks nothing of a message.")
