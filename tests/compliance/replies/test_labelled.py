"""The labelled set is read well enough, and best where it matters: an opt-out is an opt-out."""

from collections import Counter

import pytest

from domain.compliance.replies import Classification, classify
from tests.compliance.replies.measure import labelled, misses, report, scores, speed

FLOOR = 0.97
REVOKE = Classification.REVOKE
OPTS_IN = (Classification.OPT_IN, Classification.OPT_IN_CONFIRMED)


@pytest.mark.parametrize("split", ["dev", "held-out"])
def test_opt_outs_are_found_and_nothing_else_is_taken_for_one(split):
    score = scores(labelled(split))[REVOKE]
    assert score.recall >= FLOOR
    assert score.precision >= FLOOR


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pt", "it", "nl"])
def test_opt_outs_are_found_in_every_language(language):
    score = scores(row for row in labelled() if row.language == language)[REVOKE]
    assert score.recall >= FLOOR
    assert score.precision >= FLOOR


def test_whoever_wants_to_leave_is_never_taken_for_somebody_who_joins():
    joins = [
        row.text for row in labelled() if row.expected not in OPTS_IN and classify(row.reply).classification in OPTS_IN
    ]
    assert joins == []


def test_keywords_that_opt_in_or_ask_for_help_are_read_without_exception():
    found = scores(labelled())
    for each in (*OPTS_IN, Classification.HELP, Classification.NO_CHANGE):
        assert (each, found[each].precision, found[each].recall) == (each, 1.0, 1.0)


def test_the_set_is_large_and_a_good_part_of_it_is_held_out():
    rows = labelled()
    assert len({(row.text, row.language, row.context) for row in rows}) == len(rows) >= 500
    assert Counter(row.split for row in rows)["held-out"] >= 500
    assert {row.expected for row in rows} == set(Classification)


def test_the_report_names_every_language_and_class():
    lines = list(report(labelled("held-out"), "held-out"))
    assert lines[0] == f"held-out: {len(labelled('held-out'))} replies"
    assert all(
        any(line.startswith(f"  {code} ") for line in lines)
        for code in ("all", "en", "es", "fr", "de", "pt", "it", "nl")
    )


def test_a_miss_is_explained():
    wrong = labelled("dev")[0].claiming(Classification.HELP)
    (line,) = misses([wrong])
    assert "is help, read as revoke" in line


def test_speed_is_counted():
    assert speed(labelled()[:50], rounds=1) > 0
