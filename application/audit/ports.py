from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from domain.audit.record import AuditRecord


class Noted(Struct, frozen=True, kw_only=True):
    """A record with what is kept sealed beside it: the reason somebody gave, and where they were."""

    record: AuditRecord
    reason: str | None = None
    ip: str | None = None


class Trail(Protocol):
    async def record(self, noted: Sequence[Noted]) -> None:
        """In the open transaction: what happened and its record stand or fall together."""
        ...


class Signature(Struct, frozen=True, kw_only=True):
    key_id: str
    signature: bytes


class Signer(Protocol):
    """Ed25519 (RFC 8032) under the newest signing key; older public keys stay known, so that old signatures verify."""

    def sign(self, data: bytes) -> Signature: ...

    def public_keys(self) -> Mapping[str, bytes]: ...
