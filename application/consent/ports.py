"""What the ledger keeps, and how it is read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from domain.addresses import Channel
from domain.consent.ledger import Fact
from domain.ids import ContactId, ContactPointId, EntryId, ProgramId
from domain.suppression import Reason


class SealedEntry(Struct, frozen=True, kw_only=True):
    """An entry as it is stored: facts in clear, evidence under the contact's key, the salted commitment to it, and the
    hash that binds them.
    """

    fact: Fact
    contact_id: ContactId
    contact_point_id: ContactPointId
    actor: str
    evidence: bytes
    commitment: bytes
    hash: bytes


class Point(Struct, frozen=True, kw_only=True):
    """A contact point on record; `latest` is when its last entry says something was done."""

    contact_id: ContactId
    contact_point_id: ContactPointId
    channel: Channel
    data_key: bytes
    address: bytes
    latest: datetime | None = None


class FormerPoint(Struct, frozen=True, kw_only=True):
    """What is kept of a contact point that was removed: a suppression token, which names nobody."""

    contact_point_id: ContactPointId
    channel: Channel
    token: bytes
    removed_at: datetime


class FormerPoints(Protocol):
    async def add(self, former: FormerPoint) -> None: ...

    async def one(self, contact_point_id: ContactPointId) -> FormerPoint | None: ...


class Ledger(Protocol):
    async def append(self, entries: Sequence[SealedEntry]) -> None:
        """An entry that exists already is left alone. Wakes whoever waits for a consent or must stop."""
        ...

    async def entries(self, contact_id: ContactId, *, live: bool) -> list[SealedEntry]:
        """Oldest first. Raises NoSuchContact."""
        ...

    async def consent(self, consent_id: EntryId, *, live: bool) -> list[SealedEntry]:
        """All entries of the contact point the consent belongs to, oldest first. Raises NoSuchConsent."""
        ...

    async def of_point(self, contact_point_id: ContactPointId) -> list[SealedEntry]:
        """Oldest first."""
        ...

    async def points_of(self, digests: Sequence[bytes]) -> list[Point]:
        """All contact points of the contact who has this address, held as by `point`; empty if none has."""
        ...

    async def point(self, contact_point_id: ContactPointId) -> Point | None:
        """Its contact is held until the transaction ends: two answers at once follow each other."""
        ...

    async def points(self, contact_id: ContactId, *, live: bool) -> list[Point]: ...

    async def program_ids(self, references: Sequence[str]) -> dict[str, ProgramId]: ...

    async def program_slugs(self) -> dict[ProgramId, str]: ...

    async def revoked(self, contact_point_id: ContactPointId, program_id: ProgramId) -> bool:
        """Whether the latest word about that program, or about all, is no."""
        ...

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
        """For that program or category, or brand-wide; one that stands already is left alone."""
        ...

    async def lift(self, tokens: Sequence[bytes], reason: Reason) -> None:
        """It stands on the ledger now, or was overcome. Other reasons stay."""
        ...
