from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from domain.addresses import Address, Channel
from domain.contacts import Contact
from domain.ids import ContactId


class Contacts(Protocol):
    """Live and test contacts never meet: each is found only by an actor of its own world."""

    async def add(self, contact: Contact) -> Contact:
        """The one that has this id already, if there is one. Raises AddressTaken."""
        ...

    async def get(self, contact_id: ContactId, *, live: bool) -> Contact:
        """Locked until the transaction ends. Raises NoSuchContact."""
        ...

    async def save(self, before: Contact, after: Contact) -> None:
        """Raises AddressTaken, AddressInUse."""
        ...


class Occasion(StrEnum):
    CONSENT = "consent"
    MESSAGE = "message"
    REPLY = "reply"


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened with a contact. An address no longer theirs is null; so is a program that means all."""

    kind: Occasion
    id: UUID
    at: datetime
    status: str
    channel: Channel
    program: str | None
    address: Address | None
    reference: str | None


class ContactQueries(Protocol):
    async def one(self, contact_id: ContactId, *, live: bool) -> Contact:
        """Raises NoSuchContact."""
        ...

    async def by_address(self, address: Address, *, live: bool) -> Contact:
        """Raises NoSuchContact."""
        ...

    async def by_reference(self, reference: str, *, live: bool) -> Contact:
        """The newest of those with that reference. Raises NoSuchContact."""
        ...

    async def page(self, limit: int, after: ContactId | None, *, live: bool) -> Sequence[Contact]:
        """Newest first; one more than the limit if there are more."""
        ...

    async def timeline(
        self, contact_id: ContactId, limit: int, after: tuple[datetime, UUID] | None, *, live: bool
    ) -> Sequence[Event]:
        """Newest first; one more than the limit if there are more. Raises NoSuchContact."""
        ...
