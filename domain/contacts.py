"""A person or organisation messages go to, and the addresses that reach it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Address, Channel
from domain.channels import require_country
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import ContactId, ContactPointId

_REGION = re.compile(r"[A-Z0-9]{1,3}")
MOST_ADDRESSES = 20


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


class AddressInUse(Conflict):
    """Messages to the address still wait to leave."""


def parse_time_zone(text: str, field: str = "time_zone") -> str:
    """A name of the IANA database that means a place, or UTC. Raises Invalid."""
    try:
        if "/" in text or text == "UTC":
            return ZoneInfo(text).key
    except (ValueError, OSError, ZoneInfoNotFoundError):
        pass
    raise Invalid("Give the time zone as the IANA database names it, such as America/New_York.", field=field)


class Residence(Struct, frozen=True, kw_only=True):
    """Where the contact says they live; verified from `verified_at` on."""

    country: str
    region: str | None = None
    verified_at: date | None = None

    def __post_init__(self) -> None:
        require_country(self.country, "residence.country")
        if self.region is not None and not _REGION.fullmatch(self.region):
            raise Invalid(
                "Give the region as ISO 3166-2 has it after the country, such as NY.", field="residence.region"
            )


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
    restricted_at: datetime | None = None
    """Since then nobody writes to them (GDPR Art. 18)."""

    def must_be_reachable(self) -> None:
        """Raises Invalid."""
        if not 1 <= len(self.points) <= MOST_ADDRESSES:
            raise Invalid(f"A contact has 1 to {MOST_ADDRESSES} addresses.", field="addresses")

    def changed(
        self,
        at: datetime,
        changes: Mapping[str, object],
        *,
        added: Sequence[ContactPoint] = (),
        removed: Sequence[Address] = (),
    ) -> "Contact":
        """Adding what is there and removing what is not change nothing. Raises Invalid."""
        kept = tuple(point for point in self.points if point.address not in removed)
        known = {point.address for point in kept}
        points = kept + tuple(point for point in added if point.address not in known)
        changed = replace(self, **changes, points=points)
        changed.must_be_reachable()
        return self if changed == self else replace(changed, updated_at=at)
