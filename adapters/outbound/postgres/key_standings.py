"""What the processes of an installation agree on about their keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import own
from adapters.outbound.postgres.tables import key_standings, key_users, key_works
from application.keys.ports import KeyStandings
from domain.keys import Standing, User, Work

_LOCK = 0x0971_4B45
_FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class PostgresStandings(KeyStandings):
    database: Database

    async def begin(self, standings: Sequence[Standing]) -> None:
        rows = [own(standing) for standing in standings]
        await self.database.execute(insert(key_standings).values(rows).on_conflict_do_nothing())

    async def report(self, user: User) -> list[Standing]:
        """Whoever puts a version to use holds these rows, and reads only then who knows it: they see this report, or
        this sees what they did.
        """
        values = own(user)
        statement = insert(key_users).values(values)
        await self.database.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
        return await self.database.rows(select(key_standings).with_for_update(read=True), Standing)

    async def forget(self, user_id: UUID) -> None:
        await self.database.execute(delete(key_users).where(key_users.c.id == user_id))

    async def alone(self) -> bool:
        alone: bool = await self.database.connection.fetchval("select pg_try_advisory_xact_lock($1)", _LOCK)
        return alone

    async def every(self) -> list[Standing]:
        statement = select(key_standings).order_by(key_standings.c.purpose).with_for_update()
        return await self.database.rows(statement, Standing)

    async def look(self) -> list[Standing]:
        return await self.database.rows(select(key_standings).order_by(key_standings.c.purpose), Standing)

    async def users(self, since: datetime) -> list[User]:
        await self.database.execute(delete(key_users).where(key_users.c.seen_at < since - _FORGOTTEN))
        return await self.database.rows(select(key_users).where(key_users.c.seen_at >= since), User)

    async def use(self, standing: Standing) -> None:
        statement = update(key_standings).where(key_standings.c.purpose == standing.purpose)
        await self.database.execute(statement.values(own(standing, without=("purpose",))))

    async def works(self) -> list[Work]:
        return await self.database.rows(select(key_works).order_by(key_works.c.purpose, key_works.c.step), Work)

    async def keep(self, work: Work) -> None:
        values = own(work)
        statement = insert(key_works).values(values)
        await self.database.execute(statement.on_conflict_do_update(index_elements=["purpose", "step"], set_=values))
