"""Whoever is told to stop does so at once and leaves no database behind, however far the start had come."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psutil
import pytest

from adapters.outbound.secrets.ring import KeyRing
from tests.cli.conftest import PATIENCE, ROOT

# Longer than a stop takes: a process that is almost gone no longer hears, and dies.
AGAIN = 15


class Start:
    """A command that starts on an embedded database, and stands still where it asks for its key ring, if it is told to
    ask: where it is not, the ring lies there.
    """

    def __init__(self, place, command, *, asking=True):
        self.cluster = place / "data" / "postgres"
        self.ring = KeyRing.generate().dump()
        self.asked = place / "ring"
        if asking:
            os.mkfifo(self.asked)
        else:
            self.asked.write_bytes(self.ring)
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "bootstrap", *command.split()],
            cwd=place,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "OPTIN_DATA_DIR": str(place / "data"),
                "OPTIN_KEYS_FILE": str(self.asked),
                "OPTIN_PORT": "0",
                "OPTIN_NONSENSE": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def when_it_asks(self, times):
        """It asks for its ring so many times, and is answered each time but the last."""
        for number in range(times):
            if number:
                self.answer()
            with ThreadPoolExecutor(1) as waiting:
                opened = waiting.submit(os.open, self.asked, os.O_WRONLY)
                try:
                    self.line = opened.result(timeout=PATIENCE)
                except TimeoutError:
                    os.open(self.asked, os.O_RDONLY | os.O_NONBLOCK)
                    raise

    def answer(self, *, for_good=False):
        """The next time it asks at another pipe, or it would still be asking at this one; or never again."""
        self.asked.unlink()
        if for_good:
            self.asked.write_bytes(self.ring)
        else:
            os.mkfifo(self.asked)
        os.write(self.line, self.ring)
        os.close(self.line)

    def server(self):
        return psutil.Process(int((self.cluster / "postmaster.pid").read_text().split()[0]))

    def stop(self, number=signal.SIGTERM):
        """How it ended and what it complained of. Told again after a while, as anybody would: Python hears a signal
        when the call it is in ends, and one that comes just before that call begins does not end it.
        """
        until = time.monotonic() + PATIENCE
        while True:
            self.process.send_signal(number)
            try:
                _, said = self.process.communicate(timeout=AGAIN)
                break
            except subprocess.TimeoutExpired:
                assert time.monotonic() < until, "It does not stop."
        return self.process.returncode, [line for line in said.splitlines() if "OPTIN_NONSENSE" not in line]

    def close(self):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def start(tmp_path):
    started = []

    def begin(command, **how):
        started.append(Start(tmp_path, command, **how))
        return started[-1]

    yield begin
    for one in started:
        one.close()


@pytest.mark.parametrize(
    ("command", "times"),
    [("worker", 1), ("worker", 4), ("serve", 1), ("serve", 4), ("serve", 6)],
    ids=["installing", "worker-built", "installing-too", "making-the-first-key", "the-server-loads"],
)
def test_a_start_that_is_told_to_stop_ends_well_with_its_database(start, command, times):
    one = start(command)
    one.when_it_asks(times)
    server = one.server()
    assert one.stop() == (0, [])
    assert not server.is_running()


def test_a_stop_before_there_is_a_database_is_a_stop_too(start):
    one = start("worker", asking=False)
    assert "OPTIN_NONSENSE" in one.process.stderr.readline()
    assert one.stop(signal.SIGINT) == (0, [])
    assert not (one.cluster / "postmaster.pid").exists()


def test_a_worker_stops_that_is_told_so_when_it_is_about_to_work(start):
    one = start("worker")
    one.when_it_asks(2)
    server = one.server()
    one.answer(for_good=True)
    assert one.stop() == (0, [])
    assert not server.is_running()


def test_a_command_that_was_cut_short_has_not_done_what_it_was_for(start):
    one = start("migrate")
    one.when_it_asks(1)
    server = one.server()
    assert one.stop() == (128 + signal.SIGTERM, [])
    assert not server.is_running()
