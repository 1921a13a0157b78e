"""Whether the engine says what a vector expects, and what differs if not.

Matching is that of the vectors' own `meta.matching`: verdicts, effects and deadlines exactly; the rule, or one of those
allowed; other rules, packs and states must at least be there.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from domain.compliance.decisions import Explanation
from domain.compliance.vectors.answers import answer
from domain.compliance.vectors.reading import Facts, UnreadableVector, fixtures, with_fixtures
from domain.errors import DomainError

_AT_LEAST = frozenset({"also_rules", "packs", "state_after", "reply", "jurisdictions", "candidate_tz", "keep"})
_IN_ANY_ORDER = frozenset({"effects", "missing", "obligations"})
_MINIMUM = "_min"


class Outcome(Struct, frozen=True, kw_only=True):
    """`status` is pass or fail; `differences` says in words what is not as expected.

    `unread` are facts of the vector that no rule looks at: the case may prove less than its author meant.
    """

    id: str
    status: str
    expected: dict[str, Any]
    actual: dict[str, Any]
    title: str = ""
    differences: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    explanation: Explanation | None = None


def check_file(document: Any) -> list[Outcome]:
    """Every vector of one file. Raises UnreadableVector if it is no file of vectors."""
    vectors = document.get("vectors") if isinstance(document, Mapping) else None
    if not isinstance(vectors, list) or not all(isinstance(vector, Mapping) for vector in vectors):
        raise UnreadableVector("A file of vectors has a list under `vectors`.", field="vectors")
    known = fixtures(document.get("fixtures") or {})
    return [check(vector, known) for vector in vectors]


def check(vector: Facts, known: Facts) -> Outcome:
    """A vector that cannot be read fails: it must never look as if it had passed."""
    expected = dict(vector.get("expect") or {})
    blank = Outcome(
        id=str(vector.get("id")), title=str(vector.get("title", "")), status="fail", expected=expected, actual={}
    )
    try:
        found = answer(with_fixtures(vector.get("given") or {}, known), with_fixtures(vector.get("when") or {}, known))
    except DomainError as refused:
        return replace(blank, differences=(refused.detail,))
    differences = differing(expected, found.actual)
    return replace(
        blank,
        status="fail" if differences else "pass",
        actual=found.actual,
        differences=tuple(differences),
        unread=found.unread,
        explanation=found.explanation,
    )


def differing(expected: Mapping[str, Any], actual: Mapping[str, Any]) -> list[str]:
    if not expected:
        return ["the vector expects nothing"]
    return [line for key, wanted in expected.items() if (line := _difference(key, wanted, expected, actual))]


def _difference(key: str, wanted: Any, expected: Mapping[str, Any], actual: Mapping[str, Any]) -> str | None:
    if key == "rule_any_of":
        return None
    if key == "rule":
        allowed = expected.get("rule_any_of") or [wanted]
        found = actual.get("rule")
        return None if found in allowed else f"rule: expected {' or '.join(map(str, allowed))}, got {found}"
    if key.endswith(_MINIMUM):
        found = actual.get(key.removesuffix(_MINIMUM))
        return None if found is not None and found >= wanted else f"{key}: expected {wanted} or more, got {found}"
    if key not in actual:
        return f"{key}: expected {wanted}, got no answer"
    found = actual[key]
    return None if _same(key, wanted, found) else f"{key}: expected {wanted}, got {found}"


def _same(key: str, wanted: Any, found: Any) -> bool:
    if key in _AT_LEAST and isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(
            item in found and found[item] == value for item, value in wanted.items()
        )
    if key in _AT_LEAST and isinstance(wanted, list):
        return set(wanted) <= set(found)
    if key in _IN_ANY_ORDER and isinstance(wanted, list):
        return sorted(wanted) == sorted(found)
    return bool(_plain(wanted) == _plain(found))


def _plain(value: Any) -> Any:
    """YAML reads dates; answers write them."""
    return value.isoformat() if hasattr(value, "isoformat") else value
