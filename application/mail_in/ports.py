"""What mail that comes in needs: our addresses as text, and what is remembered of mail taken before."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from domain.ids import ContactPointId, MessageId
from domain.mail_in.addresses import MailAddress


class MailTokens(Protocol):
    """The part of an address of ours before the `@`: at most 64 characters, lower case, and ours alone to make. Like a
    link it never expires and outlives key rotation (EML-8058-05).
    """

    def seal(self, address: MailAddress) -> str:
        """The same address is always the same text."""
        ...

    def open(self, local_part: str) -> MailAddress:
        """In any case of letters. Raises UnknownMailAddress."""
        ...


class Writer(Struct, frozen=True, kw_only=True):
    """What is known of the person behind a contact point that helps to read what they write."""

    live: bool
    locale: str | None = None
    country: str | None = None
    region: str | None = None


class MailsTaken(Protocol):
    async def first_time(self, identity: bytes, *, at: datetime) -> bool:
        """Whether this mail was not taken before; it is from now on, if the transaction commits."""
        ...

    async def writer(self, point: ContactPointId) -> Writer | None: ...

    async def bounced_softly(self, point: ContactPointId, message: MessageId, *, at: datetime) -> list[datetime]:
        """When mail to the point came back like that, this message once, however often it is reported."""
        ...

    async def forget(self, before: datetime) -> int:
        """What is too old to be delivered again, or to count."""
        ...
