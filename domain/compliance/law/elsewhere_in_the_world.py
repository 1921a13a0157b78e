"""Australia, Brazil, India, Singapore and South Africa."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.compliance.case import Case
from domain.compliance.consents import (
    answers_request,
    covers_category,
    evidence_of,
    for_program,
    relied_upon,
    requests_sent,
    unproven,
)
from domain.compliance.hours import closed, every_day
from domain.compliance.law.europe import CUSTOMER
from domain.compliance.rules import Finding, Rule, rule
from domain.compliance.verdicts import Basis
from domain.compliance.windows import Window
from domain.consent.evidence import Grant

_INFERRED = frozenset({
    "purchase", "contract", "subscription", "account", "membership", "soft_opt_in", "existing_customer",
    "existing_relationship", "business", "donation",
})  # fmt: skip
_PUBLISHED = frozenset({"conspicuous_publication", "published"})


def _consents(case: Case) -> list[Grant]:
    return [
        grant
        for grant in case.grants
        if covers_category(grant, "marketing") and for_program(grant, case.attempt.program) and not unproven(grant)
    ]


@rule("AU-SPAM-01", also_for=("consent_request", "doi_request"))
def australia_needs_consent_express_or_inferred(case: Case, rule: Rule) -> Finding | None:
    """A message that asks for consent is itself commercial; one that answers the person's own request is not."""
    bond = case.attempt.relationship
    if not case.content.has_identification:
        return rule.bars("The message does not say who authorised it.", missing="identification")
    if answers_request(case):
        return rule.permits("The message answers the person's own request.", basis=Basis.EXEMPTION)
    if grant := relied_upon(_consents(case), case.attempt.program):
        return rule.permits("The contact consented.", evidence=evidence_of(grant))
    published = bond.type in _PUBLISHED and bond.relevant_to_role and bond.no_refusal_statement
    if (bond.type in _INFERRED and not bond.terminated and not bond.refused) or published:
        return rule.permits("Consent is inferred from the relationship.", basis=Basis.CONSENT, relationship=bond.type)
    return rule.asks("There is no consent, express or inferred.")


class _Unsubscribe(Struct, frozen=True, kw_only=True):
    min_days: int
    no_login: bool


@rule("AU-SPAM-02", terms=_Unsubscribe)
def australia_wants_an_exit_that_works(case: Case, rule: Rule) -> Finding | None:
    terms: _Unsubscribe = rule.terms
    content, days = case.content, case.content.unsubscribe_valid_days
    if case.standing is not None:
        return rule.bars("The contact unsubscribed.", opted_out_at=case.standing.event.at.isoformat())
    if not content.has_unsubscribe:
        return rule.bars("The message offers no way to unsubscribe.", missing="unsubscribe")
    if days is not None and days < terms.min_days:
        return rule.bars("The way to unsubscribe ends too soon.", days=days, required=terms.min_days)
    if content.unsub_fee or (content.unsub_requires_login and terms.no_login):
        return rule.bars("Unsubscribing costs money or a login.")
    return None


class _Check(Struct, frozen=True, kw_only=True):
    result_validity_days: int


@rule("SG-01", terms=_Check)
def singapore_registers_are_checked(case: Case, rule: Rule) -> Finding | None:
    """Clear consent in evidential form for the number stands in for the check."""
    if grant := relied_upon(_consents(case), case.attempt.program):
        return rule.permits("The contact consented for this number.", evidence=evidence_of(grant))
    dnc = case.attempt.dnc
    oldest = case.day - timedelta(days=rule.terms.result_validity_days)
    if dnc.singapore_checked is None or dnc.singapore_checked < oldest:
        return rule.bars("The Do Not Call Register has not been checked lately.", checked=dnc.singapore_checked)
    if dnc.singapore_listed is not False:
        return rule.bars("The number is on the Do Not Call Register.", checked=dnc.singapore_checked)
    return rule.permits("The number is not on the Do Not Call Register.", basis=Basis.CONSENT)


class _Bulk(Struct, frozen=True, kw_only=True):
    min_days: int
    label: str


