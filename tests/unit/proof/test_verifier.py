"""What the verifier computes by itself, against the library everybody uses and our own Merkle trees."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from application.proof.verify import canonical, genuine, root_of_proof
from domain.audit import merkle
from domain.audit import record as audit

# RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
EXAMPLES = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",  # pragma: allowlist secret
        "",
        (
            # pragma: allowlist nextline secret
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2"
            "4655141438e7a100b"  # pragma: allowlist secret
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",  # pragma: allowlist secret
        "72",
        (
            # pragma: allowlist nextline secret
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302ae"
            "eb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",  # pragma: allowlist secret
        "af82",
        (
            # pragma: allowlist nextline secret
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28"
            "dc027beceea1ec40a"  # pragma: allowlist secret
        ),
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), EXAMPLES)
def test_the_examples_of_the_standard_verify(public, message, signature):
    assert genuine(bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(message))


@settings(max_examples=20, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_what_the_library_signs_verifies(seed, data):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    assert genuine(key.public_key().public_bytes_raw(), key.sign(data), data)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 8 * 64 - 1), st.binary(max_size=40))
def test_a_signature_with_any_bit_flipped_does_not(bit, data):
    key = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
    signature = bytearray(key.sign(data))
    signature[bit // 8] ^= 1 << bit % 8
    assert not genuine(key.public_key().public_bytes_raw(), bytes(signature), data)


@pytest.mark.parametrize("signature", [b"", b"0" * 63, b"\xff" * 64, b"\x00" * 64])
def test_what_is_no_signature_does_not(signature):
    public = Ed25519PrivateKey.from_private_bytes(b"s" * 32).public_key().public_bytes_raw()
    assert not genuine(public, signature, b"data")


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=20), st.data())
def test_a_proof_leads_to_the_root(data, draw):
    leaves = [merkle.leaf_hash(one) for one in data]
    index = draw.draw(st.integers(0, len(leaves) - 1))
    path = merkle.path_in(merkle.levels(leaves), index)
    assert root_of_proof(leaves[index], index, len(leaves), path) == merkle.root(leaves)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


@given(VALUES)
def test_both_write_the_same_canonical_json(value):
    assert canonical(value) == audit.canonical(value)
