"""`optin policy check`: cases from files, answered for people and for machines."""

import json
from xml.etree import ElementTree as ET

import pytest

from adapters.inbound.cli.policy import check
from domain.compliance.vectors.answers import answer
from domain.compliance.vectors.checking import check_file
from domain.compliance.vectors.reading import UnreadableVector, fixtures, instant

SEND = {"channel": "sms", "category": "marketing", "program": "promo", "at": "2026-11-23T19:00:00Z"}
NOBODY_AGREED = {
    "id": "no-consent",
    "title": "Nobody agreed",
    "given": {"contact": {"phone": "+12125550101"}, "consents": []},
    "when": {"action": "evaluate_send", **SEND},
    "expect": {"verdict": "need_opt_in", "rule": "US-TCPA-CONS-01"},
}
WRONG = {**NOBODY_AGREED, "id": "wrong", "expect": {"verdict": "allow", "rule": "US-TCPA-CONS-01", "surprise": 1}}
ON_A_PAGE = {
    "id": "page",
    "when": {"action": "unsubscribe_http", "method": "POST"},
    "expect": {"effect": "opt_out", "http_status": 200, "rule": "EML-8058-02"},
}


@pytest.fixture
def file(tmp_path):
    def written(*vectors, **more):
        path = tmp_path / "vectors.json"
        path.write_text(json.dumps({"vectors": list(vectors), **more}))
        return path

    return written


def _checked(capsys, *arguments, **options):
    try:
        check(*arguments, **options)
    except SystemExit as left:
        return left.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_a_case_that_holds_passes(file, capsys):
    status, out = _checked(capsys, file(NOBODY_AGREED))
    assert (status, out) == (0, "1 passed, 0 failed, 0 skipped\n")


def test_a_case_that_fails_tells_what_differs_and_which_rules_spoke(file, capsys):
    status, out = _checked(capsys, file(WRONG))
    assert status == 1
    assert "verdict: expected allow, got need_opt_in" in out
    assert "surprise: expected 1, got no answer" in out
    assert "need_opt_in  US-TCPA-CONS-01" in out


def test_what_happens_on_a_page_is_asked_of_what_the_page_asks(file, capsys):
    status, out = _checked(capsys, file(ON_A_PAGE))
    assert (status, out) == (0, "1 passed, 0 failed, 0 skipped\n")


def test_machines_read_json(file, capsys):
    status, out = _checked(capsys, file(NOBODY_AGREED, WRONG, ON_A_PAGE), format="json")
    vectors = json.loads(out)["vectors"]
    assert status == 1
    assert [vector["status"] for vector in vectors] == ["pass", "fail", "pass"]
    assert vectors[0]["actual"]["rule"] == "US-TCPA-CONS-01"
    assert vectors[0]["expected"] == NOBODY_AGREED["expect"]
    assert vectors[0]["explanation"]["jurisdictions"] == [{"country": "US", "region": "NY", "because": "area code 212"}]


def test_machines_read_junit(file, capsys):
    _, out = _checked(capsys, file(NOBODY_AGREED, WRONG, ON_A_PAGE), format="junit")
    suite = ET.fromstring(out)  # noqa: S314
    assert {name: suite.get(name) for name in ("tests", "failures", "skipped")} == {
        "tests": "3",
        "failures": "1",
        "skipped": "0",
    }
    assert suite.find("testcase/failure") is not None


def test_a_fact_that_no_rule_reads_is_mentioned(file, capsys):
    given = {**NOBODY_AGREED["given"], "shoe_size": 42}
    _, out = _checked(capsys, file({**NOBODY_AGREED, "given": given}))
    assert "no rule reads given.shoe_size" in out


@pytest.mark.parametrize("text", ["vectors: 1", "[]", "vectors: [1]", "{", "vectors: [{id: a, when: {action: fly}}]"])
def test_a_file_that_cannot_be_read_is_never_a_success(tmp_path, capsys, text):
    path = tmp_path / "broken.yaml"
    path.write_text(text)
    status, _ = _checked(capsys, path)
    assert status not in (0, None)


def test_a_file_that_is_not_there_is_never_a_success(tmp_path, capsys):
    status, _ = _checked(capsys, tmp_path / "nothing.yaml")
    assert "nothing.yaml" in status


def test_no_file_is_never_a_success(capsys):
    assert _checked(capsys)[0] == "optin: name at least one file of vectors."


def test_a_vector_that_expects_nothing_fails():
    [outcome] = check_file({"vectors": [{**NOBODY_AGREED, "expect": {}}]})
    assert outcome.status == "fail"


@pytest.mark.parametrize(
    ("given", "when"),
    [
        ({"contact": {"phone": "12"}}, SEND),
        ({"contact": {}, "consents": [{"type": "WISH"}]}, SEND),
        ({"consents": ["fx:nobody"]}, SEND),
        ({}, {**SEND, "at": "soon"}),
        ({}, {**SEND, "at": None}),
    ],
)
def test_facts_that_make_no_sense_fail_the_vector(given, when):
    [outcome] = check_file({"vectors": [{"id": "x", "given": given, "when": when, "expect": {"verdict": "deny"}}]})
    assert outcome.status == "fail"
    assert outcome.differences


@pytest.mark.parametrize("action", ["compute_deadline", "provider_callback", "verify_code", "inbound_sms"])
def test_an_event_without_a_time_is_unreadable(action):
    with pytest.raises(UnreadableVector):
        answer({}, {"action": action, "rule": "EU-DSR-01"})


def test_fixtures_inherit_and_take_away():
    known = fixtures({"fx:a": {"x": 1, "y": 2}, "fx:b": {"like": "a", "y": None}})
    assert known["fx:b"] == {"x": 1, "y": None}
    with pytest.raises(UnreadableVector):
        fixtures({"fx:c": {"like": "nobody"}})


def test_a_day_is_its_first_moment():
    assert instant("2026-11-23").isoformat() == "2026-11-23T00:00:00+00:00"
