"""Senders: the identity a message goes out under, and how fast it may go."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Address, Channel
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import SenderId

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# A reference is an id or a slug: what reads as an id cannot be a slug.
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHORT_CODE = re.compile(r"\d{3,8}")
_SERVICE = re.compile(r"MG[0-9a-f]{32}")
_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
_COUNTRY = re.compile(r"[A-Z]{2}")
# RFC 3986, without user names: a host that only seems to be another one is how people are deceived.
_WEB_ADDRESS = re.compile(
    r"https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][A-Za-z0-9._~:/?#@!$&()*+,;=%'-]*)?"
)


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
    if len(slug) > 64 or not _SLUG.fullmatch(slug) or _ID.fullmatch(slug):
        raise Invalid("Use up to 64 lower-case letters, digits and single hyphens, such as weekly-offers.", field=field)
    return slug


def require_country(country: str, field: str = "country") -> str:
    if not _COUNTRY.fullmatch(country):
        raise Invalid("Give the country as two capital letters (ISO 3166-1), such as US.", field=field)
    return country


def require_web_address(url: str, field: str) -> str:
    """An address people are sent to from our pages: encrypted, complete, and nothing a browser would read otherwise."""
    if len(url) > 500 or not _WEB_ADDRESS.fullmatch(url):
        raise Invalid("Give a web address in full, such as https://acme.example/terms.", field=field)
    return url


def parse_sms_from(text: str) -> str:
    """A phone number in full, a short code, a messaging service id or a name of up to 11 letters. Raises Invalid."""
    text = text.strip()
    if _SHORT_CODE.fullmatch(text) or _SERVICE.fullmatch(text) or _NAME.fullmatch(text):
        return text
    return Address.parse(text, Channel.SMS, field="sms_from").value


class Sender(Struct, frozen=True, kw_only=True):
    """Legal name, postal address and support are what CAN-SPAM and CASL want shown, terms and privacy policy what
    carriers want linked where people sign up for texts (CTIA-10).

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
    terms_url: str | None = None
    privacy_url: str | None = None
    revision: int = 1

    def __post_init__(self) -> None:
        require_slug(self.slug)
        require_country(self.country)
        for name in ("terms_url", "privacy_url"):
            if (url := getattr(self, name)) is not None:
                require_web_address(url, name)
        if not 1 <= self.rate_per_second <= 100_000:
            raise Invalid("A rate is between 1 and 100000 messages a second.", field="rate_per_second")
        if not (self.sms_from or self.email_from):
            raise SenderIncomplete("Give sms_from, email_from or both.", field="sms_from")

    def changed(self, at: datetime, changes: Mapping[str, object]) -> "Sender":
        """Changing nothing is no revision. Raises Invalid, SenderIncomplete."""
        if all(getattr(self, name) == value for name, value in changes.items()):
            return self
        return replace(self, **changes, updated_at=at, revision=self.revision + 1)

    def address_for(self, channel: Channel) -> str:
        """Raises SenderIncomplete."""
        found = self.sms_from if channel is Channel.SMS else self.email_from
        if found is None:
            raise SenderIncomplete(f"The sender {self.slug} has no {channel} address to send from.", field="channel")
        return found
