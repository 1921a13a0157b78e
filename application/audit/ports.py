from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from domain.audit.logs import Entry, Log, Numbered, SignedCheckpoint
from domain.audit.record import AuditRecord
from domain.errors import Unavailable


class Noted(Struct, frozen=True, kw_only=True):
    """A record with what is kept sealed beside it: the reason somebody gave, and where they were."""

    record: AuditRecord
    reason: str | None = None
    ip: str | None = None


class Trail(Protocol):
    async def record(self, noted: Sequence[Noted]) -> None:
        """In the open transaction: what happened and its record stand or fall together. One that exists is left."""
        ...


class Signature(Struct, frozen=True, kw_only=True):
    key_id: str
    signature: bytes


class Verifier(Protocol):
    def genuine(self, signature: Signature, data: bytes) -> bool | None:
        """None if the key is not known."""
        ...


class Signer(Verifier, Protocol):
    """Ed25519 (RFC 8032) under the newest signing key; older public keys stay known, so that old signatures verify."""

    def sign(self, data: bytes) -> Signature: ...

    def public_keys(self) -> Mapping[str, bytes]: ...


class Books(Protocol):
    """Both logs with what was sealed of them, in a database or in an export."""

    def checkpoints(self) -> AsyncIterator[SignedCheckpoint]:
        """In the order of their numbers."""
        ...

    async def leaves(self, first: int, last: int) -> list[Numbered]: ...

    async def entries(self, log: Log, ids: Sequence[UUID]) -> list[Entry]: ...

    async def gone(self, log: Log, ids: Sequence[UUID]) -> set[UUID]:
        """Those that retention took, and recorded that it did."""
        ...

    def not_sealed(self) -> AsyncIterator[Entry]:
        """Whatever has no leaf, whether after what is sealed or among it, in the order of the logs."""
        ...


class Seals(Books, Protocol):
    """The books of the running product, which the sealer goes on with."""

    async def latest(self) -> SignedCheckpoint | None:
        """No other sealer goes on until the transaction ends."""
        ...

    async def to_seal(self, *, most: int) -> list[Entry]:
        """What both logs gained and every earlier transaction has decided about, in order; nothing is skipped. What
        is read counts as sealed with this transaction.
        """
        ...

    async def waiting(self) -> int:
        """How many are not sealed yet; beyond a hundred thousand of a log it does not count."""
        ...

    async def add(self, signed: SignedCheckpoint, leaves: Sequence[Numbered]) -> None: ...

    async def not_anchored(self) -> list[SignedCheckpoint]: ...

    async def anchored(self, number: int, at: datetime) -> None: ...


class AnchorUnavailable(Unavailable):
    """The anchor did not take the root; it gets it at a later turn."""


class AnchorDisagrees(Unavailable):
    """The anchor holds another root under this number: one of the two was changed."""


class Anchor(Protocol):
    """Where roots are kept beyond our reach: whoever rewrites the database cannot rewrite those."""

    async def keep(self, signed: SignedCheckpoint) -> None:
        """Keeping one again changes nothing. Raises AnchorUnavailable, AnchorDisagrees."""
        ...


class AuditWatch(Protocol):
    """Whoever has to be told how the sealing goes, at once where something is wrong."""

    def sealed(self, at: datetime) -> None: ...

    def waiting(self, entries: int) -> None: ...

    def broken(self, entry: Entry) -> None:
        """Somebody wrote it past the product: it is no word of ours."""
        ...

    def disagreeing(self, checkpoints: Sequence[int]) -> None:
        """All whose roots an anchor holds otherwise, or none."""
        ...
