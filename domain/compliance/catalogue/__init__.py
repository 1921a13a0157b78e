"""The reviewed table of rules as data, one file for each pack, written by `tools/catalogue.py`.

The law is read from here and nowhere else: each hour, cap, month and date a rule needs is a parameter of its entry.
"""

import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from domain.compliance.verdicts import Level, Stage

T = TypeVar("T")
_HOUR = re.compile(r"\d\d:\d\d")


class Applies(Struct, frozen=True, kw_only=True):
    recipient_jurisdiction: tuple[str, ...]
    channel: tuple[str, ...]
    category: tuple[str, ...]
    event: str | None = None
    provider: str | None = None
    number_type: str | None = None
    mailbox_provider: str | None = None
    sender_type: str | None = None
    sender_two_way: bool | None = None


class Citation(Struct, frozen=True, kw_only=True):
    """`until` closes an edition of a rule that another one follows."""

    ref: str
    url: str
    effective: date
    until: date | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """One row of the reviewed table, as it stands there."""

    id: str
    title: str
    applies_when: Applies
    stage: Stage
    check: str
    verdict: str
    parameters: dict[str, Any]
    citation: Citation
    confidence: str
    verification: str
    date_checked: date
    uncertain: str | None
    order: int


class Pack(Struct, frozen=True, kw_only=True):
    """The rules of one jurisdiction or of one industry body, with the version they were reviewed in."""

    pack: str
    version: str
    title: str
    level: str
    serves: str | None
    default: bool
    rules: tuple[Entry, ...]

    @property
    def versioned(self) -> str:
        return f"{self.pack}@{self.version}"

    @property
    def specificity(self) -> Level:
        return Level[self.level.upper()]


class Tables(Struct, frozen=True, kw_only=True):
    """What several rules share: profiles, ages of consent, fields of a receipt, holidays."""

    as_of: date
    profiles: dict[str, dict[str, Any]]
    tables: dict[str, Any]


_FILES = files("domain.compliance.catalogue")


@cache
def packs() -> dict[str, Pack]:
    names = sorted(file.name for file in _FILES.iterdir() if file.name.endswith(".json") and file.name != "tables.json")
    read = (msgspec.json.decode(_FILES.joinpath(name).read_bytes(), type=Pack) for name in names)
    return {pack.pack: pack for pack in read}


@cache
def tables() -> Tables:
    return msgspec.json.decode(_FILES.joinpath("tables.json").read_bytes(), type=Tables)


@cache
def pack_of(rule_id: str) -> Pack:
    return next(pack for pack in packs().values() if any(entry.id == rule_id for entry in pack.rules))


@cache
def entry(rule_id: str) -> Entry:
    return next(entry for entry in pack_of(rule_id).rules if entry.id == rule_id)


def entries() -> list[Entry]:
    """Every rule, in the order of the table."""
    return sorted((entry for pack in packs().values() for entry in pack.rules), key=lambda entry: entry.order)


def parameters(rule_id: str, terms: type[T]) -> T:
    """The parameters of a rule, read as `terms`; parameters that `terms` does not name are passed over."""
    written = entry(rule_id).parameters
    return msgspec.convert({name: _window(value) for name, value in written.items()}, terms)


def _window(value: Any) -> Any:
    """The table writes hours as ["08:00", "21:00"]."""
    if isinstance(value, list) and len(value) == 2 and all(_HOUR.fullmatch(str(item)) for item in value):
        return {"start": f"{value[0]}:00", "end": f"{value[1]}:00"}
    return value
