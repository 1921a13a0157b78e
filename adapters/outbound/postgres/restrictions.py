from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import contacts
from application.privacy.ports import Restrictions
from domain.ids import ContactId

# Whoever is about to hand something to a carrier hears it as they hear of a withdrawal.
_TELL = "select pg_notify('optin_withdrawn', id::text) from contact_points where contact_id = $1"


@dataclass(frozen=True)
class PostgresRestrictions(Restrictions):
    database: Database

    async def restrict(self, contact_id: ContactId, at: datetime | None) -> None:
        await self.database.execute(update(contacts).where(contacts.c.id == contact_id).values(restricted_at=at))
        if at is not None:
            await self.database.connection.execute(_TELL, contact_id)
