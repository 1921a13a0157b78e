"""A partition for every month, made ahead of time, of the tables whose ids tell the time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from adapters.outbound.postgres.database import Database
from application.ports import Clock
from domain.ids import floor_id

# A message changes its status a few times soon after it is written: room on its page keeps that cheap.
_FILL = {"messages": 60, "message_bodies": 100, "message_journal": 100, "audit_records": 100}
_MONTHS_AHEAD = 3
_LOCK = 0x0971_4E5E


@dataclass(frozen=True)
class Partitions:
    database: Database
    clock: Clock

    async def __call__(self) -> int:
        """Makes what lacks of this month and the next ones; how many that was."""
        month = self.clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        made = 0
        async with self.database.transaction():
            await self.database.connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
            await self.database.connection.execute("set local lock_timeout = '2s'")
            for _ in range(_MONTHS_AHEAD + 1):
                following = (month + timedelta(days=32)).replace(day=1)
                for table in _FILL:
                    made += await self._make(table, month, following)
                month = following
        return made

    async def _make(self, table: str, start: datetime, end: datetime) -> bool:
        name = f"{table}_{start:%Y_%m}"
        connection = self.database.connection
        if await connection.fetchval("select to_regclass($1)", name) is not None:
            return False
        try:
            async with connection.transaction():
                await connection.execute(
                    f"create table {name} partition of {table}"
                    f" for values from ('{floor_id(start)}') to ('{floor_id(end)}') with (fillfactor = {_FILL[table]})"
                )
        except asyncpg.CheckViolationError:
            # Rows came before their month did: the default partition has them, and keeps what else comes.
            return False
        return True
