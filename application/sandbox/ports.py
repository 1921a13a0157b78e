"""What the sandbox's phone and inbox hold, as the application sees it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct, field

from domain.addresses import Channel
from domain.ids import MessageId


class SandboxMessage(Struct, frozen=True, kw_only=True):
    """One message as it was handed over, in clear: nobody's phone has it but the sandbox's. Never logged."""

    message_id: MessageId
    channel: Channel
    to: str
    from_: str = field(name="from")
    subject: str | None = None
    text: str
    html: str | None = None
    headers: Mapping[str, str] = {}
    at: datetime

    def __repr__(self) -> str:
        return f"SandboxMessage({self.message_id})"


class Handed(Struct, frozen=True, kw_only=True):
    """A message with the world it belongs to."""

    message: SandboxMessage
    live: bool


class SandboxMessages(Protocol):
    async def latest(self, limit: int, live: bool | None = None) -> Sequence[SandboxMessage]:
        """Newest first; of live keys, of test keys, or of both."""
        ...

    async def find(self, message_id: MessageId) -> Handed | None:
        """As it was handed over last."""
        ...

    async def forget(self, before: datetime) -> int:
        """Deletes what was handed over before then; returns how many."""
        ...
