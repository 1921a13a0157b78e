"""Features and catalogue say the same: what a scenario is tagged with exists, what exists has a scenario, and every
sentence means one thing.
"""

from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest
from pytest_bdd.feature import get_features
from pytest_bdd.steps import step_function_context_registry

from domain.compliance import catalogue
from domain.compliance.coverage import coverage
from domain.compliance.rules import applied, elsewhere
from tests.features.compliance import conftest
from tests.features.report_page import ON_PAGES_AND_IN_STORES

FEATURES = Path(__file__).parents[3] / "features"
EVERYWHERE = get_features([str(FEATURES)])
COMPLIANCE = get_features([str(FEATURES / "compliance")])
PACKS = {entry.id: pack.pack for pack in catalogue.packs().values() for entry in pack.rules}


def tags(feature, scenario):
    found = feature.tags | scenario.tags | (scenario.rule.tags if scenario.rule else set())
    return {tag.removeprefix("rule:") for tag in found if tag.startswith("rule:")}


def tagged(features):
    return {rule for feature in features for scenario in feature.scenarios.values() for rule in tags(feature, scenario)}


def test_no_feature_is_tagged_with_a_rule_that_does_not_exist():
    assert tagged(EVERYWHERE) - set(PACKS) == set()


def test_every_rule_that_judges_messages_has_a_scenario():
    assert set(applied) - tagged(COMPLIANCE) == set()


def test_every_rule_the_domain_applies_elsewhere_has_a_scenario():
    in_domain = {
        rule for rule, found in elsewhere.items() if found.where and not found.where.startswith(ON_PAGES_AND_IN_STORES)
    }
    assert in_domain - tagged(COMPLIANCE) == set()


def test_a_rule_without_a_scenario_says_why_or_names_a_test_that_is_there():
    for rule in set(PACKS) - tagged(COMPLIANCE):
        found = coverage(catalogue.entry(rule))
        assert found.reason or found.test, rule
        if found.where and is_there(found.where):
            assert (FEATURES.parent / (found.test or "")).is_file(), rule


def is_there(module):
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("feature", COMPLIANCE, ids=lambda feature: feature.rel_filename)
def test_a_feature_stands_with_the_pack_its_rules_belong_to(feature):
    packs = {PACKS[rule] for scenario in feature.scenarios.values() for rule in tags(feature, scenario)}
    assert Path(feature.filename).parent.name in packs
    assert feature.tags == {"compliance"}


@pytest.mark.parametrize("feature", COMPLIANCE, ids=lambda feature: feature.rel_filename)
def test_every_scenario_shows_a_rule_under_a_name_of_its_own(feature):
    written = [line.strip() for line in Path(feature.filename).read_text().splitlines()]
    named = [line for line in written if line.startswith(("Scenario:", "Scenario Outline:"))]
    assert len(named) == len(feature.scenarios)
    assert all(tags(feature, scenario) for scenario in feature.scenarios.values())


def rendered(scenario):
    contexts = [context for examples in scenario.examples for context in examples.as_contexts()] or [{}]
    return [(step.type, step.name) for context in contexts for step in scenario.render(context).steps]


def test_every_sentence_means_one_thing_and_none_is_kept_for_nobody():
    fixtures = [value for name, value in vars(conftest).items() if name.startswith("pytestbdd_stepdef")]
    meanings = [step_function_context_registry[fixture.__wrapped__] for fixture in fixtures]
    used = Counter()
    for step_type, name in {
        step for feature in COMPLIANCE for scenario in feature.scenarios.values() for step in rendered(scenario)
    }:
        found = [meaning for meaning in meanings if meaning.type == step_type and meaning.parser.is_matching(name)]
        assert len(found) == 1, f"{step_type} {name}: {len(found)} meanings"
        used[found[0].parser.name] += 1
    assert [meaning.parser.name for meaning in meanings if not used[meaning.parser.name]] == []
