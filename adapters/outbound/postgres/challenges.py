from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import own
from adapters.outbound.postgres.tables import challenges, senders
from application.verification.ports import Challenges, Kept
from domain.addresses import Channel
from domain.ids import ChallengeId
from domain.verification.challenge import Challenge
from domain.verification.rationing import DAY, HOUR, Seen, Share

_CARRIES = """
select p.slug from programs p join senders s on s.id = p.sender_id
where p.status = 'active' and $1 = any(p.channels) and ($2::text is null or p.slug = $2 or p.id::text = $2)
  and case $1 when 'sms' then s.sms_from else s.email_from end is not null
order by p.category = 'otp' desc, p.id limit 1
"""

# Checks of one address, and its sending, come one after the other.
_ALONE = "pg_advisory_xact_lock(('x' || encode(substr(digest, 1, 8), 'hex'))::bit(64)::bigint)"
_HOLD = f"select {_ALONE} from challenges where id = $1"  # noqa: S608
_HELD = """
select c.*, (select coalesce(sum(o.failures), 0) from challenges o
             where o.digest = c.digest and o.failed_at > $2) as failures_24h
from challenges c where c.id = $1
"""

# One worker at a time, so that none counts what another is about to send.
_TURN = "select pg_try_advisory_xact_lock(hashtextextended('challenges', 0))"
_WAITS = "issued_at is null and refused is null and superseded_at is null"
_DUE = f"""
select id, digest from challenges where {_WAITS} and due_at <= $1 order by due_at, id limit $2
"""  # noqa: S608
_TAKE = f"select {_ALONE} from (select distinct unnest($1::bytea[]) as digest order by 1) t"  # noqa: S608
_TAKEN = f"select * from challenges where id = any($1::uuid[]) and {_WAITS} order by created_at, id"  # noqa: S608

_OVER = "(c.used_at is not null or c.superseded_at is not null or c.expires_at <= $1) and c.refused is null"
_SEEN = f"""
with asked as (
    select * from unnest($4::int[], $5::uuid[], $6::bytea[], $7::bytea[], $8::bytea[], $9::text[], $10::bool[],
        $11::text[], $12::text[]) as t(n, id, digest, network, prefix, country, live, purpose, intent)
), worlds as (
    select live, count(*) as in_all from challenges where issued_at > $3 group by live
), countries as (
    select c.live, c.country, count(*) as sent, count(c.used_at) as used from challenges c
    where c.issued_at > $3 and c.country is not null and {_OVER} group by c.live, c.country
)
select of_address.*, coalesce(of_network.count, 0) as from_network, coalesce(of_prefix.count, 0) as to_prefix,
    coalesce(worlds.in_all, 0) as in_all, of_prefix.sent as prefix_sent, of_prefix.used as prefix_used,
    coalesce(countries.sent, 0) as country_sent, coalesce(countries.used, 0) as country_used
from asked a
cross join lateral (select max(used_at) as at from challenges where digest = a.digest) proven
cross join lateral (
    select count(*) filter (where c.issued_at > $2) as to_address,
        count(*) filter (where c.issued_at > greatest($2, proven.at)) as unanswered,
        max(c.issued_at) filter (where c.issued_at > greatest($2, proven.at)) as last,
        coalesce(sum(c.failures) filter (where c.failed_at > $2), 0) as failures,
        coalesce(max(c.failures + c.carried) filter (
            where c.id <> a.id and c.purpose = a.purpose and c.intent = a.intent and c.used_at is null
                and c.expires_at > $1), 0) as carried
    from challenges c where c.digest = a.digest
) of_address
cross join lateral (
    select count(*) from challenges c where c.network = a.network and c.issued_at > $3
) of_network
cross join lateral (
    select count(*), count(*) filter (where {_OVER}) as sent, count(c.used_at) filter (where {_OVER}) as used
    from challenges c where c.prefix = a.prefix and c.issued_at > $3
) of_prefix
left join worlds on worlds.live = a.live
left join countries on countries.live = a.live and countries.country = a.country
order by a.n
"""  # noqa: S608

_SAVE = """
update challenges set due_at = $2, issued_at = $3, superseded_at = $4, used_at = $5, refused = $6, failures = $7,
    carried = $8, failed_at = $9, prefix = $10, country = $11, address = $12, payload = $13, secret = $14,
    message_id = $15, evidence = $16
where id = $1
"""

_SUPERSEDE = """
update challenges c set superseded_at = $1, address = null, payload = null, evidence = null
from unnest($2::uuid[], $3::bytea[], $4::text[], $5::text[], $6::timestamptz[])
    as t(id, digest, purpose, intent, created_at)
where c.digest = t.digest and c.purpose = t.purpose and c.intent = t.intent and c.id <> t.id
  and c.created_at <= t.created_at and c.superseded_at is null and c.used_at is null
"""

