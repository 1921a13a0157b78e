from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from domain.audit.merkle import EMPTY, leaf_hash, levels, path_in, root, root_of_proof

LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=40).map(lambda data: [leaf_hash(one) for one in data])


def recursive(leaves):
    """The definition of RFC 6962, section 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + recursive(leaves[:split]) + recursive(leaves[split:])).digest()


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert root([]) == EMPTY


def test_the_root_of_one_leaf_is_the_leaf():
    # pragma: allowlist nextline secret
    assert root([leaf_hash(b"")]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@given(LEAVES)
def test_the_root_is_that_of_the_definition(leaves):
    assert root(leaves) == recursive(leaves)


@given(LEAVES, st.data())
def test_every_leaf_can_be_proved(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    assert root_of_proof(leaves[index], index, len(leaves), path_in(levels(leaves), index)) == root(leaves)


@given(LEAVES, st.data())
def test_another_leaf_cannot(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = path_in(levels(leaves), index)
    assert root_of_proof(leaf_hash(b"another leaf"), index, len(leaves), path) != root(leaves)


@given(LEAVES, st.data())
def test_a_path_too_long_or_too_short_proves_nothing(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = path_in(levels(leaves), index)
    assert root_of_proof(leaves[index], index, len(leaves), [*path, EMPTY]) is None
    if path:
        assert root_of_proof(leaves[index], index, len(leaves), path[:-1]) is None


def test_a_place_outside_the_tree_proves_nothing():
    leaves = [leaf_hash(b"one"), leaf_hash(b"two")]
    assert root_of_proof(leaves[0], 2, 2, path_in(levels(leaves), 0)) is None
