"""An entry's evidence sealed, and the hash that would show the least change to it later.

The hash covers the facts and a salted commitment to the evidence (SHA-256 over canonical JSON), so the chain still
verifies when an erasure has made the evidence unreadable. The salt ends with the hash of the facts: whoever has the
database and not our keys can make no entry, and change none, not even before it stands below a root.
"""

import hmac
import os
from hashlib import sha256

import msgspec
from msgspec import Struct

from application.consent.ports import SealedEntry
from application.secrets import DataKey, Seal
from domain.consent.evidence import Evidence
from domain.consent.ledger import Fact
from domain.ids import ContactId, ContactPointId, EntryId

_RANDOM = 16
_SALT = _RANDOM + sha256().digest_size
_canonical = msgspec.json.Encoder(order="sorted").encode
_evidence = msgspec.json.Decoder(Evidence)
_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Fact).decode


class _Line(Struct, frozen=True, kw_only=True):
    """What the hash is taken of: all of it can be read again when the evidence cannot."""

    fact: Fact
    contact: ContactId
    point: ContactPointId
    actor: str
    commitment: str


def seal_entry(
    fact: Fact, evidence: Evidence, *, contact: ContactId, point: ContactPointId, actor: str, key: DataKey
) -> SealedEntry:
    # As it will be read back: an instant given with another offset is kept, and hashed, in UTC.
    fact = _unpack(_pack(fact))
    salted = os.urandom(_RANDOM) + _alone(fact, contact, point, actor) + _canonical(evidence)
    commitment = sha256(salted).digest()
    return SealedEntry(
        fact=fact,
        contact_id=contact,
        contact_point_id=point,
        actor=actor,
        evidence=key.seal.seal(salted, _context(fact.id)),
        commitment=commitment,
        hash=_hash(fact, contact, point, actor, commitment),
    )


def intact(entry: SealedEntry) -> bool:
    """Whether the entry is as it was written; for one whose evidence is erased as well."""
    expected = _hash(entry.fact, entry.contact_id, entry.contact_point_id, entry.actor, entry.commitment)
    return hmac.compare_digest(expected, entry.hash)


def kept_promise(entry: SealedEntry, seal: Seal) -> bool:
    """Whether the evidence is what was committed to. Raises Unsealable."""
    return is_promised(salted_evidence(entry, seal), entry)


def salted_evidence(entry: SealedEntry, seal: Seal) -> bytes:
    """What was committed to, opened. Raises Unsealable."""
    return seal.open(entry.evidence, _context(entry.fact.id))


def is_promised(salted: bytes, entry: SealedEntry) -> bool:
    if not hmac.compare_digest(sha256(salted).digest(), entry.commitment):
        return False
    beside = _alone(entry.fact, entry.contact_id, entry.contact_point_id, entry.actor)
    return _begins(salted) == _RANDOM or hmac.compare_digest(salted[_RANDOM:_SALT], beside)


def evidence_in(salted: bytes) -> Evidence:
    """Of what `salted_evidence` opened."""
    return _evidence.decode(salted[_begins(salted) :])


def _begins(salted: bytes) -> int:
    """Where the evidence begins. Entries of the first version hold no hash of their facts before it; nobody without
    the contact's key can make one look like that.
    """
    try:
        _evidence.decode(salted[_SALT:])
    except msgspec.MsgspecError:
        return _RANDOM
    return _SALT


def hashed(entry: SealedEntry) -> bytes:
    """What the entry's hash is of: canonical JSON (RFC 8785), readable without any key."""
    return _line(entry.fact, entry.contact_id, entry.contact_point_id, entry.actor, entry.commitment)


def _line(fact: Fact, contact: ContactId, point: ContactPointId, actor: str, commitment: bytes) -> bytes:
    return _canonical(_Line(fact=fact, contact=contact, point=point, actor=actor, commitment=commitment.hex()))


def _hash(fact: Fact, contact: ContactId, point: ContactPointId, actor: str, commitment: bytes) -> bytes:
    return sha256(_line(fact, contact, point, actor, commitment)).digest()


def _alone(fact: Fact, contact: ContactId, point: ContactPointId, actor: str) -> bytes:
    """What stands without any key, before the commitment is known."""
    return sha256(_line(fact, contact, point, actor, b"")).digest()


def open_evidence(entry: SealedEntry, seal: Seal) -> Evidence:
    """Raises Unsealable."""
    return evidence_in(salted_evidence(entry, seal))


def committed(entry: SealedEntry, seal: Seal) -> tuple[bytes, str]:
    """The salt and the evidence as canonical JSON, whose hash together is the commitment. Raises Unsealable."""
    salted = salted_evidence(entry, seal)
    begins = _begins(salted)
    return salted[:begins], salted[begins:].decode()


def _context(entry_id: EntryId) -> bytes:
    return b"consent_entries.evidence" + entry_id.bytes
