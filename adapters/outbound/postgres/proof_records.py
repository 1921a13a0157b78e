"""What is on record about one address, for whoever has to show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.messages import as_message
from application.messages.ports import Step
from application.proof.ports import MessageOnRecord, PointOnRecord, Records, Verified
from domain.ids import MessageId

_POINTS = """
select p.id as contact_point_id, p.contact_id, p.channel, p.state, c.data_key, p.created_at as added_at,
    null::timestamptz as removed_at
from contact_points p join contacts c on c.id = p.contact_id
where p.digest = any($1::bytea[]) and c.live = $3
union all
select f.contact_point_id, e.contact_id, f.channel, 'removed', c.data_key, null, f.removed_at
from former_points f
left join lateral (
    select contact_id from consent_entries where contact_point_id = f.contact_point_id limit 1
) e on true
left join contacts c on c.id = e.contact_id
where f.token = any($2::bytea[])
order by contact_point_id
"""

_MESSAGES = """
select m.*, b.content, b.decision, coalesce(p.slug, m.program_id::text) as slug, (
    select json_agg(
        json_build_object('at', j.at, 'status', j.status, 'detail', j.detail, 'actor', j.actor,
            'request_id', j.request_id)
        order by j.position)
    from message_journal j where j.message_id = m.id
) as journal
from messages m
join message_bodies b on b.message_id = m.id
left join programs p on p.id = m.program_id
where m.contact_id = any($1::uuid[]) and m.contact_point_id = any($2::uuid[]) and m.live = $3
    and m.id > coalesce($4, '00000000-0000-0000-0000-000000000000'::uuid)
order by m.id limit $5
"""

_VERIFICATIONS = """
select c.id, 'challenge' as by, c.channel, c.method, c.created_at as asked_at, c.issued_at as sent_at, c.used_at,
    c.failures
from challenges c where c.id = any($1::uuid[])
union all
select m.id, 'message', m.channel, null, m.created_at, (
    select min(j.at) from message_journal j
    where j.message_id = m.id and j.status in ('sent', 'delivered', 'undelivered', 'uncertain')
), null, null
from messages m where m.id = any($1::uuid[])
"""

_TRAIL = """
with mine as (
    select 'message' as kind, m.id::text as id from messages m
    where m.contact_id = any($1::uuid[]) and m.contact_point_id = any($2::uuid[]) and m.live = $3
    union all
    select 'contact', one::text from unnest($1::uuid[]) as one
    union all
    select 'contact_point', one::text from unnest($2::uuid[]) as one
)
select r.id from mine join audit_records r on r.subject_kind = mine.kind and r.subject_id = mine.id
where r.live = $3
order by r.id
"""


@dataclass(frozen=True)
class PostgresProofRecords(Records):
    database: Database

    async def points(self, digests: Sequence[bytes], tokens: Sequence[bytes], *, live: bool) -> list[PointOnRecord]:
        rows = await self.database.connection.fetch(_POINTS, list(digests), list(tokens), live)
        return [msgspec.convert(dict(row), PointOnRecord) for row in rows]

    async def messages(
        self, points: Sequence[PointOnRecord], *, live: bool, after: MessageId | None, limit: int
    ) -> list[MessageOnRecord]:
        rows = await self.database.connection.fetch(_MESSAGES, *_ids(points), live, after, limit)
        return [
            MessageOnRecord(
                message=as_message(row),
                program=row["slug"],
                content=row["content"],
                decision=row["decision"],
                journal=tuple(map(_step, row["journal"] or ())),
            )
            for row in rows
        ]

    async def verifications(self, ids: Sequence[UUID]) -> dict[UUID, Verified]:
        rows = await self.database.connection.fetch(_VERIFICATIONS, list(ids)) if ids else []
        return {row["id"]: msgspec.convert(dict(row), Verified) for row in rows}

    async def trail(self, points: Sequence[PointOnRecord], *, live: bool) -> list[UUID]:
        rows = await self.database.connection.fetch(_TRAIL, *_ids(points), live)
        return [row["id"] for row in rows]


def _ids(points: Sequence[PointOnRecord]) -> tuple[list[UUID], list[UUID]]:
    contacts = {point.contact_id for point in points if point.contact_id is not None}
    return sorted(contacts), [point.contact_point_id for point in points]


def _step(line: Any) -> Step:
    step = msgspec.convert(line, Step)
    return replace(step, at=step.at.astimezone(UTC))
