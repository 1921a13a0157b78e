"""Everything the rules look at, for many recipients in one round trip."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import msgspec

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.directory import Directory
from adapters.outbound.postgres.locking import lock_digests
from application.messages.ports import Asked, Found, Known, NewPoint, PastSend, Recipients
from application.secrets import of_oldest, version_of
from domain.contacts import Kind, PointState
from domain.ids import ContactId, ContactPointId
from domain.suppression import Suppression

# The longest frequency rule looks back this far.
LOOK_BACK = timedelta(hours=24)

KNOWN_COLUMNS = """
    c.id as contact_id, p.id as contact_point_id, c.data_key, p.state, c.kind, c.locale, c.time_zone, c.country,
    c.region, c.residence_verified_at, c.restricted_at,
    (select array_agg(e.facts) from consent_entries e where e.contact_point_id = p.id) as history,
    (select array_agg(row(s.at, s.program_id, s.category))
       from sends s where s.contact_id = c.id and s.at > $1) as sends,
    (select max(s.at) from sends s where s.contact_id = c.id) as last_sent_at
"""

_GATHER = f"""
with asked as (
    select t.n, min(t.reference) as reference from unnest($2::int[], $3::text[]) as t(n, reference) group by t.n
), points as (
    select d.n, {KNOWN_COLUMNS}
    from unnest($4::int[], $5::bytea[]) as d(n, digest)
    join contact_points p on p.digest = d.digest
    join contacts c on c.id = p.contact_id
), named as (
    select r.reference, g.id as program_id, g.revision as program_revision,
        x.id as sender_id, x.revision as sender_revision
    from (select distinct reference from asked) r
    join programs g on g.slug = r.reference or g.id::text = r.reference
    join senders x on x.id = g.sender_id
), barred as (
    select t.n, jsonb_agg(jsonb_build_object('channel', s.channel, 'scope', s.scope, 'category', s.category,
        'program_id', s.program_id, 'reason', s.reason, 'date', s.date)) as suppressions
    from unnest($6::int[], $7::bytea[]) as t(n, token) join suppressions s on s.token = t.token group by t.n
)
select asked.n, points.*, named.*, barred.suppressions
from asked
left join points on points.n = asked.n
left join named on named.reference = asked.reference
left join barred on barred.n = asked.n
order by asked.n
"""  # noqa: S608

_ENROL = """
with given as (
    select * from rows from (
        unnest($1::bytea[], $2::bytea[], $5::smallint[], $3::bytea[]),
        json_to_recordset($4::text::json)
            as (contact_id uuid, contact_point_id uuid, live boolean, channel text, at timestamptz)
    ) as t(data_key, digest, version, address, contact_id, contact_point_id, live, channel, at)
), owners as (
    insert into contacts (id, live, data_key, created_at, updated_at)
    select contact_id, live, data_key, at, at from given
)
insert into contact_points (id, contact_id, channel, digest, digest_version, address, created_at)
select contact_point_id, contact_id, channel, digest, version, address, at from given
on conflict (digest) do nothing
returning digest
"""

_ON_RECORD = f"""
select p.digest, {KNOWN_COLUMNS}
from contact_points p join contacts c on c.id = p.contact_id where p.digest = any($2::bytea[])
"""  # noqa: S608

_HOLD = "select from contacts where id = any($1::uuid[]) order by id for no key update"

_HELD_NOW = f"""
select {KNOWN_COLUMNS}
from contact_points p join contacts c on c.id = p.contact_id where p.id = any($2::uuid[])
"""  # noqa: S608

_BARRED = """
select t.n, jsonb_agg(jsonb_build_object('channel', s.channel, 'scope', s.scope, 'category', s.category,
    'program_id', s.program_id, 'reason', s.reason, 'date', s.date)) as suppressions
