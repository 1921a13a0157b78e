"""How far each run has come: all that a crash needs to be gone on from."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import own
from adapters.outbound.postgres.tables import retention_runs
from application.retention.ports import Run, Runs

LOCK = 0x0971_4E7E


@dataclass(frozen=True)
class PostgresRuns(Runs):
    database: Database

    async def alone(self) -> bool:
        alone: bool = await self.database.connection.fetchval("select pg_try_advisory_xact_lock($1)", LOCK)
        return alone

    async def under_way(self) -> Run | None:
        open_ones = select(retention_runs).where(retention_runs.c.finished_at.is_(None))
        return await self.database.row(open_ones.order_by(retention_runs.c.id).limit(1), Run)

    async def latest(self) -> Run | None:
        found = await self.page(1)
        return found[0] if found else None

    async def keep(self, run: Run) -> None:
        values = own(run)
        statement = insert(retention_runs).values(values)
        await self.database.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    async def page(self, most: int) -> list[Run]:
        return await self.database.rows(select(retention_runs).order_by(retention_runs.c.id.desc()).limit(most), Run)
