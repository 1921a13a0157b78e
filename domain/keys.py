"""Rings turning: which version of each key is known, which is used, and what still stands under older ones."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from domain.errors import Conflict, Invalid

# Longer than a request takes: what began before the turn has ended by then.
SETTLING = timedelta(seconds=20)
# A process that was not heard of for this long is no more.
SILENT = timedelta(seconds=30)
# What is answered again, shown in the sandbox or waits for a code is gone by then, and so is what a browser keeps.
AGED = timedelta(days=8)
REPEATS_AGED = timedelta(hours=25)
_AGAIN, _AT_LEAST = timedelta(minutes=1), timedelta(days=1)
# NIST SP 800-57 (PII-03): long before 2^32 were sealed under one key with nonces by chance.
MOST_AGED = timedelta(days=90)


class Purpose(StrEnum):
    DATA = "data"
    INDEX = "index"
    SUPPRESSION = "suppression"
    TOKENS = "tokens"
    IDEMPOTENCY = "idempotency"
    SIGNING = "signing"


# Links in old mails and old signatures are honoured for as long as somebody holds one.
FOREVER = frozenset({Purpose.TOKENS, Purpose.SIGNING})


class NotOurs(Conflict):
    """Somebody else keeps the key ring, and it says what to do there."""


class StillNeeded(Conflict):
    """Something stands under this version of a key, or may."""


class NoSuchVersion(Invalid):
    """The ring has no such version, or it is the one in use."""


class Standing(Struct, frozen=True, kw_only=True):
    """One key: the version in use since when, and the oldest that something may stand under."""

    purpose: str
    current: int
    oldest: int
    since: datetime


class User(Struct, frozen=True, kw_only=True):
    """A process that uses the ring: the versions it knows, and the ones it uses."""

    id: UUID
    known: Mapping[str, Sequence[int]]
    used: Mapping[str, int]
    seen_at: datetime


class Work(Struct, frozen=True, kw_only=True):
    """One column being brought under the version in use: where it stands, and what it could not bring along."""

    purpose: str
    step: str
    version: int
    cursor: str | None = None
    done: int = 0
    left: int = 0
    passes: int = 0
    finished_at: datetime | None = None

    def again_at(self) -> datetime | None:
        """When rows that others held, or that came late, are gone for once more: soon, and ever less often, for some
        cannot be brought along at all.
        """
        if self.finished_at is None or not self.left:
            return None
        pause = _AGAIN * int(4 ** min(self.passes - 1, 8))
        return self.finished_at + min(pause, _AT_LEAST)


def next_version(standing: Standing, users: Sequence[User]) -> int | None:
    """The newest version that everyone knows, if it is newer than the one in use."""
    if not users:
        return None
    known = set.intersection(*(set(user.known.get(standing.purpose, ())) for user in users))
    newest = max(known, default=standing.current)
    return newest if newest > standing.current else None


def turned(standing: Standing, users: Sequence[User], now: datetime) -> bool:
    """Nobody writes under an older version any more."""
    used = all(user.used.get(standing.purpose) == standing.current for user in users)
    return used and now >= standing.since + SETTLING
