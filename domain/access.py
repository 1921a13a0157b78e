"""Who acts, and what they may do."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from domain.errors import Forbidden, Invalid, NotFound
from domain.ids import ApiKeyId


class Permission(StrEnum):
    SEND_MESSAGES = "messages:send"
    READ_MESSAGES = "messages:read"
    CAPTURE_CONSENT = "consents:write"
    ATTEST_CONSENT = "attestations:write"
    READ_CONSENT = "consents:read"
    PROVE_CONSENT = "consents:prove"
    WRITE_CONTACTS = "contacts:write"
    READ_CONTACTS = "contacts:read"
    WRITE_PROGRAMS = "programs:write"
    READ_PROGRAMS = "programs:read"
    WRITE_TEMPLATES = "templates:write"
    READ_TEMPLATES = "templates:read"
    WRITE_SENDERS = "senders:write"
    READ_SENDERS = "senders:read"
    WRITE_CAMPAIGNS = "campaigns:write"
    READ_CAMPAIGNS = "campaigns:read"
    WRITE_VERIFICATIONS = "verifications:write"
    READ_REPLIES = "replies:read"
    RESOLVE_REPLIES = "replies:write"
    REVEAL_REPLIES = "replies:reveal"
    READ_SANDBOX = "sandbox:read"
    WRITE_SANDBOX = "sandbox:write"
    WRITE_KEYS = "keys:write"
    READ_KEYS = "keys:read"
    READ_RIGHTS = "rights:read"
    WRITE_RIGHTS = "rights:write"
    EXPORT_CONTACTS = "contacts:export"
    ERASE_CONTACTS = "contacts:erase"
    READ_RESTRICTED = "evidence:restricted"


EVERYTHING = frozenset(Permission)


class NotPermitted(Forbidden):
    """The key or role lacks the scope this needs."""


class UnknownScope(Invalid):
    """No such scope."""


class NoSuchApiKey(NotFound):
    """No API key has this id."""


class Origin(Struct, frozen=True, kw_only=True):
    """Through what an actor acts: the request, the sign-in if there is one, and from where."""

    request_id: str
    session: str | None = None
    ip: str | None = None

    def __repr__(self) -> str:
        return f"Origin({self.request_id})"


class Actor(Struct, frozen=True, kw_only=True):
    """Whoever acts. A test actor lives among test data and never reaches a real carrier."""

    id: str
    permissions: frozenset[Permission] = frozenset()
    live: bool = True
    origin: Origin | None = None

    def must(self, permission: Permission) -> None:
        if permission not in self.permissions:
            raise NotPermitted(f"This needs the scope {permission.value}.")


SYSTEM = Actor(id="system", permissions=EVERYTHING)


class ApiKey(Struct, frozen=True, kw_only=True):
    """What is kept of a key: everything but the secret, of which only a digest is stored."""

    id: ApiKeyId
    name: str
    live: bool
    permissions: frozenset[Permission]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def usable(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def revoked(self, at: datetime) -> "ApiKey":
        """Revoking once more changes nothing."""
        return self if self.revoked_at is not None else replace(self, revoked_at=at)

    @property
    def actor(self) -> Actor:
        return Actor(id=f"key:{self.id}", permissions=self.permissions, live=self.live)


def scopes(words: Iterable[str]) -> frozenset[Permission]:
    """`*` is every scope, `messages:*` every scope of messages. Raises UnknownScope."""
    found: set[Permission] = set()
    for word in words:
        pattern = re.escape(word).replace(r"\*", ".*")
        named = {permission for permission in Permission if re.fullmatch(pattern, permission)}
        if not named:
            raise UnknownScope(f"There is no scope {word!r}.", field="scope")
        found |= named
    return frozenset(found)
