"""What US carriers ask of messages: CTIA Messaging Principles and the short code handbook, and 10DLC registration."""

from datetime import date, timedelta

from msgspec import Struct

from domain.compliance.case import Case
from domain.compliance.consents import covers_category, for_program, requests_sent, unproven
from domain.compliance.law.us_consent import complete_written_consents, written_consents
from domain.compliance.optouts import stands
from domain.compliance.rules import Finding, Rule, enforced_elsewhere, rule
from domain.compliance.verdicts import Basis
from domain.consent.evidence import Grant

_ASKING = frozenset({"consent_request", "doi_request"})
_BY_CONSENT = frozenset({"marketing", "informational", "transactional", "otp"})
_FROM_THE_HANDSET = frozenset({"sms_keyword", "sms", "text", "handset", "keyword"})


@rule("CTIA-01")
def consent_follows_content(case: Case, rule: Rule) -> Finding | None:
    """The federal rules speak for content of each kind; this one for asking: a request must answer the person's own."""
    if case.category not in _ASKING:
        return None
    pending = case.attempt.pending_optin
    if pending is not None or any(not unproven(grant) for grant in case.grants):
        return None
    return rule.asks("A text that asks for consent needs the person's own request first.", category=case.category)


class _Elements(Struct, frozen=True, kw_only=True):
    required_elements: tuple[str, ...]


@rule("CTIA-02", terms=_Elements)
def opt_in_confirmations_say_it_all(case: Case, rule: Rule) -> Finding | None:
    elements = case.content.elements
    missing = [element for element in rule.terms.required_elements if elements is not None and element not in elements]
    if missing:
        return rule.bars("The confirmation of an opt-in lacks what must be in it.", missing=", ".join(missing))
    return rule.permits("The confirmation of an opt-in.", basis=Basis.EXEMPTION)


@rule("CTIA-04")
def help_is_always_answered(case: Case, rule: Rule) -> Finding | None:
    return rule.permits("HELP is answered whoever asks, at any hour.", basis=Basis.EXEMPTION, category=case.category)


@rule("CTIA-05")
def consent_is_for_one_campaign(case: Case, rule: Rule) -> Finding | None:
    """There is a good consent, but it was given for another program."""
    if case.category not in _BY_CONSENT:
        return None
    good = _good(case)
    if not good or any(for_program(grant, case.attempt.program) for grant in good):
        return None
    return rule.asks("The consent was given for another program.", consented_to=good[0].program)


def _good(case: Case) -> list[Grant]:
    if case.category == "marketing":
        return complete_written_consents(case)
    return [grant for grant in case.grants if covers_category(grant, case.category) and not unproven(grant)]


class _Sources(Struct, frozen=True, kw_only=True):
    forbidden_sources: frozenset[str]


@rule("CTIA-06", terms=_Sources)
def bought_consent_is_refused(case: Case, rule: Rule) -> Finding | None:
    """A consent of the sender's own outweighs one that was bought; alone the bought one is worse than none."""
    claimed = [grant for grant in case.grants if covers_category(grant, case.category)]
    bought = [grant for grant in claimed if grant.facts.source in rule.terms.forbidden_sources]
    if not bought or len(bought) < len(claimed):
        return None
    return rule.bars("The consent was bought, rented, shared or scraped.", source=bought[0].facts.source)


@rule("CTIA-07")
def deactivated_numbers_are_dropped(case: Case, rule: Rule) -> Finding | None:
    gone: date | None = case.attempt.number_status.deactivated_at
    if gone is None or any(grant.timestamp and grant.timestamp.date() >= gone for grant in case.grants):
        return None
    return rule.asks("The number was deactivated by its carrier after the consent.", deactivated=gone)


