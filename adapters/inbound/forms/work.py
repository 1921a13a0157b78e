"""Proof of work (hashcash with SHA-256): a second of a phone's time for one form, days for a hundred thousand.

`work.js` does it in the browser. It is bound to the ticket and to what was written, so it cannot be used twice.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

_LONGEST = 20
_MINUTE = 60
# More forms than this in a minute, and the next ones cost twice as much each time their number doubles.
_CALM = 60
_MOST_EXTRA = 6


def proves(ticket: str, written: Sequence[str], answer: str, bits: int) -> bool:
    """Whether SHA-256 of ticket, what was written and the answer begins with so many zero bits."""
    if not answer.isascii() or not answer.isdigit() or len(answer) > _LONGEST:
        return False
    digest = sha256("\n".join((ticket, *written, answer)).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest) >> (len(digest) * 8 - bits) == 0


@dataclass(slots=True)
class Pressure:
    """How many forms came in, in this minute and the one before, as one process sees it."""

    _minute: int = 0
    _now: int = 0
    _before: int = 0

    def note(self, at: datetime) -> None:
        self._turn(at)
        self._now += 1

    def more_work(self, at: datetime) -> int:
        """Bits to ask for on top."""
        self._turn(at)
        seen = max(self._now, self._before)
        return min(_MOST_EXTRA, math.ceil(math.log2(seen / _CALM))) if seen > _CALM else 0

    def _turn(self, at: datetime) -> None:
        minute = int(at.timestamp()) // _MINUTE
        if minute != self._minute:
            self._before = self._now if minute == self._minute + 1 else 0
            self._now, self._minute = 0, minute
