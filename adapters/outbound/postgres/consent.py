"""The consent ledger in PostgreSQL. Appending is one statement however many entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import delete, func, or_, select

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import (
    consent_entries,
    contact_points,
    contacts,
    erasures,
    programs,
    suppressions,
)
from application.consent.ports import Ledger, Point, SealedEntry
from application.secrets import version_of
from domain.addresses import Channel
from domain.consent.ledger import Consent, Fact, NoSuchConsent, Status
from domain.contacts import NoSuchContact
from domain.ids import ContactId, ContactPointId, EntryId, ProgramId, new_id
from domain.suppression import Reason, Scope

# The short columns as one JSON text: the driver would look at every element of every array, twice.
_APPEND = """
with given as (
    select * from rows from (
        unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[]),
        json_to_recordset($5::text::json) as (id uuid, contact_id uuid, contact_point_id uuid, program_id uuid,
            channel text, status text, at timestamptz, recorded_at timestamptz, actor text)
    ) as t(facts, evidence, commitment, hash,
        id, contact_id, contact_point_id, program_id, channel, status, at, recorded_at, actor)
), appended as (
    insert into consent_entries
        (id, contact_id, contact_point_id, program_id, channel, status, at, recorded_at, actor, facts, evidence,
        commitment, hash)
    select id, contact_id, contact_point_id, program_id, channel, status, at, recorded_at, actor, facts, evidence,
        commitment, hash
    from given
    on conflict (id) do nothing
    returning contact_point_id, status
), told as (
    select distinct case when status in ('revoked', 'suspended') then contact_point_id end as point from appended
)
select count(pg_notify(
    case when point is null then 'optin_agreed' else 'optin_withdrawn' end, coalesce(point::text, '')))
from told
"""

_SUPPRESS = """
insert into suppressions (id, token, channel, scope, program_id, category, reason, date, key_version)
select $1, $2, $3, $4, $5, $6, $7, $8, $10
where not exists (
    select from suppressions
    where token = any($9::bytea[]) and channel = $3 and program_id is not distinct from $5
        and category is not distinct from $6 and reason = $7)
