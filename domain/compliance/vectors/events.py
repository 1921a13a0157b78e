"""Vectors about what happens besides sending: reports, refusals, opt-in forms, codes and deadlines."""

from datetime import datetime
from typing import Any

from domain.compliance.capture import Capture, judge_capture
from domain.compliance.codes import Code, Velocity, check, may_request, may_send_mail, may_use_email_code
from domain.compliance.deadlines import deadline
from domain.compliance.delivery_reports import Bounce, Complaint, bounce, complaint
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.lint_disclosure import lint_disclosure
from domain.compliance.provider_results import read_refusal
from domain.compliance.vectors.facts import GivenFacts
from domain.compliance.vectors.reading import Reader, UnreadableVector, build, day, instant
from domain.compliance.vectors.records import TODAY, written
from domain.compliance.verdicts import Verdict

_BOUNCES = {Bounce.HARD: "suppress(email,address,reason=hard_bounce)"}
_COMPLAINTS = {
    Complaint.SUPPRESS: "suppress(email,brand,marketing,reason=complaint)",
    Complaint.OPT_OUT: "opt_out",
    Complaint.ALERT: "alert_sender",
    Complaint.NONE: "none",
}


def bounced(facts: GivenFacts) -> dict[str, Any]:
    when = facts.when
    _skip_bystanders(facts)
    effect = bounce(
        str(when.get("status")), str(when.get("dsn_action", default="failed")), str(when.get("diagnostic", default=""))
    )
    return {"effect": _BOUNCES.get(effect, effect.value), "rule": "EML-DSN-01"}


def complained(facts: GivenFacts) -> dict[str, Any]:
    _skip_bystanders(facts)
    facts.when.skip("original_rcpt_redacted", "token_for")
    return {"effect": _COMPLAINTS[complaint(str(facts.when.get("feedback_type")))], "rule": "EML-ARF-01"}


def _skip_bystanders(facts: GivenFacts) -> None:
    """Who was concerned does not change what a report means."""
    facts.given.skip("contact", "consents", "message")
    facts.when.skip("at")


def provider_refused(facts: GivenFacts) -> dict[str, Any]:
    result = facts.group("provider_result")
    at = facts.when.instant("at")
    if at is None:
        raise UnreadableVector("The vector does not say when.", field="when.at")
    opted_in = bool(facts.given.get("consents")) and not facts.given.get("ledger")
    refusal = read_refusal(int(result.get("error_code")), facts.recipient(), at, opted_in=opted_in)
    if refusal is None:
        return {"effects": [], "rule": None}
    return {
        "verdict": refusal.verdict.value if refusal.verdict else None,
        "rule": refusal.rule,
        "effects": list(refusal.effects),
        "retry": refusal.retry,
        "retry_before": False,
        "defer_until": written(refusal.until),
    }


def captured(facts: GivenFacts) -> dict[str, Any]:
    when = facts.when
    when.skip("purpose", "at", "medium", "program")
    fields = when.fill(Capture, skip=("affirmative_act",))
    ticked_before = when.get("pre_ticked", "prechecked", "pre_checked", "checkbox_prechecked", default=False)
    fields["affirmative_act"] = "pre_ticked" if ticked_before else when.get("affirmative_act")
    if when.get("separate_checkbox") is not None:
        fields["separate_sms_checkbox"] = when.get("separate_checkbox")
    capture = build(Capture, {name: value for name, value in fields.items() if value is not None})
    found = judge_capture(capture, whereabouts(facts.recipient(), TODAY))
    return {
        "verdict": found.verdict.value,
        "rule": found.rule,
        "obligations": list(found.obligations),
        "missing": list(found.lacking),
    }


def linted(facts: GivenFacts) -> dict[str, Any]:
    """The gravest thing to put right decides; advice is no verdict."""
    found = lint_disclosure(str(facts.when.get("text")), jurisdictions=facts.when.get("jurisdictions"))
    faults = [lint for lint in found if lint.verdict is not Verdict.ALLOW]
    if not faults:
        return {"verdict": "allow", "rule": "US-TCPA-REV-05", "also_rules": [], "missing": []}
    return {
        "verdict": faults[0].verdict.value,
        "rule": faults[0].rule,
        "also_rules": [lint.rule for lint in faults[1:]],
        "missing": list(faults[0].lacks),
    }


