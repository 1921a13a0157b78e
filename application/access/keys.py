"""API keys: shown once, kept as a digest. A key is 256 random bits, so a plain SHA-256 of it cannot be searched."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from application.access.ports import ApiKeys
from application.audit.auditing import noted
from application.audit.ports import Trail
from application.ports import Clock, Transaction
from domain.access import Actor, ApiKey, Permission, scopes
from domain.audit.record import Subject
from domain.errors import Invalid
from domain.ids import ApiKeyId, new_id


def digest_of(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


class NewApiKey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    live: bool = False
    scopes: Sequence[str] = ("*",)
    expires_at: datetime | None = None


class IssuedApiKey(Struct, frozen=True, kw_only=True):
    """`secret` is shown here and never again."""

    key: ApiKey
    secret: str

    def __repr__(self) -> str:
        return f"IssuedApiKey({self.key.id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueApiKey:
    api_keys: ApiKeys
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewApiKey, by: Actor) -> IssuedApiKey:
        by.must(Permission.WRITE_KEYS)
        now = self.clock.now()
        if command.expires_at is not None and command.expires_at <= now:
            raise Invalid("A key has to expire in the future.", field="expires_at")
        key = ApiKey(
            id=ApiKeyId(new_id(now)),
            name=command.name,
            live=command.live,
            permissions=scopes(command.scopes),
            created_at=now,
            expires_at=command.expires_at,
        )
        secret = f"om_{'live' if key.live else 'test'}_{secrets.token_urlsafe(32)}"
        async with self.transaction():
            await self.api_keys.add(key, digest_of(secret))
            await self.trail.record([noted(by, "api_key.issued", _subject(key), now, after=key)])
        return IssuedApiKey(key=key, secret=secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeApiKey:
    """Effective everywhere within a second."""

    api_keys: ApiKeys
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, key_id: UUID, by: Actor) -> ApiKey:
        by.must(Permission.WRITE_KEYS)
        now = self.clock.now()
        async with self.transaction():
            key = await self.api_keys.get(ApiKeyId(key_id))
            revoked = key.revoked(now)
            if revoked is not key:
                await self.api_keys.save(revoked)
                await self.trail.record([noted(by, "api_key.revoked", _subject(key), now, before=key, after=revoked)])
        return revoked


def _subject(key: ApiKey) -> Subject:
    return Subject(kind="api_key", id=str(key.id))
