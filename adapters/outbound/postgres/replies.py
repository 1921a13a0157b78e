"""Replies in PostgreSQL. The unique index on the carrier's id is what makes a reply count once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import Select, func, select

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import contact_points, contacts, programs, replies, senders
from application.replies.ports import Answered, Listed, Question, Replies, StoredReply, WrittenTo
from domain.channels import Sender
from domain.ids import ContactId, ContactPointId, ProgramId, ReplyId, SenderId, floor_id
from domain.replies import NoSuchReply, ReceivedReply, Status
from domain.templates.notices import KINDS, Notice

# Of a sender, the program that is at work and the oldest answers for it.
_WRITTEN_TO = """
select s.*, (
    select g.slug from programs g where g.sender_id = s.id and 'sms' = any(g.channels)
    order by g.status <> 'active', g.id limit 1) as answers_for
from senders s where s.sms_from = any($1::text[]) order by s.id
"""

_ANSWERED = """
select m.id as message_id, m.sender_id, m.program_id, g.slug as program, m.category
from messages m join programs g on g.id = m.program_id
where m.contact_id = $1 and m.contact_point_id = $2 and m.sender_id = any($3::uuid[]) and m.id >= $4
    and m.status in ('sending', 'sent', 'delivered', 'undelivered', 'uncertain') and m.category <> all($5::text[])
order by m.id desc limit 1
"""

_ANSWERS = """
select category, created_at from messages
where contact_id = $1 and contact_point_id = $2 and id >= $3 and category = any($4::text[])
"""

_QUESTION = """
select m.id as message_id, b.content from messages m join message_bodies b on b.message_id = m.id
where m.contact_id = $1 and m.contact_point_id = $2 and m.program_id = $3
    and m.category in ('consent_request', 'doi_request') order by m.id desc limit 1
"""

_ANSWERING = sorted(
    {
        KINDS[kind].category
        for kind in (Notice.HELP, Notice.OPT_OUT_CONFIRMATION, Notice.OPT_IN_CONFIRMATION, Notice.RESUBSCRIBED)
    }
)
_COLUMNS = ReceivedReply.__struct_fields__
_PLACES = ", ".join(f"${place}" for place in range(1, len(_COLUMNS) + 1))
_CLAIM = f"""
insert into replies ({", ".join(_COLUMNS)}) values ({_PLACES}) on conflict (carrier_id) do nothing returning id
"""  # noqa: S608
_KEEP = f"""
update replies set ({", ".join(_COLUMNS)}, text) = ({_PLACES}, coalesce(${len(_COLUMNS) + 1}, text)) where id = $1
"""  # noqa: S608


@dataclass(frozen=True)
class PostgresReplies(Replies):
    database: Database

    async def claim(self, reply: ReceivedReply) -> bool:
        claimed = await self.database.connection.fetchval(_CLAIM, *(getattr(reply, name) for name in _COLUMNS))
        return claimed is not None

    async def keep(self, reply: ReceivedReply, text: bytes | None) -> None:
        values = [getattr(reply, name) for name in _COLUMNS]
        await self.database.connection.execute(_KEEP, *values, text)

    async def written_to(self, origins: Sequence[str]) -> list[WrittenTo]:
        records = await self.database.connection.fetch(_WRITTEN_TO, list(origins))
        return [
            WrittenTo(sender=msgspec.convert(dict(record), Sender), program=record["answers_for"]) for record in records
        ]

    async def answered(
        self, contact_id: ContactId, point: ContactPointId, senders: Sequence[SenderId], *, since: datetime
    ) -> Answered | None:
        record = await self.database.connection.fetchrow(
            _ANSWERED, contact_id, point, list(senders), floor_id(since), _ANSWERING
        )
        return msgspec.convert(dict(record), Answered) if record else None

    async def answers(
        self, contact_id: ContactId, point: ContactPointId, *, since: datetime
    ) -> list[tuple[str, datetime]]:
        records = await self.database.connection.fetch(_ANSWERS, contact_id, point, floor_id(since), _ANSWERING)
        return [(record["category"], record["created_at"]) for record in records]

    async def question(self, contact_id: ContactId, point: ContactPointId, program_id: ProgramId) -> Question | None:
        record = await self.database.connection.fetchrow(_QUESTION, contact_id, point, program_id)
        return msgspec.convert(dict(record), Question) if record else None

    async def strangers(self, sender_id: SenderId, *, since: datetime) -> int:
        statement = select(func.count()).where(
            replies.c.sender_id == sender_id, replies.c.contact_id.is_(None), replies.c.received_at > since
        )
        return int((await self.database.records(statement))[0][0])

    async def get(self, reply_id: ReplyId, *, live: bool) -> StoredReply:
        locked = select(replies.c.id).where(replies.c.id == reply_id, replies.c.live.is_(live)).with_for_update()
        if not await self.database.records(locked):
            raise NoSuchReply("There is no such reply.")
        return (await self._stored(_reading().where(replies.c.id == reply_id)))[0]

    async def unclear(self, contact_point_id: ContactPointId) -> int:
        statement = select(func.count()).where(
            replies.c.contact_point_id == contact_point_id, replies.c.status == Status.UNCLEAR
        )
        return int((await self.database.records(statement))[0][0])

    async def page(self, page: Listed, *, live: bool) -> list[StoredReply]:
        statement = _reading().where(replies.c.live.is_(live)).order_by(replies.c.id.desc()).limit(page.limit)
        if page.status is not None:
            statement = statement.where(replies.c.status == page.status)
        if page.before is not None:
            statement = statement.where(replies.c.id < page.before)
        return await self._stored(statement)

    async def _stored(self, statement: Select[Any]) -> list[StoredReply]:
        return [_as_stored(record) for record in await self.database.records(statement)]


def _reading() -> Select[Any]:
    return (
        select(
            replies,
            senders.c.slug.label("sender"),
            programs.c.slug.label("program"),
            contact_points.c.address,
            contacts.c.data_key,
        )
        .outerjoin(senders, senders.c.id == replies.c.sender_id)
        .outerjoin(programs, programs.c.id == replies.c.program_id)
        .outerjoin(contact_points, contact_points.c.id == replies.c.contact_point_id)
        .outerjoin(contacts, contacts.c.id == replies.c.contact_id)
    )


def _as_stored(record: asyncpg.Record) -> StoredReply:
    return StoredReply(
        reply=msgspec.convert({name: record[name] for name in _COLUMNS}, ReceivedReply),
        sender=record["sender"],
        program=record["program"],
        text=record["text"],
        address=record["address"],
        data_key=record["data_key"],
    )