_WIPE = f"""
update challenges set address = null, payload = null, evidence = null
where (expires_at <= $1 or used_at is not null or superseded_at is not null or not ({_WAITS}) and refused is not null)
  and (address is not null or payload is not null or evidence is not null)
"""  # noqa: S608
_DELETE = "delete from challenges where expires_at <= $1"


@dataclass(frozen=True)
class PostgresChallenges(Challenges):
    database: Database

    async def program(self, ref: str | None, channel: Channel) -> str | None:
        found: str | None = await self.database.connection.fetchval(_CARRIES, channel, ref)
        return found

    async def home_countries(self) -> frozenset[str]:
        records = await self.database.records(select(senders.c.country).distinct())
        return frozenset(record[0] for record in records)

    async def add(self, kept: Kept) -> Challenge:
        statement = insert(challenges).values(_values(kept)).on_conflict_do_nothing(index_elements=["id"])
        if await self.database.execute(statement):
            await self.database.connection.execute("select pg_notify('optin_due', '')")
            return kept.challenge
        found = await self.find(kept.challenge.id)
        return found.challenge if found else kept.challenge

    async def find(self, challenge_id: ChallengeId) -> Kept | None:
        records = await self.database.records(select(challenges).where(challenges.c.id == challenge_id))
        return _kept(records[0]) if records else None

    async def hold(self, challenge_id: ChallengeId, *, now: datetime) -> tuple[Kept, int] | None:
        await self.database.connection.execute(_HOLD, challenge_id)
        # A second statement, so that it sees what others wrote while the first waited for them.
        record = await self.database.connection.fetchrow(_HELD, challenge_id, now - DAY)
        return (_kept(record), record["failures_24h"]) if record else None

    async def save(self, kept: Sequence[Kept]) -> None:
        await self.database.connection.executemany(_SAVE, [_changes(one) for one in kept])

    async def due(self, *, now: datetime, most: int) -> list[Kept]:
        connection = self.database.connection
        if not await connection.fetchval(_TURN):
            return []
        found = await connection.fetch(_DUE, now, most)
        if not found:
            return []
        await connection.execute(_TAKE, [record["digest"] for record in found])
        return [_kept(record) for record in await connection.fetch(_TAKEN, [record["id"] for record in found])]

    async def seen(self, kept: Sequence[Kept], *, now: datetime) -> list[Seen]:
        asked = [one.challenge for one in kept]
        records = await self.database.connection.fetch(
            _SEEN,
            now,
            now - DAY,
            now - HOUR,
            list(range(len(kept))),
            [challenge.id for challenge in asked],
            [one.digest for one in kept],
            [one.network for one in kept],
            [one.prefix for one in kept],
            [one.country for one in kept],
            [challenge.live for challenge in asked],
            [challenge.purpose for challenge in asked],
            [challenge.intent for challenge in asked],
        )
        return [_seen(record) for record in records]

    async def supersede(self, kept: Sequence[Kept], *, at: datetime) -> None:
        asked = [one.challenge for one in kept]
        await self.database.connection.execute(
            _SUPERSEDE,
            at,
            [challenge.id for challenge in asked],
            [one.digest for one in kept],
            [challenge.purpose for challenge in asked],
            [challenge.intent for challenge in asked],
            [challenge.created_at for challenge in asked],
        )

    async def forget(self, *, now: datetime) -> int:
        connection = self.database.connection
        touched = [await connection.execute(_WIPE, now), await connection.execute(_DELETE, now - DAY)]
        return sum(int(status.rpartition(" ")[2]) for status in touched)


_OF_CHALLENGE = frozenset(Challenge.__struct_fields__)


def _kept(record: asyncpg.Record) -> Kept:
    row = dict(record)
    challenge = msgspec.convert({name: row[name] for name in _OF_CHALLENGE}, Challenge)
    rest = {name: row[name] for name in Kept.__struct_fields__ if name != "challenge"}
    return Kept(challenge=challenge, **rest)


def _values(kept: Kept) -> dict[str, Any]:
    return own(kept.challenge) | own(kept, without=("challenge",))


def _changes(kept: Kept) -> tuple[Any, ...]:
    one = kept.challenge
    return (
        one.id,
        one.due_at,
        one.issued_at,
        one.superseded_at,
        one.used_at,
        one.refused,
        one.failures,
        one.carried,
        one.failed_at,
        kept.prefix,
        kept.country,
        kept.address,
        kept.payload,
        kept.secret,
        kept.message_id,
        kept.evidence,
    )


def _seen(record: asyncpg.Record) -> Seen:
    counts = {name: record[name] for name in ("to_address", "from_network", "to_prefix", "in_all")}
    own_past = {name: record[name] for name in ("unanswered", "last", "failures", "carried")}
    return Seen(
        prefix=Share(sent=record["prefix_sent"], used=record["prefix_used"]),
        country=Share(sent=record["country_sent"], used=record["country_used"]),
        **counts,
        **own_past,
    )
