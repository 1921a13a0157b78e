"""Who acts, and what they may do."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

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
    READ_AUDIT = "audit:read"
    REVEAL_AUDIT = "audit:reveal"
    WRITE_KEYS = "keys:write"
    READ_KEYS = "keys:read"
    READ_RIGHTS = "rights:read"
    WRITE_RIGHTS = "rights:write"
    EXPORT_CONTACTS = "contacts:export"
    ERASE_CONTACTS = "contacts:erase"
    READ_RETENTION = "retention:read"
    WRITE_HOLDS = "holds:write"
    READ_RESTRICTED = "evidence:restricted"
    REVEAL_ADDRESSES = "addresses:reveal"
    READ_OPERATORS = "operators:read"
    WRITE_OPERATORS = "operators:write"
    READ_SETTINGS = "settings:read"
    WRITE_SETTINGS = "settings:write"


EVERYTHING = frozenset(Permission)


class NotPermitted(Forbidden):
    """The key or role lacks the scope this needs."""


class UnknownScope(Invalid):
    """No such scope."""


class NoSuchApiKey(NotFound):
    """No API key has this id."""


class CannotGrant(Forbidden):
    """Nobody hands on more than they have."""


class StepUpNeeded(Forbidden):
    """A proof of who you are is needed that is a few minutes old at most."""


class Origin(Struct, frozen=True, kw_only=True):
    """Through what an actor acts: the request, the sign-in if there is one, and from where."""

    request_id: str
    session: str | None = None
    ip: str | None = None

    def __repr__(self) -> str:
        return f"Origin({self.request_id})"


class Actor(Struct, frozen=True, kw_only=True):
    """Whoever acts. A test actor lives among test data and never reaches a real carrier. `fresh` is false for a sign-in
    whose last proof of identity is some minutes old; a key is as good as its secret.
    """

    id: str
    permissions: frozenset[Permission] = frozenset()
    live: bool = True
    origin: Origin | None = None
    fresh: bool = True

    def must(self, permission: Permission) -> None:
        if permission not in self.permissions:
            raise NotPermitted(f"This needs the scope {permission.value}.")

    def must_be_fresh(self) -> None:
        """Raises StepUpNeeded."""
        if not self.fresh:
            raise StepUpNeeded("Prove once more who you are; then this is open for some minutes.")

    def must_hold(self, permissions: frozenset[Permission]) -> None:
        """Before it hands them on. Raises CannotGrant."""
        if lacking := sorted(permissions - self.permissions):
            raise CannotGrant(f"You cannot hand on what you lack: {', '.join(lacking)}.")


SYSTEM = Actor(id="system", permissions=EVERYTHING)


class ApiKey(Struct, frozen=True, kw_only=True):
    """What is kept of a key: everything but the secret, of which only a digest is stored. `networks` are those it may
    be used from; without any, it may from everywhere. `last_used_at` is right to the minute.
    """

    id: ApiKeyId
    name: str
    live: bool
    permissions: frozenset[Permission]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    networks: tuple[str, ...] = ()
    last_used_at: datetime | None = None

    def usable(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def admits(self, ip: str | None) -> bool:
        """Whoever cannot be told where they are is nowhere."""
        return not self.networks or (ip is not None and _within(ip, self.networks))

    def revoked(self, at: datetime) -> "ApiKey":
        """Revoking once more changes nothing."""
        return self if self.revoked_at is not None else replace(self, revoked_at=at)

    @property
    def actor(self) -> Actor:
        return Actor(id=f"key:{self.id}", permissions=self.permissions, live=self.live)


def network(text: str) -> str:
    """As it is written, in full: `10.0.0.0/8`. Raises Invalid."""
    try:
        return str(ip_network(text.strip()))
    except ValueError:
        raise Invalid("Write a network as 203.0.113.0/24 or 2001:db8::/32.", field="networks") from None


def inside(inner: str, outer: Iterable[str]) -> bool:
    """Whether one network lies within another."""
    one = ip_network(inner)
    return any(
        one.subnet_of(other)  # type: ignore[arg-type]
        for other in map(ip_network, outer)
        if other.version == one.version
    )


def _within(ip: str, networks: Iterable[str]) -> bool:
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return inside(str(mapped or address), networks)


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
