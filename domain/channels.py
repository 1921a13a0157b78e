"""Senders: the identity a message goes out under, and how fast it may go."""

import re
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from domain.addresses import Channel
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import SenderId

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NoSuchSender(NotFound):
    """No sender has this id or slug."""


class SlugTaken(Conflict):
    """Another one already has this slug."""


class SenderIncomplete(Invalid):
    """The sender lacks what this channel needs."""


class NumberType(StrEnum):
    LONG_CODE = "10dlc"
    TOLL_FREE = "toll_free"
    SHORT_CODE = "short_code"
    ALPHANUMERIC = "alphanumeric"
    INTERNATIONAL = "international"


def require_slug(slug: str, field: str = "slug") -> str:
    if len(slug) > 64 or not _SLUG.fullmatch(slug):
        raise Invalid("Use up to 64 lower-case letters, digits and single hyphens, such as weekly-offers.", field=field)
    return slug


class Sender(Struct, frozen=True, kw_only=True):
    """Legal name, postal address and support are what CAN-SPAM and CASL want shown.

    `sms_from` is a number, a short code or a messaging service id; `rate_per_second` counts messages over all channels.
    """

    id: SenderId
    slug: str
    legal_name: str
    postal_address: str
    support: str
    created_at: datetime
    updated_at: datetime
    sms_from: str | None = None
    sms_number_type: NumberType = NumberType.LONG_CODE
    email_from: str | None = None
    email_reply_to: str | None = None
    country: str = "US"
    campaign_approved: bool = True
    rate_per_second: int = 20
    revision: int = 1

    def __post_init__(self) -> None:
        require_slug(self.slug)
        if not 1 <= self.rate_per_second <= 100_000:
            raise Invalid("A rate is between 1 and 100000 messages a second.", field="rate_per_second")
        if not (self.sms_from or self.email_from):
            raise SenderIncomplete("Give sms_from, email_from or both.", field="sms_from")

    def address_for(self, channel: Channel) -> str:
        """Raises SenderIncomplete."""
        found = self.sms_from if channel is Channel.SMS else self.email_from
        if found is None:
            raise SenderIncomplete(f"The sender {self.slug} has no {channel} address to send from.", field="channel")
        return found
