"""What the store holds of a contact, sealed as it lies there, for whoever hands it out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from application.privacy.export import Export, HeldChallenge, HeldRecord, HeldRequest, Step
from domain.addresses import Channel
from domain.ids import ContactId, ContactPointId, MessageId, ReplyId
from domain.suppression import Suppression


class SealedMessage(Struct, frozen=True, kw_only=True):
    id: MessageId
    contact_point_id: ContactPointId
    channel: Channel
    program: str
    sender: str
    category: str
    status: str
    reference: str | None
    content: bytes
    decision: bytes
    steps: tuple[Step, ...]


class SealedReply(Struct, frozen=True, kw_only=True):
    id: ReplyId
    channel: Channel
    received_at: datetime
    status: str
    classification: str | None
    text: bytes | None


class Holdings(Protocol):
    """All of it needs an open transaction; everything oldest first."""

    async def messages(self, contact_id: ContactId) -> list[SealedMessage]: ...

    async def replies(self, contact_id: ContactId) -> list[SealedReply]: ...

    async def suppressions(self, tokens: Sequence[bytes]) -> list[Suppression]: ...

    async def challenges(self, contact_id: ContactId, digests: Sequence[bytes]) -> list[HeldChallenge]: ...

    async def requests(self, contact_id: ContactId) -> list[HeldRequest]: ...

    async def records(self, contact_id: ContactId) -> list[HeldRecord]:
        """Of the audit trail, what is about the contact, their messages, replies and requests."""
        ...


class Readable(Protocol):
    """The same as a page that needs nothing else."""

    def __call__(self, export: Export) -> bytes: ...
