from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import named, own
from adapters.outbound.postgres.tables import senders
from application.channels.ports import SenderQueries, Senders
from domain.channels import NoSuchSender, Sender, SlugTaken
from domain.ids import SenderId


@dataclass(frozen=True)
class PostgresSenders(Senders, SenderQueries):
    database: Database

    async def add(self, sender: Sender) -> Sender:
        statement = insert(senders).values(own(sender)).on_conflict_do_nothing(index_elements=["id"])
        try:
            added = await self.database.execute(statement)
        except asyncpg.UniqueViolationError:
            raise SlugTaken(f"Another sender already has the slug {sender.slug}.", field="slug") from None
        return sender if added else await self.get(str(sender.id))

    async def get(self, ref: str) -> Sender:
        found = await self.database.row(select(senders).where(named(senders, ref)).with_for_update(), Sender)
        return _known(found)

    async def save(self, sender: Sender) -> None:
        await self.database.execute(update(senders).where(senders.c.id == sender.id).values(own(sender)))

    async def one(self, ref: str) -> Sender:
        async with self.database.transaction():
            return _known(await self.database.row(select(senders).where(named(senders, ref)), Sender))

    async def page(self, limit: int, after: SenderId | None) -> Sequence[Sender]:
        statement = select(senders).order_by(senders.c.id.desc()).limit(limit + 1)
        if after is not None:
            statement = statement.where(senders.c.id < after)
        async with self.database.transaction():
            return await self.database.rows(statement, Sender)


def _known(found: Sender | None) -> Sender:
    if found is None:
        raise NoSuchSender("There is no sender with this id or slug.", field="sender")
    return found
