"""SIGTERM and SIGINT, from a command's first moment to its last."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_NUMBERS = (signal.SIGTERM, signal.SIGINT)


class Stopped(SystemExit):
    """What is under way is given up, on the way out everything is closed. Every loop lets a SystemExit pass."""


class Signals:
    """The first one counts; those after it change nothing, so what closes is not disturbed."""

    def __init__(self) -> None:
        self._told = 0
        self._answer: Callable[[], object] | None = None

    def give_up(self) -> None:
        """From here on a signal ends whatever is under way, by raising Stopped."""
        self._answer = self.check
        sys.unraisablehook = _unraised
        for number in _NUMBERS:
            signal.signal(number, self._hear)

    def check(self) -> None:
        """Raises Stopped; where it was raised before and somebody kept it for himself, once more."""
        if self._told:
            raise Stopped(128 + self._told)

    @contextmanager
    def answered_by(self, answer: Callable[[], object]) -> Iterator[None]:
        """A signal interrupts nothing and calls this instead; one that came before does so now."""
        self._answer = answer
        if self._told:
            answer()
        yield
        self._answer = None

    def _hear(self, number: int, _: object) -> None:
        if self._told:
            return
        self._told = number
        if self._answer is not None:
            self._answer()


signals = Signals()


def _unraised(lost: "sys.UnraisableHookArgs") -> None:
    """A Stopped that came while an object was being cleared away goes no further; `check` raises it again."""
    if not isinstance(lost.exc_value, Stopped):
        sys.__unraisablehook__(lost)


def end_children_at_once() -> None:
    """A process that is forked from now on ends by a signal until it says otherwise, and misses none. It would answer
    as its parent does, and the parent only makes a note and waits for the child.
    """
    os.register_at_fork(before=_hold_back, after_in_parent=_let_through, after_in_child=_as_new)


def _hold_back() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, _NUMBERS)


def _let_through() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _NUMBERS)


def _as_new() -> None:
    for number in _NUMBERS:
        signal.signal(number, signal.SIG_DFL)
    _let_through()
