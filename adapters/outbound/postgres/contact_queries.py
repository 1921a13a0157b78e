"""Contacts as they are looked up and looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import Select, select

from adapters.outbound.postgres.contacts import load, unknown
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import contact_points, contacts
from application.contacts.ports import ContactQueries, Event, Occasion
from application.contacts.sealing import open_address
from application.secrets import Digests, Vault
from domain.addresses import Address, Channel
from domain.contacts import Contact
from domain.ids import ContactId

# Later than anything: a page without a cursor begins here.
_END = (datetime(9999, 12, 31, tzinfo=UTC), UUID(int=(1 << 128) - 1))
_TIMELINE = """
with happened as (
    (select 'consent' as kind, id, at, status, channel, program_id, contact_point_id, null as reference
       from consent_entries where contact_id = $1 and (at, id) < ($2, $3) order by at desc, id desc limit $4)
    union all
    (select 'message', id, created_at, status, channel, program_id, contact_point_id, reference
       from messages where contact_id = $1 and (created_at, id) < ($2, $3) order by created_at desc, id desc limit $4)
    union all
    (select 'reply', id, received_at, classification, channel, program_id, contact_point_id, null
       from replies where contact_id = $1 and (received_at, id) < ($2, $3) order by received_at desc, id desc limit $4)
    order by at desc, id desc limit $4
)
select h.*, p.slug, c.address from happened h
left join programs p on p.id = h.program_id
left join contact_points c on c.id = h.contact_point_id
order by h.at desc, h.id desc
"""


@dataclass(frozen=True)
class PostgresContactQueries(ContactQueries):
    database: Database
    vault: Vault
    digests: Digests

    async def one(self, contact_id: ContactId, *, live: bool) -> Contact:
        return await self._first(select(contacts).where(contacts.c.id == contact_id, contacts.c.live == live))

    async def by_address(self, address: Address, *, live: bool) -> Contact:
        digests = list(self.digests.index(address, live=live))
        statement = select(contacts).join(contact_points, contact_points.c.contact_id == contacts.c.id)
        return await self._first(statement.where(contact_points.c.digest.in_(digests)))

    async def by_reference(self, reference: str, *, live: bool) -> Contact:
        digests = list(self.digests.reference(reference, live=live))
        statement = select(contacts).where(contacts.c.reference_digest.in_(digests))
        return await self._first(statement.order_by(contacts.c.id.desc()).limit(1))

    async def page(self, limit: int, after: ContactId | None, *, live: bool) -> Sequence[Contact]:
        statement = select(contacts).where(contacts.c.live == live).order_by(contacts.c.id.desc()).limit(limit + 1)
        if after is not None:
            statement = statement.where(contacts.c.id < after)
        async with self.database.transaction():
            return await load(self.database, self.vault, await self.database.records(statement))

    async def timeline(
        self, contact_id: ContactId, limit: int, after: tuple[datetime, UUID] | None, *, live: bool
    ) -> Sequence[Event]:
        statement = select(contacts.c.data_key).where(contacts.c.id == contact_id, contacts.c.live == live)
        async with self.database.transaction():
            owners = await self.database.records(statement)
            if not owners:
                raise unknown()
            records = await self.database.connection.fetch(_TIMELINE, contact_id, *(after or _END), limit + 1)
        seal = self.vault.unwrap(owners[0]["data_key"]).seal
        return [
            Event(
                kind=Occasion(record["kind"]),
                id=record["id"],
                at=record["at"],
                status=record["status"],
                channel=Channel(record["channel"]),
                program=record["slug"],
                address=open_address(record["address"], record["contact_point_id"], Channel(record["channel"]), seal)
                if record["address"]
                else None,
                reference=record["reference"],
            )
            for record in records
        ]

    async def _first(self, statement: Select[Any]) -> Contact:
        async with self.database.transaction():
            records: list[asyncpg.Record] = await self.database.records(statement)
            found = await load(self.database, self.vault, records[:1])
        if not found:
            raise unknown()
        return found[0]
