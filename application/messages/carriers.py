"""What takes a message away, as the application sees it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from domain.addresses import Address, Channel
from domain.channels import Sender
from domain.ids import MessageId
from domain.messages import Content, Status


class Outgoing(Struct, frozen=True, kw_only=True):
    """One message, ready to leave. `unsubscribe_url` is the one-click address (RFC 8058), the `mailto` its twin; both
    are for email, as are `bounces_to` and `replies_to`, where we read what comes back ourselves.
    """

    message_id: MessageId
    channel: Channel
    to: Address
    sender: Sender
    content: Content
    live: bool = True
    attempt: int = 1
    unsubscribe_url: str | None = None
    unsubscribe_mailto: str | None = None
    bounces_to: str | None = None
    replies_to: str | None = None


class Taken(Struct, frozen=True, kw_only=True):
    """The carrier has it. `status` is sent unless the carrier already knows how it ended."""

    provider_id: str | None = None
    status: Status = Status.SENT
    detail: str | None = None


class Effect(StrEnum):
    """What a refusal tells beyond this one message."""

    NONE = "none"
    REVOKED_AT_PROVIDER = "revoked_at_provider"
    ADDRESS_DEAD = "address_dead"
    QUIET_HOURS = "quiet_hours"
    SENDER_MISCONFIGURED = "sender_misconfigured"


class CarrierFailed(Exception):
    """The carrier did not take the message. `detail` is for people and holds no personal data."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Refused(CarrierFailed):
    """For good: trying again cannot help."""

    def __init__(self, code: str, detail: str, *, effect: Effect = Effect.NONE) -> None:
        super().__init__(code, detail)
        self.effect = effect


class NotNow(CarrierFailed):
    """Certainly not taken, and worth another try after `retry_after` or the usual backoff.

    `recipient_only` when the carrier is well and just this recipient has to wait, as with greylisting.
    """

    def __init__(
        self, code: str, detail: str, *, retry_after: timedelta | None = None, recipient_only: bool = False
    ) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after
        self.recipient_only = recipient_only


class NoWord(CarrierFailed):
    """The connection broke after the message may have been taken: nobody knows."""


class DeliveryReport(Struct, frozen=True, kw_only=True):
    """What a carrier says later about a message it took; repeated and out of order, so it may change nothing."""

    message_id: MessageId
    status: Status
    at: datetime
    provider_id: str | None = None
    code: str | None = None
    effect: Effect = Effect.NONE


class Carrier(Protocol):
    """One way of reaching addresses. Adapters translate; they do not decide."""

    async def send(self, outgoing: Outgoing) -> Taken:
        """Called concurrently. Raises Refused, NotNow, NoWord."""
        ...

    async def close(self) -> None: ...


class Carriers(Protocol):
    """Which carrier takes what: a test message only ever meets the sandbox."""

    def carrier(self, channel: Channel, *, live: bool) -> Carrier: ...

    def at_once(self, channel: Channel, *, live: bool) -> int:
        """How many messages it takes side by side: more would wait inside, where nobody looks for a withdrawal."""
        ...
