"""The queue messages leave by. Workers share it by SKIP LOCKED, and a sender's rate by one row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import asyncpg

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.directory import Directory
from adapters.outbound.postgres.messages import as_message
from adapters.outbound.postgres.recipients import KNOWN_COLUMNS, LOOK_BACK, as_known, barred
from application.messages.ports import Claim, Lost, Outbox
from domain.ids import MessageId, SenderId
from domain.messages import Message
from domain.suppression import Suppression

# A sender that was idle may send one second's worth at once, and no more. Where more is due than one round takes on,
# chance decides whose turn it is, so that no sender waits for another for long.
_RESERVE = """
with present as (
    select s.id, s.rate_per_second as rate, (
        select count(*) from (
            select from outbox o where o.sender_id = s.id and o.claimed_until is null and o.due_at <= $1 limit $2) due
    ) as due
    from senders s
), turns as (
    select id, rate, due, sum(least(due, rate)) over (order by random(), id rows unbounded preceding) as until
    from present where due > 0
), waiting as (
    select id, rate, least(due, $2 - until + least(due, rate)) as due from turns where until - least(due, rate) < $2
), started as (
    insert into sender_pace (sender_id, allowance, at)
    select id, rate - least(rate, due), $1 from waiting order by id
    on conflict (sender_id) do nothing
    returning sender_id
), paced as (
    select p.sender_id, w.rate, w.due,
        least(w.rate, p.allowance + w.rate * greatest(0, extract(epoch from $1 - p.at))::float8) as allowance
    from sender_pace p join waiting w on w.id = p.sender_id
    order by p.sender_id
    for update of p skip locked
), spent as (
    update sender_pace p
    set allowance = paced.allowance - least(floor(paced.allowance), paced.due), at = greatest(p.at, $1)
    from paced where p.sender_id = paced.sender_id
    returning p.sender_id, least(floor(paced.allowance), paced.due)::int as granted
)
select sender_id, granted from spent
union all
select sender_id, least(w.rate, w.due)::int from started join waiting w on w.id = started.sender_id
"""

_CLAIM = """
with due as (
    select o.message_id, o.contact_id
    from unnest($1::uuid[], $2::int[]) as a(sender_id, allowed)
    cross join lateral (
        select message_id, contact_id from outbox
        where sender_id = a.sender_id and claimed_until is null and due_at <= $3
        order by due_at limit a.allowed for update skip locked
    ) o
), locked as (
    select c.id from contacts c where c.id in (select contact_id from due) order by c.id for no key update
), taken as (
    update outbox o set claimed_by = $4, claimed_until = $5, handing = false
    from due where o.message_id = due.message_id
    returning o.message_id
)
select message_id, (select count(*) from locked) from taken
"""

_CLAIMED = f"""
select m.*, o.attempts, pg_current_snapshot()::text as snapshot, b.content, b.inspection, p.address, {KNOWN_COLUMNS},
    g.id as program_id, g.revision as program_revision, x.id as sender_id, x.revision as sender_revision
from outbox o
join messages m on m.id = o.message_id
join message_bodies b on b.message_id = o.message_id
join contact_points p on p.id = m.contact_point_id
join contacts c on c.id = m.contact_id
join programs g on g.id = m.program_id
join senders x on x.id = m.sender_id
where o.message_id = any($2::uuid[])
"""  # noqa: S608

_COUNT = """
insert into sends (contact_id, at, message_id, program_id, category)
select contact_id, $5, id, program_id, category
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) as t(id, contact_id, program_id, category)
"""

_BEGIN = """
with begun as (
    update outbox o set handing = true
    where o.message_id = any($1::uuid[]) and o.claimed_by = $2 and o.claimed_until > $4 and not o.handing
        and not exists (
            select from consent_entries e
            where e.contact_point_id = o.contact_point_id and e.status in ('revoked', 'suspended')
                and not pg_visible_in_snapshot(e.transaction::text::xid8, $3::text::pg_snapshot))
    returning o.message_id
), given_back as (
    update outbox o set claimed_by = null, claimed_until = null
    where o.message_id = any($1::uuid[]) and o.claimed_by = $2 and not o.handing
        and o.message_id not in (select message_id from begun)
    returning o.message_id, o.contact_id
), uncounted as (
    delete from sends using given_back
    where sends.contact_id = given_back.contact_id and sends.message_id = given_back.message_id
), sending as (
    update messages m set status = 'sending', updated_at = $4
    where m.id in (select message_id from begun)
), journal as (
    insert into message_journal (message_id, at, status) select message_id, $4, 'sending' from begun
)
select message_id from begun
"""

_POSTPONE = """
update outbox set attempts = attempts + 1 where message_id = any($1::uuid[])
"""

_LOST = """
select m.*, o.handing, o.attempts from outbox o join messages m on m.id = o.message_id
where o.claimed_until < case when o.handing then $2::timestamptz else $1::timestamptz end and o.claimed_until < $1
order by o.claimed_until limit $3 for update of o, m skip locked
"""


@dataclass(frozen=True)
class PostgresOutbox(Outbox):
    database: Database
    directory: Directory = field(compare=False)

    async def reserve(self, *, most: int, now: datetime) -> dict[SenderId, int]:
        records = await self.database.connection.fetch(_RESERVE, now, most)
        return {record["sender_id"]: record["granted"] for record in records if record["granted"] > 0}

    async def claim(
        self, worker: UUID, allowance: dict[SenderId, int], *, now: datetime, until: datetime
    ) -> list[Claim]:
        connection = self.database.connection
        taken = await connection.fetch(_CLAIM, list(allowance), list(allowance.values()), now, worker, until)
        if not taken:
            return []
        # A second statement, so that it sees what others wrote while the first waited for the contacts.
        records = await connection.fetch(_CLAIMED, now - LOOK_BACK, [record["message_id"] for record in taken])
        await self.directory.refresh(records)
        return [claim for record in records if (claim := self._claim(record))]

    async def suppressions(self, tokens: Sequence[Sequence[bytes]]) -> list[tuple[Suppression, ...]]:
        return await barred(self.database, tokens)

    async def count(self, messages: Sequence[Message], *, at: datetime) -> None:
        await self.database.connection.execute(
            _COUNT,
            [message.id for message in messages],
            [message.contact_id for message in messages],
            [message.program_id for message in messages],
            [message.category for message in messages],
            at,
        )

    async def begin(self, worker: UUID, messages: Sequence[Message], *, seen: str) -> set[MessageId]:
        ids = [message.id for message in messages]
        records = await self.database.connection.fetch(_BEGIN, ids, worker, seen, messages[0].updated_at)
        return {record["message_id"] for record in records}

    async def postpone(self, messages: Sequence[Message]) -> None:
        await self.database.connection.execute(_POSTPONE, [message.id for message in messages])

    async def lost(self, *, now: datetime, begun_by: datetime, most: int) -> list[Lost]:
        records = await self.database.connection.fetch(_LOST, now, begun_by, most)
        return [
            Lost(message=as_message(record), begun=record["handing"], attempts=record["attempts"]) for record in records
        ]

    def _claim(self, record: asyncpg.Record) -> Claim | None:
        program, sender = self.directory.program(record), self.directory.sender(record)
        if program is None or sender is None:
            return None
        return Claim(
            message=as_message(record),
            attempts=record["attempts"],
            content=record["content"],
            inspection=record["inspection"],
            address=record["address"],
            program=program,
            sender=sender,
            known=as_known(record),
            seen=record["snapshot"],
        )
