"""What a link in a message stands for: one contact point, one program, one thing to do; nothing about the person."""

from enum import StrEnum

from msgspec import Struct

from domain.errors import NotFound
from domain.ids import ContactPointId, MessageId, ProgramId


class Intent(StrEnum):
    """A link does what it was made for and nothing else: a forwarded unsubscribe link cannot opt anyone in."""

    UNSUBSCRIBE = "unsubscribe"
    CONFIRM = "confirm"
    PREFERENCES = "preferences"


class UnknownToken(NotFound):
    """No link of this installation has this token."""


class Link(Struct, frozen=True, kw_only=True):
    """`message_id` is the message that carried the link: evidence of where the answer came from."""

    contact_point_id: ContactPointId
    program_id: ProgramId
    message_id: MessageId
    intent: Intent
