"""May this message go out, to this contact, now? Every rule that applies is asked; the gravest finding decides.

Judging is pure: the same attempt, packs and profile give the same decision, and nothing is read but what they hold.
"""

from datetime import date, datetime
from functools import lru_cache

from msgspec.structs import replace

from domain.compliance import law
from domain.compliance.attempt import Attempt
from domain.compliance.case import Case
from domain.compliance.decisions import Decision
from domain.compliance.jurisdiction import Whereabouts, whereabouts
from domain.compliance.packs import Packs, Selection
from domain.compliance.profile import STRICT, Profile
from domain.compliance.remedies import remedy_for
from domain.compliance.rules import Finding
from domain.compliance.verdicts import GRAVITY, Basis, Verdict

_MARKETING = "marketing"
_NOTHING_FORBIDS = "CORE-VERDICT-01"
# The fixed point of windows and caps is found in a few steps; a profile that leaves no instant ends the search here.
_STEPS = 200

# Naming the modules of law here is what registers their rules.
SHIPPED = Packs.shipped(law.LOADED)


def judge(
    attempt: Attempt, packs: Packs = SHIPPED, *, profile: Profile = STRICT, as_of: date | None = None
) -> Decision:
    """`as_of` asks with the rules of another day; otherwise those in force at the contact's place when it is sent."""
    case, selection, settled = _laid_out(attempt, packs, profile, as_of)
    findings = settled + _findings(case, selection)
    gravest = _gravest(findings)
    if gravest is None:
        return _allowing(case, selection, findings)
    verdict = gravest.verdict
    until = _next_allowed(attempt, packs, profile, as_of, findings) if verdict is Verdict.DEFER else None
    return _decided(case, selection, findings, gravest, until)


def _laid_out(
    attempt: Attempt, packs: Packs, profile: Profile, as_of: date | None
) -> tuple[Case, Selection, list[Finding]]:
    """The case under the category its content gives it, with the findings that gave it another one."""
    place = whereabouts(attempt.recipient, attempt.at.date())
    on = as_of or _local_day(place, attempt.at)
    selection = packs.selected(place.codes, attempt.channel, attempt.category, on)
    case = _case(attempt, place, profile, attempt.category, selection)
    settled = [finding for rule in selection.settling if (finding := rule.check(case, rule)) is not None]
    if settled:
        selection = packs.selected(place.codes, attempt.channel, _MARKETING, on)
        case = _case(attempt, place, profile, _MARKETING, selection)
    return case, selection, settled


def _case(attempt: Attempt, place: Whereabouts, profile: Profile, category: str, selection: Selection) -> Case:
    return Case.of(attempt, place, profile, category, asked=selection.ids, lawless=selection.lawless)


@lru_cache(maxsize=4096)
def _local_day(place: Whereabouts, at: datetime) -> date:
    """A law begins with the day where the contact is; between two zones, with the earlier midnight."""
    return max([at.astimezone(zone).date() for zone in place.zones], default=at.date())


def _findings(case: Case, selection: Selection) -> list[Finding]:
    findings = []
    attempt = case.attempt
    past = attempt.ledger or attempt.suppression or attempt.recent_sends
    for check, rule in selection.checks if past else selection.checks_without_past:
        finding = check(case, rule)
        if finding is not None:
            findings.append(finding)
    if case.standing is not None and all(finding.verdict is not Verdict.DENY for finding in findings):
        findings.insert(0, law.core.opted_out(case.standing))
    return findings


def _gravest(findings: list[Finding]) -> Finding | None:
    """The finding that decides, if any forbids. Findings come in the order of precedence: the first of its verdict."""
    gravest, gravity = None, 0
    for finding in findings:
        if finding.verdict is not Verdict.ALLOW and GRAVITY[finding.verdict] > gravity:
            gravest, gravity = finding, GRAVITY[finding.verdict]
    return gravest


def _allowing(case: Case, selection: Selection, findings: list[Finding]) -> Decision:
    basis: Finding | None = None
    for finding in findings:
        if finding.basis is not Basis.NOTE and (basis is None or _explains_better(finding, basis)):
            basis = finding
    return _decided(case, selection, findings, basis, None)


def _explains_better(finding: Finding, basis: Finding) -> bool:
    return (finding.basis, finding.rule.level) > (basis.basis, basis.rule.level)


def _decided(
    case: Case, selection: Selection, findings: list[Finding], primary: Finding | None, until: datetime | None
) -> Decision:
    named = primary.rule.entry.id if primary is not None else _NOTHING_FORBIDS
    verdict = primary.verdict if primary is not None else Verdict.ALLOW
    also: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    if len(findings) > (primary is not None):
        also = tuple([finding.rule.entry.id for finding in findings if finding is not primary])
    for finding in findings:
        if finding.evidence:
            evidence += finding.evidence
    return Decision(
        verdict=verdict,
        rule=named,
        evaluated_at=case.at,
        category=case.category,
        place=case.place,
        packs=selection.packs,
        findings=tuple(findings),
        also_rules=also,
        next_allowed_at=until,
        remedy=remedy_for(primary, until) if primary is not None and verdict is not Verdict.ALLOW else None,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _next_allowed(
    attempt: Attempt, packs: Packs, profile: Profile, as_of: date | None, findings: list[Finding]
) -> datetime | None:
    """The earliest instant at which no window and no cap holds the message back.

    Each waiting finding says when its own rule would let go; to go there and ask again never skips an instant,
    because no rule lets go earlier than it says. None if they never all do.
    """
    for _ in range(_STEPS):
        waits = [finding.until for finding in findings if finding.verdict is Verdict.DEFER]
        if not waits:
            return attempt.at
        known = [until for until in waits if until is not None]
        if len(known) < len(waits):
            return None
        attempt = replace(attempt, at=max(known))
        case, selection, settled = _laid_out(attempt, packs, profile, as_of)
        findings = settled + _findings(case, selection)
    return None
