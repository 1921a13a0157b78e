"""A ring file nobody can read who has only the file.

It is sealed under a key of its own (AES-256-GCM), made anew at every writing, and that key is wrapped by somebody who
never hands out theirs: Vault, or AWS KMS.
"""

import base64
import binascii
import os
from typing import Literal, Protocol

import msgspec
from msgspec import Struct

from adapters.outbound.secrets.providers.here import Form
from adapters.outbound.secrets.ring import KeyRing, RingUnusable
from adapters.outbound.secrets.vault import AesSeal
from application.secrets import Unsealable

_KEY_BYTES = 32
_SPOILT = "The wrapped key ring was altered or is damaged; restore the file from its backup."


class KeyWrapper(Protocol):
    """Who wraps the key of the file. What it raises says what to do, and shows neither key nor token."""

    provider: str
    key: str

    def wrap(self, key: bytes) -> str:
        """Raises RingUnusable."""
        ...

    def unwrap(self, wrapped: str) -> bytes:
        """Raises RingUnusable."""
        ...

    def due(self) -> bool:
        """What lets us in has to be renewed, which the next unwrapping does."""
        ...


class WrappedFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: Literal["optin-wrapped-ring-1"] = "optin-wrapped-ring-1"
    provider: str
    key: str
    installation: str
    wrapped_key: str
    sealed: str

    def context(self) -> bytes:
        """All that stands in the file beside the ring holds the ring."""
        return msgspec.json.encode((self.format, self.provider, self.key, self.installation, self.wrapped_key))


class Wrapped(Form):
    def __init__(self, wrapper: KeyWrapper, installation: str) -> None:
        self._wrapper = wrapper
        self._installation = installation

    def read(self, content: bytes) -> KeyRing:
        file = wrapped_file(content)
        if file is None:
            raise RingUnusable(
                f"The key ring is not wrapped, but OPTIN_KEYS_PROVIDER is {self._wrapper.provider}. Wrap it with "
                "`optin keys wrap`, or restore the wrapped file from its backup."
            )
        self._fits(file)
        key = self._wrapper.unwrap(file.wrapped_key)
        if len(key) != _KEY_BYTES:
            raise RingUnusable(_SPOILT)
        try:
            return KeyRing.parse(AesSeal(key).open(base64.b64decode(file.sealed, validate=True), file.context()))
        except (Unsealable, binascii.Error, ValueError):
            raise RingUnusable(_SPOILT) from None

    def write(self, ring: KeyRing) -> bytes:
        key = os.urandom(_KEY_BYTES)
        file = WrappedFile(
            provider=self._wrapper.provider,
            key=self._wrapper.key,
            installation=self._installation,
            wrapped_key=self._wrapper.wrap(key),
            sealed="",
        )
        sealed = base64.b64encode(AesSeal(key).seal(ring.dump(), file.context())).decode()
        return msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(file, sealed=sealed)), indent=2) + b"\n"

    def due(self) -> bool:
        return self._wrapper.due()

    def _fits(self, file: WrappedFile) -> None:
        """Said in words before anybody is asked; that it is true, the seal proves."""
        expected = (
            ("provider", file.provider, self._wrapper.provider, "OPTIN_KEYS_PROVIDER"),
            ("key", file.key, self._wrapper.key, "the name of the key"),
            ("installation", file.installation, self._installation, "OPTIN_KEYS_INSTALLATION"),
        )
        for what, found, wanted, setting in expected:
            if found != wanted:
                raise RingUnusable(
                    f"The key ring is wrapped for {what} {found!r}, but {setting} is set to {wanted!r}. Set what it "
                    "was wrapped with; to change it, `optin keys unwrap` with the old setting, then `optin keys wrap`."
                )


def wrapped_file(content: bytes) -> WrappedFile | None:
    """None for anything else, such as a ring in plain."""
    try:
        return msgspec.json.decode(content, type=WrappedFile)
    except msgspec.DecodeError:
        return None
