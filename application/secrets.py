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


class Resealing(Seal, Protocol):
    """A seal whose key turns."""

    def resealed(self, sealed: bytes, context: bytes) -> bytes:
        """The same bytes if they are sealed under the key in use. Raises Unsealable."""
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

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same key under the one in use; the same bytes if it is already. Raises Unsealable."""
        ...

    def deployment(self, name: str) -> Resealing:
        """A seal for what belongs to no contact, such as provider credentials and the sandbox."""
        ...


class Digests(Protocol):
    """Keyed digests (HMAC-SHA-256) by which an address is found again: the first is written, all are looked up. Each
    tells the version of its key (`version_of`), and while a key turns there is one for every version.
    """

    def index(self, address: Address, *, live: bool) -> Sequence[bytes]: ...

    def suppression(self, address: Address, *, live: bool) -> Sequence[bytes]:
        """Tokens under a key of their own."""
        ...

    def reference(self, reference: str, *, live: bool) -> Sequence[bytes]:
        """The customer's own reference, found again."""
        ...


_MAC = 32


def stamped(version: int, mac: bytes) -> bytes:
    """Those of the first version stand as they are; those of later ones begin with it, in two bytes."""
    return mac if version == 1 else version.to_bytes(2, "big") + mac


def version_of(digest: bytes) -> int:
    return 1 if len(digest) == _MAC else int.from_bytes(digest[:2], "big")


def of_oldest(digests: Sequence[bytes]) -> bytes:
    """The digest two processes have in common while a key turns, whichever of its versions each uses."""
    return min(digests, key=version_of)
