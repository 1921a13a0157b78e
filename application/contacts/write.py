"""Writing contacts, and finding one by what a customer knows of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.contacts.parting import Parting
from application.contacts.ports import ContactQueries, Contacts
from application.ports import Clock, Transaction
from application.shapes import Country, Locale, Region
from domain.access import Actor, Permission
from domain.addresses import Address, InvalidAddress
from domain.audit.record import Subject
from domain.contacts import MOST_ADDRESSES, Contact, ContactPoint, Kind, Residence, parse_time_zone
from domain.errors import FieldProblem, Invalid
from domain.ids import ContactId, ContactPointId, new_id
from domain.templates.locales import parse_locale

Reference: TypeAlias = Annotated[str, Meta(min_length=1, max_length=200)]
Addresses: TypeAlias = Annotated[tuple[str, ...], Meta(max_length=MOST_ADDRESSES)]
Attributes: TypeAlias = Annotated[
    dict[Annotated[str, Meta(min_length=1, max_length=64)], Annotated[str, Meta(max_length=1000)]], Meta(max_length=50)
]


class GivenResidence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    country: Country
    region: Region | None = None
    verified_at: date | None = None


class NewContact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    addresses: Annotated[tuple[str, ...], Meta(min_length=1, max_length=MOST_ADDRESSES)]
    locale: Locale | None = None
    time_zone: str | None = None
    residence: GivenResidence | None = None
    kind: Kind = Kind.INDIVIDUAL
    reference: Reference | None = None
    attributes: Attributes = {}


class ContactChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays; null clears. An address to remove is named in full, or by its contact point's id."""

    add_addresses: Addresses = ()
    remove_addresses: Addresses = ()
    locale: Locale | UnsetType | None = UNSET
    time_zone: str | UnsetType | None = UNSET
    residence: GivenResidence | UnsetType | None = UNSET
    kind: Kind | UnsetType = UNSET
    reference: Reference | UnsetType | None = UNSET
    attributes: Attributes | UnsetType = UNSET


class Lookup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the two."""

    address: str | None = None
    reference: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateContact:
    contacts: Contacts
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewContact, by: Actor, *, seed: UUID | None = None) -> Contact:
        """A seed names the contact: repeated after a crash, the request finds the one it already made.

        Raises InvalidAddress, AddressTaken. An address that is suppressed stays so.
        """
        by.must(Permission.WRITE_CONTACTS)
        now = self.clock.now()
        addresses = _addresses(command.addresses, "addresses")
        details = {name: getattr(command, name) for name in _DETAILS}
        contact = Contact(
            id=ContactId(seed or new_id(now)),
            points=_points(addresses, now),
            created_at=now,
            updated_at=now,
            live=by.live,
            **_parsed(details),
        )
        contact.must_be_reachable()
        async with self.transaction():
            added = await self.contacts.add(contact)
            created = noted(by, "contact.created", _subject(added), now, after=_told(added), seed=seed)
            await self.trail.record([created])
        return added


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeContact:
    contacts: Contacts
    parting: Parting
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, contact_id: UUID, command: ContactChange, by: Actor) -> Contact:
        """Raises NoSuchContact, InvalidAddress, AddressTaken, AddressInUse."""
        by.must(Permission.WRITE_CONTACTS)
        now = self.clock.now()
        changes = _parsed({name: value for name in _DETAILS if (value := getattr(command, name)) is not UNSET})
        added = _points(_addresses(command.add_addresses, "add_addresses"), now)
        ids = {text: found for text in command.remove_addresses if (found := _id_in(text)) is not None}
        named = _addresses([text for text in command.remove_addresses if text not in ids], "remove_addresses")
        async with self.transaction():
            contact = await self.contacts.get(ContactId(contact_id), live=by.live)
            removed = [*named, *(point.address for point in contact.points if point.id in ids.values())]
            changed = contact.changed(now, changes, added=added, removed=removed)
            if changed is not contact:
                removed_points = [point for point in contact.points if point not in changed.points]
                await self.parting(removed_points, live=by.live, at=now)
                await self.contacts.save(contact, changed)
                told = noted(by, "contact.changed", _subject(contact), now, before=_told(contact), after=_told(changed))
                await self.trail.record([told])
        return changed


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpContact:
    """By address or reference, which stand in no URL."""

    contact_queries: ContactQueries

    async def __call__(self, command: Lookup, by: Actor) -> Contact:
        """Raises NoSuchContact, InvalidAddress."""
        by.must(Permission.READ_CONTACTS)
        if (command.address is None) == (command.reference is None):
            raise Invalid("Give an address or a reference.", field="address")
        if command.address is not None:
            return await self.contact_queries.by_address(Address.parse(command.address), live=by.live)
        return await self.contact_queries.by_reference(command.reference or "", live=by.live)


def _subject(contact: Contact) -> Subject:
    return Subject(kind="contact", id=str(contact.id))


def _told(contact: Contact) -> dict[str, object]:
    """A contact as a record may tell of it: addresses masked, and of what the customer keeps only the names."""
    return {
        "addresses": [point.address.masked for point in contact.points],
        "locale": contact.locale,
        "time_zone": contact.time_zone,
        "residence": contact.residence,
        "kind": contact.kind,
        "reference": None if contact.reference is None else "set",
        "attributes": sorted(contact.attributes) or None,
    }


_DETAILS = ("locale", "time_zone", "residence", "kind", "reference", "attributes")


def _parsed(given: dict[str, Any]) -> dict[str, Any]:
    found = dict(given)
    if found.get("locale") is not None:
        found["locale"] = parse_locale(found["locale"])
    if found.get("time_zone") is not None:
        found["time_zone"] = parse_time_zone(found["time_zone"])
    if isinstance(residence := found.get("residence"), GivenResidence):
        found["residence"] = Residence(
            country=residence.country, region=residence.region, verified_at=residence.verified_at
        )
    return found


def _addresses(texts: Sequence[str], field: str) -> list[Address]:
    """Each once, in the order given. Raises InvalidAddress, which tells every one that is wrong."""
    found: dict[Address, None] = {}
    wrong: list[FieldProblem] = []
    for number, text in enumerate(texts):
        try:
            found[Address.parse(text, field=f"{field}.{number}")] = None
        except InvalidAddress as error:
            wrong.extend(error.problems)
    if wrong:
        raise InvalidAddress(wrong[0].message, problems=tuple(wrong))
    return list(found)


def _points(addresses: Sequence[Address], now: datetime) -> tuple[ContactPoint, ...]:
    """Their ids keep the order they were given in."""
    ids = sorted(new_id(now) for _ in addresses)
    return tuple(
        ContactPoint(id=ContactPointId(one), address=address) for one, address in zip(ids, addresses, strict=True)
    )


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
