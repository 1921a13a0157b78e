from typing import Protocol

from domain.ids import ContactPointId, MessageId, ProgramId
from domain.links import Intent, Link

PATHS = {Intent.UNSUBSCRIBE: "/u", Intent.CONFIRM: "/c", Intent.PREFERENCES: "/preferences"}


class Tokens(Protocol):
    """A link as a short opaque text that only this installation can make. It never expires and outlives key rotation:
    rule EML-8058-05, because an opt-out must work for as long as the message lies in somebody's mailbox.
    """

    def seal(self, link: Link) -> str:
        """The same link is always the same token."""
        ...

    def open(self, token: str, intent: Intent) -> Link:
        """Raises UnknownToken for whatever was not made here, and for a token made for something else."""
        ...


class Links(Protocol):
    """Addresses to put into messages."""

    def unsubscribe(self, point: ContactPointId, program: ProgramId, message: MessageId) -> str: ...

    def confirm(self, point: ContactPointId, program: ProgramId, message: MessageId) -> str: ...

    def preferences(self, point: ContactPointId, program: ProgramId, message: MessageId) -> str: ...
