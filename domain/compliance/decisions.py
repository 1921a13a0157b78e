"""The answer: a verdict, the rule that decided, and everything a reviewer needs to follow it."""

from datetime import datetime

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.jurisdiction import Jurisdiction, Whereabouts
from domain.compliance.rules import Finding
from domain.compliance.verdicts import Stage, Verdict


class ExplainedFinding(Struct, frozen=True, kw_only=True):
    rule: str
    verdict: Verdict
    stage: Stage
    citation: str
    explanation: str
    inputs: dict[str, str]


class LocalTime(Struct, frozen=True, kw_only=True):
    zone: str
    time: datetime


class Explanation(Struct, frozen=True, kw_only=True):
    """The decision as it is answered and kept (CORE-AUDIT-01). It names rules, places and ids, and nobody."""

    verdict: Verdict
    rule: str
    title: str
    citation: str
    evaluated_at: datetime
    next_allowed_at: datetime | None
    remedy: str | None
    also_rules: tuple[str, ...]
    findings: tuple[ExplainedFinding, ...]
    packs: tuple[str, ...]
    jurisdictions: tuple[Jurisdiction, ...]
    local_times: tuple[LocalTime, ...]
    evidence: tuple[str, ...]


class Decision(Struct, frozen=True, kw_only=True, gc=False):
    """`category` is what the message was judged as, which its content may have made graver than what was asked."""

    verdict: Verdict
    rule: str
    evaluated_at: datetime
    category: str
    place: Whereabouts
    packs: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    also_rules: tuple[str, ...] = ()
    next_allowed_at: datetime | None = None
    remedy: str | None = None
    evidence: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return self.verdict is Verdict.ALLOW

    def explained(self) -> Explanation:
        entry = catalogue.entry(self.rule)
        return Explanation(
            verdict=self.verdict,
            rule=self.rule,
            title=entry.title,
            citation=entry.citation.ref,
            evaluated_at=self.evaluated_at,
            next_allowed_at=self.next_allowed_at,
            remedy=self.remedy,
            also_rules=self.also_rules,
            findings=tuple(_explained(finding) for finding in self.findings),
            packs=self.packs,
            jurisdictions=self.place.jurisdictions,
            local_times=tuple(
                LocalTime(zone=zone.key, time=self.evaluated_at.astimezone(zone)) for zone in self.place.zones
            ),
            evidence=self.evidence,
        )


def _explained(finding: Finding) -> ExplainedFinding:
    entry = finding.rule.entry
    return ExplainedFinding(
        rule=entry.id,
        verdict=finding.verdict,
        stage=entry.stage,
        citation=entry.citation.ref,
        explanation=finding.explanation,
        inputs=finding.inputs,
    )
