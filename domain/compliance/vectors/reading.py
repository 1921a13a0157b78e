"""Reading a vector's facts: fixtures resolved, defaults laid under, names put into the words of the domain.

A key that nobody reads is reported: a case whose facts are passed over would prove nothing.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from domain.errors import Invalid

Facts = Mapping[str, Any]
T = TypeVar("T", bound=Struct)
_FIXTURE = "fx:"


class UnreadableVector(Invalid):
    """The vector says something nobody here understands."""


def fixtures(written: Facts) -> dict[str, dict[str, Any]]:
    """`like` copies another fixture and overrides it; a null takes a field away."""
    resolved: dict[str, dict[str, Any]] = {}

    def resolve(name: str) -> dict[str, Any]:
        if name not in resolved:
            if name not in written:
                raise UnreadableVector(f"There is no fixture {name}.")
            own = dict(written[name])
            base = dict(resolve(_prefixed(own.pop("like")))) if "like" in own else {}
            resolved[name] = base | own
        return resolved[name]

    for name in written:
        resolve(name)
    return resolved


@cache
def shipped_fixtures() -> dict[str, dict[str, Any]]:
    """Those everybody may refer to: the consents most cases begin with."""
    written = files("domain.compliance.vectors").joinpath("fixtures.json").read_bytes()
    return fixtures(msgspec.json.decode(written))


def _prefixed(name: str) -> str:
    return name if name.startswith(_FIXTURE) else f"{_FIXTURE}{name}"


def with_fixtures(value: Any, known: Facts) -> Any:
    """The value with every reference to a fixture replaced by the fixture."""
    if isinstance(value, str) and value.startswith(_FIXTURE):
        if value not in known:
            raise UnreadableVector(f"There is no fixture {value}.")
        return deepcopy(known[value])
    if isinstance(value, Mapping):
        if set(value) == {"from", "override"}:
            return {**with_fixtures(value["from"], known), **value["override"]}
        if set(value) == {"from"}:
            return with_fixtures(value["from"], known)
        return {key: with_fixtures(item, known) for key, item in value.items()}
    if isinstance(value, list):
        return [with_fixtures(item, known) for item in value]
    return value


def instant(value: Any) -> datetime | None:
    """An instant of the vectors; a date is its first moment in UTC."""
    if value is None or isinstance(value, datetime):
        return value if value is None or value.tzinfo is not None else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    text = str(value)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableVector(f"{text} is no date or time.") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def day(value: Any) -> date | None:
    """A day; of an instant the day in UTC."""
    found = instant(value)
    return found.date() if found is not None else None


def merged(defaults: Facts, own: Facts | None) -> dict[str, Any]:
    return {**defaults, **(own or {})}


class Reader:
    """One group of facts, read key by key; `unread` is what nobody asked for."""

    def __init__(self, facts: Facts | None, path: str) -> None:
        self._facts = dict(facts or {})
        self._path = path
        self._read: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._facts)

    def get(self, *names: str, default: Any = None) -> Any:
        """The first of these names that is there."""
        self._read.update(names)
        return next((self._facts[name] for name in names if name in self._facts), default)

    def has(self, name: str) -> bool:
        return name in self._facts

    def everything(self) -> dict[str, Any]:
        self._read.update(self._facts)
        return self._facts

    def skip(self, *names: str) -> None:
        """Facts that say nothing to a rule."""
        self._read.update(names)

    def day(self, *names: str) -> date | None:
        return day(self.get(*names))

    def instant(self, *names: str) -> datetime | None:
        return instant(self.get(*names))

    def fill(self, struct: type[Struct], *, skip: Iterable[str] = ()) -> dict[str, Any]:
        """The fields of a struct found under their own names; nulls leave the default."""
        names = [name for name in struct.__struct_fields__ if name not in skip]
        return {name: self._facts[name] for name in names if self._seen(name) and self._facts[name] is not None}

    def _seen(self, name: str) -> bool:
        self._read.add(name)
        return name in self._facts

    @property
    def unread(self) -> list[str]:
        return [f"{self._path}.{name}" for name in self._facts if name not in self._read]


def build(struct: type[T], fields: Mapping[str, Any]) -> T:
    """The struct from plain values. Raises UnreadableVector."""
    try:
        return msgspec.convert(dict(fields), struct)
    except msgspec.ValidationError as error:
        raise UnreadableVector(f"{struct.__name__}: {error}") from None
