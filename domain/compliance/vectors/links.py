"""Vectors about links in messages: each request is answered by the very function the pages ask."""

from datetime import timedelta
from typing import Any

from domain.compliance import link_requests
from domain.compliance.link_requests import Effect, LinkAnswer
from domain.compliance.vectors.facts import GivenFacts
from domain.compliance.vectors.reading import Reader, UnreadableVector

# What a request may bring along without any effect. That it has none is the point of many a vector.
_DECIDES_NOTHING = (
    "content_type", "body", "cookies", "cookie", "origin", "referer", "referrer", "user_agent", "ip", "csrf_token",
    "csrf", "authorization", "auth", "logged_in", "headers", "query", "tls", "accept", "accept_language",
)  # fmt: skip
_SOMEBODY_ELSE = ("pressed_by", "clicked_by", "requested_by", "forwarded_to", "forwarded_by", "forwarded", "by")
_FOREIGN = frozenset(
    {"unknown", "forged", "tampered", "truncated", "garbage", "invalid", "missing", "none", "malformed"}
)
# The words of the vectors for what the entry of a confirmation has to show, and the field of the evidence that does.
PROOF = {
    "timestamp": "doi_confirmed_at",
    "ip": "ip",
    "user_agent": "user_agent",
    "token_id": "doi_token_id",  # nosec B105 - the name of a field
    "text_version_hash": "disclosure_hash",
}


def unsubscribed(facts: GivenFacts) -> dict[str, Any]:
    when, message = facts.when, facts.group("message")
    at, sent_at = when.instant("at"), message.instant("sent_at", "at")
    contact = facts.given.get("contact") or {}
    recipient = message.get("recipient", "to") or contact.get("email") or contact.get("phone")
    pressed_by = [when.get(name) for name in _SOMEBODY_ELSE]
    facts.given.skip("consents", "ledger", "keys", "active_key", "signing_key")
    message.skip("program", "key_version", "list", "brand", "token", "signed_with_key")
    answer = link_requests.unsubscribe(
        _method(when),
        known=_known(when, message),
        age=at - sent_at if at is not None and sent_at is not None else timedelta(),
        by_another=any(_is_other(somebody, recipient) for somebody in pressed_by),
    )
    left = answer.effect is Effect.OPT_OUT
    return _told(facts, answer) | {
        "opted_out": recipient if left else None,
        "address": recipient if left else None,
        "state_after": _after(facts, left=left),
        "profile_shown": False,
        "login_required": False,
    }


def confirmed(facts: GivenFacts) -> dict[str, Any]:
    when, pending = facts.when, facts.group("pending_optin")
    at = when.instant("at")
    if at is None:
        raise UnreadableVector("The vector does not say when.", field="when.at")
    facts.given.skip("contact", "consents")
    pending.skip("program", "pewc_disclosures_shown", "requests_sent", "address", "email")
    answer = link_requests.confirm(
        _method(when),
        known=_known(when, pending),
        requested_at=pending.instant("requested_at", "sent_at"),
        confirmed=bool(pending.get("confirmed_at", "confirmed", "used", default=False)),
        channel=str(pending.get("channel", default="email")),
        at=at,
    )
    agreed = answer.effect is Effect.OPT_IN
    return _told(facts, answer) | {
        "evidence": list(PROOF) if agreed else [],
        "token_consumed": agreed,
        "token_still_valid": not agreed and answer.status == 200,
    }


def _told(facts: GivenFacts, answer: LinkAnswer) -> dict[str, Any]:
    """Repeating changes nothing more, so one entry is all there ever is."""
    facts.when.skip("repeat", *_DECIDES_NOTHING)
    return {
        "effect": answer.effect.value,
        "http_status": answer.status,
        "redirect": False,
        "set_cookie": False,
        "events_appended": 0 if answer.effect is Effect.NONE else 1,
        "rule": answer.rule,
        "also_rules": list(answer.also_rules),
    }


def _method(when: Reader) -> str:
    return str(when.get("method", default="GET")).upper()


def _known(when: Reader, made: Reader) -> bool:
    """A token is ours unless the vector says otherwise or names that of something else. None of ours ever expires."""
    token, named, issued = when.get("token", "token_state"), when.get("token_for"), made.get("id", "token")
    if token is not None and str(token).lower() in _FOREIGN:
        return False
    return named is None or issued is None or named == issued


def _is_other(somebody: Any, recipient: Any) -> bool:
    return bool(somebody) and somebody != recipient


def _after(facts: GivenFacts, *, left: bool) -> dict[str, str]:
    """A link in a message ends what its program sends for marketing."""
    stands = {}
    for row in facts.rows("consents"):
        for category in row.everything().get("categories") or ():
            stands[category] = "revoked" if left and category == "marketing" else "granted"
    return stands
