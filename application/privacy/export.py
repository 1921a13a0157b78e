"""Everything held about a contact, as it is handed to them: for machines as JSON, for people as a page."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from domain.addresses import Channel
from domain.consent.evidence import Evidence
from domain.contacts import Kind, Residence
from domain.messages import Content

FORMAT = "optin.contact-export/1"


class Standing(Struct, frozen=True, kw_only=True):
    """Where one address stands with one program now."""

    address: str
    channel: Channel
    program: str
    status: str
    since: datetime | None


class HeldEntry(Struct, frozen=True, kw_only=True):
    """One line of the consent ledger, which is the receipt for it: `hash` and `commitment` show later that neither the
    line nor its evidence was changed. Without a program it is about all of them; `address` is null for one that was
    taken off the contact.
    """

    id: UUID
    address: str | None
    channel: Channel
    program: str | None
    status: str
    at: datetime
    recorded_at: datetime
    recorded_by: str
    evidence: Evidence | None
    hash: str
    commitment: str


class Step(Struct, frozen=True, kw_only=True):
    at: datetime
    status: str
    detail: str | None = None


class HeldMessage(Struct, frozen=True, kw_only=True):
    """`content` is null where the words are gone; `decision` is why it was sent or not."""

    id: UUID
    address: str | None
    channel: Channel
    program: str
    sender: str
    category: str
    status: str
    reference: str | None
    content: Content | None
    decision: Any
    steps: tuple[Step, ...]


class HeldReply(Struct, frozen=True, kw_only=True):
    id: UUID
    channel: Channel
    received_at: datetime
    status: str
    read_as: str | None
    text: str | None


class HeldSuppression(Struct, frozen=True, kw_only=True):
    address: str
    channel: Channel
    scope: str
    category: str | None
    program: str | None
    reason: str
    date: datetime


class HeldChallenge(Struct, frozen=True, kw_only=True):
    """A code or link that was asked for; kept for a day or two."""

    id: UUID
    channel: Channel
    purpose: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


class HeldRequest(Struct, frozen=True, kw_only=True):
    """What was asked for before under these rights."""

    id: UUID
    kind: str
    state: str
    received_at: datetime
    due_on: date
    closed_at: datetime | None


class HeldRecord(Struct, frozen=True, kw_only=True):
    """What was done with the data. `by` is the kind of whoever did it: staff have rights, too."""

    at: datetime
    action: str
    about: str
    by: str
    changes: Any


class HeldAddress(Struct, frozen=True, kw_only=True):
    id: UUID
    channel: Channel
    address: str
    state: str


class HeldContact(Struct, frozen=True, kw_only=True):
    id: UUID
    kind: Kind
    locale: str | None
    time_zone: str | None
    residence: Residence | None
    reference: str | None
    attributes: dict[str, str]
    created_at: datetime
    updated_at: datetime
    restricted_at: datetime | None


class Export(Struct, frozen=True, kw_only=True):
    """`erased_at` is set, and nothing else is there, once the contact was erased; `kept_until` then says until when
    evidence is kept for claims.
    """

    format: str = FORMAT
    made_at: datetime
    erased_at: datetime | None = None
    kept_until: date | None = None
    contact: HeldContact | None = None
    addresses: tuple[HeldAddress, ...] = ()
    consents: tuple[Standing, ...] = ()
    ledger: tuple[HeldEntry, ...] = ()
    messages: tuple[HeldMessage, ...] = ()
    replies: tuple[HeldReply, ...] = ()
    suppressions: tuple[HeldSuppression, ...] = ()
    challenges: tuple[HeldChallenge, ...] = ()
    requests: tuple[HeldRequest, ...] = ()
    records: tuple[HeldRecord, ...] = ()

    def __repr__(self) -> str:
        return "Export(…)"


def as_json(export: Export) -> bytes:
    return msgspec.json.format(msgspec.json.encode(export), indent=2)


def schema() -> bytes:
    """JSON Schema (2020-12) of what `as_json` writes."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Export)), indent=2)
