"""What answering a stranger's request needs kept: keys, limits, and what was answered before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from domain.access import ApiKey
from domain.ids import ApiKeyId


class ApiKeys(Protocol):
    async def add(self, key: ApiKey, digest: bytes) -> None: ...

    async def get(self, key_id: ApiKeyId) -> ApiKey:
        """Locks the key until the transaction ends. Raises NoSuchApiKey."""
        ...

    async def save(self, key: ApiKey) -> None: ...


class ApiKeyQueries(Protocol):
    async def by_digest(self, digest: bytes) -> ApiKey | None: ...

    async def used(self, key_id: ApiKeyId, at: datetime) -> None:
        """Noted at most once a minute, however many processes ask for it."""
        ...

    async def every(self) -> list[ApiKey]:
        """Newest first, revoked and expired ones among them."""
        ...


class Allowance(Struct, frozen=True):
    """What is left of a limit, and in how many seconds it is whole again."""

    allowed: bool
    limit: int
    remaining: int
    reset: int


class RateLimits(Protocol):
    async def take(self, subject: str, now: datetime) -> Allowance: ...


class UsedWindows(Protocol):
    async def forget(self, before: datetime) -> int:
        """Deletes what was counted up to then; returns how much, and deletes a part at a time."""
        ...


class Answer(Struct, frozen=True, kw_only=True):
    """What was answered, to be answered again."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Claim(Struct, frozen=True, kw_only=True):
    """The right to answer a request, until `until`. Whatever the request makes takes its id from `seed`,
    so that a repeat after a crash finds what was already made.
    """

    actor: str
    key: bytes
    seed: UUID
    until: datetime


class InFlight(Struct, frozen=True):
    """Another one is answering this very request."""


class OtherRequest(Struct, frozen=True):
    """The key was used for a different request."""


class Repeats(Protocol):
    """Idempotency keys: one request, one effect, one answer, however often it is sent."""

    async def claim(
        self, actor: str, key: str, request: Sequence[bytes], now: datetime
    ) -> Claim | Answer | InFlight | OtherRequest: ...

    async def finish(self, claim: Claim, answer: Answer) -> None: ...

    async def release(self, claim: Claim, now: datetime) -> None:
        """It went wrong: the next repeat may try at once, with the same seed."""
        ...

    async def forget(self, before: datetime) -> int:
        """Deletes what was claimed before then; returns how many."""
        ...
