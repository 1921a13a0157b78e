"""What an opt-out on the ledger reaches, and whether the person has taken it back since.

The strict reading: an opt-out ends everything of the brand that needs consent. A narrower one counts only where the
person said so, or where the profile says so and the law still lets it.
"""

from datetime import datetime

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.attempt import TEXT, VOICE, Attempt, LedgerEvent
from domain.compliance.profile import Profile
from domain.consent.evidence import BY_ASKING_FOR_CODE, Grant

_BY_PHONE = TEXT | VOICE
SUSPENDED = "suspended"
UNCLEAR = "What the contact wrote may mean stop; marketing waits until somebody has read it."
_REVOKING = frozenset({"revoked", "objected", "objection", "withdrawn", "unsubscribed", SUSPENDED})
_RESUBSCRIBING = frozenset({"opt_in_keyword", "resubscribed"})
_MEANS_OF_EMAIL = frozenset({"unsub_link", "one_click", "list_unsubscribe", "mailto", "unsub_reply", "preference_page"})
_MEANS_OF_TEXT = frozenset({"sms_keyword", "sms_free_text", "sms"})
_SURVIVING = frozenset({"emergency", "exempted_informational", "optout_confirmation", "help_reply"})
_NEEDS_CONSENT_BY_EMAIL = frozenset({"marketing", "informational", "consent_request", "doi_request"})
# It confirms a consent of whatever category, or a START.
_ANSWERS_A_YES = "optin_confirmation"
_WHOLE_BRAND = frozenset({"all", "brand", "brand_all_consent_required"})


class _Restart(Struct, frozen=True, kw_only=True):
    start_restores: frozenset[str]


START_RULE = "US-TCPA-REV-12"
START_RESTORES = catalogue.parameters(START_RULE, _Restart).start_restores


def start_restores(category: str, profile: Profile) -> bool:
    """Whether a START, and nothing written, brings messages of this category back."""
    return category in START_RESTORES or category == _ANSWERS_A_YES or profile.start_restores == "prior_scope"


class OptOut(Struct, frozen=True, kw_only=True):
    """One opt-out as it bears on one attempt.

    `direct`: it names this program, or everything. `by_profile`: it reaches here only because the profile reads
    opt-outs brand-wide. `silent`: it was asked which programs were meant, and nobody answered. `answers_exempted`: it
    replied to a message that needed no consent. `again`: consented anew since. `restarted`: START or YES came since.
    """

    event: LedgerEvent
    direct: bool
    by_profile: bool
    needs_consent: bool
    silent: bool = False
    answers_exempted: bool = False
    again: Grant | None = None
    restarted: bool = False


def opt_outs_bearing_on(
    attempt: Attempt, category: str, grants: tuple[Grant, ...], profile: Profile
) -> tuple[OptOut, ...]:
    """Newest first, those of this brand and channel that happened by the time of sending."""
    bearing = [
        _as_it_bears(event, attempt, category, grants, profile)
        for event in attempt.ledger
        if event.type in _REVOKING and event.at <= attempt.at and _concerns(event, attempt)
    ]
    bearing.sort(key=lambda opt_out: opt_out.event.at, reverse=True)
    return tuple(bearing)


def stands(opt_out: OptOut, *, given_back: bool = True) -> bool:
    """It bars this attempt whichever jurisdiction is asked. `given_back`: a START brings back what this message is."""
    reaches = opt_out.direct or opt_out.by_profile or opt_out.silent
    taken_back = opt_out.again is not None or (opt_out.restarted and given_back)
    return opt_out.needs_consent and reaches and not taken_back


def _concerns(event: LedgerEvent, attempt: Attempt) -> bool:
    if event.brand is not None and event.brand != attempt.sender.brand:
        return False
    if event.via in _MEANS_OF_TEXT or event.channel in _BY_PHONE:
        return attempt.channel in _BY_PHONE
    if event.via in _MEANS_OF_EMAIL or event.channel == "email":
        return attempt.channel == "email"
    return True


def _as_it_bears(
    event: LedgerEvent, attempt: Attempt, category: str, grants: tuple[Grant, ...], profile: Profile
) -> OptOut:
    direct, open_ended = _reach(event, attempt, category)
    return OptOut(
        event=event,
        direct=direct,
        by_profile=open_ended and not direct and profile.revocation_scope != "program",
        needs_consent=_needs_consent(attempt, category, event.at),
        silent=open_ended and _asked_in_vain(event, attempt),
        answers_exempted=event.in_reply_to_category == "exempted_informational",
        again=next((grant for grant in grants if _renews(grant, event.at, attempt.program, category)), None),
        restarted=_restarted(event.at, attempt),
    )


def _reach(event: LedgerEvent, attempt: Attempt, category: str) -> tuple[bool, bool]:
    """Whether it names this attempt, and whether it left open how far it goes."""
    program = event.program or event.in_reply_to_program
    if event.scope in _WHOLE_BRAND:
        return True, False
    if event.scope == "category":
        return event.category == category, False
    if event.scope == "program":
        return program in (None, attempt.program), False
    return program in (None, attempt.program), True


def _needs_consent(attempt: Attempt, category: str, since: datetime) -> bool:
    if category == "doi_request" and attempt.pending_optin and attempt.pending_optin.requested_at > since:
        return False
    if attempt.channel == "email":
        return category in _NEEDS_CONSENT_BY_EMAIL
    return category not in _SURVIVING


def _asked_in_vain(event: LedgerEvent, attempt: Attempt) -> bool:
    since = [later for later in attempt.ledger if event.at <= later.at <= attempt.at]
    asked = any(later.type == "optout_confirmation_sent" and later.clarification for later in since)
    return asked and not any(later.type == "clarification_reply" for later in since)


def _renews(grant: Grant, since: datetime, program: str, category: str) -> bool:
    """A code may have been asked for by somebody else, who takes nothing back."""
    if grant.facts.via == BY_ASKING_FOR_CODE:
        return False
    later = grant.timestamp is not None and grant.timestamp > since
    covers = category == _ANSWERS_A_YES or category in (grant.facts.categories or (category,))
    return later and covers and grant.program in (None, program)


def _restarted(since: datetime, attempt: Attempt) -> bool:
    return attempt.channel in TEXT and any(
        event.type in _RESUBSCRIBING and since < event.at <= attempt.at and event.to_sender in (None, attempt.sender.id)
        for event in attempt.ledger
    )
