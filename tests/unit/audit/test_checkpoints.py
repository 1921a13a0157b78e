from datetime import UTC, datetime, timedelta

import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.audit.checkpoint import Checkpoint
from domain.audit.record import canonical

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIRST = Checkpoint(number=1, first=0, last=9, root="00" * 32, previous=None, at=AT)
SECOND = Checkpoint(number=2, first=10, last=12, root="11" * 32, previous=FIRST.hash, at=AT + timedelta(minutes=1))

# RFC 8785 sorts by UTF-16 code units and we by bytes: the names of our fields are ASCII, where both agree.
NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_hashed_is_canonical_json_as_in_rfc_8785(value):
    assert canonical(value) == rfc8785.dumps(value)


def test_the_first_checkpoint_begins_with_the_first_leaf():
    assert FIRST.follows(None)
    assert not SECOND.follows(None)


def test_each_checkpoint_names_the_one_before():
    assert SECOND.follows(FIRST)


def test_a_checkpoint_left_out_is_noticed():
    third = Checkpoint(number=3, first=13, last=13, root="22" * 32, previous=SECOND.hash, at=AT)
    assert not third.follows(FIRST)


def test_a_checkpoint_exchanged_is_noticed():
    assert not SECOND.follows(replace(FIRST, root="33" * 32))


def test_the_signature_is_of_every_field():
    other = {"number": 2, "first": 1, "last": 8, "root": "44" * 32, "previous": "55" * 32, "at": AT + timedelta(1)}
    assert {replace(FIRST, **{name: value}).signed for name, value in other.items()}.isdisjoint({FIRST.signed})
