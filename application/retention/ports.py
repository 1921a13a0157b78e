"""Where records lie that end some day, what is held, and the runs that end them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from domain.errors import Unavailable
from domain.ids import ContactId, HoldId, RunId
from domain.retention.holds import HoldOn, LegalHold
from domain.retention.policies import Policy, RecordClass


class InUse(Unavailable):
    """Somebody works with what was to be removed, and nobody is made to wait for retention."""


class Due(Struct, frozen=True, kw_only=True):
    """How much of a class is over: `held` of it stays because of a legal hold or because something still needs it."""

    count: int = 0
    held: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None

    def with_more(self, other: "Due") -> "Due":
        instants = [at for at in (self.oldest, self.newest, other.oldest, other.newest) if at is not None]
        return Due(
            count=self.count + other.count,
            held=self.held + other.held,
            oldest=min(instants, default=None),
            newest=max(instants, default=None),
        )


class Taken(Struct, frozen=True, kw_only=True):
    """One batch. `cursor` is where the next one begins; None when the shelf has been gone through."""

    count: int = 0
    cursor: str | None = None


class Shelf(Protocol):
    """One place where records of a class lie. All of it needs an open transaction."""

    record_class: RecordClass

    async def due(self, policy: Policy, now: datetime) -> Due: ...

    async def take(self, policy: Policy, now: datetime, cursor: str | None) -> Taken:
        """Whatever is removed with a line in the ledger or the trail is told on the trail. Raises InUse."""
        ...


class Shelves(Protocol):
    def every(self) -> Sequence[Shelf]:
        """In the order they are gone through."""
        ...

    async def passing(self, record_class: RecordClass) -> Due:
        """How much lies there of what the worker forgets, or nobody."""
        ...


class Lapsed(Struct, frozen=True, kw_only=True):
    """A contact of whom nothing happened since `latest`, when a message may have been sent to them last."""

    contact_id: ContactId
    live: bool
    record_class: RecordClass
    latest: datetime
    last_sent: datetime | None
    held: bool


class LapsedContacts(Protocol):
    async def lapsed(
        self, record_class: RecordClass, before: datetime, *, after: ContactId | None, most: int
    ) -> list[Lapsed]:
        """By id. Those with messages on their way are passed over."""
        ...

    async def still(self, contact_id: ContactId, record_class: RecordClass, before: datetime) -> Lapsed | None:
        """The same for one, as it stands now."""
        ...


class Holds(Protocol):
    async def add(self, hold: LegalHold) -> None: ...

    async def one(self, hold_id: HoldId) -> LegalHold:
        """Until the transaction ends nobody else changes it. Raises NoSuchHold."""
        ...

    async def save(self, hold: LegalHold) -> None: ...

    async def every(self) -> list[LegalHold]:
        """Those that stand first, then the newest first."""
        ...

    async def exists(self, on: HoldOn, subject_id: UUID, *, live: bool) -> bool:
        """Whether there is, or was, such a contact or program."""
        ...

    async def on_everything(self) -> bool: ...

    async def over(self, contact_id: ContactId) -> bool:
        """Whether one stands on the contact, on a program of theirs, or on everything."""
        ...


class Run(Struct, frozen=True, kw_only=True):
    """One going through all shelves. `shelf` and `cursor` are where it is; `removed` counts by class so far."""

    id: RunId
    day: date
    started_at: datetime
    started_by: str
    shelf: int = 0
    cursor: str | None = None
    removed: dict[str, int]
    finished_at: datetime | None = None
    held: bool = False


class Runs(Protocol):
    async def alone(self) -> bool:
        """Nobody else goes on with a run until the transaction ends, or somebody does already."""
        ...

    async def under_way(self) -> Run | None: ...

    async def latest(self) -> Run | None: ...

    async def keep(self, run: Run) -> None: ...

    async def page(self, most: int) -> list[Run]:
        """The newest first."""
        ...
