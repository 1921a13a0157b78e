"""The key ring: for each purpose, keys by version. Where nothing says otherwise the highest is used; all are tried.

It is never made up at run time: a product that cannot read its ring stops, because data sealed under
a lost key is lost.
"""

import base64
import binascii
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, Self

import msgspec

from adapters.outbound.secrets.ring_files import place, place_new

PURPOSES = ("data", "index", "suppression", "tokens", "idempotency", "signing")
# Purposes a ring may lack because it is older than they are: nothing was ever made with their keys.
_NEWER = frozenset({"signing"})
_KEY_BYTES = 32
# As many as two octets tell apart, and a smallint of PostgreSQL holds.
_VERSIONS = 2**15


class RingUnusable(Exception):
    """The key ring is missing, unreadable or incomplete. Says how to mend it; never shows a key."""


class Ring(Protocol):
    def versions(self, purpose: str) -> Mapping[int, bytes]:
        """The one in use first, the others from the newest to the oldest. Another mapping whenever the ring turned."""
        ...

    def newest(self, purpose: str) -> tuple[int, bytes]:
        """The version in use."""
        ...


class KeyRing(Ring):
    def __init__(self, keys: Mapping[str, Mapping[int, bytes]]) -> None:
        for purpose in PURPOSES:
            versions = keys.get(purpose)
            if not versions and purpose in _NEWER:
                raise RingUnusable(
                    f"The key ring is older than this version and has no key for {purpose!r}; add one: a JSON object "
                    f'{{"1": "<base64 of 32 random bytes>"}} under {purpose!r}.'
                )
            if not versions:
                raise RingUnusable(f"The key ring has no key for {purpose!r}; restore the ring from its backup.")
            if not all(0 < version < _VERSIONS for version in versions):
                raise RingUnusable(f"The versions of {purpose!r} are numbers from 1 to {_VERSIONS - 1}.")
            if any(len(key) != _KEY_BYTES for key in versions.values()):
                raise RingUnusable(f"A key for {purpose!r} is not {_KEY_BYTES} bytes long.")
        self._keys = {purpose: dict(sorted(keys[purpose].items(), reverse=True)) for purpose in PURPOSES}

    @classmethod
    def generate(cls) -> Self:
        return cls({purpose: {1: secrets.token_bytes(_KEY_BYTES)} for purpose in PURPOSES})

    @classmethod
    def parse(cls, text: str | bytes) -> Self:
        """Reads `{"data": {"1": "<base64>"}, …}`. Raises RingUnusable."""
        try:
            raw = msgspec.json.decode(text, type=dict[str, dict[str, str]])
            return cls(
                {
                    purpose: {int(version): base64.b64decode(key, validate=True) for version, key in versions.items()}
                    for purpose, versions in raw.items()
                }
            )
        except (msgspec.DecodeError, ValueError, binascii.Error):
            raise RingUnusable("The key ring is not the JSON object of base64 keys it should be.") from None

    @classmethod
    def load(cls, path: Path) -> Self:
        try:
            return cls.parse(path.read_bytes())
        except OSError as error:
            raise RingUnusable(f"The key ring {path} cannot be read: {error.strerror}.") from None

    @classmethod
    def create(cls, path: Path) -> Self:
        """Writes a new ring for this installation, readable by its owner only; never over another."""
        ring = cls.generate()
        place_new(ring.dump(), path)
        return ring

    @classmethod
    def complete(cls, path: Path) -> None:
        """Gives a ring file of an older version the keys it lacks. Raises RingUnusable."""
        try:
            raw = msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, str]])
        except (OSError, msgspec.DecodeError):
            raise RingUnusable(f"The key ring {path} cannot be read; restore it from its backup.") from None
        lacking = _NEWER - raw.keys()
        if lacking:
            made = {name: {"1": base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()} for name in lacking}
            cls.parse(msgspec.json.encode(raw | made)).replace(path)

    def replace(self, path: Path) -> None:
        place(self.dump(), path)

    def with_new(self, purposes: Iterable[str]) -> "KeyRing":
        """The ring with one more version of each, by chance."""
        more = {name: {max(self._keys[name]) + 1: secrets.token_bytes(_KEY_BYTES)} for name in purposes}
        return KeyRing({name: {**versions, **more.get(name, {})} for name, versions in self._keys.items()})

    def without(self, purpose: str, version: int) -> "KeyRing":
        kept = {one: key for one, key in self._keys[purpose].items() if one != version}
        return KeyRing({**self._keys, purpose: kept})

    def dump(self) -> bytes:
        return msgspec.json.encode(
            {
                purpose: {str(version): base64.b64encode(key).decode() for version, key in versions.items()}
                for purpose, versions in self._keys.items()
            }
        )

    def versions(self, purpose: str) -> Mapping[int, bytes]:
        return self._keys[purpose]

    def newest(self, purpose: str) -> tuple[int, bytes]:
        return next(iter(self._keys[purpose].items()))
