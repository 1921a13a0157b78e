"""The catalogue is the reviewed table, whole and unchanged, and every rule of it has somebody who applies it."""

import importlib
from pathlib import Path

import msgspec
import pytest

from domain.compliance import catalogue
from domain.compliance.calendars import holidays
from domain.compliance.coverage import coverage
from tests.compliance.written import written

_ROOT = Path(__file__).parents[2]
_TABLE = written(_ROOT / "tests/compliance/rules.yaml")
_RULES = {rule["id"]: rule for rule in _TABLE["rules"]}


def test_no_rule_is_missing_and_none_is_invented():
    assert [entry.id for entry in catalogue.entries()] == list(_RULES)


@pytest.mark.parametrize("rule_id", _RULES)
def test_a_rule_stands_in_the_catalogue_as_in_the_table(rule_id):
    entry = catalogue.entry(rule_id)
    written = msgspec.json.decode(msgspec.json.encode(entry))
    for key, value in _RULES[rule_id].items():
        if key in ("applies_when", "citation"):
            assert {name: item for name, item in written[key].items() if item is not None} == value
        else:
            assert written[key] == value, key


def test_the_tables_rules_share_are_those_reviewed():
    assert catalogue.tables().tables == _TABLE["parameters"]
    assert catalogue.tables().profiles == _TABLE["profiles"]


@pytest.mark.parametrize("rule_id", _RULES)
def test_every_rule_is_applied_somewhere_or_says_why_not(rule_id):
    found = coverage(catalogue.entry(rule_id))
    assert found.where or found.reason
    if found.where and found.where.startswith("domain."):
        assert _exists(found.where), found.where
        assert (_ROOT / found.test).exists(), found.test


def _exists(path: str) -> bool:
    """A module, or something in one."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


def test_every_rule_is_accounted_for_once():
    assert len([coverage(entry) for entry in catalogue.entries()]) == len(_RULES)


def test_every_rule_that_is_applied_cites_something():
    assert all(entry.citation.ref for entry in catalogue.entries())


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_federal_holidays_are_those_reviewed(year):
    listed = _TABLE["parameters"]["us_federal_holidays"][f"y{year}"]
    assert sorted(day.isoformat() for day in holidays("US_FEDERAL", year)) == listed
