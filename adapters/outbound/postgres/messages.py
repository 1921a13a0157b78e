"""Messages with their journal and the two queues they may wait in. Writing takes many in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import Select, select

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import contact_points, contacts, message_bodies, message_journal, messages
from application.messages.ports import Messages, Page, Step, Stored, Written
from domain.addresses import Channel
from domain.compliance.link_requests import pending_for
from domain.ids import MessageId
from domain.messages import Message, NoSuchMessage, Status
from domain.programs import Category

_COLUMNS = {
    "id": "uuid",
    "contact_id": "uuid",
    "contact_point_id": "uuid",
    "program_id": "uuid",
    "sender_id": "uuid",
    "campaign_id": "uuid",
    "live": "bool",
    "channel": "text",
    "category": "text",
    "status": "text",
    "on_no_consent": "text",
    "template": "text",
    "reference": "text",
    "provider_id": "text",
    "detail": "text",
    "created_at": "timestamptz",
    "updated_at": "timestamptz",
    "due_at": "timestamptz",
    "expires_at": "timestamptz",
}
_NAMES = ", ".join(_COLUMNS)
_TYPED = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())

# Whoever set no end waits as long as a request to opt in can be answered.
_PENDING = " ".join(
    f"when '{channel}' then interval '{int(pending_for(channel).total_seconds())} seconds'" for channel in Channel
)
_UNTIL = f"coalesce(expires_at, greatest({{since}}, due_at) + case channel {_PENDING} end)"

# Rows as one JSON text: the driver would look at every element of nineteen arrays, twice.
_ADD = f"""
with given as (
    select * from rows from (
        unnest($1::bytea[], $2::bytea[], $3::bytea[], $5::text[], $6::text[]),
        json_to_recordset($4::text::json) as ({_TYPED})
    ) as t(content, inspection, decision, actor, request_id, {_NAMES})
), added as (
    insert into messages ({_NAMES}) select {_NAMES} from given on conflict (id) do nothing
    returning id, contact_id, contact_point_id, program_id, sender_id, channel, status, detail, created_at, due_at,
        expires_at
), bodies as (
    insert into message_bodies (message_id, content, inspection, decision)
    select id, content, inspection, decision from given join added using (id)
), journal as (
    insert into message_journal (message_id, at, status, detail, actor, request_id)
    select id, created_at, status, detail, actor, request_id
    from added join (select id, actor, request_id from given) as asked using (id)
), waiting as (
    insert into held (message_id, contact_point_id, program_id, expires_at)
    select id, contact_point_id, program_id, {_UNTIL.format(since="created_at")} from added where status = 'held'
), leaving as (
    insert into outbox (message_id, contact_id, contact_point_id, sender_id, due_at)
    select id, contact_id, contact_point_id, sender_id, due_at from added where status in ('queued', 'deferred')
    returning due_at
)
select pg_notify('optin_due', '') from leaving limit 1
"""  # noqa: S608

# Whoever waits for both waits for a message's place in a queue first, as a worker does who finds it there: so nobody
# who cancels, releases, settles or claims ever waits for one who waits for them.
_PLACES = """
with places as materialized (
    select from outbox where message_id = any($1::uuid[]) order by message_id for update
), held_places as materialized (
    select from held where message_id = any($1::uuid[]) order by message_id for update
)
"""
_PLACES_FIRST = "(select count(*) from places) + (select count(*) from held_places) >= 0"

_LOCK = f"""
{_PLACES}
select m.* from messages m where m.id = any($1::uuid[]) and {_PLACES_FIRST} order by m.id for update of m
"""  # noqa: S608

_MOVE = f"""
{_PLACES}, given as (
    select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[])
        as t(id, status, updated_at, due_at, detail, provider_id)
    where {_PLACES_FIRST}
), moved as (
    update messages m
    set status = given.status, updated_at = given.updated_at, due_at = given.due_at, detail = given.detail,
        provider_id = given.provider_id
    from given where m.id = given.id and ($7::text is null or m.status = $7)
    returning m.id, m.contact_id, m.contact_point_id, m.program_id, m.sender_id, m.channel, m.status, m.updated_at,
        m.due_at, m.detail, m.expires_at
), journal as (
    insert into message_journal (message_id, at, status, detail) select id, updated_at, status, detail from moved
), released as (
    delete from held where message_id in (select id from moved where status <> 'held')
), waiting as (
    insert into held (message_id, contact_point_id, program_id, expires_at)
    select id, contact_point_id, program_id, {_UNTIL.format(since="updated_at")} from moved where status = 'held'
    on conflict (message_id) do nothing
), uncounted as (
    delete from sends using moved
    where sends.contact_id = moved.contact_id and sends.message_id = moved.id
        and moved.status in ('queued', 'deferred', 'held', 'blocked', 'expired', 'cancelled')
), finished as (
    delete from outbox
    where message_id in (select id from moved where status not in ('queued', 'deferred', 'sending'))
), leaving as (
    insert into outbox (message_id, contact_id, contact_point_id, sender_id, due_at)
    select id, contact_id, contact_point_id, sender_id, due_at from moved where status in ('queued', 'deferred')
    on conflict (message_id) do update
        set due_at = excluded.due_at, claimed_by = null, claimed_until = null, handing = false
    returning due_at
), told as (
    select pg_notify('optin_due', '') from leaving limit 1
)
select id, (select count(*) from told) from moved
"""  # noqa: S608

_REDECIDE = """
update message_bodies b set decision = given.decision
from unnest($1::uuid[], $2::bytea[]) as given(id, decision) where b.message_id = given.id
"""

# A code must not lie around: once it has left, or never will, its words are gone. What may be tried again keeps them.
_SECRET = Category.OTP
_OVER = frozenset(Status) - {Status.QUEUED, Status.DEFERRED, Status.HELD, Status.SENDING}
_FORGET = "update message_bodies set content = '' where message_id = any($1::uuid[])"

_as_json = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class PostgresMessages(Messages):
    database: Database

    async def add(self, written: Sequence[Written]) -> None:
        if not written:
            return
        await self.database.connection.execute(
            _ADD,
            [b"" if _to_forget(one.message) else one.content for one in written],
            [one.inspection for one in written],
            [one.decision for one in written],
            _as_json([one.message for one in written]).decode(),
            [one.by for one in written],
            [one.request_id for one in written],
        )

    async def get(self, message_id: MessageId, *, live: bool) -> Stored:
        found = await self._stored(_reading().where(messages.c.id == message_id, messages.c.live.is_(live)))
        if not found:
            raise NoSuchMessage("There is no such message.")
        return found[0]

    async def existing(self, ids: Sequence[MessageId]) -> list[Stored]:
        return await self._stored(_reading().where(messages.c.id.in_(ids)))

    async def page(self, page: Page, *, live: bool) -> list[Stored]:
        statement = _reading().where(messages.c.live.is_(live)).order_by(messages.c.id.desc()).limit(page.limit)
        for column, wanted in (
            (messages.c.status, page.status),
            (messages.c.program_id, page.program_id),
            (messages.c.contact_id, page.contact_id),
            (messages.c.reference, page.reference),
        ):
            if wanted is not None:
                statement = statement.where(column == wanted)
        if page.before is not None:
            statement = statement.where(messages.c.id < page.before)
        return await self._stored(statement)

    async def timeline(self, message_id: MessageId) -> list[Step]:
        lines = message_journal.c
        statement = (
            select(lines.at, lines.status, lines.detail, lines.actor, lines.request_id)
            .where(lines.message_id == message_id)
            .order_by(lines.position)
        )
        return await self.database.rows(statement, Step)

    async def redecide(self, decisions: Mapping[MessageId, bytes]) -> None:
        if decisions:
            await self.database.connection.execute(_REDECIDE, list(decisions), list(decisions.values()))

    async def lock(self, ids: Sequence[MessageId]) -> list[Message]:
        return [as_message(row) for row in await self.database.connection.fetch(_LOCK, list(ids))]

    async def move(self, moved: Sequence[Message], *, only_from: Status | None = None) -> set[MessageId]:
        if not moved:
            return set()
        records = await self.database.connection.fetch(
            _MOVE,
            [message.id for message in moved],
            [message.status for message in moved],
            [message.updated_at for message in moved],
            [message.due_at for message in moved],
            [message.detail for message in moved],
            [message.provider_id for message in moved],
            only_from,
        )
        settled = {record["id"] for record in records}
        if over := [message.id for message in moved if message.id in settled and _to_forget(message)]:
            await self.database.connection.execute(_FORGET, over)
        return settled

    async def _stored(self, statement: Select[Any]) -> list[Stored]:
        return [
            Stored(message=as_message(row), decision=row["decision"], address=row["address"], data_key=row["data_key"])
            for row in await self.database.records(statement)
        ]


def as_message(row: asyncpg.Record) -> Message:
    return msgspec.convert({name: row[name] for name in _COLUMNS}, Message)


def _to_forget(message: Message) -> bool:
    return message.category == _SECRET and message.status in _OVER


def _reading() -> Select[Any]:
    return (
        select(messages, message_bodies.c.decision, contact_points.c.address, contacts.c.data_key)
        .join(message_bodies, message_bodies.c.message_id == messages.c.id)
        .outerjoin(contact_points, contact_points.c.id == messages.c.contact_point_id)
        .outerjoin(contacts, contacts.c.id == messages.c.contact_id)
    )
