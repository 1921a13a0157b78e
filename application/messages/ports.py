"""What sending needs kept: everything the rules look at, the messages, and the queue they leave by."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from domain.access import SYSTEM
from domain.addresses import Channel
from domain.channels import Sender
from domain.contacts import Kind, PointState
from domain.ids import ContactId, ContactPointId, MessageId, ProgramId, SenderId
from domain.messages import Message, Status
from domain.programs import Program
from domain.suppression import Suppression


class Asked(Struct, frozen=True, kw_only=True):
    """One recipient to look up: keyed digests of the address, newest key version first."""

    digests: Sequence[bytes]
    tokens: Sequence[bytes]
    program: str


class PastSend(Struct, frozen=True):
    at: datetime
    program_id: ProgramId
    category: str


class Known(Struct, frozen=True, kw_only=True):
    """A contact point on record, with all the rules look at. `history` is the ledger's facts, in no order; `sends` are
    what the caps count, and `last_sent_at` is when the last such message went, however long ago. Since `restricted_at`
    their data is kept and not used.
    """

    contact_id: ContactId
    contact_point_id: ContactPointId
    data_key: bytes
    state: PointState
    kind: Kind
    locale: str | None
    time_zone: str | None
    country: str | None
    region: str | None
    residence_verified_at: date | None
    history: tuple[bytes, ...] = ()
    sends: tuple[PastSend, ...] = ()
    last_sent_at: datetime | None = None
    restricted_at: datetime | None = None


class Found(Struct, frozen=True, kw_only=True):
    """What the store holds for one asked recipient; without `known`, the address is new."""

    program: Program | None
    sender: Sender | None
    known: Known | None
    suppressions: tuple[Suppression, ...]


class NewPoint(Struct, frozen=True, kw_only=True):
    """A first contact of one address. If another request was quicker, the ids that count are the other's. `digests`
    are all that it may be on record under, the one to be written first.
    """

    contact_id: ContactId
    contact_point_id: ContactPointId
    live: bool
    channel: Channel
    digests: Sequence[bytes]
    address: bytes
    data_key: bytes
    at: datetime

    @property
    def digest(self) -> bytes:
        return self.digests[0]


class Recipients(Protocol):
    async def gather(self, asked: Sequence[Asked], *, now: datetime) -> list[Found]:
        """In the order asked, in one round trip."""
        ...

    async def enrol(self, points: Sequence[NewPoint]) -> list[Known]:
        """In the order given. A point that was enrolled meanwhile comes back as the one on record."""
        ...

    async def hold(self, known: Sequence[Known], *, now: datetime) -> list[Known]:
        """The same as they stand once nobody else decides about their contacts, until the transaction ends. Whoever
        writes what a contact agreed to, or decides to wait for it, holds the contact: so neither misses the other.
        """
        ...


class Written(Struct, frozen=True, kw_only=True):
    """A judged message as it is stored. `inspection` and `decision` hold no personal data; `content` is sealed. `by`
    and `request_id` say in its journal who asked for it.
    """

    message: Message
    content: bytes
    inspection: bytes
    decision: bytes
    by: str = SYSTEM.id
    request_id: str | None = None


class Page(Struct, frozen=True, kw_only=True):
    status: Status | None = None
    program_id: ProgramId | None = None
    contact_id: ContactId | None = None
    reference: str | None = None
    before: UUID | None = None
    limit: int = 50


class Step(Struct, frozen=True, kw_only=True):
    """`actor` and `request_id` tell who asked for the message; what follows happens by itself, and who cancels it is
    told by the audit trail.
    """

    at: datetime
    status: Status
    detail: str | None = None
    actor: str | None = None
    request_id: str | None = None


class Stored(Struct, frozen=True, kw_only=True):
    """A message as read back: with its decision as JSON and the sealed address it went to."""

    message: Message
    decision: bytes
    address: bytes | None
    data_key: bytes | None


class Messages(Protocol):
    async def add(self, written: Sequence[Written]) -> None:
        """All of them with their journal, and the queue they now wait in. One that exists already is left alone."""
        ...

    async def get(self, message_id: MessageId, *, live: bool) -> Stored:
        """Raises NoSuchMessage."""
        ...

    async def existing(self, ids: Sequence[MessageId]) -> list[Stored]: ...

    async def page(self, page: Page, *, live: bool) -> list[Stored]: ...

    async def timeline(self, message_id: MessageId) -> list[Step]: ...

    async def redecide(self, decisions: Mapping[MessageId, bytes]) -> None:
        """The later decision is the one that counts."""
        ...

    async def lock(self, ids: Sequence[MessageId]) -> list[Message]:
        """Until the transaction ends, in the order of their ids; unknown ids are passed over."""
        ...

    async def move(self, moved: Sequence[Message], *, only_from: Status | None = None) -> set[MessageId]:
        """Records where each stands now, with a line in the journal, and puts it on or takes it off the queues. What
        did not leave after all counts towards no cap. Those no longer in the status named are left as they are; the
        answer is whichever moved.
        """
        ...


class Claim(Struct, frozen=True, kw_only=True):
    """A message a worker holds for a while, with what is needed to judge it and hand it off. `seen` tells which of the
    ledger's entries it was judged by.
    """

    message: Message
    attempts: int
    content: bytes
    inspection: bytes
    address: bytes
    program: Program
    sender: Sender
    known: Known
    seen: str


class Lost(Struct, frozen=True, kw_only=True):
    """A message whose worker was not heard of again. If the hand-off had begun, the carrier may have it."""

    message: Message
    begun: bool
    attempts: int


class Outbox(Protocol):
    """The queue. Its workers share it, and the senders' rates, without meeting."""

    async def reserve(self, *, most: int, now: datetime) -> dict[SenderId, int]:
        """How many messages each sender with something due may send now, `most` in all; they count against its rate at
        once.
        """
        ...

    async def claim(
        self, worker: UUID, allowance: dict[SenderId, int], *, now: datetime, until: datetime
    ) -> list[Claim]:
        """Due messages no other worker holds, for this one alone until the lease ends. Their contacts stay locked
        until the transaction ends, so that two workers never count the same sends.
        """
        ...

    async def suppressions(self, tokens: Sequence[Sequence[bytes]]) -> list[tuple[Suppression, ...]]: ...

    async def count(self, messages: Sequence[Message], *, at: datetime) -> None:
        """Towards the frequency caps."""
        ...

    async def begin(self, worker: UUID, messages: Sequence[Message], *, seen: str) -> set[MessageId]:
        """Marks as being handed off, durably. Leaves out, and gives back, whose contact point withdrew unseen, and
        leaves out what this worker no longer holds.
        """
        ...

    async def postpone(self, messages: Sequence[Message]) -> None:
        """One attempt more on the count, and back into the queue until `due_at`."""
        ...

    async def lost(self, *, now: datetime, begun_by: datetime, most: int) -> list[Lost]:
        """Those whose lease is over; what had begun to leave, only if it was over before `begun_by`. Locked until the
        transaction ends.
        """
        ...


class Followed(Struct, frozen=True, kw_only=True):
    """A line of the ledger that may set held messages free; without a program it speaks for all."""

    contact_point_id: ContactPointId
    program_id: ProgramId | None


class Held(Struct, frozen=True, kw_only=True):
    """A message that waits for its contact's consent, with what is needed to judge it again."""

    message: Message
    inspection: bytes
    address: bytes
    program: Program
    sender: Sender
    known: Known


class Waiting(Protocol):
    async def agreed_since_last_time(self, *, most: int) -> list[Followed]:
        """Reads the ledger on from its cursor, which moves with this transaction: nothing is skipped, and what a
        transaction that failed had read is read again.
        """
        ...

    async def held_for(self, points: Sequence[tuple[ContactPointId, ProgramId | None]]) -> list[Held]:
        """Locked until the transaction ends."""
        ...

    async def expired(self, *, now: datetime, most: int) -> list[Message]:
        """Held messages whose time is over, locked."""
        ...


class Wakeups(Protocol):
    async def wait(self, *, seconds: float) -> None:
        """Until something may be due, or the time is over."""
        ...

    def withdrawn(self, contact_point_id: ContactPointId, *, since: datetime) -> bool:
        """Whether this process has heard, since then, that the contact point withdrew."""
        ...
