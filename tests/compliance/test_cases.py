"""Every case in words the rules understand: the reviewed vectors, and the edges around them."""

from pathlib import Path

import pytest

from domain.compliance.vectors.checking import Outcome, check
from domain.compliance.vectors.reading import fixtures
from tests.compliance.written import written

_HERE = Path(__file__).parent
_SHARED = written(_HERE / "cases/fixtures.yaml")


def _outcomes(path: Path) -> list[Outcome]:
    document = written(path)
    known = fixtures(document.get("fixtures") or _SHARED)
    return [check(vector, known) for vector in document["vectors"]]


_FILES = [_HERE / "vectors.yaml", *sorted(path for path in (_HERE / "cases").glob("*.yaml") if path.stem != "fixtures")]
_ALL = [pytest.param(outcome, id=f"{path.stem}:{outcome.id}") for path in _FILES for outcome in _outcomes(path)]


@pytest.mark.parametrize("outcome", _ALL)
def test_the_engine_answers_a_case_as_expected(outcome):
    findings = outcome.explanation.findings if outcome.explanation else ()
    found = [f"{finding.verdict} {finding.rule}: {finding.explanation}" for finding in findings]
    assert outcome.status == "pass", "\n".join([*outcome.differences, *found])
    assert outcome.unread == ()