def due(facts: GivenFacts) -> dict[str, Any]:
    when = facts.when
    when.skip("country", "kind")
    received = when.get("received_at", "received", "aware_at", "at")
    moment = day(received) if isinstance(received, str) and len(received) == len("2026-01-31") else instant(received)
    if moment is None:
        raise UnreadableVector("The vector does not say when it was received.", field="when.received")
    on = moment.date() if isinstance(moment, datetime) else moment
    zones = whereabouts(facts.recipient(), on).zones
    found = deadline(
        str(when.get("rule")),
        moment,
        calendar=when.get("holiday_calendar"),
        extended=bool(when.get("extended", default=False)),
        paused_days=_paused(when),
        zone=zones[0] if zones else None,
    )
    return {
        "deadline_date": found.day.isoformat(),
        "deadline_at": written(found.instant),
        "deadline": written(found.instant) or found.day.isoformat(),
        "ack_deadline_date": found.acknowledge_by.isoformat() if found.acknowledge_by else None,
        "ack_date": found.acknowledge_by.isoformat() if found.acknowledge_by else None,
        "policy_effective": found.policy_effective,
        "rule": found.rule,
    }


def _paused(when: Reader) -> int:
    days = int(when.get("paused_days", "clock_paused_days", default=0))
    began, ended = (
        when.day("paused_from", "clarification_requested"),
        when.day("paused_to", "paused_until", "clarified"),
    )
    return days + ((ended - began).days if began and ended else 0)


def code_submitted(facts: GivenFacts) -> dict[str, Any]:
    code = facts.group("code")
    code.skip("id", "value", "purpose")
    at = facts.when.instant("at")
    issued = code.instant("issued_at")
    if at is None or issued is None:
        raise UnreadableVector("The vector does not say when.", field="when.at")
    known = Code(
        channel=str(code.get("channel", default="sms")),
        issued_at=issued,
        failures=int(code.get("failures", default=0)),
        failures_24h=int(code.get("failures_24h", "failures_address_24h", "address_failures_24h", default=0)),
        used=bool(code.get("used", "used_at", "consumed", default=False)),
        superseded=bool(code.get("superseded", "superseded_by", default=False)),
    )
    found = check(known, correct=facts.when.get("submitted", default="correct") == "correct", at=at)
    return {"result": found.outcome.value, "rule": found.rule}


# VER-08: what is known of the address, and whether a code goes out, are nothing the answer is made of.
_SAME_FOR_EVERYBODY = {"response": "same", "http_status": 202}


def code_requested(facts: GivenFacts) -> dict[str, Any]:
    velocity = facts.group("velocity")
    policy = facts.given.get("policy") or {}
    countries = policy.get("otp_countries", policy.get("allowed_countries"))
    facts.when.skip("at", "ip", "channel", "country", "address", "purpose", "known", "method")
    fields = velocity.fill(Velocity)
    fields.setdefault("conversion", velocity.get("conversion_rate"))
    known = build(Velocity, {name: value for name, value in fields.items() if value is not None})
    phone = facts.when.get("phone")
    if phone is not None:
        allowed = frozenset(countries) if countries is not None else None
        fine, _ = may_request(str(phone), known, countries=allowed)
    else:
        facts.when.skip("email")
        fine, _ = may_send_mail(known)
    rule = "VER-08" if fine and phone is None else "VER-09"
    return {"verdict": "allow" if fine else "deny", "rule": rule, **_SAME_FOR_EVERYBODY}


def code_by_mail(facts: GivenFacts) -> dict[str, Any]:
    fine = may_use_email_code(str(facts.when.get("purpose")))
    return {"verdict": "allow" if fine else "deny", "rule": "VER-05"}
