"""Sealing with AES-256-GCM (NIST SP 800-38D): 96-bit random nonce, 128-bit tag, context as additional data."""

import hashlib
import hmac
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.outbound.secrets.ring import Ring
from adapters.outbound.secrets.turning import PerVersion
from application.secrets import DataKey, Digests, Seal, Unsealable, Vault, stamped
from domain.addresses import Address

_NONCE = 12
_WRAP = b"contacts.data_key"
_MOST_KEPT = 8_192


class AesSeal(Seal):
    __slots__ = ("_aes",)

    def __init__(self, key: bytes) -> None:
        self._aes = AESGCM(key)

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._aes.encrypt(nonce, plaintext, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        try:
            return self._aes.decrypt(sealed[:_NONCE], sealed[_NONCE:], context)
        except (InvalidTag, ValueError):
            raise Unsealable("This cannot be read with the keys at hand.") from None


class EverySeal(Seal):
    """Seals under the key in use, opens what was sealed under any."""

    __slots__ = ("_seals",)

    def __init__(self, seals: Sequence[Seal]) -> None:
        self._seals = seals

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        return self._seals[0].seal(plaintext, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        for seal in self._seals[:-1]:
            with suppress(Unsealable):
                return seal.open(sealed, context)
        return self._seals[-1].open(sealed, context)

    def resealed(self, sealed: bytes, context: bytes) -> bytes:
        """The same bytes if they are sealed under the key in use. Raises Unsealable."""
        with suppress(Unsealable):
            self._seals[0].open(sealed, context)
            return sealed
        return self.seal(self.open(sealed, context), context)


class RingVault(Vault):
    """Wraps each data key under the key in use; its version stands in the first two bytes."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._seals = PerVersion(ring, "data", AesSeal)
        self._unwrapped: dict[bytes, DataKey] = {}
        self._kept_under = b""

    def new_key(self) -> DataKey:
        key = AESGCM.generate_key(256)
        return self._kept(DataKey(wrapped=self._wrap(key), seal=AesSeal(key)))

    def rewrap(self, wrapped: bytes) -> bytes:
        return wrapped if wrapped[:2] == self._version() else self._wrap(self._key(wrapped))

    def unwrap(self, wrapped: bytes) -> DataKey:
        return self._unwrapped.get(wrapped) or self._kept(self._unwrap(wrapped))

    def forget(self) -> None:
        self._unwrapped.clear()

    def _kept(self, key: DataKey) -> DataKey:
        """The oldest half makes room: keys are used in bursts, and unwrapping one again costs little."""
        version = self._version()
        if version != self._kept_under:
            self._unwrapped.clear()
            self._kept_under = version
        # One under another version is about to be wrapped anew, and would stay when the contact is erased.
        if key.wrapped[:2] != version:
            return key
        if len(self._unwrapped) >= _MOST_KEPT:
            for wrapped in list(self._unwrapped)[: _MOST_KEPT // 2]:
                del self._unwrapped[wrapped]
        self._unwrapped[key.wrapped] = key
        return key

    def _unwrap(self, wrapped: bytes) -> DataKey:
        return DataKey(wrapped=wrapped, seal=AesSeal(self._key(wrapped)))

    def _key(self, wrapped: bytes) -> bytes:
        seal = self._seals.of(int.from_bytes(wrapped[:2], "big"))
        if seal is None:
            raise Unsealable("The key ring lacks the version this was sealed with; restore the ring from its backup.")
        return seal.open(wrapped[2:], _WRAP)

    def _wrap(self, key: bytes) -> bytes:
        return self._version() + self._seals[0].seal(key, _WRAP)

    def _version(self) -> bytes:
        return self._ring.newest("data")[0].to_bytes(2, "big")

    def deployment(self, name: str) -> EverySeal:
        purpose = b"deployment:" + name.encode()
        return EverySeal(PerVersion(self._ring, "data", lambda key: AesSeal(hmac.digest(key, purpose, hashlib.sha256))))


@dataclass(frozen=True)
class RingDigests(Digests):
    ring: Ring

    def index(self, address: Address, *, live: bool) -> list[bytes]:
        return self._digests("index", _named(address, live=live))

    def suppression(self, address: Address, *, live: bool) -> list[bytes]:
        return self._digests("suppression", _named(address, live=live))

    def reference(self, reference: str, *, live: bool) -> list[bytes]:
        return self._digests("index", f"reference|{live:d}|{reference}")

    def _digests(self, purpose: str, text: str) -> list[bytes]:
        plain = text.encode()
        return [
            stamped(version, hmac.digest(key, plain, hashlib.sha256))
            for version, key in self.ring.versions(purpose).items()
        ]


def _named(address: Address, *, live: bool) -> str:
    return f"{live:d}|{address.channel}|{address.value}"
