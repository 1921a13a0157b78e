"""What receiving replies needs kept, and what has to be known around one to read it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from domain.channels import Sender
from domain.ids import ContactId, ContactPointId, MessageId, ProgramId, ReplyId, SenderId
from domain.replies import ReceivedReply, Status


class WrittenTo(Struct, frozen=True, kw_only=True):
    """A sender that has the number written to, and the program it answers for when nothing else says which."""

    sender: Sender
    program: str | None


class Answered(Struct, frozen=True, kw_only=True):
    """The last message a contact point got from one of these senders, and so what is most likely answered."""

    message_id: MessageId
    sender_id: SenderId
    program_id: ProgramId
    program: str
    category: str


class Question(Struct, frozen=True, kw_only=True):
    """A message that asked for an opt-in; its words are sealed."""

    message_id: MessageId
    content: bytes


class StoredReply(Struct, frozen=True, kw_only=True):
    """A reply as read back, with what it takes to show it: the words and the address are sealed."""

    reply: ReceivedReply
    sender: str | None = None
    program: str | None = None
    text: bytes | None = None
    address: bytes | None = None
    data_key: bytes | None = None


class Listed(Struct, frozen=True, kw_only=True):
    status: Status | None = None
    before: UUID | None = None
    limit: int = 50


class Replies(Protocol):
    async def claim(self, reply: ReceivedReply) -> bool:
        """Writes down that it came in. False if it did so before: whoever is taking it in at this moment is waited for,
        and if they fail it is ours.
        """
        ...

    async def keep(self, reply: ReceivedReply, text: bytes | None) -> None:
        """What became of it, and its words, sealed."""
        ...

    async def written_to(self, origins: Sequence[str]) -> list[WrittenTo]:
        """The senders with one of these numbers, codes or service ids."""
        ...

    async def answered(
        self, contact_id: ContactId, point: ContactPointId, senders: Sequence[SenderId], *, since: datetime
    ) -> Answered | None: ...

    async def answers(
        self, contact_id: ContactId, point: ContactPointId, *, since: datetime
    ) -> list[tuple[str, datetime]]:
        """What was answered to this contact point since then: the category, and when."""
        ...

    async def question(self, contact_id: ContactId, point: ContactPointId, program_id: ProgramId) -> Question | None:
        """The last message that asked this contact point to opt in to the program."""
        ...

    async def strangers(self, sender_id: SenderId, *, since: datetime) -> int:
        """How many replies this sender had since then from people nobody knows."""
        ...

    async def get(self, reply_id: ReplyId, *, live: bool) -> StoredReply:
        """Locked until the transaction ends. Raises NoSuchReply."""
        ...

    async def unclear(self, contact_point_id: ContactPointId) -> int:
        """How many of theirs nobody has decided about."""
        ...

    async def page(self, page: Listed, *, live: bool) -> list[StoredReply]:
        """Newest first."""
        ...
