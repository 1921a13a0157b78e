"""What a commercial message to Canada must hold, when an opt-out ends it, and when asking is itself a message."""

from msgspec import Struct

from domain.compliance.case import Case
from domain.compliance.consents import answers_request
from domain.compliance.law.canada import express_consents, implied
from domain.compliance.rules import Finding, Rule, rule
from domain.compliance.verdicts import Basis


class _Identity(Struct, frozen=True, kw_only=True):
    required: tuple[str, ...]
    valid_days: int


@rule("CA-CASL-08", terms=_Identity)
def commercial_messages_identify_the_sender(case: Case, rule: Rule) -> Finding | None:
    return None if _identified(case) else _unidentified(rule)


def _identified(case: Case) -> bool:
    """A text may carry the mailing address on a page it links to."""
    return case.content.has_identification and (case.channel != "email" or case.content.postal_address)


def _unidentified(rule: Rule) -> Finding:
    return rule.bars("The message does not identify its sender in full.", missing="identification")


class _Unsubscribe(Struct, frozen=True, kw_only=True):
    min_days: int
    no_login: bool


@rule("CA-CASL-09", terms=_Unsubscribe)
def commercial_messages_can_be_unsubscribed_from(case: Case, rule: Rule) -> Finding | None:
    terms: _Unsubscribe = rule.terms
    content, days = case.content, case.content.unsubscribe_valid_days
    if not content.has_unsubscribe:
        return rule.bars("The message offers no way to unsubscribe.", missing="unsubscribe")
    if days is not None and days < terms.min_days:
        return rule.bars("The way to unsubscribe ends too soon.", days=days, required=terms.min_days)
    if content.unsub_fee or (content.unsub_requires_login and terms.no_login):
        return rule.bars("Unsubscribing costs money or a login.")
    return None


class _Honour(Struct, frozen=True, kw_only=True):
    max_business_days: int


@rule("CA-CASL-10", terms=_Honour, also_for=("consent_request",), about_past=True)
def canadian_opt_outs_take_effect_at_once(case: Case, rule: Rule) -> Finding | None:
    if case.standing is None or _relies_on_relationship(case):
        return None
    return rule.bars(
        "The contact unsubscribed.",
        opted_out_at=case.standing.event.at.isoformat(),
        ceiling_business_days=rule.terms.max_business_days,
    )


def _relies_on_relationship(case: Case) -> bool:
    return case.attempt.relationship.type is not None


@rule("CA-CASL-16", about_past=True)
def buying_again_is_no_new_consent(case: Case, rule: Rule) -> Finding | None:
    """After an unsubscribe only a new express consent counts, whatever the contact does later."""
    if case.standing is None or not _relies_on_relationship(case):
        return None
    return rule.bars(
        "The contact unsubscribed; what happened since implies no consent.",
        opted_out_at=case.standing.event.at.isoformat(),
        relationship=case.attempt.relationship.type,
    )


class _Onus(Struct, frozen=True, kw_only=True):
    policy_years: int


@rule("CA-CASL-11", terms=_Onus)
def the_sender_proves_consent(case: Case, rule: Rule) -> Finding | None:
    """Said beside the core rule on proof, which is the same in every country."""
    unproven = case.category == "marketing" and case.grants and not express_consents(case) and not implied(case)
    return (
        rule.notes("Whoever relies on consent must prove it.", kept_years=rule.terms.policy_years) if unproven else None
    )


@rule("CA-CASL-12", also_for=("doi_request",))
def asking_for_consent_is_a_commercial_message(case: Case, rule: Rule) -> Finding | None:
    """Asking by message needs a consent of its own; answering the person's own request does not count as asking."""
    if answers_request(case):
        return rule.permits("The message answers the person's own request.", basis=Basis.EXEMPTION)
    if implied(case) or express_consents(case):
        return rule.permits("The contact may be asked: there is consent to messages.", basis=Basis.CONSENT)
    return rule.asks("A message that asks for consent needs consent itself.", category=case.category)


class _Exempt(Struct, frozen=True, kw_only=True):
    consent_required: bool
    unsubscribe_required: bool


@rule("CA-CASL-13", terms=_Exempt)
def exempt_messages_still_identify_and_unsubscribe(case: Case, rule: Rule) -> Finding | None:
    if not _identified(case):
        return _unidentified(rule)
    if rule.terms.unsubscribe_required and not case.content.has_unsubscribe:
        return rule.bars("The message offers no way to unsubscribe.", missing="unsubscribe")
    return rule.permits("The transaction itself is the reason for the message.", basis=Basis.CONSENT)