@rule("CTIA-08", about_past=True)
def no_other_sender_after_a_stop(case: Case, rule: Rule) -> Finding | None:
    """Whoever stopped one number of the brand is not to be reached from another for the same program."""
    for opt_out in case.opt_outs:
        stopped = opt_out.event.to_sender
        if stopped is not None and stopped != case.sender.id and opt_out.direct and stands(opt_out):
            return rule.bars("The contact stopped this program on another sender.", stopped_sender=stopped)
    return None


class _Topics(Struct, frozen=True, kw_only=True):
    forbidden: frozenset[str]
    age_gated: frozenset[str]


# The rule names these in its words only. Firearms are the F of SHAFT; what does not sell them wants an age.
_ALWAYS_REFUSED = frozenset(
    {"gambling", "high_risk_finance", "third_party_lead_gen", "work_from_home", "cbd", "firearms"}
)


@rule("CTIA-09", terms=_Topics)
def some_topics_are_refused(case: Case, rule: Rule) -> Finding | None:
    """Some topics never pass, some pass to adults whose age was verified at opt-in."""
    topics = case.content.topics
    if not topics:
        return None
    if refused := sorted(topics & (rule.terms.forbidden | _ALWAYS_REFUSED)):
        return rule.bars("Carriers refuse messages on this topic.", topics=", ".join(refused))
    gated = sorted(topics & rule.terms.age_gated)
    if gated and not case.attempt.recipient.of_age_verified:
        return rule.bars("This topic needs an age verified at opt-in.", topics=", ".join(gated))
    return None


@rule("CTIA-11")
def keywords_are_answered_without_subscription(case: Case, rule: Rule) -> Finding | None:
    return rule.permits("A keyword is answered whether or not the number is subscribed.", category=case.category)


class _Handset(Struct, frozen=True, kw_only=True):
    pending_ttl_hours: int


@rule("CTIA-13", terms=_Handset, also_for=("doi_request",))
def the_handset_confirms(case: Case, rule: Rule) -> Finding | None:
    """Short codes want the opt-in to come from, or be confirmed on, the handset; a request is made once and expires."""
    pending = case.attempt.pending_optin
    if case.category == "doi_request":
        return _asked_once(case, rule)
    if pending is not None and not case.grants:
        return rule.asks(
            "The contact has not yet confirmed on the handset.", requested_at=pending.requested_at.isoformat()
        )
    if case.sender.number_type != "short_code":
        return None
    written = written_consents(case)
    if not written or any(_by_handset(grant) for grant in written):
        return None
    return rule.asks("Short codes need an opt-in confirmed on the handset.", medium=written[0].facts.medium)


def _by_handset(grant: Grant) -> bool:
    facts = grant.facts
    return facts.sms_handset_confirmed or facts.medium in _FROM_THE_HANDSET or facts.doi_confirmed_at is not None


def _asked_once(case: Case, rule: Rule) -> Finding | None:
    pending = case.attempt.pending_optin
    if pending is None:
        return None
    if sent := requests_sent(case):
        return rule.asks("The request has been sent already and is not repeated.", requests_sent=sent)
    if case.at > pending.requested_at + timedelta(hours=rule.terms.pending_ttl_hours):
        return rule.asks("The person's request has expired.", requested_at=pending.requested_at.isoformat())
    return rule.permits("The one request to confirm on the handset.", basis=Basis.EXEMPTION)


@rule("A2P-01")
def long_codes_are_registered(case: Case, rule: Rule) -> Finding | None:
    sender = case.sender
    if sender.number_type != "10dlc":
        return None
    if sender.campaign_status != "approved":
        return rule.bars("The number has no approved campaign.", campaign_status=sender.campaign_status)
    allowed = sender.campaign_categories
    if allowed is not None and case.category in _BY_CONSENT and case.category not in allowed:
        return rule.bars("The campaign is not registered for this use.", category=case.category)
    return None


_INBOUND, _REPLIES_TEST = "domain.compliance.replies", "tests/compliance/test_cases.py"
enforced_elsewhere("CTIA-03", where=_INBOUND, test=_REPLIES_TEST)
