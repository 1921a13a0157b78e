import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from adapters.outbound.secrets.ring import KeyRing, RingUnusable
from adapters.outbound.secrets.signer import RingSigner


def older(ring, *lacking):
    raw = msgspec.json.decode(ring.dump())
    return msgspec.json.encode({purpose: keys for purpose, keys in raw.items() if purpose not in lacking})


def test_a_ring_file_older_than_signing_gets_a_key_and_keeps_the_others(tmp_path):
    ring, path = KeyRing.generate(), tmp_path / "keys.json"
    path.write_bytes(older(ring, "signing"))
    KeyRing.complete(path)
    completed = KeyRing.load(path)
    assert len(completed.newest("signing")[1]) == 32
    assert completed.versions("data") == ring.versions("data")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_complete_ring_file_stays_as_it_is(tmp_path):
    path = tmp_path / "keys.json"
    KeyRing.create(path)
    before = path.read_bytes()
    KeyRing.complete(path)
    assert path.read_bytes() == before


def test_a_key_that_data_was_sealed_under_is_never_made_up(tmp_path):
    path = tmp_path / "keys.json"
    path.write_bytes(older(KeyRing.generate(), "signing", "data"))
    with pytest.raises(RingUnusable, match="no key for 'data'; restore"):
        KeyRing.complete(path)


def test_a_ring_from_elsewhere_that_is_older_says_what_to_add():
    with pytest.raises(RingUnusable, match=r"older than this version .* 'signing'"):
        KeyRing.parse(older(KeyRing.generate(), "signing"))


def test_a_signature_names_a_key_that_verifies_it():
    signer = RingSigner(KeyRing.generate())
    signed = signer.sign(b"a root")
    Ed25519PublicKey.from_public_bytes(signer.public_keys()[signed.key_id]).verify(signed.signature, b"a root")


def test_signatures_of_an_older_key_are_still_known():
    first = KeyRing.generate()
    keys = {purpose: dict(first.versions(purpose)) for purpose in msgspec.json.decode(first.dump())}
    keys["signing"][2] = KeyRing.generate().newest("signing")[1]
    rotated = RingSigner(KeyRing(keys))
    old = RingSigner(first).sign(b"a root").key_id
    assert old in rotated.public_keys()
    assert rotated.sign(b"a root").key_id != old
