"""Vectors about what people write back: how it is read, what becomes of their consents, and what is answered."""

from typing import Any

from domain.compliance.attempt import LedgerEvent
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.profile import Profile
from domain.compliance.replies import Classification, Mailbox, PendingOptIn, Reading, Reply, Scope, classify
from domain.compliance.vectors.facts import GivenFacts
from domain.compliance.vectors.reading import Reader, UnreadableVector
from domain.consent.evidence import Evidence

_RESTORED = ("informational", "transactional", "otp")
_REVOKED, _GRANTED, _SUSPENDED = "revoked", "granted", "suspended"


def text(facts: GivenFacts) -> dict[str, Any]:
    return _answered(facts, _reply(facts, facts.when.get("channel", default="sms"), facts.when.get("body", "text")))


def statement(facts: GivenFacts) -> dict[str, Any]:
    said = facts.when.get("body", "text", "transcript", "statement", "note")
    return _answered(facts, _reply(facts, str(facts.when.get("channel", "via", "medium", default="voice_live")), said))


def mail(facts: GivenFacts) -> dict[str, Any]:
    reply = _reply(facts, "email", facts.when.get("text", "body", default=""))
    return _answered(facts, reply) | {"effect": classify(reply).effect}


def _reply(facts: GivenFacts, channel: str, words: Any) -> Reply:
    when = facts.when
    received = when.instant("received_at", "at")
    if received is None:
        raise UnreadableVector("The vector does not say when it came in.", field="when.received_at")
    when.skip("to_sender", "from", "in_reply_to_program", "in_reply_to_category")
    place = whereabouts(facts.recipient(), received.date())
    sender = facts.sender()
    params = when.get("provider_params") or {}
    to = str(when.get("to", default=""))
    return Reply(
        text=str(words or ""),
        received_at=received,
        channel=channel,
        locale=facts.recipient().locale,
        country=place.country,
        region=place.jurisdictions[0].region if place.jurisdictions else None,
        number_type=sender.number_type,
        provider=sender.provider,
        opt_out_type=params.get("OptOutType"),
        pending_optin=_pending(facts),
        already_opted_out=_opted_out(facts),
        subject=str(when.get("subject", default="")),
        headers=when.get("headers") or {},
        mailbox=Mailbox.UNSUBSCRIBE if to.startswith(("unsub", "u+", "leave")) else Mailbox.REPLY,
    )


def _pending(facts: GivenFacts) -> PendingOptIn | None:
    pending = facts.group("pending_optin")
    pending.skip("pewc_disclosures_shown", "token")
    requested = pending.instant("requested_at")
    return PendingOptIn(program=str(pending.get("program", default="")), requested_at=requested) if requested else None


def _opted_out(facts: GivenFacts) -> bool:
    """Whether an opt-out on the ledger has been confirmed and not been taken back."""
    state = False
    for row in facts.rows("ledger"):
        row.skip(*LedgerEvent.__struct_fields__)
        kind = row.get("type")
        state = (kind == "revoked" or state) and kind not in ("opt_in_keyword", "granted")
    return state


def _answered(facts: GivenFacts, reply: Reply) -> dict[str, Any]:
    reading = classify(reply)
    return {
        "classification": reading.classification.value,
        "rule": reading.rule,
        "also_rules": list(reading.also_rules),
        "state_after": _after(facts, reading, facts.profile(), opted_out=reply.already_opted_out),
        "reply": reading.reply.as_vector(),
    }


def _after(facts: GivenFacts, reading: Reading, profile: Profile, *, opted_out: bool) -> dict[str, str]:
    """Where each category of the brand stands once the reply has been taken in."""
    consents = facts.rows("consents")
    for row in consents:
        row.skip(*Evidence.__struct_fields__, "brand", "channel", "channels", "program", "timestamp")
    state = {
        category: _REVOKED if opted_out else _GRANTED for row in consents for category in row.get("categories") or ()
    }
    match reading.classification:
        case Classification.REVOKE:
            reached = _reached(facts, consents, reading, profile)
            return {category: _REVOKED if category in reached else stands for category, stands in state.items()}
        case Classification.SUSPEND_AND_REVIEW:
            return state | {"marketing": _SUSPENDED}
        case Classification.OPT_IN_CONFIRMED:
            shown = (facts.given.get("pending_optin") or {}).get("pewc_disclosures_shown", True)
            return state | ({"marketing": _GRANTED} if shown else {})
        case Classification.OPT_IN:
            whole = profile.start_restores == "prior_scope"
            return {c: _GRANTED if whole or c in _RESTORED else stands for c, stands in state.items()}
        case _:
            return state


def _reached(facts: GivenFacts, consents: list[Reader], reading: Reading, profile: Profile) -> set[str]:
    everything = {category for row in consents for category in row.get("categories") or ()}
    if reading.scope is Scope.MARKETING:
        return everything & {"marketing"}
    program = facts.when.get("in_reply_to_program", "program")
    if profile.revocation_scope == "program" and program is not None:
        return {
            category for row in consents if row.get("program") == program for category in row.get("categories") or ()
        }
    return everything
