"""What is there once: links, steps of a sign-in, and how often somebody has guessed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, delete, insert, select, update

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import operator_links as links
from adapters.outbound.postgres.tables import operator_steps as steps
from adapters.outbound.postgres.tables import sign_in_tries as tries
from application.operators.ports import Link, Links, SignInTries, Steps
from application.secrets import Seal
from domain.addresses import Channel
from domain.ids import OperatorId
from domain.operators import LinkKind
from domain.sign_in_tries import Tries

_EMAIL = b"operator_links.sealed"
_WHAT = b"operator_steps.sealed"
# Locks each row, and makes those that are not there yet; always in the same order, so that nobody waits in a circle.
_LOCK = """
insert into sign_in_tries (subject, failures, last_at, until)
select subject, 0, $2, $2 from unnest($1::bytea[]) as asked (subject) order by subject
on conflict (subject) do update set failures = sign_in_tries.failures
returning subject, failures, last_at, until
"""


@dataclass(frozen=True)
class PostgresOperatorLinks(Links):
    database: Database
    seal: Seal

    async def add(self, link: Link, digest: bytes) -> None:
        values = msgspec.structs.asdict(link)
        email = values.pop("email")
        sealed = self.seal.seal(email.value.encode(), _EMAIL + link.id.bytes) if email else None
        await self.database.execute(insert(links).values(**values, sealed=sealed, digest=digest))

    async def look(self, kind: LinkKind, digest: bytes, now: datetime) -> Link | None:
        wanted = select(links).where(links.c.kind == kind, links.c.digest == digest, links.c.expires_at > now)
        found = await self.database.records(wanted)
        return self._link(found[0]) if found else None

    async def take(self, kind: LinkKind, digest: bytes, now: datetime) -> Link | None:
        taken = delete(links).where(links.c.kind == kind, links.c.digest == digest, links.c.expires_at > now)
        found = await self.database.records(taken.returning(*links.c))
        return self._link(found[0]) if found else None

    async def of(self, kind: LinkKind, now: datetime) -> list[Link]:
        statement: Select[Any] = select(links).where(links.c.kind == kind, links.c.expires_at > now)
        return [self._link(record) for record in await self.database.records(statement.order_by(links.c.id.desc()))]

    async def drop(self, kind: LinkKind, *, link_id: UUID | None = None, operator_id: OperatorId | None = None) -> int:
        dropped = delete(links).where(links.c.kind == kind)
        if link_id is not None:
            dropped = dropped.where(links.c.id == link_id)
        if operator_id is not None:
            dropped = dropped.where(links.c.operator_id == operator_id)
        return await self.database.execute(dropped)

    async def forget(self, now: datetime) -> int:
        async with self.database.transaction():
            return await self.database.execute(delete(links).where(links.c.expires_at <= now))

    def _link(self, record: Any) -> Link:
        fields = {name: record[name] for name in Link.__struct_fields__ if name != "email"}
        email = None
        if record["sealed"] is not None:
            opened = self.seal.open(record["sealed"], _EMAIL + record["id"].bytes)
            email = {"value": opened.decode(), "channel": Channel.EMAIL}
        return msgspec.convert({**fields, "email": email}, Link)


@dataclass(frozen=True)
class PostgresSteps(Steps):
    database: Database
    seal: Seal

    async def keep(self, kind: str, digest: bytes, what: bytes, until: datetime) -> None:
        sealed = self.seal.seal(what, _WHAT + digest)
        await self.database.execute(insert(steps).values(kind=kind, digest=digest, sealed=sealed, expires_at=until))

    async def look(self, kind: str, digest: bytes, now: datetime) -> bytes | None:
        found = await self.database.records(select(steps.c.sealed).where(*_named(kind, digest, now)).with_for_update())
        return self._opened(found, digest)

    async def take(self, kind: str, digest: bytes, now: datetime) -> bytes | None:
        taken = delete(steps).where(*_named(kind, digest, now)).returning(steps.c.sealed)
        return self._opened(await self.database.records(taken), digest)

    async def forget(self, now: datetime) -> int:
        async with self.database.transaction():
            return await self.database.execute(delete(steps).where(steps.c.expires_at <= now))

    def _opened(self, found: Sequence[Any], digest: bytes) -> bytes | None:
        return self.seal.open(found[0]["sealed"], _WHAT + digest) if found else None


def _named(kind: str, digest: bytes, now: datetime) -> tuple[Any, ...]:
    return steps.c.kind == kind, steps.c.digest == digest, steps.c.expires_at > now


@dataclass(frozen=True)
class PostgresSignInTries(SignInTries):
    """`digest` stands for a subject: whom it is about is in no row."""

    database: Database
    digest: Callable[[str], bytes]

    async def locked(self, subjects: Sequence[str], now: datetime) -> list[Tries]:
        wanted = [self.digest(subject) for subject in subjects]
        rows = await self.database.connection.fetch(_LOCK, wanted, now)
        found = {row["subject"]: Tries(failures=row[1], last_at=row[2], until=row[3]) for row in rows}
        return [found[digest] for digest in wanted]

    async def keep(self, subject: str, tries_of: Tries) -> None:
        values = msgspec.structs.asdict(tries_of)
        await self.database.execute(update(tries).where(tries.c.subject == self.digest(subject)).values(values))

    async def forget(self, before: datetime) -> int:
        async with self.database.transaction():
            return await self.database.execute(delete(tries).where(tries.c.last_at < before, tries.c.until < before))
