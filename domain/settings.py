"""Credentials of the providers that carry messages, as an administrator sets them while everything runs."""

from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from msgspec import Struct

from domain.errors import Conflict, Forbidden, Invalid, Unavailable

_SHOWN = 4
_LEAST_HIDDEN = 4


class TwilioCredentials(Struct, frozen=True, kw_only=True, tag="twilio"):
    """`api_url` takes the place of Twilio's own address, for a proxy."""

    account_sid: str
    auth_token: str
    api_url: str = ""

    @property
    def account(self) -> str:
        return last_four(self.account_sid)

    def __repr__(self) -> str:
        return "TwilioCredentials(…)"


class SmtpCredentials(Struct, frozen=True, kw_only=True, tag="smtp"):
    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = ""

    @property
    def account(self) -> str:
        return last_four(self.username)

    def __repr__(self) -> str:
        return "SmtpCredentials(…)"


Credentials: TypeAlias = TwilioCredentials | SmtpCredentials


class StoredCredentials(Struct, frozen=True, kw_only=True):
    credentials: Credentials
    set_by: str
    set_at: datetime


class InUse(StrEnum):
    """Where the credentials of a channel come from. What the environment says counts; then what is stored."""

    ENVIRONMENT = "environment"
    STORED = "stored"
    SANDBOX = "sandbox"


class NothingToTest(Conflict):
    """No provider's credentials are in use for this channel."""


class OnlyLive(Forbidden):
    """Among test data nothing is changed that live messages leave by."""


class HostRefused(Invalid):
    """A host that may not be called."""


class WouldBeOverheard(Invalid):
    """A secret would cross the network unencrypted."""


class CredentialsUnreadable(Unavailable):
    """The ring lacks the key they were sealed with, or somebody changed them."""


def last_four(account: str) -> str:
    """Of a name too short to hide the rest of, nothing."""
    return account[-_SHOWN:] if len(account) >= _SHOWN + _LEAST_HIDDEN else ""
