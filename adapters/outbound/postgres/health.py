import asyncio
from dataclasses import dataclass

import asyncpg

from adapters.outbound.postgres.database import Database
from application.health import Health

_PATIENCE = 2.0


@dataclass(frozen=True)
class PostgresHealth(Health):
    """`revision` is the schema this version was made for."""

    database: Database
    revision: str

    async def ailments(self) -> list[str]:
        try:
            async with asyncio.timeout(_PATIENCE), self.database.transaction():
                present = await self.database.connection.fetchval("select version_num from alembic_version")
        except asyncpg.UndefinedTableError:
            return ["The database has no schema yet; run the migrations."]
        except Exception:  # noqa: BLE001 - whatever it is, no request can be answered
            return ["The database does not answer."]
        if present != self.revision:
            return [f"The database has schema {present}, this version needs {self.revision}; run the migrations."]
        return []
