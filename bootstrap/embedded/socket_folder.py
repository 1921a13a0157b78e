"""A path to the server's socket that fits into a socket address."""

import fcntl
import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from bootstrap.embedded.errors import DatabaseUnavailable

_SOCKET = ".s.PGSQL.5432"
_ROOM = 103
"""Bytes: macOS has room for 103, Linux for 107."""


class SocketFolder:
    """The data directory holds the socket. Is its path too long, or one a database URL cannot carry, then a short link
    to it in a private folder stands in.
    """

    def __init__(self, cluster: Path) -> None:
        self.path = cluster
        self._link: Path | None = None
        self._hold = -1
        if not _fits(cluster):
            self._link = self._linked(cluster)
            self.path = self._link
            if not _fits(self.path):
                raise DatabaseUnavailable(f"{cluster} and {self.path} are too long for a socket. Set a shorter TMPDIR.")

    def close(self, *, last: bool) -> None:
        """Whoever is last takes the link away."""
        if self._link is None:
            return
        if last:
            with suppress(OSError):
                self._link.unlink()
                self._link.parent.rmdir()
        os.close(self._hold)

    def _linked(self, cluster: Path) -> Path:
        name = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]
        private = _runtime_folder() / f"optin-{os.geteuid()}-{name}"
        with suppress(FileExistsError):
            private.mkdir(mode=0o700)
        found = private.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise DatabaseUnavailable(f"{private} should be a private folder of this user, and is not. Remove it.")
        self._hold = os.open(private, os.O_RDONLY)
        fcntl.flock(self._hold, fcntl.LOCK_SH)  # those who tidy up temporary folders leave a locked one alone
        link = private / "db"
        if not link.is_symlink():
            link.symlink_to(cluster)
        return link


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / _SOCKET)) <= _ROOM and "," not in str(folder)


def _runtime_folder() -> Path:
    """Where this user's short-lived files belong: nobody tidies up there while we run, as they do in /tmp."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    if given and (folder := Path(given)).is_dir() and folder.stat().st_uid == os.geteuid():
        return folder
    if os.geteuid() == 0 and os.access("/run", os.W_OK):
        return Path("/run")
    return Path(tempfile.gettempdir())
