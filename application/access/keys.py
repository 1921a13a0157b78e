"""API keys: shown once, kept as a digest. A key is 256 random bits, so a plain SHA-256 of it cannot be searched."""

import re
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
from domain.access import Actor, ApiKey, CannotGrant, NoSuchApiKey, Permission, inside, network, scopes
from domain.audit.record import Subject
from domain.errors import Invalid
from domain.ids import ApiKeyId, new_id

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def digest_of(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


class NewApiKey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    live: bool = False
    scopes: Sequence[str] = ("*",)
    expires_at: datetime | None = None
    networks: Annotated[Sequence[str], Meta(max_length=50)] = ()


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
        """Nobody hands on more than they have: no other scope, world, time or place. Raises NotPermitted, CannotGrant,
        StepUpNeeded, UnknownScope, Invalid.
        """
        by.must(Permission.WRITE_KEYS)
        by.must_be_fresh()
        now, granted = self.clock.now(), scopes(command.scopes)
        by.must_hold(granted)
        if command.live and not by.live:
            raise CannotGrant("Among test data only keys for test data are issued.")
        if command.expires_at is not None and command.expires_at <= now:
            raise Invalid("A key has to expire in the future.", field="expires_at")
        key = ApiKey(
            id=ApiKeyId(new_id(now)),
            name=command.name,
            live=command.live,
            permissions=granted,
            created_at=now,
            expires_at=command.expires_at,
            networks=tuple(network(one) for one in command.networks),
        )
        secret = f"om_{'live' if key.live else 'test'}_{secrets.token_urlsafe(32)}"
        async with self.transaction():
            kind, _, issuer = by.id.partition(":")
            if kind == "key" and _UUID.fullmatch(issuer):
                _must_stay_within(await self.api_keys.get(ApiKeyId(UUID(issuer))), key)
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
        by.must_be_fresh()
        now = self.clock.now()
        async with self.transaction():
            key = await self.api_keys.get(ApiKeyId(key_id))
            if key.live and not by.live:
                raise NoSuchApiKey("There is no API key with this id.")
            revoked = key.revoked(now)
            if revoked is not key:
                await self.api_keys.save(revoked)
                await self.trail.record([noted(by, "api_key.revoked", _subject(key), now, before=key, after=revoked)])
        return revoked


def _must_stay_within(issuer: ApiKey, key: ApiKey) -> None:
    """Raises CannotGrant."""
    if issuer.expires_at is not None and (key.expires_at is None or key.expires_at > issuer.expires_at):
        raise CannotGrant("A key cannot issue one that outlives it.", field="expires_at")
    if issuer.networks and not (key.networks and all(inside(one, issuer.networks) for one in key.networks)):
        raise CannotGrant("A key cannot issue one that may be used from elsewhere.", field="networks")


def _subject(key: ApiKey) -> Subject:
    return Subject(kind="api_key", id=str(key.id))
