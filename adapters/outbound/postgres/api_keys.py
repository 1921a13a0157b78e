from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Select, insert, or_, select, update

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import api_keys
from application.access.ports import ApiKeyQueries, ApiKeys
from domain.access import ApiKey, NoSuchApiKey, Permission
from domain.ids import ApiKeyId

_KEPT = [column for column in api_keys.c if column.name != "digest"]
_SCOPES = frozenset(Permission)
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class PostgresApiKeys(ApiKeys, ApiKeyQueries):
    database: Database

    async def add(self, key: ApiKey, digest: bytes) -> None:
        await self.database.execute(insert(api_keys).values(**_values(key), digest=digest))

    async def get(self, key_id: ApiKeyId) -> ApiKey:
        found = await self._read(select(*_KEPT).where(api_keys.c.id == key_id).with_for_update())
        if not found:
            raise NoSuchApiKey("There is no API key with this id.")
        return found[0]

    async def save(self, key: ApiKey) -> None:
        await self.database.execute(update(api_keys).where(api_keys.c.id == key.id).values(**_values(key)))

    async def by_digest(self, digest: bytes) -> ApiKey | None:
        async with self.database.transaction():
            found = await self._read(select(*_KEPT).where(api_keys.c.digest == digest))
        return found[0] if found else None

    async def used(self, key_id: ApiKeyId, at: datetime) -> None:
        stale = or_(api_keys.c.last_used_at.is_(None), api_keys.c.last_used_at <= at - _NOTED_EVERY)
        async with self.database.transaction():
            await self.database.execute(update(api_keys).where(api_keys.c.id == key_id, stale).values(last_used_at=at))

    async def every(self) -> list[ApiKey]:
        async with self.database.transaction():
            return await self._read(select(*_KEPT).order_by(api_keys.c.id.desc()))

    async def _read(self, statement: Select[Any]) -> list[ApiKey]:
        """A scope this version does not know, left by a newer one, grants nothing here."""
        return [
            msgspec.convert(
                {**record, "permissions": [scope for scope in record["permissions"] if scope in _SCOPES]}, ApiKey
            )
            for record in await self.database.records(statement)
        ]


def _values(key: ApiKey) -> dict[str, Any]:
    """Whoever saves a key knows nothing of its use meanwhile."""
    values = msgspec.structs.asdict(key) | {"permissions": sorted(key.permissions), "networks": list(key.networks)}
    del values["last_used_at"]
    return values
