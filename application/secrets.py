"""Keeping personal data unreadable at rest, as the application sees it."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from domain.addresses import Address


class Seal(Protocol):
    """Sealing under one key. `context` binds the ciphertext to its table, column and row."""

    def seal(self, plaintext: bytes, context: bytes) -> bytes: ...

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Raises Unsealable."""
        ...


class Unsealable(Exception):
    """The key is not the one it was sealed with, the data was moved or changed, or the key was destroyed."""


class DataKey(Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """A contact's own key: wrapped as stored, and ready for use. Never printed."""

    wrapped: bytes
    seal: Seal

    def __repr__(self) -> str:
        return "DataKey(…)"


class Vault(Protocol):
    """Every contact has a data key, wrapped by a key-encryption key from a ring; destroying it erases the contact."""

    def new_key(self) -> DataKey: ...

    def unwrap(self, wrapped: bytes) -> DataKey:
        """Raises Unsealable."""
        ...

    def forget(self) -> None:
        """A key was destroyed: no copy of it may be left ready in this process."""
        ...

    def deployment(self, name: str) -> Seal:
        """A seal for what belongs to no contact, such as provider credentials and the sandbox."""
        ...


class Digests(Protocol):
    """Keyed digests (HMAC-SHA-256) by which an address is found again; newest key version first."""

    def index(self, address: Address, *, live: bool) -> Sequence[bytes]: ...

    def suppression(self, address: Address, *, live: bool) -> Sequence[bytes]:
        """Tokens under a key of their own; the first is written, all are looked up."""
        ...

    def reference(self, reference: str, *, live: bool) -> Sequence[bytes]:
        """The customer's own reference, found again."""
        ...
