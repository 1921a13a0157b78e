"""Rings kept in the environment or in a file of this machine."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from adapters.outbound.secrets.ring import KeyRing, RingUnusable
from adapters.outbound.secrets.ring_files import place
from adapters.outbound.secrets.turning import RingSource
from domain.keys import NotOurs

_HOW = (
    'add to each key a version with the next number, such as "2": "…" with the output of `openssl rand -base64 32`, for'
    " every process. As soon as all of them know it, it is used"
)


class EnvironmentRing(RingSource):
    def __init__(self, text: str) -> None:
        self._text = text

    def load(self) -> KeyRing:
        return KeyRing.parse(self._text)

    def changed(self) -> bool:
        return False

    def change(self, how: Callable[[KeyRing], KeyRing]) -> None:
        del how
        raise NotOurs(f"The key ring comes from OPTIN_KEYS. There, {_HOW}; restart them one after the other.")


class Form(Protocol):
    """What stands in the file."""

    def read(self, content: bytes) -> KeyRing:
        """Raises RingUnusable."""
        ...

    def write(self, ring: KeyRing) -> bytes:
        """Raises RingUnusable."""
        ...

    def due(self) -> bool:
        """It has to be read again, though the file is the same."""
        ...


class Plain(Form):
    def read(self, content: bytes) -> KeyRing:
        return KeyRing.parse(content)

    def write(self, ring: KeyRing) -> bytes:
        return ring.dump()

    def due(self) -> bool:
        return False


class FileRing(RingSource):
    def __init__(self, path: Path, form: Form | None = None) -> None:
        self._path = path
        self._form = form or Plain()
        self._seen: tuple[int, int, int] | None = None

    def load(self) -> KeyRing:
        seen = self._look()
        ring = self._read()
        self._seen = seen
        return ring

    def changed(self) -> bool:
        return self._look() != self._seen or self._form.due()

    def change(self, how: Callable[[KeyRing], KeyRing]) -> None:
        if self._path.is_symlink() or not os.access(self._path, os.W_OK) or not os.access(self._path.parent, os.W_OK):
            raise NotOurs(f"The key ring {self._path} is not ours to write. Where it is kept, {_HOW}.")
        lock = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            place(self._form.write(how(self._read())), self._path)
        finally:
            os.close(lock)

    def _read(self) -> KeyRing:
        try:
            content = self._path.read_bytes()
        except OSError as error:
            raise RingUnusable(f"The key ring {self._path} cannot be read: {error.strerror}.") from None
        return self._form.read(content)

    def _look(self) -> tuple[int, int, int]:
        """Raises RingUnusable."""
        try:
            found = self._path.stat()
        except OSError as error:
            raise RingUnusable(f"The key ring {self._path} cannot be read: {error.strerror}.") from None
        return found.st_ino, found.st_mtime_ns, found.st_size