from unnest($1::int[], $2::bytea[]) as t(n, token) join suppressions s on s.token = t.token group by t.n
"""

_as_json = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class PostgresRecipients(Recipients):
    database: Database
    directory: Directory = field(compare=False)

    async def gather(self, asked: Sequence[Asked], *, now: datetime) -> list[Found]:
        digests = numbered(one.digests for one in asked)
        tokens = numbered(one.tokens for one in asked)
        records = await self.database.connection.fetch(
            _GATHER, now - LOOK_BACK, list(range(len(asked))), [one.program for one in asked], *digests, *tokens
        )
        await self.directory.refresh(records)
        return [
            Found(
                program=self.directory.program(record),
                sender=self.directory.sender(record),
                known=as_known(record) if record["contact_point_id"] is not None else None,
                suppressions=suppressions(record["suppressions"]),
            )
            for record in records
        ]

    async def enrol(self, points: Sequence[NewPoint]) -> list[Known]:
        if all(len(point.digests) == 1 for point in points):
            return await self._enrol(points)
        present = await self._while_keys_turn(points)
        new = [point for point in points if present[point.contact_point_id] is None]
        fresh = iter(await self._enrol(new) if new else ())
        return [present[point.contact_point_id] or next(fresh) for point in points]

    async def _while_keys_turn(self, points: Sequence[NewPoint]) -> dict[ContactPointId, Known | None]:
        """Others may write other digests of these addresses, which no constraint compares: so one after the other, and
        whoever is second finds what the first wrote.
        """
        connection = self.database.connection
        await lock_addresses(connection, [point.digests for point in points])
        digests = [digest for point in points for digest in point.digests]
        earliest = min(point.at for point in points) - LOOK_BACK
        records = await connection.fetch(_ON_RECORD, earliest, digests)
        on_record = {record["digest"]: as_known(record) for record in records}
        return {
            point.contact_point_id: next((on_record[one] for one in point.digests if one in on_record), None)
            for point in points
        }

    async def _enrol(self, points: Sequence[NewPoint]) -> list[Known]:
        enrolled = await self.database.connection.fetch(
            _ENROL,
            [point.data_key for point in points],
            [point.digest for point in points],
            [point.address for point in points],
            _as_json([_line(point) for point in points]).decode(),
            [version_of(point.digest) for point in points],
        )
        mine = {record["digest"] for record in enrolled}
        if len(mine) == len(points):
            return [_fresh(point) for point in points]
        return await self._after_a_race(points, mine)

    async def hold(self, known: Sequence[Known], *, now: datetime) -> list[Known]:
        connection = self.database.connection
        await connection.execute(_HOLD, [one.contact_id for one in known])
        # A second statement, so that it sees what others wrote while the first waited for them.
        points = [one.contact_point_id for one in known]
        records = await connection.fetch(_HELD_NOW, now - LOOK_BACK, points)
        present = {record["contact_point_id"]: as_known(record) for record in records}
        return [present.get(one.contact_point_id, one) for one in known]

    async def _after_a_race(self, points: Sequence[NewPoint], mine: set[bytes]) -> list[Known]:
        """The insert waited for whoever was quicker, so their rows are there to be read now."""
        lost = [point for point in points if point.digest not in mine]
        connection = self.database.connection
        await connection.execute(
            "delete from contacts where id = any($1::uuid[])", [point.contact_id for point in lost]
        )
        earliest = min(point.at for point in points) - LOOK_BACK
        records = await connection.fetch(_ON_RECORD, earliest, [point.digest for point in lost])
        on_record = {record["digest"]: as_known(record) for record in records}
        return [on_record.get(point.digest) or _fresh(point) for point in points]


def numbered(groups: Iterable[Sequence[bytes]]) -> tuple[list[int], list[bytes]]:
    numbers: list[int] = []
    values: list[bytes] = []
    for number, group in enumerate(groups):
        numbers.extend([number] * len(group))
        values.extend(group)
    return numbers, values


async def barred(database: Database, tokens: Sequence[Sequence[bytes]]) -> list[tuple[Suppression, ...]]:
    found = {
        record["n"]: suppressions(record["suppressions"])
        for record in await database.connection.fetch(_BARRED, *numbered(tokens))
    }
    return [found.get(number, ()) for number in range(len(tokens))]


async def lock_addresses(connection: Any, digests: Iterable[Sequence[bytes]]) -> None:
    """By the digest all processes have in common."""
    await lock_digests(connection, (of_oldest(one) for one in digests))


def suppressions(rows: Any) -> tuple[Suppression, ...]:
    return msgspec.convert(rows, tuple[Suppression, ...]) if rows else ()


def as_known(record: asyncpg.Record) -> Known:
    return Known(
        contact_id=ContactId(record["contact_id"]),
        contact_point_id=ContactPointId(record["contact_point_id"]),
        data_key=record["data_key"],
        state=PointState(record["state"]),
        kind=Kind(record["kind"]),
        locale=record["locale"],
        time_zone=record["time_zone"],
        country=record["country"],
        region=record["region"],
        residence_verified_at=record["residence_verified_at"],
        history=tuple(record["history"] or ()),
        sends=tuple(PastSend(at, program, category) for at, program, category in record["sends"] or ()),
        last_sent_at=record["last_sent_at"],
        restricted_at=record["restricted_at"],
    )


def _line(point: NewPoint) -> dict[str, Any]:
    return {name: getattr(point, name) for name in ("contact_id", "contact_point_id", "live", "channel", "at")}


def _fresh(point: NewPoint) -> Known:
    return Known(
        contact_id=point.contact_id,
        contact_point_id=point.contact_point_id,
        data_key=point.data_key,
        state=PointState.ACTIVE,
        kind=Kind.INDIVIDUAL,
        locale=None,
        time_zone=None,
        country=None,
        region=None,
        residence_verified_at=None,
    )
