"""A person or organisation messages go to, and the addresses that reach it."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from domain.addresses import Address, Channel
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import ContactId, ContactPointId


class Kind(StrEnum):
    """Whom the law protects differs: a sole trader counts as an individual in most of it."""

    INDIVIDUAL = "individual"
    SOLE_TRADER = "sole_trader"
    ORGANISATION = "organisation"


class PointState(StrEnum):
    ACTIVE = "active"
    BOUNCED = "bounced"
    UNREACHABLE = "unreachable"


class NoSuchContact(NotFound):
    """No contact has this id or address."""


class AddressTaken(Conflict):
    """The address already belongs to another contact."""


class Residence(Struct, frozen=True, kw_only=True):
    """Where the contact says they live; verified from `verified_at` on."""

    country: str
    region: str | None = None
    verified_at: date | None = None

    def __post_init__(self) -> None:
        if not (len(self.country) == 2 and self.country.isalpha() and self.country.isupper()):
            raise Invalid("Give the country as two capital letters (ISO 3166-1), such as US.", field="residence.country")


class ContactPoint(Struct, frozen=True, kw_only=True):
    id: ContactPointId
    address: Address
    state: PointState = PointState.ACTIVE

    @property
    def channel(self) -> Channel:
        return self.address.channel


class Contact(Struct, frozen=True, kw_only=True):
    id: ContactId
    points: tuple[ContactPoint, ...]
    created_at: datetime
    updated_at: datetime
    live: bool = True
    kind: Kind = Kind.INDIVIDUAL
    locale: str | None = None
    time_zone: str | None = None
    residence: Residence | None = None
    reference: str | None = None
    attributes: dict[str, str] = {}
