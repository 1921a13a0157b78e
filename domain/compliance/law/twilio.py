"""What Twilio does on its own, and what it asks of those who send through it."""

from datetime import timedelta

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.attempt import LedgerEvent
from domain.compliance.case import Case
from domain.compliance.consents import covers_category
from domain.compliance.rules import Finding, Rule, rule

_TWILIO = "twilio"


class _Keywords(Struct, frozen=True, kw_only=True):
    optout: frozenset[str]
    optin: frozenset[str]


_KEYWORDS = catalogue.parameters("PRV-TWILIO-01", _Keywords)


class _Block(Struct, frozen=True, kw_only=True):
    error_code: int


@rule("PRV-TWILIO-02", terms=_Block, about_past=True)
def a_number_that_stopped_is_blocked(case: Case, rule: Rule) -> Finding | None:
    """The block is on the sender and holds for every message, wanted or not, until START or UNSTOP."""
    if case.sender.provider != _TWILIO:
        return None
    blocked = _blocked_by(case, _KEYWORDS.optout)
    if blocked is None:
        return None
    return rule.bars(
        f"Twilio blocks this sender for the contact (error {rule.terms.error_code}) until START.",
        blocked_at=blocked.at.isoformat(),
        sender=case.sender.id,
        remedy="The contact has to text START to this sender; never use another sender instead.",
    )


class _Network(Struct, frozen=True, kw_only=True):
    network_keywords: frozenset[str]


@rule("PRV-TWILIO-04", terms=_Network, about_past=True)
def toll_free_networks_block_and_answer_themselves(case: Case, rule: Rule) -> Finding | None:
    if case.sender.number_type != "toll_free":
        return None
    blocked = _blocked_by(case, frozenset({"STOP"}) & rule.terms.network_keywords)
    if blocked is None:
        return None
    return rule.bars(
        "The toll-free network has blocked the contact and replied itself.", blocked_at=blocked.at.isoformat()
    )


def _blocked_by(case: Case, keywords: frozenset[str]) -> LedgerEvent | None:
    """The newest event on this sender is a block: a matched keyword, or what the provider reported."""
    newest: LedgerEvent | None = None
    for event in case.attempt.ledger:
        if event.at <= case.at and event.to_sender in (None, case.sender.id) and _moves_block(event, keywords):
            newest = event if newest is None or event.at >= newest.at else newest
    return newest if newest is not None and newest.type != "opt_in_keyword" else None


def _moves_block(event: LedgerEvent, keywords: frozenset[str]) -> bool:
    if event.type == "opt_in_keyword":
        return event.keyword is None or event.keyword.upper() in _KEYWORDS.optin
    if event.type == "provider_block" or (event.type == "revoked" and event.source == "provider"):
        return True
    by_keyword = event.type == "revoked" and event.via == "sms_keyword"
    return by_keyword and (event.keyword is None or event.keyword.upper() in keywords)


class _Prefix(Struct, frozen=True, kw_only=True):
    ca_prefix: str


@rule("PRV-TWILIO-06", terms=_Prefix)
def codes_are_asked_for_beside_a_disclosure(case: Case, rule: Rule) -> Finding | None:
    """The page that asks for a code says that rates may apply; it is known not to have only where it was recorded."""
    if case.sender.provider != _TWILIO:
        return None
    asked = [grant for grant in case.grants if covers_category(grant, "otp")]
    if any(grant.facts.rates_disclosed is not False for grant in asked):
        return None
    wording = (
        "Standard message and data rates may apply" if "CA" in case.place.codes else "Message and data rates may apply"
    )
    return rule.asks(f"Where the code is asked for, say: {wording}.", recorded_requests=len(asked))


class _Period(Struct, frozen=True, kw_only=True):
    reasonable_period_days_policy: int


@rule("PRV-TWILIO-07", terms=_Period)
def consent_is_the_senders_own_and_fresh(case: Case, rule: Rule) -> Finding | None:
    """Every message says who sends it; the first one after a long silence says again what was agreed."""
    if case.sender.provider != _TWILIO:
        return None
    if not case.content.has_identification:
        return rule.bars("The message does not say who sends it.", missing="identification")
    given = [grant.timestamp for grant in case.grants if grant.timestamp is not None]
    stale = given and max(given) < case.at - timedelta(days=rule.terms.reasonable_period_days_policy)
    first = case.attempt.first_message and not case.content.reconfirms_consent
    if stale and first and case.category == "marketing":
        return rule.bars("The first message comes long after the consent and must confirm it.", consented=max(given))
    return None
