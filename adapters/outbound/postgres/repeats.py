"""Idempotency keys, shared by every process.

Neither a claim nor its answer waits for the disk. A claim that a crash takes with it never let anything durable happen:
the request's own commit comes later in the same log. An answer that a crash takes with it leaves the claim, whose seed
leads the next repeat to what was made.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

import asyncpg
import msgspec
from msgspec import Struct

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.locking import lock_digests
from application.access.ports import Answer, Claim, InFlight, OtherRequest, Repeats
from application.coalescer import Coalescer
from application.secrets import Seal
from domain.ids import new_id

KEPT = timedelta(hours=24)
# Longer than any request takes; how long a repeat waits after the process that answered it died.
RUNNING = timedelta(seconds=10)
Outcome: TypeAlias = Claim | Answer | InFlight | OtherRequest

_RELAXED = "with relaxed as materialized (select set_config('synchronous_commit', 'off', true))"
_CLAIM = f"""
{_RELAXED}
insert into idempotency_keys as k (actor, key, seed, request, created_at, running_until)
select asked.*, $5, $6 from unnest($1::text[], $2::bytea[], $3::uuid[], $4::bytea[]) as asked, relaxed
on conflict (actor, key) do update set
    seed = case when k.created_at <= $7 then excluded.seed else k.seed end,
    created_at = case when k.created_at <= $7 then excluded.created_at else k.created_at end,
    request = excluded.request, running_until = excluded.running_until, status_code = null, headers = null, body = null
where k.created_at <= $7 or (k.status_code is null and k.running_until <= $5 and k.request = excluded.request)
returning actor, key, seed
"""  # noqa: S608
_HELD = """
select k.actor, k.key, k.request, k.status_code, k.headers, k.body
from unnest($1::text[], $2::bytea[]) as asked(actor, key)
join idempotency_keys k on k.actor = asked.actor and k.key = asked.key
"""
_FINISH = f"""
{_RELAXED}
update idempotency_keys k
set status_code = done.status, headers = done.headers, body = done.body, running_until = null
from unnest($1::text[], $2::bytea[], $3::timestamptz[], $4::smallint[], $5::bytea[], $6::bytea[])
    as done(actor, key, until, status, headers, body), relaxed