"""

_encode = msgspec.msgpack.Encoder().encode
_as_json = msgspec.json.Encoder().encode
_decode = msgspec.msgpack.Decoder(Fact).decode


@dataclass(frozen=True)
class PostgresLedger(Ledger):
    database: Database

    async def append(self, entries: Sequence[SealedEntry]) -> None:
        if not entries:
            return
        await self.database.connection.execute(
            _APPEND,
            [_encode(entry.fact) for entry in entries],
            [entry.evidence for entry in entries],
            [entry.commitment for entry in entries],
            [entry.hash for entry in entries],
            _as_json([_line(entry) for entry in entries]).decode(),
        )

    async def entries(self, contact_id: ContactId, *, live: bool) -> list[SealedEntry]:
        owner = select(contacts.c.id).where(contacts.c.id == contact_id, contacts.c.live.is_(live))
        if not await self.database.records(owner):
            raise NoSuchContact("There is no such contact.")
        return await self._entries(consent_entries.c.contact_id == contact_id)

    async def consent(self, consent_id: EntryId, *, live: bool) -> list[SealedEntry]:
        owner = (
            select(consent_entries.c.contact_point_id)
            .outerjoin(contacts, contacts.c.id == consent_entries.c.contact_id)
            .outerjoin(erasures, erasures.c.contact_id == consent_entries.c.contact_id)
            # What an erasure leaves can still be proved.
            .where(consent_entries.c.id == consent_id, or_(contacts.c.live.is_(live), erasures.c.live.is_(live)))
        )
        found = await self.database.records(owner)
        if not found:
            raise NoSuchConsent("There is no such consent.")
        return await self._entries(consent_entries.c.contact_point_id == found[0]["contact_point_id"])

    async def of_point(self, contact_point_id: ContactPointId) -> list[SealedEntry]:
        return await self._entries(consent_entries.c.contact_point_id == contact_point_id)

    async def points_of(self, digests: Sequence[bytes]) -> list[Point]:
        owner = select(contact_points.c.contact_id).where(contact_points.c.digest.in_(digests))
        return await self._points(contact_points.c.contact_id.in_(owner), held=True)

    async def points(self, contact_id: ContactId, *, live: bool) -> list[Point]:
        return await self._points((contact_points.c.contact_id == contact_id) & contacts.c.live.is_(live))

    async def point(self, contact_point_id: ContactPointId) -> Point | None:
        found = await self._points(contact_points.c.id == contact_point_id, held=True)
        return found[0] if found else None

    async def revoked(self, contact_point_id: ContactPointId, program_id: ProgramId) -> bool:
        mine = (
            select(consent_entries.c.facts)
            .where(
                consent_entries.c.contact_point_id == contact_point_id,
                or_(consent_entries.c.program_id == program_id, consent_entries.c.program_id.is_(None)),
            )
            .order_by(consent_entries.c.at, consent_entries.c.position)
        )
        facts = [_decode(row["facts"]) for row in await self.database.records(mine)]
        if not facts:
            return False
        consent = Consent(program_id=program_id, channel=facts[0].channel)
        return consent.replay(facts).status is Status.REVOKED

    async def program_ids(self, references: Sequence[str]) -> dict[str, ProgramId]:
        ids = [UUID(reference) for reference in references if _is_id(reference)]
        statement = select(programs.c.id, programs.c.slug).where(
            or_(programs.c.slug.in_(list(references)), programs.c.id.in_(ids))
        )
        found: dict[str, ProgramId] = {}
        for row in await self.database.records(statement):
            found[row["slug"]] = found[str(row["id"])] = ProgramId(row["id"])
        return {reference: found[reference] for reference in references if reference in found}

    async def program_slugs(self) -> dict[ProgramId, str]:
        return {row["id"]: row["slug"] for row in await self.database.records(select(programs.c.id, programs.c.slug))}

    async def suppress(
        self,
        tokens: Sequence[bytes],
        channel: Channel,
        reason: Reason,
        *,
        program_id: ProgramId | None,
        at: datetime,
        category: str | None = None,
    ) -> None:
        scope = Scope.PROGRAM if program_id else Scope.CATEGORY if category else Scope.BRAND
        identity = new_id(at)
        await self.database.connection.execute(
            _SUPPRESS,
            identity,
            tokens[0],
            channel,
            scope,
            program_id,
            category,
            reason,
            at,
            list(tokens),
            version_of(tokens[0]),
        )

    async def lift(self, tokens: Sequence[bytes], reason: Reason) -> None:
        await self.database.execute(
            delete(suppressions).where(suppressions.c.token.in_(list(tokens)), suppressions.c.reason == reason)
        )

    async def _entries(self, condition: Any) -> list[SealedEntry]:
        statement = select(consent_entries).where(condition).order_by(consent_entries.c.at, consent_entries.c.position)
        return [entry_of(row) for row in await self.database.records(statement)]

    async def _points(self, condition: Any, *, held: bool = False) -> list[Point]:
        entries = consent_entries.c
        latest = select(func.max(entries.at)).where(entries.contact_point_id == contact_points.c.id).scalar_subquery()
        statement = (
            select(
                contact_points.c.contact_id,
                contact_points.c.id.label("contact_point_id"),
                contact_points.c.channel,
                contacts.c.data_key,
                contact_points.c.address,
                latest.label("latest"),
            )
            .join(contacts, contacts.c.id == contact_points.c.contact_id)
            .where(condition)
            .order_by(contacts.c.id, contact_points.c.id)
        )
        if held:
            # Then once more, so that the rest is read as it stands since nobody else holds them.
            await self.database.records(statement.with_for_update(of=contacts, key_share=True))
        return await self.database.rows(statement, Point)


def _line(entry: SealedEntry) -> dict[str, Any]:
    fact = entry.fact
    return {
        "id": fact.id,
        "contact_id": entry.contact_id,
        "contact_point_id": entry.contact_point_id,
        "program_id": fact.program_id,
        "channel": fact.channel,
        "status": fact.status,
        "at": fact.at,
        "recorded_at": fact.recorded_at,
        "actor": entry.actor,
    }


def entry_of(row: asyncpg.Record) -> SealedEntry:
    return SealedEntry(
        fact=_decode(row["facts"]),
        contact_id=row["contact_id"],
        contact_point_id=row["contact_point_id"],
        actor=row["actor"],
        evidence=row["evidence"],
        commitment=row["commitment"],
        hash=row["hash"],
    )


def _is_id(reference: str) -> bool:
    try:
        UUID(reference)
    except ValueError:
        return False
    return True
