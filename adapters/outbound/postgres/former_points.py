from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import former_points
from application.consent.ports import FormerPoint, FormerPoints
from domain.ids import ContactPointId


@dataclass(frozen=True)
class PostgresFormerPoints(FormerPoints):
    database: Database

    async def add(self, former: FormerPoint) -> None:
        values = {name: getattr(former, name) for name in former.__struct_fields__}
        await self.database.execute(insert(former_points).values(values).on_conflict_do_nothing())

    async def one(self, contact_point_id: ContactPointId) -> FormerPoint | None:
        statement = select(former_points).where(former_points.c.contact_point_id == contact_point_id)
        return await self.database.row(statement, FormerPoint)
