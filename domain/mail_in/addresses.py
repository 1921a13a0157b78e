"""Our own addresses, to which mail comes back: each stands for one message, or one contact point and program."""

from enum import StrEnum

from msgspec import Struct

from domain.errors import NotFound
from domain.ids import ContactPointId, MessageId, ProgramId

_TAIL = 4


class UnknownMailAddress(NotFound):
    """No mail comes in by this address."""


class Complaints(Struct, frozen=True, kw_only=True):
    """Where mailbox providers send their reports: which mail it was stands inside."""


class BounceOf(Struct, frozen=True, kw_only=True):
    """The envelope sender of one message: what comes here is about that message and no other."""

    message_id: MessageId


class ProgramTail(Struct, frozen=True):
    """The last octets of a program's id: all there is room for beside a contact point in 64 characters.

    Should two programs ever end alike, a way out leads out of both.
    """

    octets: bytes

    @classmethod
    def of(cls, program_id: ProgramId) -> "ProgramTail":
        return cls(program_id.bytes[-_TAIL:])

    def fits(self, program_id: ProgramId) -> bool:
        return program_id.bytes.endswith(self.octets)


class Way(StrEnum):
    """What mail to the address does: an unsubscribe address takes any words, a reply's are read."""

    UNSUBSCRIBE = "unsubscribe"
    REPLY = "reply"


class WayOf(Struct, frozen=True, kw_only=True):
    way: Way
    contact_point_id: ContactPointId
    program: ProgramTail


MailAddress = Complaints | BounceOf | WayOf
