from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

from application.messages.ports import Step
from application.proof.summary import Summary
from domain.addresses import Channel
from domain.ids import ContactId, ContactPointId, MessageId
from domain.messages import Message


class PointOnRecord(Struct, frozen=True, kw_only=True):
    """A contact point that has or had the address. Of one that was removed the contact is known as far as the ledger
    tells; without a `data_key` the contact was erased.
    """

    contact_point_id: ContactPointId
    contact_id: ContactId | None
    channel: Channel
    state: str
    data_key: bytes | None
    added_at: datetime | None = None
    removed_at: datetime | None = None


class Verified(Struct, frozen=True, kw_only=True):
    """How an address was proved: by a challenge with its code or link, or by an answer to our message. `failures`
    are the wrong codes before the right one; messages have none.
    """

    id: UUID
    by: Literal["challenge", "message"]
    channel: Channel
    method: str | None
    asked_at: datetime
    sent_at: datetime | None
    used_at: datetime | None
    failures: int | None


class MessageOnRecord(Struct, frozen=True, kw_only=True):
    """`content` is sealed; empty where it was forgotten, as codes are. `decision` is JSON."""

    message: Message
    program: str
    content: bytes
    decision: bytes
    journal: tuple[Step, ...]


class Verifications(Protocol):
    async def verifications(self, ids: Sequence[UUID]) -> dict[UUID, Verified]:
        """Those still on record, in the open transaction."""
        ...


class Records(Verifications, Protocol):
    """What is on record about one address, in the open transaction."""

    async def points(self, digests: Sequence[bytes], tokens: Sequence[bytes], *, live: bool) -> list[PointOnRecord]:
        """Those that have the address, and those that had it. Oldest first."""
        ...

    async def messages(
        self, points: Sequence[PointOnRecord], *, live: bool, after: MessageId | None, limit: int
    ) -> list[MessageOnRecord]:
        """Oldest first."""
        ...

    async def trail(self, points: Sequence[PointOnRecord], *, live: bool) -> list[UUID]:
        """The ids of what the audit trail has about the contacts, their contact points and these messages. Oldest
        first.
        """
        ...


class Summaries(Protocol):
    def page(self, summary: Summary) -> bytes:
        """For people: one file that shows everything that matters, in any browser, on paper too."""
        ...