@rule("SG-02", terms=_Bulk)
def singapore_bulk_messages_are_labelled(case: Case, rule: Rule) -> Finding | None:
    content, days = case.content, case.content.unsubscribe_valid_days
    if case.standing is not None:
        return rule.bars("The contact unsubscribed.", opted_out_at=case.standing.event.at.isoformat())
    if grant := relied_upon(_consents(case), case.attempt.program):
        return rule.permits("The contact asked for these messages.", evidence=evidence_of(grant))
    if not content.adv_label:
        return rule.bars("An unsolicited bulk message needs its label.", label=rule.terms.label.strip())
    if not content.has_unsubscribe or (days is not None and days < rule.terms.min_days):
        return rule.bars("The message offers no way to unsubscribe for long enough.", required=rule.terms.min_days)
    return rule.permits("An unsolicited message that is labelled and can be unsubscribed from.")


@rule("BR-LGPD-01", also_for=("consent_request", "doi_request"))
def brazil_needs_informed_consent(case: Case, rule: Rule) -> Finding | None:
    if answers_request(case):
        return rule.permits("The message answers the person's own request.", basis=Basis.EXEMPTION)
    if grant := relied_upon(_consents(case), case.attempt.program):
        return rule.permits("The contact consented to this purpose.", evidence=evidence_of(grant))
    return rule.asks("There is no informed consent to this purpose.")


class _Registered(Struct, frozen=True, kw_only=True):
    suffixes: dict[str, str]


_PURPOSE = {
    "marketing": "promotional",
    "informational": "service",
    "transactional": "transactional",
    "otp": "transactional",
}


@rule("IN-DLT-01", terms=_Registered)
def india_wants_everything_registered(case: Case, rule: Rule) -> Finding | None:
    dlt = case.attempt.dlt
    if dlt is None:
        return rule.bars("Nothing is registered on the Indian ledger.", missing="entity, header, template")
    header = dlt.header or ""
    there = {"entity": dlt.entity, "header": bool(header), "template": dlt.template, "links": dlt.links_whitelisted}
    if missing := [what for what, registered in there.items() if not registered]:
        return rule.bars("The Indian ledger lacks a registration.", missing=", ".join(missing))
    kind = rule.terms.suffixes.get(header.rpartition("-")[2])
    wanted = _PURPOSE.get(case.category)
    if wanted is not None and kind != wanted and not (kind == "service" and wanted == "transactional"):
        return rule.bars("The header is registered for another purpose.", header_for=kind, needed=wanted)
    return rule.permits("Entity, header and template are registered.", basis=Basis.CONSENT)


class _Indian(Struct, frozen=True, kw_only=True):
    window: Window
    tz: str


@rule("IN-DLT-02", terms=_Indian)
def india_promotes_by_day_and_not_to_those_who_blocked_it(case: Case, rule: Rule) -> Finding | None:
    """A consent recorded on the ledger lifts both the hours and the preference."""
    dlt = case.attempt.dlt
    if dlt is not None and dlt.consent:
        return rule.permits("The consent is recorded on the ledger.", basis=Basis.EXEMPTION)
    if dlt is not None and dlt.dnd not in ("none", ""):
        return rule.bars("The number blocks promotional messages.", dnd=dlt.dnd)
    return closed(case, rule, every_day(rule.terms.window), (ZoneInfo(rule.terms.tz),))


class _Once(Struct, frozen=True, kw_only=True):
    max_consent_requests: int


@rule("ZA-POPIA-01", terms=_Once, also_for=("consent_request", "doi_request"))
def south_africa_may_be_asked_once(case: Case, rule: Rule) -> Finding | None:
    """A customer is told of similar things; anyone else is asked for consent one single time."""
    if answers_request(case):
        return rule.permits("The message answers the person's own request.", basis=Basis.EXEMPTION)
    if grant := relied_upon(_consents(case), case.attempt.program):
        return rule.permits("The contact consented.", evidence=evidence_of(grant))
    bond = case.attempt.relationship
    told = bond.objection_offered_at_collection and case.content.has_unsubscribe and not bond.refused
    if bond.type in CUSTOMER | {"purchase"} and bond.own_similar and told:
        return rule.permits("An existing customer is told of similar products.", basis=Basis.CONSENT)
    asked = requests_sent(case)
    if case.category != "consent_request":
        return rule.asks("There is no consent, and no customer relationship to rely on.", requests_sent=asked)
    if asked >= rule.terms.max_consent_requests or bond.refused:
        return rule.bars("The contact has been asked for consent before.", requests_sent=asked)
    return rule.permits("The one request for consent.", basis=Basis.EXEMPTION)


@rule("ZA-CPA-01", also_for=("consent_request",))
def south_africas_registry_is_respected(case: Case, rule: Rule) -> Finding | None:
    if not case.attempt.dnc.south_africa_listed:
        return None
    return rule.bars("The contact is on the national opt-out registry.", listed=True)
