"""What the rights of contacts need kept: erasures, what outlives them, and the requests themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from application.consent.ports import SealedEntry
from domain.ids import ContactId, ContactPointId, EntryId, MessageId, RequestId
from domain.privacy.requests import RightsRequest


class Erased(Struct, frozen=True, kw_only=True):
    """That a contact was erased, and until when evidence is kept of it; None if there was none."""

    contact_id: ContactId
    live: bool
    at: datetime
    kept_until: date | None = None


class Restricted(Struct, frozen=True, kw_only=True):
    """Evidence of an erased contact's entry, under the key for restricted evidence. `rule` is why it is kept."""

    entry_id: EntryId
    contact_id: ContactId
    contact_point_id: ContactPointId
    live: bool
    sealed: bytes
    rule: str
    kept_until: date


class KeptEntry(Struct, frozen=True, kw_only=True):
    entry: SealedEntry
    restricted: Restricted


class Erasures(Protocol):
    """All of it needs an open transaction."""

    async def one(self, contact_id: ContactId, *, live: bool) -> Erased | None: ...

    async def waiting(self, contacts: Sequence[ContactId]) -> list[MessageId]:
        """Of their messages those that have not left."""
        ...

    async def last_reliance(self, contact_id: ContactId) -> datetime | None:
        """When a message was last sent to the contact on what they had agreed to."""
        ...

    async def wipe(self, contacts: Sequence[ContactId], digests: Sequence[bytes]) -> None:
        """All words and addresses of these contacts, wherever they lie; `digests` are those challenges know an address
        by. What names nobody stays.
        """
        ...

    async def destroy(self, erased: Erased) -> None:
        """The data key with the contact and its points; with the commit every process is told to forget it."""
        ...

    async def unsettled(self, *, most: int) -> list[Erased]:
        """The oldest first."""
        ...

    async def settled(self, contacts: Sequence[ContactId], at: datetime) -> None: ...


class RestrictedEvidence(Protocol):
    async def keep(self, restricted: Sequence[Restricted]) -> None: ...

    async def of_tokens(self, tokens: Sequence[bytes], *, live: bool) -> list[KeptEntry]:
        """Of the erased contact points an address belonged to, oldest first."""
        ...


class Restrictions(Protocol):
    async def restrict(self, contact_id: ContactId, at: datetime | None) -> None:
        """From then on, or no more. What is on its way is stopped."""
        ...


class HistoryStep(Struct, frozen=True, kw_only=True):
    """One step of a request: `opened`, `done`, or one of those staff say. `note` is sealed."""

    at: datetime
    actor: str
    step: str
    note: bytes | None = None


class Listed(Struct, frozen=True, kw_only=True):
    contact_id: ContactId | None = None
    open_only: bool = False
    before: RequestId | None = None
    limit: int = 50


class RightsRequests(Protocol):
    async def add(self, request: RightsRequest, address: bytes | None, step: HistoryStep) -> RightsRequest:
        """As it is on record: one that exists already is left alone."""
        ...

    async def get(self, request_id: RequestId, *, live: bool) -> tuple[RightsRequest, bytes | None]:
        """With the sealed address of somebody nobody knows. Held until the transaction ends. Raises NoSuchRequest."""
        ...

    async def save(self, request: RightsRequest, step: HistoryStep) -> None:
        """With the address gone once it is closed."""
        ...

    async def history(self, request_id: RequestId) -> list[HistoryStep]: ...

    async def page(self, listed: Listed, *, live: bool) -> list[RightsRequest]:
        """Newest first."""
        ...

    async def due(self, by: date, *, live: bool, most: int) -> list[RightsRequest]:
        """Open ones that are to be answered by that day, or acknowledged, the most urgent first."""
        ...
