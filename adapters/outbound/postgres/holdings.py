"""Everything a contact left, table by table."""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
import msgspec
from sqlalchemy import or_, select

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import challenges, messages, replies, rights_requests, suppressions
from application.privacy.export import HeldChallenge, HeldRecord, HeldRequest, Step
from application.privacy.holdings import Holdings, SealedMessage, SealedReply
from domain.ids import ContactId
from domain.suppression import Suppression

_MESSAGES = """
select m.id, m.contact_point_id, m.channel, m.category, m.status, m.reference, b.content, b.decision,
    coalesce(p.slug, m.program_id::text) as program, coalesce(s.slug, m.sender_id::text) as sender, (
        select json_agg(json_build_object('at', j.at, 'status', j.status, 'detail', j.detail) order by j.position)
        from message_journal j where j.message_id = m.id
    ) as steps
from messages m
join message_bodies b on b.message_id = m.id
left join programs p on p.id = m.program_id
left join senders s on s.id = m.sender_id
where m.contact_id = $1 order by m.id
"""
_RECORDS = """
with mine as (
    select 'contact' as kind, $1::uuid::text as id
    union all select 'contact_point', id::text from contact_points where contact_id = $1
    union all select 'message', id::text from messages where contact_id = $1
    union all select 'reply', id::text from replies where contact_id = $1
    union all select 'consent', id::text from consent_entries where contact_id = $1
    union all select 'rights_request', id::text from rights_requests where contact_id = $1
)
select r.at, r.action, r.subject_kind as about, split_part(r.actor, ':', 1) as by, r.changes
from mine join audit_records r on r.subject_kind = mine.kind and r.subject_id = mine.id order by r.id
"""


@dataclass(frozen=True)
class PostgresHoldings(Holdings):
    database: Database

    async def messages(self, contact_id: ContactId) -> list[SealedMessage]:
        return [_message(row) for row in await self.database.connection.fetch(_MESSAGES, contact_id)]

    async def replies(self, contact_id: ContactId) -> list[SealedReply]:
        columns = [replies.c[name] for name in SealedReply.__struct_fields__]
        mine = select(*columns).where(replies.c.contact_id == contact_id).order_by(replies.c.id)
        return await self.database.rows(mine, SealedReply)

    async def suppressions(self, tokens: Sequence[bytes]) -> list[Suppression]:
        columns = [suppressions.c[name] for name in Suppression.__struct_fields__]
        mine = select(*columns).where(suppressions.c.token.in_(list(tokens))).order_by(suppressions.c.date)
        return await self.database.rows(mine, Suppression)

    async def challenges(self, contact_id: ContactId, digests: Sequence[bytes]) -> list[HeldChallenge]:
        columns = [challenges.c[name] for name in HeldChallenge.__struct_fields__]
        sent = select(messages.c.id).where(messages.c.contact_id == contact_id)
        mine = or_(challenges.c.digest.in_(list(digests)), challenges.c.message_id.in_(sent))
        return await self.database.rows(select(*columns).where(mine).order_by(challenges.c.id), HeldChallenge)

    async def requests(self, contact_id: ContactId) -> list[HeldRequest]:
        columns = [rights_requests.c[name] for name in HeldRequest.__struct_fields__]
        mine = select(*columns).where(rights_requests.c.contact_id == contact_id).order_by(rights_requests.c.id)
        return await self.database.rows(mine, HeldRequest)

    async def records(self, contact_id: ContactId) -> list[HeldRecord]:
        return [
            HeldRecord(
                at=row["at"],
                action=row["action"],
                about=row["about"],
                by=row["by"],
                changes=msgspec.json.decode(row["changes"]),
            )
            for row in await self.database.connection.fetch(_RECORDS, contact_id)
        ]


def _message(row: asyncpg.Record) -> SealedMessage:
    told = {**row, "steps": msgspec.convert(row["steps"] or [], tuple[Step, ...])}
    return msgspec.convert(told, SealedMessage)
