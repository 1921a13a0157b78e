from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import contact_points, contacts
from adapters.outbound.postgres.tables.mail_in import mails_taken, soft_bounces
from application.mail_in.ports import MailsTaken, Writer
from domain.ids import ContactPointId, MessageId

_TAKE = "insert into mails_taken (identity, at) values ($1, $2) on conflict do nothing returning true"
_BOUNCE = """
insert into soft_bounces (contact_point_id, message_id, at) values ($1, $2, $3) on conflict do nothing
"""


@dataclass(frozen=True)
class PostgresMailsTaken(MailsTaken):
    database: Database

    async def first_time(self, identity: bytes, *, at: datetime) -> bool:
        """Of two who bring the same mail at once, one waits for the other."""
        return bool(await self.database.connection.fetchval(_TAKE, identity, at))

    async def writer(self, point: ContactPointId) -> Writer | None:
        statement = (
            select(contacts.c.live, contacts.c.locale, contacts.c.country, contacts.c.region)
            .join(contact_points, contact_points.c.contact_id == contacts.c.id)
            .where(contact_points.c.id == point)
        )
        return await self.database.row(statement, Writer)

    async def bounced_softly(self, point: ContactPointId, message: MessageId, *, at: datetime) -> list[datetime]:
        await self.database.connection.execute(_BOUNCE, point, message, at)
        statement = select(soft_bounces.c.at).where(soft_bounces.c.contact_point_id == point)
        return [row["at"] for row in await self.database.records(statement)]

    async def forget(self, before: datetime) -> int:
        forgotten = await self.database.execute(delete(mails_taken).where(mails_taken.c.at < before))
        return forgotten + await self.database.execute(delete(soft_bounces).where(soft_bounces.c.at < before))
