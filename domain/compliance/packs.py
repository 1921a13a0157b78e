"""Which rules speak to a case: those of every jurisdiction found, for the channel and category, in force on the day.

The choice is the same for thousands of recipients, so it is made once for each combination and kept.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from types import ModuleType
from typing import Self

from domain.compliance import catalogue
from domain.compliance.attempt import VOICE
from domain.compliance.rules import Rule, applied
from domain.compliance.verdicts import Level

_ANY = "any"
_RECLASSIFIES = "reclassify"
_STRICT = "strict"
_NEEDS_LAW = frozenset({"marketing"})


class Selection:
    """The rules that settle the category, and those that judge, in the order their findings are named.

    `lawless`: no pack in the catalogue, switched on or not, has law for marketing by this channel to this place.
    """

    def __init__(self, speaking: list[Rule], *, lawless: bool) -> None:
        self.settling = tuple(rule for rule in speaking if rule.entry.verdict == _RECLASSIFIES)
        self.judging = tuple(rule for rule in speaking if rule.entry.verdict != _RECLASSIFIES)
        self.checks = tuple((rule.check, rule) for rule in self.judging)
        self.checks_without_past = tuple((rule.check, rule) for rule in self.judging if not rule.about_past)
        self.lawless = lawless
        self.ids = frozenset(rule.id for rule in self.judging)
        self.packs = tuple(dict.fromkeys(catalogue.packs()[rule.pack].versioned for rule in speaking))


class Packs:
    """A set of packs switched on. Rules choose themselves from it; nothing else in the engine knows a jurisdiction."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        self._rules = sorted(
            (rule for rule in applied.values() if rule.pack in self.names), key=lambda rule: rule.precedence
        )
        self.selected = lru_cache(maxsize=16_384)(self._select)

    @classmethod
    def shipped(cls, _law: Iterable[ModuleType]) -> Self:
        """Every pack that is on by default. Asking for the law makes sure that its rules are registered."""
        return cls(pack.pack for pack in catalogue.packs().values() if pack.default)

    def with_(self, *names: str) -> Self:
        return type(self)(self.names | frozenset(names))

    def without(self, *names: str) -> Self:
        return type(self)(self.names - frozenset(names))

    def _select(self, codes: frozenset[str], channel: str, category: str, on: date) -> Selection:
        speaking = [rule for rule in self._rules if in_force(rule, on) and _speaks(rule, codes, channel, category)]
        return Selection(speaking, lawless=_lawless(codes, channel, category, on))


def in_force(rule: Rule, on: date) -> bool:
    """A date equal to that of the table says when a policy was written down, not since when it holds: it always did."""
    cited = rule.entry.citation
    if cited.until is not None and on > cited.until:
        return False
    return rule.reads_its_dates or cited.effective <= on or cited.effective == catalogue.tables().as_of


def _lawless(codes: frozenset[str], channel: str, category: str, on: date) -> bool:
    if category not in _NEEDS_LAW or channel in VOICE:
        return False
    return not any(
        (rule.level >= Level.UNION or rule.pack == _STRICT)
        and in_force(rule, on)
        and _speaks(rule, codes, channel, category)
        for rule in applied.values()
    )


def _speaks(rule: Rule, codes: frozenset[str], channel: str, category: str) -> bool:
    when = rule.entry.applies_when
    return (
        (_ANY in when.recipient_jurisdiction or not codes.isdisjoint(_codes_of(when.recipient_jurisdiction)))
        and (_ANY in when.channel or channel in when.channel or channel in rule.also_by)
        and (_ANY in when.category or category in when.category or category in rule.also_for)
    )


@cache
def _codes_of(listed: tuple[str, ...]) -> frozenset[str]:
    """`US-AZ|NY` names two states."""
    codes: set[str] = set()
    for code in listed:
        country, _, regions = code.partition("-")
        codes |= {f"{country}-{region}" for region in regions.split("|")} if regions else {country}
    return frozenset(codes)