where k.actor = done.actor and k.key = done.key and k.running_until = done.until
"""  # noqa: S608
_RELEASE = "update idempotency_keys set running_until = $4 where actor = $1 and key = $2 and running_until = $3"
_STILL_KEPT = """
select k.actor, k.key from unnest($1::text[], $2::bytea[]) as asked(actor, key)
join idempotency_keys k on k.actor = asked.actor and k.key = asked.key and k.created_at > $3
"""
_FORGET = "delete from idempotency_keys where created_at < $1"


class _Asked(Struct, frozen=True):
    actor: str
    key: bytes
    request: tuple[bytes, ...]
    now: datetime

    def under(self, secret: bytes) -> "_Named":
        return _Named(self.actor, _digest(secret, [self.key]), _digest(secret, self.request), self.now)


class _Named(Struct, frozen=True):
    """What was asked, as the table knows it."""

    actor: str
    key: bytes
    request: bytes
    now: datetime

    @property
    def name(self) -> tuple[str, bytes]:
        return self.actor, self.key


class _Done(Struct, frozen=True):
    claim: Claim
    answer: Answer


@dataclass(frozen=True)
class PostgresRepeats(Repeats):
    """`keys`, the one in use first, hide what clients chose as keys and sent; `seal` hides what they were answered."""

    database: Database
    seal: Seal
    keys: Sequence[bytes]
    _claims: "Coalescer[_Asked, Outcome]" = field(init=False, repr=False, compare=False)
    _finishes: "Coalescer[_Done, None]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_claims", Coalescer(self._claim_many))
        object.__setattr__(self, "_finishes", Coalescer(self._finish_many))

    async def claim(self, actor: str, key: str, request: Sequence[bytes], now: datetime) -> Outcome:
        return await self._claims(_Asked(actor, key.encode(), tuple(request), now))

    async def finish(self, claim: Claim, answer: Answer) -> None:
        await self._finishes(_Done(claim, answer))

    async def release(self, claim: Claim, now: datetime) -> None:
        async with self.database.transaction():
            await self.database.connection.execute(_RELEASE, claim.actor, claim.key, claim.until, now)

    async def forget(self, before: datetime) -> int:
        async with self.database.transaction():
            status: str = await self.database.connection.execute(_FORGET, before)
        return int(status.rpartition(" ")[2])

    async def close(self) -> None:
        await self._claims.close()
        await self._finishes.close()

    async def _claim_many(self, asked: Sequence[_Asked]) -> list[Outcome]:
        secrets = list(self.keys)
        now = max(one.now for one in asked)
        async with self.database.transaction():
            if len(secrets) > 1:
                named = await self._named(asked, secrets, now - KEPT)
            else:
                named = [one.under(secrets[0]) for one in asked]
            return await self._claim_named(named, now)

    async def _named(self, asked: Sequence[_Asked], secrets: Sequence[bytes], since: datetime) -> list[_Named]:
        """While keys turn, a repeat goes under the secret it was first claimed with, whichever each process uses.

        A constraint cannot compare two versions. So whoever claims is alone with all the digests that others may claim
        the same key under, before it looks, and until it has claimed.
        """
        each = [[one.under(secret) for secret in secrets] for one in asked]
        every = {named.name for versions in each for named in versions}
        connection = self.database.connection
        await lock_digests(connection, (key for _, key in every))
        actors, keys = zip(*every, strict=True)
        kept = {(row["actor"], row["key"]) for row in await connection.fetch(_STILL_KEPT, actors, keys, since)}
        return [next((named for named in versions if named.name in kept), versions[0]) for versions in each]

    async def _claim_named(self, asked: Sequence[_Named], now: datetime) -> list[Outcome]:
        first: dict[tuple[str, bytes], _Named] = {}
        for one in asked:
            first.setdefault(one.name, one)
        # Always in the same order, so that processes which claim the same keys queue up instead of locking up.
        ordered = [first[name] for name in sorted(first)]
        names = [one.actor for one in ordered], [one.key for one in ordered]
        connection = self.database.connection
        seeds, requests = [new_id(one.now) for one in ordered], [one.request for one in ordered]
        claimed = await connection.fetch(_CLAIM, *names, seeds, requests, now, now + RUNNING, now - KEPT)
        held = await connection.fetch(_HELD, *names) if len(claimed) < len(ordered) else []
        mine = {(record["actor"], record["key"]): record["seed"] for record in claimed}
        others = {(record["actor"], record["key"]): record for record in held}
        return [
            Claim(actor=one.actor, key=one.key, seed=mine[one.name], until=now + RUNNING)
            if one is first[one.name] and one.name in mine
            else self._standing(one, others.get(one.name), first[one.name])
            for one in asked
        ]

    def _standing(self, asked: _Named, held: asyncpg.Record | None, first: _Named) -> Outcome:
        if asked.request != (held["request"] if held is not None else first.request):
            return OtherRequest()
        if held is None or held["status_code"] is None:
            return InFlight()
        headers = self.seal.open(held["headers"], _context("headers", asked.key))
        return Answer(
            status=held["status_code"],
            headers=msgspec.json.decode(headers, type=tuple[tuple[str, str], ...]),
            body=self.seal.open(held["body"], _context("body", asked.key)),
        )

    async def _finish_many(self, done: Sequence[_Done]) -> list[None]:
        ordered = sorted(done, key=lambda one: (one.claim.actor, one.claim.key))
        async with self.database.transaction():
            await self.database.connection.execute(
                _FINISH,
                [one.claim.actor for one in ordered],
                [one.claim.key for one in ordered],
                [one.claim.until for one in ordered],
                [one.answer.status for one in ordered],
                [
                    self.seal.seal(msgspec.json.encode(one.answer.headers), _context("headers", one.claim.key))
                    for one in ordered
                ],
                [self.seal.seal(one.answer.body, _context("body", one.claim.key)) for one in ordered],
            )
        return [None] * len(done)


def _context(column: str, key: bytes) -> bytes:
    return b"idempotency_keys." + column.encode() + key


def _digest(secret: bytes, parts: Sequence[bytes]) -> bytes:
    """Lengths stand before the parts, so that no two requests run together into one."""
    return hmac.digest(secret, b"".join(len(part).to_bytes(8, "big") + part for part in parts), hashlib.sha256)
