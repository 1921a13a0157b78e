"""What the page shows: the packs, their rules with source and standing, and under each rule the scenarios that ran."""

import re
from collections import defaultdict
from datetime import date
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct
from pytest_bdd.parser import ScenarioTemplate

from domain.compliance import catalogue
from domain.compliance.catalogue import Entry
from domain.compliance.coverage import coverage

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_PARAMETER = re.compile(r"(<[^<>]+>)")
# What holds everywhere, then country by country, the states and bodies of each after it; others follow by name.
_ORDER = (
    *("core", "strict", "privacy", "records", "verification", "email", "us.federal", "us.ctia", "us.a2p", "twilio"),
    *("us.", "ca.", "eu.", "de.", "at.", "fr.", "uk."),
)

# What is applied there is shown by tests that open pages and databases, which coverage names.
ON_PAGES_AND_IN_STORES = ("adapters.", "application.")
EFFECTS = {
    "deny": "must not go",
    "need_opt_in": "needs an opt-in",
    "defer": "waits",
    "allow": "may go",
    "revoke": "ends consent",
    "reclassify": "judged as marketing",
    "retain": "is kept",
    "erase": "is erased",
    "record": "is recorded",
    "deadline": "has a last day",
    "no_change": "changes nothing",
    "classify": "is sorted",
    "suppress": "is suppressed",
    "expire": "expires",
    "step_up": "needs more proof",
    "union": "all laws apply",
    "resolve": "is worked out",
    "informational": "for information",
    "n/a": "order of verdicts",
}
VERIFIED = {
    "P": "primary text read",
    "S": "secondary source read",
    "K": "from prior knowledge, source not re-read",
    "D": "our own policy, not law",
}


class Run(Struct, frozen=True):
    """One scenario, or one row of an outline, and why it failed if it did."""

    scenario: ScenarioTemplate
    example: dict[str, str]
    failure: str | None

    @property
    def rules(self) -> set[str]:
        scenario = self.scenario
        tags = scenario.tags | scenario.feature.tags | (scenario.rule.tags if scenario.rule else set())
        return {tag.removeprefix("rule:") for tag in tags if tag.startswith("rule:")}


class Card(Struct, frozen=True):
    """A scenario with all its runs: a row each for an outline, one result for a plain one run once or more."""

    feature: str
    rule: str
    name: str
    steps: list[tuple[str, list[str]]]
    columns: list[str]
    rows: list[tuple[list[str], str | None]]
    failures: list[str]


class RuleView(Struct, frozen=True):
    entry: Entry
    applies: str
    values: list[tuple[str, str]]
    where: str | None
    shown_by: str | None
    reason: str | None
    cards: list[Card]
    runs: int
    failed: int

    @property
    def standing(self) -> str:
        if self.failed:
            return "failed"
        if self.runs:
            return "passed"
        if self.reason:
            return "none"
        return "elsewhere" if self.where.startswith(ON_PAGES_AND_IN_STORES) else "unseen"

    @property
    def needs_counsel(self) -> bool:
        entry = self.entry
        return entry.confidence != "high" or entry.verification in ("S", "K")


class PackView(Struct, frozen=True):
    name: str
    title: str
    version: str
    default: bool
    rules: list[RuleView]

    @property
    def runs(self) -> int:
        return sum(rule.runs for rule in self.rules)

    @property
    def failed(self) -> int:
        return sum(rule.failed for rule in self.rules)

    @property
    def needs_counsel(self) -> int:
        return sum(rule.needs_counsel for rule in self.rules)


def page(runs: list[Run], at) -> str:
    by_rule = defaultdict(list)
    for run in runs:
        for rule in run.rules:
            by_rule[rule].append(run)
    packs = [_pack(pack, by_rule) for pack in sorted(catalogue.packs().values(), key=_order)]
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.filters |= {"day": _day}
    return environment.get_template("report.html.jinja").render(
        packs=packs,
        rules=[rule for pack in packs for rule in pack.rules],
        others=_others(runs),
        runs=len(runs),
        failed=sum(run.failure is not None for run in runs),
        at=at,
        as_of=catalogue.tables().as_of,
        fingerprint=fingerprint(),
        effects=EFFECTS,
        verified=VERIFIED,
    )


def fingerprint() -> str:
    """Of the rules and features as they are: whoever signs says what was read."""
    digest = sha256()
    for folder, pattern in (("domain/compliance/catalogue", "*.json"), ("features", "**/*.feature")):
        for path in sorted((_ROOT / folder).glob(pattern)):
            digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digits = digest.hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _order(pack) -> tuple[int, str]:
    if pack.pack in _ORDER:
        return _ORDER.index(pack.pack), pack.pack
    of_country = (at for at, prefix in enumerate(_ORDER) if pack.pack.startswith(prefix))
    return next(of_country, len(_ORDER)), pack.pack


def _pack(pack, by_rule) -> PackView:
    return PackView(
        name=pack.pack,
        title=pack.title,
        version=pack.version,
        default=pack.default,
        rules=[_rule(entry, by_rule[entry.id]) for entry in pack.rules],
    )


def _rule(entry: Entry, runs: list[Run]) -> RuleView:
    found = coverage(entry)
    return RuleView(
        entry=entry,
        applies=_applies(entry),
        values=[(name.replace("_", " "), _value(value)) for name, value in entry.parameters.items()],
        where=found.where,
        shown_by=found.test,
        reason=found.reason,
        cards=_cards(runs),
        runs=len(runs),
        failed=sum(run.failure is not None for run in runs),
    )


def _applies(entry: Entry) -> str:
    when = entry.applies_when
    groups = (when.recipient_jurisdiction, when.channel, when.category)
    anything = ("anywhere", "any channel", "any message")
    return " · ".join(
        word if "any" in group else ", ".join(item.replace("_", " ") for item in group)
        for group, word in zip(groups, anything, strict=True)
    )


def _value(value) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {_value(item)}" for name, item in value.items())
    if isinstance(value, list):
        joiner = "-" if len(value) == 2 and all(":" in str(item) for item in value) else ", "
        return joiner.join(_value(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _cards(runs: list[Run]) -> list[Card]:
    def key(run):
        return run.scenario.feature.filename, run.scenario.line_number

    return [_card(list(same)) for _, same in groupby(sorted(runs, key=key), key=key)]


def _card(runs: list[Run]) -> Card:
    scenario = runs[0].scenario
    columns = list(runs[0].example)
    return Card(
        feature=scenario.feature.name,
        rule=scenario.rule.name if scenario.rule else "",
        name=scenario.name,
        steps=_steps(scenario),
        columns=columns,
        rows=[([run.example[column] for column in columns], run.failure) for run in runs] if columns else [],
        failures=[run.failure for run in runs if run.failure],
    )


def _steps(scenario: ScenarioTemplate) -> list[tuple[str, list[str]]]:
    """Keyword, and the sentence cut where an outline has its parameters; what repeats a keyword says And."""
    steps, before = [], None
    for step in scenario.steps:
        keyword = "And" if step.type == before else step.type.title()
        steps.append((keyword, [piece for piece in _PARAMETER.split(step.name) if piece]))
        before = step.type
    return steps


def _others(runs: list[Run]) -> list[tuple[str, int, int]]:
    """Features whose scenarios show what the product does beside the rules."""
    beside = [run for run in runs if not run.rules]
    found = defaultdict(list)
    for run in beside:
        found[run.scenario.feature.name].append(run.failure)
    return [(name, len(told), sum(failure is not None for failure in told)) for name, told in sorted(found.items())]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
