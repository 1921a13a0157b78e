"""A rule: its entry in the catalogue, and the pure function that applies it.

`@rule("US-FL-02", terms=Hours)` puts a function behind an entry of the catalogue. It is given the case and the rule,
and returns what the rule finds, or nothing where it has nothing to say.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.catalogue import Entry
from domain.compliance.verdicts import STAGE_ORDER, Basis, Level, Verdict


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """What one rule says about one attempt, with the inputs it saw; never an address, never evidence itself."""

    rule: "Rule"
    verdict: Verdict
    explanation: str
    inputs: dict[str, str] = {}
    until: datetime | None = None
    basis: Basis = Basis.NOTE
    evidence: tuple[str, ...] = ()
    remedy: str | None = None


# The first argument is a `case.Case`, which knows nothing of rules.
Check = Callable[[Any, "Rule"], Finding | None]


class Rule(Struct, frozen=True, kw_only=True, eq=False):
    """`terms` are the parameters, typed; `also_for` and `also_by` are categories and channels the function
    covers beyond those of the entry.

    A rule that `reads_its_dates` is asked at any time, because it has something to say before its day comes. One that
    is `about_past` has nothing to say about a contact who never opted out, was suppressed or written to.
    """

    entry: Entry
    pack: str
    level: Level
    check: Check
    terms: Any = None
    also_for: tuple[str, ...] = ()
    also_by: frozenset[str] = frozenset()
    reads_its_dates: bool = False
    about_past: bool = False

    @property
    def id(self) -> str:
        return self.entry.id

    def __repr__(self) -> str:
        return f"Rule({self.entry.id})"

    @property
    def precedence(self) -> tuple[int, int, int]:
        """Sorts the finding that is to be named first: lowest stage, most specific pack, then the table's order."""
        return STAGE_ORDER[self.entry.stage], -self.level, self.entry.order

    def bars(self, explanation: str, *, remedy: str | None = None, **seen: object) -> Finding:
        return self._finding(Verdict.DENY, explanation, seen, remedy=remedy)

    def asks(self, explanation: str, *, remedy: str | None = None, **seen: object) -> Finding:
        return self._finding(Verdict.NEED_OPT_IN, explanation, seen, remedy=remedy)

    def waits(self, explanation: str, until: datetime | None, **seen: object) -> Finding:
        """Without `until` nobody can say yet when."""
        return self._finding(Verdict.DEFER, explanation, seen, until=until)

    def permits(
        self, explanation: str, *, basis: Basis = Basis.CONSENT, evidence: tuple[str, ...] = (), **seen: object
    ) -> Finding:
        return self._finding(Verdict.ALLOW, explanation, seen, basis=basis, evidence=evidence)

    def notes(self, explanation: str, **seen: object) -> Finding:
        return self._finding(Verdict.ALLOW, explanation, seen)

    def _finding(self, verdict: Verdict, explanation: str, seen: dict[str, object], **more: Any) -> Finding:
        inputs = {name: str(value) for name, value in seen.items()} if seen else {}
        return Finding(rule=self, verdict=verdict, explanation=explanation, inputs=inputs, **more)


class Elsewhere(Struct, frozen=True, kw_only=True):
    """A rule the judgement of a send does not apply: the code that does and its test, or why there is nothing to do."""

    rule: str
    where: str | None = None
    test: str | None = None
    reason: str | None = None


applied: dict[str, Rule] = {}
elsewhere: dict[str, Elsewhere] = {}


def rule(
    rule_id: str,
    *,
    terms: type | None = None,
    also_for: tuple[str, ...] = (),
    also_by: frozenset[str] = frozenset(),
    reads_its_dates: bool = False,
    about_past: bool = False,
) -> Callable[[Check], Check]:
    """Puts a function behind an entry of the catalogue. A second function for the same entry is a mistake."""

    def register(check: Check) -> Check:
        _once(rule_id)
        pack = catalogue.pack_of(rule_id)
        applied[rule_id] = Rule(
            entry=catalogue.entry(rule_id),
            pack=pack.pack,
            level=pack.specificity,
            check=check,
            terms=catalogue.parameters(rule_id, terms) if terms else None,
            also_for=also_for,
            also_by=also_by,
            reads_its_dates=reads_its_dates,
            about_past=about_past,
        )
        return check

    return register


def enforced_elsewhere(rule_id: str, *, where: str, test: str) -> None:
    _once(rule_id)
    elsewhere[rule_id] = Elsewhere(rule=catalogue.entry(rule_id).id, where=where, test=test)


def not_applicable(rule_id: str, *, reason: str) -> None:
    _once(rule_id)
    elsewhere[rule_id] = Elsewhere(rule=catalogue.entry(rule_id).id, reason=reason)


def _once(rule_id: str) -> None:
    if rule_id in applied or rule_id in elsewhere:
        raise ValueError(f"{rule_id} is applied twice")
