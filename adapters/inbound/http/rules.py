from collections.abc import Sequence
from datetime import date
from typing import Any

from litestar import Controller, get
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from adapters.inbound.injected import Injected
from domain.access import Actor, Permission
from domain.compliance import catalogue
from domain.compliance.catalogue import Entry
from domain.compliance.coverage import coverage
from domain.errors import NotFound


class NoSuchRule(NotFound):
    """No rule has this id."""


class RuleAnswer(Struct, frozen=True, kw_only=True):
    """`applied_by` is the code that applies it; without any, `not_applied_because` says why."""

    id: str
    title: str
    pack: str
    pack_version: str
    on_by_default: bool
    stage: str
    verdict: str
    check: str
    citation: str
    link: str
    effective_from: date
    effective_to: date | None
    jurisdictions: Sequence[str]
    channels: Sequence[str]
    categories: Sequence[str]
    parameters: dict[str, Any]
    confidence: str
    verification: str
    date_checked: date
    uncertain: str | None
    applied_by: str | None
    shown_by: str | None
    not_applied_because: str | None


class Catalogue(Struct, frozen=True, kw_only=True):
    items: Sequence[RuleAnswer]


class RulesController(Controller):
    path = "/api/v1/rules"
    tags = ["rules"]

    @get(opt={"permission": Permission.READ_CONSENT})
    async def list_rules(
        self,
        actor: Injected[Actor],
        pack: FromQuery[str | None] = None,
        stage: FromQuery[str | None] = None,
        jurisdiction: FromQuery[str | None] = None,
        channel: FromQuery[str | None] = None,
        category: FromQuery[str | None] = None,
        confidence: FromQuery[str | None] = None,
        as_of: FromQuery[date | None] = None,
    ) -> Catalogue:
        """Every rule with its citation and dates; filters narrow it, `as_of` to those in force on a day."""
        actor.must(Permission.READ_CONSENT)
        wanted = {"pack": pack, "stage": stage, "confidence": confidence}
        among = {"jurisdictions": jurisdiction, "channels": channel, "categories": category}
        return Catalogue(
            items=[
                rule
                for rule in map(_answer, catalogue.entries())
                if all(value is None or getattr(rule, name) == value for name, value in wanted.items())
                and all(
                    value is None or value in getattr(rule, name) or "any" in getattr(rule, name)
                    for name, value in among.items()
                )
                and (as_of is None or _in_force(rule, as_of))
            ]
        )

    @get("/{rule_id:str}", opt={"permission": Permission.READ_CONSENT})
    async def get_rule(self, rule_id: FromPath[str], actor: Injected[Actor]) -> RuleAnswer:
        """One rule."""
        actor.must(Permission.READ_CONSENT)
        for entry in catalogue.entries():
            if entry.id == rule_id:
                return _answer(entry)
        raise NoSuchRule("There is no such rule.")


def _in_force(rule: RuleAnswer, on: date) -> bool:
    return rule.effective_from <= on and (rule.effective_to is None or on <= rule.effective_to)


def _answer(entry: Entry) -> RuleAnswer:
    pack, applied = catalogue.pack_of(entry.id), coverage(entry)
    return RuleAnswer(
        id=entry.id,
        title=entry.title,
        pack=pack.pack,
        pack_version=pack.version,
        on_by_default=pack.default,
        stage=entry.stage,
        verdict=entry.verdict,
        check=entry.check,
        citation=entry.citation.ref,
        link=entry.citation.url,
        effective_from=entry.citation.effective,
        effective_to=entry.citation.until,
        jurisdictions=entry.applies_when.recipient_jurisdiction,
        channels=entry.applies_when.channel,
        categories=entry.applies_when.category,
        parameters=entry.parameters,
        confidence=entry.confidence,
        verification=entry.verification,
        date_checked=entry.date_checked,
        uncertain=entry.uncertain,
        applied_by=applied.where,
        shown_by=applied.test,
        not_applied_because=applied.reason,
    )
