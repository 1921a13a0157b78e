"""The PostgreSQL server the product brings along, for when no OPTIN_DATABASE_URL is set."""

import fcntl
import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from asyncpg.exceptions import OperatorInterventionError, PostgresConnectionError, PostgresError

from bootstrap.embedded import keeper
from bootstrap.embedded.account import account_for
from bootstrap.embedded.cluster import ROLE, command, environment, prepare
from bootstrap.embedded.databases import DATABASE, PORT, provide
from bootstrap.embedded.errors import DatabaseUnavailable
from bootstrap.embedded.keeper import ask_to_stop, is_ready
from bootstrap.embedded.programs import programs_for
from bootstrap.embedded.socket_folder import SocketFolder

_PATIENCE = 120.0
"""Seconds a start may take: recovery after a crash reads up to a gigabyte."""
_CRASHED = (ConnectionError, FileNotFoundError, PostgresConnectionError, OperatorInterventionError)
"""What a server that has just crashed answers until its keeper has started it again."""


@contextmanager
def embedded(data_dir: Path, *, durable: bool = True) -> Iterator[str]:
    """The URL of a running server with its data below `data_dir`. Raises DatabaseUnavailable."""
    with EmbeddedServer(data_dir, durable=durable) as server:
        yield server.url()


class EmbeddedServer:
    """One use of the server of a data directory. The first use starts it, any process may join, the last one stops it.

    `durable=False` trades safety against power loss for speed; for data that may vanish.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir.absolute()
        self.cluster = self.data_dir / "postgres"
        self._run = self.data_dir / "run"
        self._durable = durable
        self._users = -1
        self._keeper = -1
        self._socket: SocketFolder | None = None

    def __enter__(self) -> Self:
        try:
            self._join()
        except OSError as error:
            raise DatabaseUnavailable(
                f"The embedded database in {self.data_dir} cannot be started: {error.strerror or error}"
                f"{f' ({error.filename})' if error.filename else ''}. "
                "Start the product as the user the folder belongs to, choose another folder, or set OPTIN_DATABASE_URL."
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def url(self, database: str = DATABASE, role: str = ROLE) -> str:
        return f"postgresql+asyncpg://{role}@/{database}?host={quote(str(self._socket_folder))}&port={PORT}"

    @property
    def _socket_folder(self) -> Path:
        if self._socket is None:
            raise RuntimeError("The server is not in use.")
        return self._socket.path

    def _join(self) -> None:
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._run.mkdir(mode=0o700, exist_ok=True)
        gate = _opened(self._run / "start")
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            self._users = _opened(self._run / "users")
            self._keeper = _opened(self._run / "keeper")
            fcntl.flock(self._users, fcntl.LOCK_SH)  # waits for a server that is stopping
            self._socket = SocketFolder(self.cluster)
            self._reach()
        except BaseException:
            self._leave()
            raise
        finally:
            os.close(gate)

    def _reach(self) -> None:
        until = time.monotonic() + _PATIENCE
        while True:
            self._ensure_running(until)
            try:
                provide(self._socket_folder)
            except _CRASHED:
                self._wait(until)
            except PostgresError as error:
                raise DatabaseUnavailable(f"The embedded database in {self.data_dir} refuses us: {error}") from error
            else:
                return

    def _ensure_running(self, until: float) -> None:
        while self._kept():
            if is_ready(str(self.cluster)):
                return
            self._wait(until)
        self._start(until)

    def _wait(self, until: float) -> None:
        if time.monotonic() > until:
            raise DatabaseUnavailable(
                f"The embedded database did not answer within {_PATIENCE:.0f} seconds. "
                f"Its log is in {self.cluster / 'log'}; or set OPTIN_DATABASE_URL."
            )
        time.sleep(0.005)

    def _kept(self) -> bool:
        """A keeper lives: it holds its file for as long."""
        if not _claims(self._keeper, fcntl.LOCK_SH):
            return True
        fcntl.flock(self._keeper, fcntl.LOCK_UN)
        return False

    def _start(self, until: float) -> None:
        account = account_for(self.cluster)
        programs = programs_for(account)
        prepare(self.cluster, account, programs, durable=self._durable)
        word = _spoken(
            [
                str(self._run / "users"),
                str(self._run / "keeper"),
                str(self.cluster),
                str(account.uid),
                str(account.gid),
                *command(self.cluster, account, programs, durable=self._durable),
            ],
            log=self._run / "startup.log",
            until=until,
        )
        if word != "ready":
            raise DatabaseUnavailable(
                f"PostgreSQL does not start in {self.cluster}: {word or 'its keeper ended without a word'}. "
                f"Its log is in {self.cluster / 'log'}. Mend it and start again, or set OPTIN_DATABASE_URL."
            )

    def _leave(self) -> None:
        last = self._users >= 0 and _claims(self._users, fcntl.LOCK_EX)
        try:
            if last:
                self._stop()
        finally:
            if self._socket is not None:
                self._socket.close(last=last)
            for handle in (self._users, self._keeper):
                if handle >= 0:
                    os.close(handle)
            self._socket, self._users, self._keeper = None, -1, -1

    def _stop(self) -> None:
        """Nobody else can join meanwhile: the users' file is ours alone."""
        if not self._kept():
            return
        try:
            ask_to_stop(int(os.pread(self._keeper, 20, 0)))
        # It has not written its id yet, is another user's, or gone: it sees for itself that we left.
        except (ValueError, PermissionError, ProcessLookupError):
            return
        fcntl.flock(self._keeper, fcntl.LOCK_SH)


def _opened(path: Path, flags: int = 0) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | flags, 0o600)


def _claims(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _spoken(arguments: list[str], *, log: Path, until: float) -> str:
    """Starts a keeper and returns its one word: "ready", or why not."""
    reader, writer = os.pipe()
    errors = _opened(log, os.O_APPEND)
    try:
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-I", "-S", keeper.__file__, *arguments],
            environment(),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, writer, 1),
                (os.POSIX_SPAWN_DUP2, errors, 2),
            ],
            setsigmask=[],
        )
    finally:
        os.close(writer)
        os.close(errors)
    with os.fdopen(reader) as heard:
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
        ready, _, _ = select.select([heard], [], [], max(0.0, until - time.monotonic()))
        return heard.read() if ready else "it is still starting, and we gave up waiting"
