"""Vectors about what is kept, looked up, exported and erased."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.addresses import Address
from domain.compliance import catalogue
from domain.compliance.codes import lifetime, strong_enough
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.obligations import ERASURE
from domain.compliance.profile import BelowThePack, Profile, tightened
from domain.compliance.receipts import iso27560_mandatory, kantara_mandatory
from domain.compliance.retention import evidence_kept_until, index_is_keyed, key_is_spent, may_use_suppressions
from domain.compliance.suppressions import sendable_after_import, versions_to_try
from domain.compliance.vectors.facts import GivenFacts

TODAY = catalogue.tables().as_of


def written(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def policy(facts: GivenFacts) -> dict[str, Any]:
    """A setting is refused by the rule it would break; one nobody knows is refused, too."""
    wanted = facts.given.get("policy") or {}
    for name, value in wanted.items():
        if rule := _broken(name, value):
            return {"verdict": "deny", "rule": rule}
    return {"verdict": "allow", "rule": "CORE-VERDICT-01"}


def _broken(name: str, value: Any) -> str | None:
    if name in ("index", "blind_index", "lookup_index"):
        return None if index_is_keyed(str(value)) else "PII-01"
    if name in ("otp_digits", "code_digits", "code_length", "otp_length"):
        return None if strong_enough(10, int(value), csprng=True) else "VER-01"
    if name in ("otp_ttl_seconds", "code_ttl_seconds"):
        return None if timedelta(seconds=int(value)) <= lifetime("sms") else "VER-02"
    if name in ("reset_on_resend", "reset_failures_on_resend"):
        return "VER-04" if value else None
    if name in Profile.__struct_fields__:
        try:
            tightened({name: value})
        except BelowThePack as refused:
            return refused.rule
    return None


def _normalised(facts: GivenFacts) -> Address:
    text = facts.when.get("phone") or facts.when.get("email") or facts.when.get("address")
    return Address.parse(str(text))


def _matches(facts: GivenFacts, address: Address) -> tuple[bool, list[int]]:
    """The tokens of a vector are written out: `hmac(v1,+12125550101)`."""
    rows = facts.rows("suppression")
    for row in rows:
        row.skip("channel", "scope", "reason_class", "reason", "date")
    stored = {str(row.get("token")): int(row.get("key_version", default=1)) for row in rows}
    tried = versions_to_try(int(facts.given.get("active_suppression_key", default=1)), stored.values())
    found = next((version for version in tried if f"hmac(v{version},{address.value})" in stored), None)
    return found is not None, tried if found is None else tried[: tried.index(found) + 1]


def imported(facts: GivenFacts) -> dict[str, Any]:
    facts.when.skip("consent_column", "source", "at")
    suppressed, _ = _matches(facts, _normalised(facts))
    opted_in = bool(facts.when.get("new_opt_in", "later_opt_in", "express_opt_in", default=False))
    return {
        "sendable": sendable_after_import(suppressed=suppressed, opted_in_since=opted_in),
        "rule": "PII-07",
        "also_rules": ["PII-08"],
    }


def looked_up(facts: GivenFacts) -> dict[str, Any]:
    match, tried = _matches(facts, _normalised(facts))
    return {"match": match, "tried_key_versions": tried, "rule": "PII-04", "also_rules": ["PII-08"]}


def erased(facts: GivenFacts) -> dict[str, Any]:
    facts.given.skip("consents", "ledger")
    at = facts.when.instant("at")
    place = whereabouts(facts.recipient(), at.date() if at else TODAY)
    kept = evidence_kept_until(place.codes)
    return {"evidence_retained_until": str(kept), "rule": kept.rule, "keep": list(ERASURE.keeps)}


def exported(facts: GivenFacts) -> dict[str, Any]:
    record = facts.group("record")
    kantara = "kantara" in str(facts.when.get("format"))
    mandatory = kantara_mandatory() if kantara else iso27560_mandatory(gdpr=facts.when.get("profile") == "gdpr")
    absent = set(record.get("missing", default=()))
    if record.get("fields") is not None:
        absent |= set(mandatory) - set(record.get("fields"))
    missing = [field for field in mandatory if field in absent]
    rule = "REC-KANTARA-01" if kantara else "REC-27560-01"
    return {"verdict": "deny" if missing else "allow", "rule": rule, "missing": missing}


def store_used(facts: GivenFacts) -> dict[str, Any]:
    purpose = str(facts.when.get("purpose", "for"))
    return {"verdict": "allow" if may_use_suppressions(purpose) else "deny", "rule": "PII-06"}


def encrypted(facts: GivenFacts) -> dict[str, Any]:
    """How often the key was used is the only number such a vector has, whatever it calls it."""
    used = max(_numbers([facts.given.everything(), facts.when.everything()]), default=0)
    return {"verdict": "deny" if key_is_spent(used) else "allow", "rule": "PII-03"}


def _numbers(value: Any) -> list[int]:
    if isinstance(value, dict):
        return _numbers(list(value.values()))
    if isinstance(value, list):
        return [number for item in value for number in _numbers(item)]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []
