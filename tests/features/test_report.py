"""The page a reviewer signs shows every rule and every failure, and needs nothing but itself."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_bdd.feature import get_feature

from domain.compliance import catalogue
from tests.features.report_page import Run, fingerprint, page

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def scenario(path, name):
    return get_feature(str(ROOT / "features/compliance"), path).scenarios[name]


ON_THE_STROKE = scenario("core/hours.feature", "On the stroke of eight")
THIRTY_DAYS = scenario("sg.pdpa/singapore.feature", "Thirty days")
IN_TIME, TOO_SHORT = ({"days": "30", "verdict": "it may go"}, {"days": "29", "verdict": "it must not go"})


@pytest.fixture(scope="module")
def shown():
    return page(
        [
            Run(scenario=ON_THE_STROKE, example={}, failure="it waits until <nine>"),
            Run(scenario=THIRTY_DAYS, example=IN_TIME, failure=None),
            Run(scenario=THIRTY_DAYS, example=TOO_SHORT, failure=None),
        ],
        AT,
    )


def rule(shown, rule_id):
    return re.search(rf'<article id="{rule_id}".*?</article>', shown, re.DOTALL)[0]


def test_every_rule_is_shown_with_its_source(shown):
    for entry in catalogue.entries():
        assert entry.citation.url in rule(shown, entry.id).replace("&#39;", "'").replace("&amp;", "&")


def test_a_failure_is_shown_with_its_reason_wherever_it_counts(shown):
    assert "1 failed" in shown
    assert "1 of 1 cases failed" in rule(shown, "CORE-TZ-03")
    assert "it waits until &lt;nine&gt;" in rule(shown, "CORE-TZ-03")


def test_an_outline_is_one_scenario_with_a_result_for_each_line(shown):
    singapore = rule(shown, "SG-02")
    assert "2 cases passed" in singapore
    assert singapore.count("Thirty days") == 1
    assert singapore.count('<td class="passed">✓') == 2
    assert "the message is labelled &lt;ADV&gt;" in singapore


def test_a_rule_of_which_nothing_ran_does_not_look_as_if_it_had_passed(shown):
    assert "passed" not in rule(shown, "US-FL-02")
    assert "no case ran" in rule(shown, "US-FL-02")


def test_a_rule_shown_by_other_tests_names_them(shown):
    assert "tests/features/test_verification.py" in rule(shown, "VER-08")


def test_the_page_needs_no_network_and_no_script(shown):
    assert re.findall(r"<script|<link|<img|<iframe|\ssrc=|@import|url\(|\son\w+=", shown) == []


def test_whoever_signs_says_what_was_read(shown):
    assert shown.count(fingerprint()) == 2
    assert "Signature" in shown


def test_the_report_is_written_where_it_was_asked_for(tmp_path):
    file = tmp_path / "reports/compliance.html"
    arizona = ["tests/features/compliance/test_compliance.py", "-k", "arizona_does_not"]
    plugin = ["-p", "tests.features.report", "--report", str(file), "-p", "no:cacheprovider"]
    subprocess.run([sys.executable, "-m", "pytest", "-n", "0", *plugin, *arizona], cwd=ROOT, check=True)  # noqa: S603
    assert "1, of which 1 passed" in " ".join(file.read_text(encoding="utf-8").split())
