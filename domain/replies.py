"""What somebody wrote back, from the moment it came in until nobody has to read it any more."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.errors import Conflict, NotFound
from domain.ids import ContactId, ContactPointId, MessageId, ProgramId, ReplyId, SenderId


class Status(StrEnum):
    """`read`: nobody has to look at it. `unclear`: marketing waits until somebody has."""

    READ = "read"
    UNCLEAR = "unclear"
    OPTED_OUT = "opted_out"
    DISMISSED = "dismissed"


class NoSuchReply(NotFound):
    """No reply has this id."""


class AlreadyResolved(Conflict):
    """Somebody has decided about this reply already, or nobody has to."""


class ReceivedReply(Struct, frozen=True, kw_only=True):
    """Without a contact, somebody nobody knows; without a sender, to a number nobody has. `pattern` is what was
    recognised, in our words; `media` counts the pictures, which are not taken. `message_id` is the message it seems to
    answer, `answer_id` the one that answers it.
    """

    id: ReplyId
    carrier_id: str
    live: bool
    channel: Channel
    received_at: datetime
    status: Status = Status.READ
    contact_id: ContactId | None = None
    contact_point_id: ContactPointId | None = None
    sender_id: SenderId | None = None
    message_id: MessageId | None = None
    program_id: ProgramId | None = None
    classification: str | None = None
    rule: str | None = None
    pattern: str | None = None
    language: str | None = None
    media: int = 0
    answer_id: MessageId | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None

    def resolved(self, status: Status, actor: str, at: datetime) -> "ReceivedReply":
        """The same decision again changes nothing. Raises AlreadyResolved."""
        if self.status is status:
            return self
        if self.status is not Status.UNCLEAR:
            raise AlreadyResolved(f"The reply is {self.status}; only an unclear one is decided about.")
        return replace(self, status=status, resolved_at=at, resolved_by=actor)
