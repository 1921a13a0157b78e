"""Where a contact can be reached: one phone number or one email address, parsed once and never a string again.

Numbers follow E.164 as libphonenumber reads it; emails follow RFC 5321/6531 with IDNA 2008 domains.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Self

import email_validator
import phonenumbers
from msgspec import Struct

from domain.errors import Invalid

_LONGEST_INPUT = 320
# libphonenumber takes 30 µs a number; a complete North American one can only be read one way.
_COMPLETE_NANP = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"


class InvalidAddress(Invalid):
    """Neither a phone number nor an email address."""


class Address(Struct, frozen=True, repr_omit_defaults=True):
    """Equal when the same messages would arrive; its repr is masked so that it cannot leak into logs."""

    value: str
    channel: Channel

    @classmethod
    def parse(
        cls, text: str, channel: Channel | None = None, *, field: str = "address", country: str | None = None
    ) -> Self:
        """A number without its country code can be read only with the country it was written in. Raises
        InvalidAddress, which never repeats the text.
        """
        text = text.strip()
        if not text or len(text) > _LONGEST_INPUT:
            raise InvalidAddress("Give a phone number such as +12125550101, or an email address.", field=field)
        found = Channel.EMAIL if "@" in text else Channel.SMS
        if channel is not None and channel is not found:
            wanted = "an email address" if channel is Channel.EMAIL else "a phone number"
            raise InvalidAddress(f"The channel {channel} needs {wanted}.", field=field)
        try:
            return cls(_email(text) if found is Channel.EMAIL else _phone(text, country), found)
        except ValueError as error:
            raise InvalidAddress(str(error), field=field) from None

    @property
    def masked(self) -> str:
        """`+1 2**-***-0101` or `j***@example.com`: enough to recognise, too little to use."""
        if self.channel is Channel.EMAIL:
            name, _, host = self.value.rpartition("@")
            return f"{name[0]}***@{host}"
        country = _country_code(self.value)
        national = self.value[1 + len(country) :]
        return f"+{country} {national[0]}**-***-{national[-4:]}"

    def __repr__(self) -> str:
        return f"Address({self.masked})"

    __str__ = __repr__


@lru_cache(maxsize=65_536)
def _phone(text: str, country: str | None) -> str:
    if _COMPLETE_NANP.fullmatch(text):
        return text
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise ValueError("Write the phone number in full with its country code, such as +12125550101.") from None
    if number.extension or not phonenumbers.is_possible_number(number):
        raise ValueError("This phone number has too few or too many digits for its country.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str:
    try:
        found = email_validator.validate_email(text, check_deliverability=False, test_environment=True)
    except email_validator.EmailNotValidError:
        raise ValueError("Write the email address as name@example.com.") from None
    return f"{found.local_part.lower()}@{found.ascii_domain}"


def _country_code(e164: str) -> str:
    for length in (1, 2, 3):
        if int(e164[1 : 1 + length]) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            return e164[1 : 1 + length]
    return e164[1:4]
