"""A program of its own that stands between the product and PostgreSQL: it starts the server, starts it again should it
crash, and stops it when nobody uses it any more.

Whoever uses the server holds a shared lock on one file. The kernel gives it back however a process ends, so when the
keeper gets it exclusively, nobody is left. Should the keeper itself be killed, the kernel tells the server to stop.
It runs without site-packages, on little of the standard library, for it is part of every start.
"""

import ctypes
import fcntl
import os
import select
import signal
import sys
import time
from contextlib import suppress

_ASK_TO_STOP = signal.SIGUSR1
_GLANCE = 0.5
"""Seconds until a user that was killed is missed."""
_PATIENCE = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
"""How a server is told to stop: politely, at once, by force; and the seconds each is given."""
_LEFTOVERS = 15.0
"""Seconds the processes of a crashed server are given to notice."""
_GRAVE = frozenset({"FATAL:", "PANIC:"})
_PR_SET_PDEATHSIG = 1


class StartFailed(Exception):
    pass


class Abandoned(Exception):
    """Nobody waits for this start any more."""


def ask_to_stop(keeper: int) -> None:
    os.kill(keeper, _ASK_TO_STOP)


def is_ready(cluster: str) -> bool:
    pid, state = _noted(cluster)
    return state == "ready" and _alive(pid)


def _noted(cluster: str) -> tuple[int, str]:
    """What a server notes in its data directory: its process id on the first line, its state on the eighth."""
    try:
        with open(f"{cluster}/postmaster.pid") as file:  # noqa: PTH123  pathlib would double the start
            lines = file.read().splitlines()
        return int(lines[0]), lines[7].strip() if len(lines) > 7 else ""
    except (FileNotFoundError, ValueError, IndexError):
        return 0, ""


def _alive(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Keeper:
    def __init__(self, arguments: list[str]) -> None:
        users, lock, self.cluster, uid, gid, *self.command = arguments
        self.uid, self.gid = int(uid), int(gid)
        self.users = os.open(users, os.O_RDWR | os.O_NOFOLLOW)
        self.lock = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        os.ftruncate(self.lock, 0)
        os.write(self.lock, b"%d" % os.getpid())
        self.server = 0
        self.logged = ("", 0)
        self.asked = False
        self.bell, bell = os.pipe()
        os.set_blocking(bell, False)
        os.set_blocking(self.bell, False)
        signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(_ASK_TO_STOP, self._on_asked)
        for quiet in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):  # these are for the product, which ends first
            signal.signal(quiet, signal.SIG_IGN)

    def keep(self) -> None:
        """Returns when the server has stopped for good."""
        self._end_leftover()
        self._start()
        _report("ready")
        while not self._unused():
            ended = self._ended()
            if ended == 0:
                return
            if ended is not None:
                self._start()
            self._rest(_GLANCE)
        self._stop()

    def _on_asked(self, *_: object) -> None:
        self.asked = True

    def _unused(self) -> bool:
        if self.asked:
            return True
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _rest(self, seconds: float) -> None:
        """Until a signal, and no longer than this."""
        select.select([self.bell], [], [], seconds)
        with suppress(BlockingIOError):
            os.read(self.bell, 512)

    def _ended(self) -> int | None:
        """The server's exit status once it has ended: 0 if it was told to stop."""
        pid, status = os.waitpid(self.server, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None

    def _start(self) -> None:
        """Returns when the server answers. After a crash, what is left of the old one may hold its memory a little."""
        until = time.monotonic() + _LEFTOVERS
        while not self._started():
            why = self._last_words()
            if "still in use" not in why or time.monotonic() > until:
                raise StartFailed(why)
            self._rest(0.05)

    def _started(self) -> bool:
        os.ftruncate(2, 0)
        self.logged = _newest_log(self.cluster)
        keeper = os.getpid()
        self.server = os.fork()
        if self.server == 0:
            self._become_server(keeper)
        while (ended := self._ended()) is None:
            if _noted(self.cluster) == (self.server, "ready"):
                return True
            if self._unused():
                self._stop()
                raise Abandoned
            self._rest(0.005)
        if ended == 0:
            raise Abandoned
        return False

    def _become_server(self, keeper: int) -> None:
        try:
            os.dup2(2, 1)
            os.chdir(self.cluster)  # while the rights to get there last
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(self.gid)
                os.setuid(self.uid)
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
            for restored in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
                signal.signal(restored, signal.SIG_DFL)
            if os.getppid() == keeper:  # else it died before the line above could tell us
                os.execv(self.command[0], self.command)  # noqa: S606  our own program
        except OSError as error:
            os.write(2, f"FATAL:  could not start {self.command[0]}: {error.strerror}\n".encode())
        finally:
            os._exit(126)

    def _stop(self) -> None:
        for manner, patience in _PATIENCE:
            os.kill(self.server, manner)
            until = time.monotonic() + patience
            while time.monotonic() < until:
                if self._ended() is not None:
                    return
                self._rest(0.1)

    def _last_words(self) -> str:
        """Why the server just ended: it writes to our standard error at first, then to a log of its own."""
        said = _told(os.dup(2), 0)
        path, _ = _newest_log(self.cluster)
        if path:
            since = self.logged[1] if path == self.logged[0] else 0
            said += _told(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), since)
        return "; ".join(said[-2:]) or "it ended without a word"

    def _end_leftover(self) -> None:
        """A server whose keeper was killed is stopping by itself, or must be told where the kernel does not do that.

        A process id noted before a crash may be anyone's by now. PostgreSQL would refuse to start if that process is
        its own user's, so the note is made out to this keeper: PostgreSQL knows its parent is no server.
        """
        pid, _ = _noted(self.cluster)
        until = time.monotonic() + _LEFTOVERS
        if _alive(pid) and _serves(pid, self.cluster):
            os.kill(pid, signal.SIGINT)
            while _alive(pid) and _serves(pid, self.cluster):
                if time.monotonic() > until:
                    os.kill(pid, signal.SIGQUIT)
                    until += _LEFTOVERS
                self._rest(0.02)
        else:
            with suppress(FileNotFoundError):
                self._take_over_note()

    def _take_over_note(self) -> None:
        note = f"{self.cluster}/postmaster.pid"
        with open(note) as file:  # noqa: PTH123
            lines = file.readlines()
        os.unlink(note)  # noqa: PTH108  and not written through: the folder is another account's
        if lines:  # a power failure may leave it empty, which PostgreSQL would not accept
            handle = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.write(handle, "".join([f"{os.getpid()}\n", *lines[1:]]).encode())
            if os.geteuid() == 0:
                os.fchown(handle, self.uid, self.gid)
            os.close(handle)
        os.unlink(f"{self.cluster}/.s.PGSQL.5432.lock")  # noqa: PTH108


