"""A record's hash, and what is kept sealed beside it; as the ledger does it (see `application/consent/sealing.py`)."""

import hmac
import os
from hashlib import sha256

import msgspec
from msgspec import Struct

from application.audit.ports import Noted
from application.secrets import Seal
from domain.audit.record import AuditRecord, canonical

_SALT = 16


class Aside(Struct, frozen=True, kw_only=True):
    """What may be personal about a record. `of` is the hash of the record it was sealed beside: whoever has the
    database and not our keys can make no record, and change none, not even before it stands below a root.
    """

    reason: str | None = None
    ip: str | None = None
    of: str | None = None


_aside = msgspec.json.Decoder(Aside).decode


class SealedRecord(Struct, frozen=True, kw_only=True):
    record: AuditRecord
    sealed: bytes
    commitment: bytes
    hash: bytes


class _Line(Struct, frozen=True, kw_only=True):
    record: AuditRecord
    commitment: str


def seal_record(noted: Noted, seal: Seal) -> SealedRecord:
    salted = os.urandom(_SALT) + canonical(Aside(reason=noted.reason, ip=noted.ip, of=_alone(noted.record)))
    commitment = sha256(salted).digest()
    return SealedRecord(
        record=noted.record,
        sealed=seal.seal(salted, _context(noted.record)),
        commitment=commitment,
        hash=_hash(noted.record, commitment),
    )


def intact(record: SealedRecord) -> bool:
    return hmac.compare_digest(_hash(record.record, record.commitment), record.hash)


def kept_promise(record: SealedRecord, seal: Seal) -> bool:
    """Whether what is sealed is what was committed to, and sealed beside this very record. Raises Unsealable."""
    salted = seal.open(record.sealed, _context(record.record))
    beside = _aside(salted[_SALT:]).of or ""
    return hmac.compare_digest(sha256(salted).digest(), record.commitment) and hmac.compare_digest(
        beside, _alone(record.record)
    )


def open_aside(record: SealedRecord, seal: Seal) -> Aside:
    """Raises Unsealable."""
    return _aside(seal.open(record.sealed, _context(record.record))[_SALT:])


def hashed(record: SealedRecord) -> bytes:
    """What the record's hash is of: canonical JSON (RFC 8785), readable without any key."""
    return canonical(_Line(record=record.record, commitment=record.commitment.hex()))


def _alone(record: AuditRecord) -> str:
    return sha256(canonical(record)).hexdigest()


def _hash(record: AuditRecord, commitment: bytes) -> bytes:
    return sha256(canonical(_Line(record=record, commitment=commitment.hex()))).digest()


def _context(record: AuditRecord) -> bytes:
    return b"audit_records.sealed" + record.id.bytes
