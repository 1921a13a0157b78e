"""Reading consents: which one a rule may rely on, and what another one lacks."""

from datetime import UTC, datetime
from functools import lru_cache

from domain.compliance.case import Case
from domain.consent.evidence import ConsentType, Grant

_EVER = datetime.min.replace(tzinfo=UTC)
# Nobody agreed by these.
NO_ACT = frozenset(
    {
        "pre_ticked",
        "pre_checked",
        "prechecked",
        "preticked",
        "pre_ticked_box",
        "pre_checked_box",
        "silence",
        "inactivity",
        "none",
        "bundled",
        "bundled_with_terms",
        "implied",
        "continued_use",
    }
)
_NOTHING: tuple[str, ...] = ()
_SPOKEN = frozenset({"oral", "verbal", "phone_call", "in_person"})
# An act that shows where the number came from but not what was agreed to.
NUMBER_ENTERED = frozenset({"number_entered", "number_entered_alone"})


@lru_cache(maxsize=1024)
def no_act(written: str | None) -> bool:
    """Whether what is on record as the act is something the form did, or nothing at all."""
    act = (written or "none").casefold().replace("-", "_").replace(" ", "_")
    return act in NO_ACT or act.startswith(("pre_tick", "pretick", "pre_check", "precheck"))


def covers_category(grant: Grant, category: str) -> bool:
    """A consent says what it is for; one that does not is for marketing if it is of a marketing type."""
    categories = grant.facts.categories
    if categories:
        return category in categories
    return (category == "marketing") is (grant.facts.type is not ConsentType.PEC)


def for_program(grant: Grant, program: str) -> bool:
    return grant.program is None or grant.program == program


def unproven(grant: Grant) -> tuple[str, ...]:
    """The evidence fields without which nobody can show that there was a consent (CORE-PROOF-01)."""
    facts = grant.facts
    acted = not no_act(facts.affirmative_act)
    shown = facts.disclosure_kept or facts.disclosure_hash is not None or _oral(grant)
    if acted and shown and facts.source and grant.timestamp is not None:
        return _NOTHING
    there = {
        "timestamp": grant.timestamp is not None,
        "source": bool(facts.source),
        "affirmative_act": acted,
        "disclosure_text_verbatim": shown,
    }
    return tuple(field for field, shown in there.items() if not shown)


def _oral(grant: Grant) -> bool:
    """Words spoken are proof of prior express consent, not of anything that must be in writing."""
    return grant.facts.type is ConsentType.PEC and spoken(grant)


def spoken(grant: Grant) -> bool:
    """Whether it was given by word of mouth and nothing else: an answer to a text or a button pressed is writing."""
    facts = grant.facts
    if facts.sms_handset_confirmed or facts.doi_confirmed_at is not None:
        return False
    act = facts.affirmative_act or ""
    return facts.medium in _SPOKEN or "oral" in act or "verbal" in act or "spoken" in act


def evidence_of(grant: Grant) -> tuple[str, ...]:
    return (grant.id,) if grant.id else ()


def requests_sent(case: Case) -> int:
    """How often the contact has been asked for this, by whichever record tells it."""
    attempt, category = case.attempt, case.attempt.category
    pending = attempt.pending_optin
    since = pending.requested_at if pending is not None and category == "doi_request" else _EVER
    counted = attempt.consent_requests_sent if category == "consent_request" else 0
    if pending is not None and category == "doi_request":
        counted = pending.requests_sent
    logged = sum(1 for send in attempt.recent_sends if send.category == category and since <= send.at <= case.at)
    noted = sum(1 for event in attempt.ledger if event.type == f"{category}_sent" and since <= event.at <= case.at)
    return counted + max(logged, noted)


def answers_request(case: Case) -> bool:
    """Whether the message does nothing but ask the person to confirm what they asked for themselves."""
    asked = case.category == "doi_request" and case.attempt.pending_optin is not None
    return asked and not case.content.contains_promotion


def confirmed_on(grant: Grant, channel: str) -> bool:
    """The double opt-in of the very address: a mail confirmed proves nothing about a telephone number."""
    if channel == "email":
        return grant.facts.doi_confirmed_at is not None
    return grant.facts.sms_handset_confirmed


def relied_upon(grants: list[Grant], program: str) -> Grant | None:
    """The one to name: for this very program before one for the whole brand, the newest first."""
    return max(grants, key=lambda grant: (grant.program == program, grant.timestamp or _EVER), default=None)