def _serves(pid: int, cluster: str) -> bool:
    if sys.platform == "linux":
        try:
            return os.path.samefile(f"/proc/{pid}/cwd", cluster)  # noqa: PTH121
        except OSError:
            return False
    with os.popen(f"ps -o command= -p {pid}") as listed:  # noqa: S605  a number
        return cluster in listed.read()


def _newest_log(cluster: str) -> tuple[str, int]:
    """The file the server writes to, and how much is in it."""
    try:
        files = [(entry.stat().st_mtime, entry.path, entry.stat().st_size) for entry in os.scandir(f"{cluster}/log")]
    except FileNotFoundError:
        files = []
    _, path, size = max(files, default=(0, "", 0))
    return path, size


def _told(handle: int, since: int) -> list[str]:
    """What went wrong, without the time and process id before it."""
    with os.fdopen(handle, errors="replace") as file:
        file.seek(since)
        lines = [line.strip() for line in file]
    return [
        line.partition(":  ")[2] or line for line in lines if _GRAVE.intersection(line.split()) or "could not" in line
    ]


def _report(word: str) -> None:
    """To whoever started us and waits at the other end of our standard output; once."""
    with suppress(BrokenPipeError):
        os.write(1, word.encode())
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.close(nothing)


def main() -> None:
    if os.fork():  # an orphan at once, so the product never has a child to bury
        os._exit(0)
    os.setsid()
    os.closerange(3, 4096)  # what the product left open for its own children, such as a port it listens on
    os.chdir("/")
    os.umask(0o077)
    try:
        Keeper(sys.argv[1:]).keep()
    except Abandoned:
        pass
    except (StartFailed, OSError) as failed:
        _report(str(failed))
        os.write(2, f"{failed}\n".encode())


if __name__ == "__main__":
    main()
