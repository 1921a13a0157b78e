"""An entry's evidence sealed, and the hash that would show the least change to it later.

The hash covers the facts and a salted commitment to the evidence (SHA-256 over canonical JSON), so the chain still
verifies when an erasure has made the evidence unreadable.
"""

import os
from hashlib import sha256

import msgspec
from msgspec import Struct

from application.consent.ports import SealedEntry
from application.secrets import DataKey, Seal
from domain.consent.evidence import Evidence
from domain.consent.ledger import Fact
from domain.ids import ContactId, ContactPointId, EntryId

_SALT = 16
_encoder = msgspec.json.Encoder(order="deterministic")
_evidence = msgspec.json.Decoder(Evidence)


class _Sealable(Struct, frozen=True, kw_only=True):
    fact: Fact
    contact: ContactId
    point: ContactPointId
    actor: str
    commitment: str


def seal_entry(
    fact: Fact, evidence: Evidence, *, contact: ContactId, point: ContactPointId, actor: str, key: DataKey
) -> SealedEntry:
    salted = os.urandom(_SALT) + _encoder.encode(evidence)
    commitment = sha256(salted).hexdigest()
    line = _Sealable(fact=fact, contact=contact, point=point, actor=actor, commitment=commitment)
    return SealedEntry(
        fact=fact,
        contact_id=contact,
        contact_point_id=point,
        actor=actor,
        evidence=key.seal.seal(salted, _context(fact.id)),
        hash=sha256(_encoder.encode(line)).digest(),
    )


def open_evidence(entry: SealedEntry, seal: Seal) -> Evidence:
    """Raises Unsealable."""
    return _evidence.decode(seal.open(entry.evidence, _context(entry.fact.id))[_SALT:])


def _context(entry_id: EntryId) -> bytes:
    return b"consent_entries.evidence" + entry_id.bytes
