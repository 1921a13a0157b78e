"""What the engine answers to a vector: one function for each action, which asks the code the product itself uses."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from domain.compliance.decisions import Decision, Explanation
from domain.compliance.engine import judge
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.vectors import events, inbound, links, records
from domain.compliance.vectors.facts import GivenFacts
from domain.compliance.vectors.reading import Facts, UnreadableVector, day


class Answer(Struct, frozen=True, kw_only=True):
    """`actual` has the keys of `expect`; `unread` are facts nobody looked at."""

    actual: dict[str, Any] = {}
    explanation: Explanation | None = None
    unread: tuple[str, ...] = ()


def answer(given: Facts, when: Facts) -> Answer:
    """Raises UnreadableVector for an action that does not exist or facts that make no sense."""
    action = str(when.get("action", "evaluate_send"))
    if action not in _ACTIONS:
        raise UnreadableVector(f"There is no action {action}.", field="when.action")
    facts = GivenFacts(given, when)
    facts.when.skip("action")
    if action == "evaluate_send":
        return _evaluate(facts)
    actual = _ACTIONS[action](facts)
    return Answer(actual=actual, unread=tuple(facts.unread))


def _evaluate(facts: GivenFacts) -> Answer:
    decision = judge(facts.attempt(), profile=facts.profile())
    return Answer(actual=as_expected(decision), explanation=decision.explained(), unread=tuple(facts.unread))


def as_expected(decision: Decision) -> dict[str, Any]:
    """The decision in the words of a vector's `expect`."""
    missing = [finding.inputs["missing"] for finding in decision.findings if finding.inputs.get("missing")]
    until = decision.next_allowed_at
    return {
        "verdict": decision.verdict.value,
        "rule": decision.rule,
        "also_rules": list(decision.also_rules),
        "defer_until": records.written(until),
        "until": records.written(until),
        "effective_category": decision.category,
        "packs": list(decision.place.packs),
        "missing": missing[0].split(", ") if missing else [],
        "jurisdictions": [
            f"{place.country}-{place.region}" if place.region else place.country
            for place in decision.place.jurisdictions
        ],
        "candidate_tz": [zone.key for zone in decision.place.zones],
        "citation": decision.explained().citation,
        "remedy": decision.remedy,
    }


def _resolve(facts: GivenFacts) -> dict[str, Any]:
    at = facts.when.get("at") or facts.given.get("at")
    place = whereabouts(facts.recipient(), day(at) or records.TODAY)
    return {
        "country": place.country,
        "region": place.jurisdictions[0].region if place.jurisdictions else None,
        "regions": [found.region for found in place.jurisdictions if found.region],
        "packs": list(place.packs),
        "candidate_tz": [zone.key for zone in place.zones],
        "tz_count": len(place.zones),
        "line": place.line,
        "rule": "CORE-JUR-02" if facts.recipient().phone else "CORE-JUR-01",
    }


_ACTIONS: dict[str, Callable[[GivenFacts], dict[str, Any]]] = {
    "evaluate_send": lambda facts: _evaluate(facts).actual,
    "resolve_jurisdiction": _resolve,
    "inbound_sms": inbound.text,
    "inbound_other": inbound.statement,
    "inbound_email": inbound.mail,
    "unsubscribe_http": links.unsubscribed,
    "doi_link": links.confirmed,
    "dsn": events.bounced,
    "arf": events.complained,
    "provider_callback": events.provider_refused,
    "capture_consent": events.captured,
    "lint_disclosure": events.linted,
    "compute_deadline": events.due,
    "verify_code": events.code_submitted,
    "request_code": events.code_requested,
    "use_email_code": events.code_by_mail,
    "validate_policy": records.policy,
    "import_contact": records.imported,
    "lookup_suppression": records.looked_up,
    "erase_contact": records.erased,
    "export_consent_record": records.exported,
    "use_suppression_store": records.store_used,
    "encrypt": records.encrypted,
}
