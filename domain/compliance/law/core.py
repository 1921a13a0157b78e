"""Rules that hold everywhere: suppression, addresses that cannot receive, proof, mixed content, and the unknown
place.
"""

from msgspec import Struct

from domain.compliance.attempt import TEXT, VOICE, Suppressed
from domain.compliance.case import Case
from domain.compliance.consents import (
    confirmed_on,
    covers_category,
    evidence_of,
    for_program,
    relied_upon,
    unproven,
)
from domain.compliance.hours import closed, every_day
from domain.compliance.optouts import SUSPENDED, UNCLEAR, OptOut
from domain.compliance.rules import Finding, Rule, applied, enforced_elsewhere, rule
from domain.consent.evidence import Grant

_BY_PHONE = TEXT | VOICE
_RECEIVES_TEXT = frozenset({"mobile", "fixed_or_mobile", "voip"})
# What an opt-out or a complaint leaves: nobody agreed to it in the first place, or it answers the person.
_SURVIVES_OPT_OUT = frozenset({"emergency", "exempted_informational", "optout_confirmation", "help_reply"})
_OPTED_OUT = frozenset({"opt_out", "complaint"})
_RELABELLED = frozenset(
    {"informational", "transactional", "transactional_cem", "exempted_informational", "otp", "emergency"}
)
_NEEDS_CONSENT = frozenset({"marketing", "informational", "transactional", "otp"})


@rule("CORE-SUP-01", about_past=True)
def suppressed_addresses_are_left_alone(case: Case, rule: Rule) -> Finding | None:
    """The store is asked before anything else, and nothing outweighs it."""
    for match in case.attempt.suppression:
        if _blocks(match, case):
            return rule.bars(
                f"The address is suppressed ({match.reason}).", scope=match.scope, reason=match.reason, since=match.date
            )
    return None


def opted_out(opt_out: OptOut) -> Finding:
    """An opt-out on the ledger bars even where no pack has words for it: it suppresses, written down there or not."""
    event = opt_out.event
    explanation = UNCLEAR if event.type == SUSPENDED else "The contact opted out."
    return applied["CORE-SUP-01"].bars(explanation, opted_out_at=event.at.isoformat(), via=event.via or "unknown")


def _blocks(match: Suppressed, case: Case) -> bool:
    if match.channel is not None and not _same_means(match.channel, case.channel):
        return False
    if match.reason in _OPTED_OUT and case.category in _SURVIVES_OPT_OUT:
        return False
    if "program" in match.scope:
        return match.program in (None, case.attempt.program)
    if "category" in match.scope or match.scope == case.category or match.category is not None:
        return match.category in (None, case.category)
    return True


def _same_means(one: str, other: str) -> bool:
    return one == other or {one, other} <= _BY_PHONE


@rule("CORE-RACE-01", about_past=True)
def opt_outs_overtake_what_is_queued(case: Case, rule: Rule) -> Finding | None:
    queued = case.attempt.enqueued_at
    if queued is None or case.standing is None or case.standing.event.at <= queued:
        return None
    return rule.bars(
        "The contact opted out after the message was queued.",
        queued_at=queued.isoformat(),
        opted_out_at=case.standing.event.at.isoformat(),
    )


@rule("CORE-ADDR-01")
def only_numbers_that_receive_text(case: Case, rule: Rule) -> Finding | None:
    line = case.attempt.number_status.line or case.place.line
    if line in _RECEIVES_TEXT:
        return None
    if line is None:
        return rule.bars("The contact has no phone number.", line="none")
    return rule.bars(f"A number of this kind cannot receive text messages: {line}.", line=line)


class _Reassigned(Struct, frozen=True, kw_only=True):
    deactivation_file_frequency: str


@rule("CORE-ADDR-02", terms=_Reassigned)
def reassigned_numbers_carry_no_consent(case: Case, rule: Rule) -> Finding | None:
    """A consent given after the disconnection is the new holder's own."""
    status = case.attempt.number_status
    gone = status.disconnected_at or status.deactivated_at
    if status.rnd_answer != "yes" and gone is None:
        return None
    if gone is not None and any(grant.timestamp and grant.timestamp.date() >= gone for grant in case.grants):
        return None
    return rule.asks(
        "The number has changed hands since the consent was given.",
        reassigned_numbers_database=status.rnd_answer,
        disconnected=gone,
    )


