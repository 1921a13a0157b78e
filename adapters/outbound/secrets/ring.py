"""The key ring: for each purpose, keys by version; the highest is used, all are tried.

It is never made up at run time: a product that cannot read its ring stops, because data sealed under
a lost key is lost.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import msgspec

PURPOSES = ("data", "index", "suppression", "tokens", "idempotency", "signing")
# Purposes a ring may lack because it is older than they are: nothing was ever made with their keys.
_NEWER = frozenset({"signing"})
_KEY_BYTES = 32


class RingUnusable(Exception):
    """The key ring is missing, unreadable or incomplete. Says how to mend it; never shows a key."""


class KeyRing:
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
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = _written(ring, path)
        os.link(unfinished, path)
        unfinished.unlink()
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
            _written(cls.parse(msgspec.json.encode(raw | made)), path).replace(path)

    def dump(self) -> bytes:
        return msgspec.json.encode(
            {
                purpose: {str(version): base64.b64encode(key).decode() for version, key in versions.items()}
                for purpose, versions in self._keys.items()
            }
        )

    def versions(self, purpose: str) -> Mapping[int, bytes]:
        """Newest first."""
        return self._keys[purpose]

    def newest(self, purpose: str) -> tuple[int, bytes]:
        return next(iter(self._keys[purpose].items()))

    @property
    def idempotency_keys(self) -> list[bytes]:
        return list(self._keys["idempotency"].values())


def _written(ring: KeyRing, path: Path) -> Path:
    """Beside the path, whole and on the disk."""
    unfinished = path.with_suffix(".new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(ring.dump())
        file.flush()
        os.fsync(file.fileno())
    return unfinished
