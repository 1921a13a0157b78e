"""Erasure in PostgreSQL: what is wiped where. A test goes over every table there is and compares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.consent import entry_of
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import own
from adapters.outbound.postgres.tables import consent_entries, erasures, former_points, restricted_evidence
from application.privacy.ports import Erased, Erasures, KeptEntry, Restricted, RestrictedEvidence
from domain.ids import ContactId, MessageId

_WAITING = """
select id from messages where contact_id = any($1::uuid[]) and status in ('queued', 'deferred', 'held') order by id
"""
_LAST_RELIANCE = """
select max(created_at) from messages
where contact_id = $1 and status in ('sending', 'sent', 'delivered', 'undelivered', 'uncertain')
"""
# Of each table the contact left something personal in. $1 are contacts.
WIPED = {
    "challenges": """
        delete from challenges where message_id in (select id from messages where contact_id = any($1::uuid[]))
    """,
    "sandbox_messages": """
        delete from sandbox_messages where message_id in (select id from messages where contact_id = any($1::uuid[]))
    """,
    "message_bodies": """
        update message_bodies set content = ''
        where message_id in (select id from messages where contact_id = any($1::uuid[])) and content <> ''
    """,
    # The customer's own word for the message may name somebody; so may the carrier's, in the carrier's books.
    "messages": """
        update messages set reference = null, provider_id = null
        where contact_id = any($1::uuid[]) and (reference is not null or provider_id is not null)
    """,
    "replies": "delete from replies where contact_id = any($1::uuid[])",
    "sends": "delete from sends where contact_id = any($1::uuid[])",
    "soft_bounces": """
        delete from soft_bounces where message_id in (select id from messages where contact_id = any($1::uuid[]))
    """,
    # The commitment stays, so the hash still holds.
    "consent_entries": """
        update consent_entries set evidence = '' where contact_id = any($1::uuid[]) and evidence <> ''
    """,
    "rights_requests": "update rights_requests set address = null, channel = null where contact_id = any($1::uuid[])",
    "rights_request_steps": """
        update rights_request_steps set note = null
        where request_id in (select id from rights_requests where contact_id = any($1::uuid[]))
    """,
}
_WIPE_COUNTED = "delete from challenges where digest = any($1::bytea[])"
_DESTROY = "delete from contacts where id = $1"
_TELL = "select pg_notify('optin_erased', '')"


@dataclass(frozen=True)
class PostgresErasures(Erasures):
    database: Database

    async def one(self, contact_id: ContactId, *, live: bool) -> Erased | None:
        mine = select(erasures).where(erasures.c.contact_id == contact_id, erasures.c.live.is_(live))
        return await self.database.row(mine, Erased)

    async def waiting(self, contacts: Sequence[ContactId]) -> list[MessageId]:
        return [MessageId(row["id"]) for row in await self.database.connection.fetch(_WAITING, list(contacts))]

    async def last_reliance(self, contact_id: ContactId) -> datetime | None:
        found: datetime | None = await self.database.connection.fetchval(_LAST_RELIANCE, contact_id)
        return found

    async def wipe(self, contacts: Sequence[ContactId], digests: Sequence[bytes]) -> None:
        for statement in WIPED.values():
            await self.database.connection.execute(statement, list(contacts))
        await self.database.connection.execute(_WIPE_COUNTED, list(digests))

    async def destroy(self, erased: Erased) -> None:
        await self.database.connection.execute(_DESTROY, erased.contact_id)
        await self.database.execute(insert(erasures).values(own(erased)))
        await self.database.connection.execute(_TELL)

    async def unsettled(self, *, most: int) -> list[Erased]:
        oldest = select(erasures).where(erasures.c.settled_at.is_(None)).order_by(erasures.c.at).limit(most)
        return await self.database.rows(oldest, Erased)

    async def settled(self, contacts: Sequence[ContactId], at: datetime) -> None:
        await self.database.execute(update(erasures).where(erasures.c.contact_id.in_(contacts)).values(settled_at=at))


@dataclass(frozen=True)
class PostgresRestrictedEvidence(RestrictedEvidence):
    database: Database

    async def keep(self, restricted: Sequence[Restricted]) -> None:
        if restricted:
            rows = [own(one) for one in restricted]
            await self.database.execute(insert(restricted_evidence).values(rows).on_conflict_do_nothing())

    async def of_tokens(self, tokens: Sequence[bytes], *, live: bool) -> list[KeptEntry]:
        points = select(former_points.c.contact_point_id).where(former_points.c.token.in_(list(tokens)))
        mine = restricted_evidence.c
        kept = select(restricted_evidence).where(mine.contact_point_id.in_(points), mine.live.is_(live))
        restricted = {one.entry_id: one for one in await self.database.rows(kept, Restricted)}
        entries = select(consent_entries).where(consent_entries.c.id.in_(list(restricted)))
        rows = await self.database.records(entries.order_by(consent_entries.c.at, consent_entries.c.position))
        return [KeptEntry(entry=entry_of(row), restricted=restricted[row["id"]]) for row in rows]