@rule("CORE-PROOF-01")
def consent_without_evidence_is_none(case: Case, rule: Rule) -> Finding | None:
    if case.category not in _NEEDS_CONSENT or (case.channel == "email" and case.category != "marketing"):
        return None
    claimed = [
        grant
        for grant in case.grants
        if covers_category(grant, case.category) and for_program(grant, case.attempt.program)
    ]
    if case.lawless:
        return _proven_or_not(case, rule, claimed)
    if not claimed or case.attempt.relationship.type is not None:
        return None
    lacking = [unproven(grant) for grant in claimed]
    if not all(lacking):
        return None
    return rule.asks("A consent is recorded, but its evidence is not.", lacking=", ".join(lacking[0]))


def _proven_or_not(case: Case, rule: Rule, claimed: list[Grant]) -> Finding:
    proven = [grant for grant in claimed if not unproven(grant)]
    if grant := relied_upon(proven, case.attempt.program):
        return rule.permits("The contact consented, and that can be proven.", evidence=evidence_of(grant))
    return rule.asks("No law of the place says when this may be sent, so only a proven consent counts.")


@rule("CORE-MIX-01")
def any_promotion_makes_it_marketing(case: Case, rule: Rule) -> Finding | None:
    """US law alone lets a mail be judged by its primary purpose; every other law and every text by any purpose."""
    if not case.content.contains_promotion or case.category not in _RELABELLED:
        return None
    if case.channel == "email" and all(code.startswith("US") for code in case.place.codes):
        return None
    return rule.notes("The message also promotes something, so it is judged as marketing.", category=case.category)


@rule("VER-11")
def codes_promote_nothing(case: Case, rule: Rule) -> Finding | None:
    if case.category != "otp" or not case.content.contains_promotion:
        return None
    return rule.notes("A code with a promotion is judged as marketing.", category=case.category)


@rule("CORE-TZ-01")
def organisations_may_keep_shorter_hours(case: Case, rule: Rule) -> Finding | None:
    """The candidate zones are found with the jurisdiction; here the hours of the organisation's own profile are
    kept.
    """
    window = case.profile.marketing_window
    return closed(case, rule, every_day(window)) if window is not None else None


class _Strict(Struct, frozen=True, kw_only=True):
    require_double_opt_in: bool


@rule("CORE-JUR-03", terms=_Strict, also_for=("consent_request",))
def unknown_places_get_the_strictest_law(case: Case, rule: Rule) -> Finding | None:
    """Nothing counts here but an express, proven and confirmed opt-in; no relationship stands in for it."""
    terms: _Strict = rule.terms
    agreed = [
        grant
        for grant in case.grants
        if covers_category(grant, "marketing") and for_program(grant, case.attempt.program) and not unproven(grant)
    ]
    confirmed = [grant for grant in agreed if confirmed_on(grant, case.channel) or not terms.require_double_opt_in]
    if not confirmed:
        return rule.asks(
            "Where the contact lives is unknown, so only a confirmed (double) opt-in counts.",
            single_opt_in=bool(agreed),
            confirmed=False,
        )
    if lacking := _missing_for_strict(case):
        return rule.bars("The message lacks what the strict rules ask for.", missing=", ".join(lacking))
    grant = relied_upon(confirmed, case.attempt.program)
    return rule.permits("The contact confirmed the opt-in.", evidence=evidence_of(grant) if grant else ())


def _missing_for_strict(case: Case) -> list[str]:
    """How long the link lives is not asked: ours never expire (EML-8058-05)."""
    content = case.content
    wanted = {
        "sender identity": content.has_identification,
        "unsubscribe": content.has_unsubscribe,
    }
    if case.channel == "email":
        wanted |= {"postal address": content.postal_address, "one-click unsubscribe": content.one_click}
    return [name for name, there in wanted.items() if not there]


enforced_elsewhere(
    "CORE-VERDICT-01", where="domain.compliance.engine.judge", test="tests/unit/compliance/test_verdicts.py"
)
enforced_elsewhere(
    "CORE-JUR-01",
    where="domain.compliance.jurisdiction.whereabouts",
    test="tests/unit/compliance/test_jurisdiction.py",
)
enforced_elsewhere(
    "CORE-JUR-02", where="domain.numbering.plan.number_plan", test="tests/unit/compliance/test_numbering.py"
)
enforced_elsewhere(
    "CORE-TZ-02", where="domain.compliance.windows.next_open", test="tests/unit/compliance/test_hours.py"
)
enforced_elsewhere("CORE-TZ-03", where="domain.compliance.windows.Window", test="tests/unit/compliance/test_hours.py")
enforced_elsewhere(
    "CORE-AUDIT-01",
    where="domain.compliance.decisions.Decision.explained",
    test="tests/unit/compliance/test_verdicts.py",
)
