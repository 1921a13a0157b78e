import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.templates.variables import WrongVariables, filled


def test_every_missing_variable_is_named_with_its_remedy():
    with pytest.raises(WrongVariables) as refusal:
        filled(("code", "first_name", "percent"), {"percent": 20})
    assert [(problem.field, problem.code) for problem in refusal.value.problems] == [
        ("variables.code", "missing-variable"),
        ("variables.first_name", "missing-variable"),
    ]
    assert refusal.value.detail == "Add code: the template uses it. Add first_name: the template uses it."


def test_a_variable_the_template_does_not_use_is_refused_by_name():
    with pytest.raises(WrongVariables, match="Leave out lastname: the template does not use it"):
        filled(("last_name",), {"last_name": "Doe", "lastname": "Doe"})


def test_a_value_in_the_place_of_a_name_is_not_repeated():
    with pytest.raises(WrongVariables) as refusal:
        filled((), {"pat@example.com": "x"})
    assert "pat@example.com" not in refusal.value.detail + refusal.value.problems[0].field


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "for nothing, give an empty text"),
        ({"first": "Pat"}, "must be text, a number, true, false, or a list"),
        ([["nested"]], "must be text"),
        (["x"] * 101, "more than 100 items"),
        ("x" * 10_001, "longer than 10000 characters"),
        ("a\x00b", "control character"),
        ("\ud800", "control character"),
        (10**400, "too large a number"),
        (float("nan"), "too large a number"),
        (float("inf"), "too large a number"),
    ],
)
def test_a_value_that_is_not_fit_is_refused_with_the_reason(value, told):
    with pytest.raises(WrongVariables, match=f"total .*{told}"):
        filled(("total",), {"total": value})


def test_variables_are_short_together_too():
    with pytest.raises(WrongVariables, match="together they hold at most 50000 characters"):
        filled(tuple("abcdef"), dict.fromkeys("abcdef", "x" * 9_000))


SCALARS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50),
    st.integers(-(10**15), 10**15),
    st.booleans(),
    st.floats(-1e15, 1e15),
)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), SCALARS | st.lists(SCALARS, max_size=5)))
def test_values_that_fit_are_passed_on_unchanged(values):
    assert filled(tuple(values), values) == values
