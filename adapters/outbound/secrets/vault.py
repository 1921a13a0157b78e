"""Sealing with AES-256-GCM (NIST SP 800-38D): 96-bit random nonce, 128-bit tag, context as additional data."""

import hashlib
import hmac
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.outbound.secrets.ring import KeyRing
from application.secrets import DataKey, Digests, Seal, Unsealable, Vault
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
    """Seals under the newest key, opens what was sealed under any."""

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


class RingVault(Vault):
    """Wraps each data key under the newest key of the ring; the version stands in the first two bytes."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._seals = {version: AesSeal(key) for version, key in ring.versions("data").items()}
        self._newest = ring.newest("data")[0]
        self._unwrapped: dict[bytes, DataKey] = {}

    def new_key(self) -> DataKey:
        key = AESGCM.generate_key(256)
        wrapped = self._newest.to_bytes(2, "big") + self._seals[self._newest].seal(key, _WRAP)
        return self._kept(DataKey(wrapped=wrapped, seal=AesSeal(key)))

    def unwrap(self, wrapped: bytes) -> DataKey:
        return self._unwrapped.get(wrapped) or self._kept(self._unwrap(wrapped))

    def forget(self) -> None:
        self._unwrapped.clear()

    def _kept(self, key: DataKey) -> DataKey:
        """The oldest half makes room: keys are used in bursts, and unwrapping one again costs little."""
        if len(self._unwrapped) >= _MOST_KEPT:
            for wrapped in list(self._unwrapped)[: _MOST_KEPT // 2]:
                del self._unwrapped[wrapped]
        self._unwrapped[key.wrapped] = key
        return key

    def _unwrap(self, wrapped: bytes) -> DataKey:
        seal = self._seals.get(int.from_bytes(wrapped[:2], "big"))
        if seal is None:
            raise Unsealable("The key ring lacks the version this was sealed with; restore the ring from its backup.")
        return DataKey(wrapped=wrapped, seal=AesSeal(seal.open(wrapped[2:], _WRAP)))

    def deployment(self, name: str) -> Seal:
        purpose = b"deployment:" + name.encode()
        return EverySeal(
            [AesSeal(hmac.digest(key, purpose, hashlib.sha256)) for key in self._ring.versions("data").values()]
        )


@dataclass(frozen=True)
class RingDigests(Digests):
    ring: KeyRing

    def index(self, address: Address, *, live: bool) -> list[bytes]:
        return self._digests("index", address, live=live)

    def suppression(self, address: Address, *, live: bool) -> list[bytes]:
        return self._digests("suppression", address, live=live)

    def reference(self, reference: str, *, live: bool) -> list[bytes]:
        text = f"reference|{live:d}|{reference}".encode()
        return [hmac.digest(key, text, hashlib.sha256) for key in self.ring.versions("index").values()]

    def _digests(self, purpose: str, address: Address, *, live: bool) -> list[bytes]:
        text = f"{live:d}|{address.channel}|{address.value}".encode()
        return [hmac.digest(key, text, hashlib.sha256) for key in self.ring.versions(purpose).values()]
