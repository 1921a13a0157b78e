"""The two logs that are sealed, their entries as leaves, and checkpoints with their signatures."""

from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from domain.audit.checkpoint import Checkpoint
from domain.audit.merkle import leaf_hash
from domain.audit.record import canonical


class Log(StrEnum):
    LEDGER = "ledger"
    AUDIT = "audit"


class Place(Struct, frozen=True, kw_only=True, order=True):
    """Where an entry stands in its log: written by this transaction, at this position."""

    transaction: int
    position: int


class Leaf(Struct, frozen=True, kw_only=True):
    """An entry as it is sealed. `hash` is the entry's own, in hex; it stays when retention takes the entry."""

    log: Log
    entry_id: UUID
    place: Place
    hash: str

    @property
    def leaf_hash(self) -> bytes:
        return leaf_hash(canonical(self))


class Numbered(Struct, frozen=True, kw_only=True):
    """`number` counts the leaves over all checkpoints, from 0."""

    number: int
    leaf: Leaf


class SignedCheckpoint(Struct, frozen=True, kw_only=True):
    checkpoint: Checkpoint
    key_id: str
    signature: bytes


class Entry(Struct, frozen=True, kw_only=True):
    """An entry as it is found now. `sound`: its hash is that of what it says. `promise`: what is sealed beside it is
    what it committed to; None where nobody can tell, because the key was destroyed or is not at hand.
    """

    leaf: Leaf
    sound: bool
    promise: bool | None
