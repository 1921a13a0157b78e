"""What a template is filled with: text, numbers, yes or no, and short lists of these."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from domain.errors import FieldProblem, Invalid

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | list[Scalar]

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_MOST = 100
_LONGEST_TEXT = 10_000
_LONGEST_LIST = 100
_LONGEST_TOGETHER = 50_000
_LARGEST_NUMBER = 10**15
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class WrongVariables(Invalid):
    """The variables given are not the ones the template uses."""


def missing(declared: Iterable[str], given: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in declared if name not in given)


def unknown(declared: Iterable[str], given: Mapping[str, object]) -> tuple[str, ...]:
    known = frozenset(declared)
    return tuple(name for name in given if name not in known)


def filled(declared: Iterable[str], given: Mapping[str, object]) -> dict[str, Value]:
    """Raises WrongVariables, which names every variable that is missing, unknown or not fit, and never a value."""
    declared = tuple(declared)
    problems = [
        _problem(name, "missing-variable", f"Add {name}: the template uses it.") for name in missing(declared, given)
    ]
    problems += [
        _problem(name, "unknown-variable", f"Leave out {_shown(name)}: the template does not use it.")
        for name in unknown(declared, given)[:_MOST]
    ]
    values, unfit = _fit({name: given[name] for name in declared if name in given})
    if problems := [*problems, *unfit]:
        raise WrongVariables(" ".join(problem.message for problem in problems), problems=tuple(problems))
    return values


def fit(given: Mapping[str, object]) -> dict[str, Value]:
    """Whatever the template uses of them. Raises WrongVariables."""
    values, problems = _fit(given)
    if problems:
        raise WrongVariables(" ".join(problem.message for problem in problems), problems=tuple(problems))
    return values


def _fit(given: Mapping[str, object]) -> tuple[dict[str, Value], list[FieldProblem]]:
    values: dict[str, Value] = {}
    problems = []
    for name, raw in given.items():
        try:
            values[name] = _value(raw)
        except ValueError as error:
            problems.append(_problem(name, "unfit-value", f"{_shown(name)} {error}."))
    if sum(map(_length, values.values())) > _LONGEST_TOGETHER:
        problems.append(
            FieldProblem(
                field="variables",
                code="too-long",
                message=f"Shorten the variables: together they hold at most {_LONGEST_TOGETHER} characters.",
            )
        )
    return values, problems


def _value(raw: object) -> Value:
    if isinstance(raw, list | tuple):
        if len(raw) > _LONGEST_LIST:
            raise ValueError(f"has more than {_LONGEST_LIST} items")
        return [_scalar(item) for item in raw]
    return _scalar(raw)


def _scalar(raw: object) -> Scalar:
    if isinstance(raw, str):
        if len(raw) > _LONGEST_TEXT:
            raise ValueError(f"is longer than {_LONGEST_TEXT} characters")
        if _UNPRINTABLE.search(raw):
            raise ValueError("holds a control character; remove it")
        return raw
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float):
        if abs(raw) > _LARGEST_NUMBER or not math.isfinite(raw):
            raise ValueError("is too large a number; give it as text")
        return raw
    raise ValueError("must be text, a number, true, false, or a list of these; for nothing, give an empty text")


def _length(value: Value) -> int:
    if isinstance(value, list):
        return sum(map(_length, value))
    return len(value) if isinstance(value, str) else 1


def _problem(name: str, code: str, message: str) -> FieldProblem:
    return FieldProblem(field=f"variables.{_shown(name)}", code=code, message=message)


def _shown(name: str) -> str:
    """A name that is none may be a value in the wrong place: it is not repeated."""
    return name if NAME.fullmatch(name) else "(not a name)"
