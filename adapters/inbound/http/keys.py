from datetime import datetime
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from adapters.inbound.injected import Injected
from application.access.keys import IssueApiKey, NewApiKey, RevokeApiKey
from application.access.ports import ApiKeyQueries
from domain.access import Actor, ApiKey, Permission
from domain.ids import ApiKeyId

_EXAMPLE = {
    "name": "the shop",
    "live": False,
    "scopes": ["messages:send", "consents:*"],
    "expires_at": "2027-12-31T00:00:00Z",
    "networks": ["203.0.113.0/24"],
}


class ShownKey(Struct, frozen=True, kw_only=True):
    """`last_used_at` is right to the minute; without `networks` the key may be used from everywhere."""

    id: ApiKeyId
    name: str
    live: bool
    scopes: list[str]
    networks: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class ShownKeys(Struct, frozen=True, kw_only=True):
    items: list[ShownKey]


class IssuedKey(Struct, frozen=True, kw_only=True):
    """`secret` is shown here and never again."""

    key: ShownKey
    secret: str


class KeysController(Controller):
    path = "/api/v1/keys"
    tags = ["keys"]

    @get(opt={"permission": Permission.READ_KEYS})
    async def list_keys(self, actor: Injected[Actor], api_key_queries: Injected[ApiKeyQueries]) -> ShownKeys:
        """All keys of this world, live or test, newest first, with those that are over."""
        actor.must(Permission.READ_KEYS)
        return ShownKeys(items=[_shown(key) for key in await api_key_queries.every() if key.live == actor.live])

    @post(opt={"permission": Permission.WRITE_KEYS, "example": _EXAMPLE})
    async def issue_key(
        self, data: JSONBody[NewApiKey], actor: Injected[Actor], issue_api_key: Injected[IssueApiKey]
    ) -> IssuedKey:
        """Issue a key. Nobody hands on more than they have: no other scope, no longer time, no wider network."""
        issued = await issue_api_key(data, by=actor)
        return IssuedKey(key=_shown(issued.key), secret=issued.secret)

    @post("/{key_id:uuid}/actions/revoke", status_code=200, opt={"permission": Permission.WRITE_KEYS})
    async def revoke_key(
        self, key_id: FromPath[UUID], actor: Injected[Actor], revoke_api_key: Injected[RevokeApiKey]
    ) -> ShownKey:
        """End a key, everywhere and for good, within a second."""
        return _shown(await revoke_api_key(key_id, by=actor))


def _shown(key: ApiKey) -> ShownKey:
    return ShownKey(
        id=key.id,
        name=key.name,
        live=key.live,
        scopes=sorted(key.permissions),
        networks=key.networks,
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        last_used_at=key.last_used_at,
    )
