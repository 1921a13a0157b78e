"""A ring as Kubernetes mounts a secret: a folder with a file for each version, such as `data.1` and `data.2`."""

import base64
import binascii
import re
from collections.abc import Callable
from pathlib import Path

from adapters.outbound.secrets.ring import KeyRing, RingUnusable
from adapters.outbound.secrets.turning import RingSource
from domain.keys import NotOurs

_NAME = re.compile(r"([a-z]+)\.([1-9][0-9]{0,4})")


class MountedRing(RingSource):
    """Kubernetes swaps the whole folder at once, by the link `..data`: what is read is one secret or the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: object = None

    def load(self) -> KeyRing:
        seen = self._look()
        keys: dict[str, dict[int, bytes]] = {}
        for file in sorted(self._inside().iterdir()):
            named = _NAME.fullmatch(file.name)
            if named:
                keys.setdefault(named[1], {})[int(named[2])] = _key(file)
        ring = KeyRing(keys)
        self._seen = seen
        return ring

    def changed(self) -> bool:
        return self._look() != self._seen

    def change(self, how: Callable[[KeyRing], KeyRing]) -> None:
        del how
        raise NotOurs(
            f"The key ring is mounted at {self._folder}. Add to its secret a file for each new version, such as data.2"
            " with the output of `openssl rand -base64 32`. As soon as every process sees it, it is used."
        )

    def _inside(self) -> Path:
        """Where the link leads now; without one, the folder itself."""
        data = self._folder / "..data"
        return data.resolve() if data.is_symlink() else self._folder

    def _look(self) -> object:
        """Raises RingUnusable."""
        try:
            inside = self._inside()
            return str(inside), [(file.name, file.stat().st_mtime_ns) for file in sorted(inside.iterdir())]
        except OSError as error:
            raise RingUnusable(f"The key ring {self._folder} cannot be read: {error.strerror}.") from None


def _key(file: Path) -> bytes:
    """Base64 of the key, with or without a line end. Raises RingUnusable."""
    try:
        return base64.b64decode(file.read_text("ascii").strip(), validate=True)
    except OSError as error:
        raise RingUnusable(f"The key {file} cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, binascii.Error):
        raise RingUnusable(f"The key {file} is not the base64 it should be.") from None
