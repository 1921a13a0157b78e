"""Contacts at rest: what is personal is sealed with the contact's own key, and found again by keyed digests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.recipients import lock_addresses
from adapters.outbound.postgres.tables import contact_points, contacts, held, outbox
from application.contacts.ports import Contacts
from application.contacts.sealing import open_address, seal_address
from application.secrets import DataKey, Digests, Seal, Vault, version_of
from domain.addresses import Channel
from domain.contacts import (
    AddressInUse,
    AddressTaken,
    Contact,
    ContactPoint,
    Kind,
    NoSuchContact,
    PointState,
    Residence,
)
from domain.errors import FieldProblem
from domain.ids import ContactId, ContactPointId


@dataclass(frozen=True)
class PostgresContacts(Contacts):
    database: Database
    vault: Vault
    digests: Digests

    async def add(self, contact: Contact) -> Contact:
        key = self.vault.new_key()
        values = {
            **self._values(contact, key.seal),
            "id": contact.id,
            "live": contact.live,
            "data_key": key.wrapped,
            "created_at": contact.created_at,
        }
        added = await self.database.execute(
            insert(contacts).values(values).on_conflict_do_nothing(index_elements=["id"])
        )
        if not added:
            return await self.get(contact.id, live=contact.live)
        await self._add_points(contact, contact.points, key.seal, "addresses")
        return contact

    async def get(self, contact_id: ContactId, *, live: bool) -> Contact:
        statement = select(contacts).where(contacts.c.id == contact_id, contacts.c.live == live).with_for_update()
        found = await load(self.database, self.vault, await self.database.records(statement))
        if not found:
            raise unknown()
        return found[0]

    async def save(self, before: Contact, after: Contact) -> None:
        wrapped = await self.database.records(select(contacts.c.data_key).where(contacts.c.id == after.id))
        seal = self.vault.unwrap(wrapped[0]["data_key"]).seal
        values = self._values(after, seal)
        await self.database.execute(update(contacts).where(contacts.c.id == after.id).values(values))
        await self._remove_points([point for point in before.points if point not in after.points])
        added = [point for point in after.points if point not in before.points]
        await self._add_points(after, added, seal, "add_addresses")

    async def _add_points(self, contact: Contact, points: Sequence[ContactPoint], seal: Seal, field: str) -> None:
        """In the order of their digests, so that two requests that add the same addresses cannot lock each other up."""
        if not points:
            return
        digests = {point.id: list(self.digests.index(point.address, live=contact.live)) for point in points}
        every = [digest for found in digests.values() for digest in found]
        if len(every) > len(digests):
            await lock_addresses(self.database.connection, digests.values())
        taken = await self.database.records(select(contact_points.c.digest).where(contact_points.c.digest.in_(every)))
        if taken:
            raise _taken(field, list(digests.values()), {record["digest"] for record in taken})
        rows: list[dict[str, Any]] = [
            {
                "id": point.id,
                "contact_id": contact.id,
                "channel": point.channel,
                "digest": digests[point.id][0],
                "digest_version": version_of(digests[point.id][0]),
                "address": seal_address(point.address, point.id, seal),
                "state": point.state,
                "created_at": contact.updated_at,
            }
            for point in points
        ]
        rows.sort(key=lambda row: digests[row["id"]][0])
        try:
            await self.database.execute(insert(contact_points).values(rows))
        except asyncpg.UniqueViolationError:
            raise AddressTaken("One of these addresses was just given to another contact.", field=field) from None

    async def _remove_points(self, points: Sequence[ContactPoint]) -> None:
        if not points:
            return
        ids = [point.id for point in points]
        for queue in (outbox, held):
            if await self.database.records(
                select(queue.c.message_id).where(queue.c.contact_point_id.in_(ids)).limit(1)
            ):
                raise AddressInUse(
                    "Messages to this address still wait; cancel them, or let them leave, first.",
                    field="remove_addresses",
                )
        await self.database.execute(delete(contact_points).where(contact_points.c.id.in_(ids)))

    def _values(self, contact: Contact, seal: Seal) -> dict[str, Any]:
        residence, reference = contact.residence, contact.reference
        return {
            "kind": contact.kind,
            "locale": contact.locale,
            "time_zone": contact.time_zone,
            "country": residence.country if residence else None,
            "region": residence.region if residence else None,
            "residence_verified_at": residence.verified_at if residence else None,
            "reference": seal.seal(reference.encode(), _context("reference", contact.id)) if reference else None,
            "reference_digest": self.digests.reference(reference, live=contact.live)[0] if reference else None,
            "attributes": seal.seal(msgspec.json.encode(contact.attributes), _context("attributes", contact.id))
            if contact.attributes
            else None,
            "updated_at": contact.updated_at,
        }


def unknown() -> NoSuchContact:
    return NoSuchContact("There is no such contact.")


async def load(database: Database, vault: Vault, records: Sequence[asyncpg.Record]) -> list[Contact]:
    """Contacts as rows of their table, in the order given, with their points in the order they came."""
    points: dict[UUID, list[asyncpg.Record]] = {record["id"]: [] for record in records}
    belongs: ColumnElement[bool] = contact_points.c.contact_id.in_(list(points))
    statement = select(contact_points).where(belongs).order_by(contact_points.c.created_at, contact_points.c.id)
    for row in await database.records(statement) if points else ():
        points[row["contact_id"]].append(row)
    return [_contact(record, points[record["id"]], vault.unwrap(record["data_key"])) for record in records]


def _contact(record: asyncpg.Record, points: Iterable[asyncpg.Record], key: DataKey) -> Contact:
    reference, attributes = record["reference"], record["attributes"]
    identity = ContactId(record["id"])
    return Contact(
        id=identity,
        points=tuple(_point(row, key.seal) for row in points),
        created_at=record["created_at"],
        updated_at=record["updated_at"],
        live=record["live"],
        kind=Kind(record["kind"]),
        locale=record["locale"],
        time_zone=record["time_zone"],
        residence=Residence(
            country=record["country"], region=record["region"], verified_at=record["residence_verified_at"]
        )
        if record["country"]
        else None,
        reference=key.seal.open(reference, _context("reference", identity)).decode() if reference else None,
        attributes=msgspec.json.decode(key.seal.open(attributes, _context("attributes", identity)), type=dict[str, str])
        if attributes
        else {},
        restricted_at=record["restricted_at"],
    )


def _point(row: asyncpg.Record, seal: Seal) -> ContactPoint:
    return ContactPoint(
        id=ContactPointId(row["id"]),
        address=open_address(row["address"], row["id"], Channel(row["channel"]), seal),
        state=PointState(row["state"]),
    )


def _context(column: str, contact_id: ContactId) -> bytes:
    return f"contacts.{column}".encode() + contact_id.bytes


def _taken(field: str, digests: Sequence[Sequence[bytes]], taken: set[bytes]) -> AddressTaken:
    detail = "Another contact has this address."
    problems = tuple(
        FieldProblem(field=f"{field}.{number}", code="address-taken", message=detail)
        for number, found in enumerate(digests)
        if not taken.isdisjoint(found)
    )
    return AddressTaken(detail, problems=problems)
