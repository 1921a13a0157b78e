"""Held messages, and the cursor on the ledger that sets them free.

A cursor is the pair (transaction, position). It reads only what every earlier transaction has decided about, so a line
that commits late is never skipped; positions alone would be, because they are given out before the commit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.directory import Directory
from adapters.outbound.postgres.messages import as_message
from adapters.outbound.postgres.recipients import KNOWN_COLUMNS, LOOK_BACK, as_known
from application.messages.ports import Followed, Held, Waiting
from application.ports import Clock
from domain.ids import ContactPointId, ProgramId
from domain.messages import Message

_FOLLOWER = "release_held"

# Looking takes no lock and writes nothing: it is done whenever something is heard, mostly in vain.
_WAITING = """
select exists (
    select from consent_entries e left join followers f on f.name = $1
    where (e.transaction, e.position) > (coalesce(f.transaction, 0), coalesce(f.position, 0))
      and e.transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
"""

_CURSOR = """
insert into followers (name) values ($1) on conflict (name) do update set name = excluded.name
returning transaction, position
"""

_FOLLOW = """
select contact_point_id, program_id, status, transaction, position from consent_entries
where (transaction, position) > ($1, $2) and transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
order by transaction, position limit $3
"""

_ADVANCE = "update followers set transaction = $2, position = $3 where name = $1"

_HELD = f"""
with wanted as (select * from unnest($2::uuid[], $3::uuid[]) as t(point, program)), mine as (
    select h.message_id from held h
    where h.contact_point_id = any($2::uuid[]) and exists (
        select from wanted
        where wanted.point = h.contact_point_id and (wanted.program is null or wanted.program = h.program_id))
    order by h.message_id for update
)
select m.*, b.inspection, p.address, {KNOWN_COLUMNS},
    g.id as program_id, g.revision as program_revision, x.id as sender_id, x.revision as sender_revision
from mine
join messages m on m.id = mine.message_id
join message_bodies b on b.message_id = m.id
join contact_points p on p.id = m.contact_point_id
join contacts c on c.id = m.contact_id
join programs g on g.id = m.program_id
join senders x on x.id = m.sender_id
"""  # noqa: S608

_EXPIRED = """
select m.* from held h join messages m on m.id = h.message_id
where h.expires_at <= $1 order by h.expires_at limit $2 for update of h, m skip locked
"""

# A word after which what was held may go: what a START or a look at an unclear reply gives back included.
_AGREES = frozenset({"granted", "confirmed", "imported", "restarted", "resumed"})


@dataclass(frozen=True)
class PostgresWaiting(Waiting):
    database: Database
    directory: Directory = field(compare=False)
    clock: Clock

    async def agreed_since_last_time(self, *, most: int) -> list[Followed]:
        connection = self.database.connection
        if not await connection.fetchval(_WAITING, _FOLLOWER):
            return []
        place = await connection.fetchrow(_CURSOR, _FOLLOWER)
        agreed: list[Followed] = []
        while place is not None and not agreed:
            lines = await connection.fetch(_FOLLOW, place["transaction"], place["position"], most)
            agreed = [
                Followed(contact_point_id=line["contact_point_id"], program_id=line["program_id"])
                for line in lines
                if line["status"] in _AGREES
            ]
            place = lines[-1] if lines else None
            if place is not None:
                await connection.execute(_ADVANCE, _FOLLOWER, place["transaction"], place["position"])
        return agreed

    async def held_for(self, points: Sequence[tuple[ContactPointId, ProgramId | None]]) -> list[Held]:
        if not points:
            return []
        since = self.clock.now() - LOOK_BACK
        records = await self.database.connection.fetch(
            _HELD, since, [point for point, _ in points], [program for _, program in points]
        )
        await self.directory.refresh(records)
        held: list[Held] = []
        for record in records:
            program, sender = self.directory.program(record), self.directory.sender(record)
            if program is not None and sender is not None:
                held.append(
                    Held(
                        message=as_message(record),
                        inspection=record["inspection"],
                        address=record["address"],
                        program=program,
                        sender=sender,
                        known=as_known(record),
                    )
                )
        return held

    async def expired(self, *, now: datetime, most: int) -> list[Message]:
        return [as_message(record) for record in await self.database.connection.fetch(_EXPIRED, now, most)]
