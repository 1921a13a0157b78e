"""Where a number belongs: country, regions, every zone its holder may live in, and what kind of line it is.

+1 is not a country: libphonenumber calls toll-free numbers American and knows one zone for an area code that has two,
so North America is read from our own table and only the rest of the world from the library.
"""

from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

import msgspec
import phonenumbers
from msgspec import Struct
from phonenumbers import PhoneNumberType, timezone


class Line(StrEnum):
    MOBILE = "mobile"
    FIXED_OR_MOBILE = "fixed_or_mobile"
    FIXED = "fixed"
    TOLL_FREE = "toll_free"
    PREMIUM_RATE = "premium_rate"
    SHARED_COST = "shared_cost"
    PERSONAL = "personal"
    VOIP = "voip"
    NON_GEOGRAPHIC = "non_geographic"
    OTHER = "other"
    UNASSIGNED = "unassigned"


class Numbering(Struct, frozen=True, kw_only=True):
    """What the numbering plan alone says; `country` is None where a number proves no residence."""

    line: Line
    country: str | None = None
    regions: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    because: str = "number"


class _Nanp(Struct, frozen=True):
    geographic: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]
    non_geographic: dict[str, Line]


_DATA = files("domain.numbering")
_NANP = msgspec.json.decode(_DATA.joinpath("nanp.json").read_bytes(), type=_Nanp)
_COUNTRY_ZONES = msgspec.json.decode(_DATA.joinpath("zones.json").read_bytes(), type=dict[str, tuple[str, ...]])
_NANP_DIGITS = 12
# Beyond the first digits only the subscriber differs: one look-up serves a whole block of numbers.
_SUBSCRIBER_DIGITS = 3
# Ofcom keeps these for drama; like +1 555-01xx they are good in examples and belong to nobody.
_UK_DRAMA = "+447700900"
_LINES = {
    PhoneNumberType.MOBILE: Line.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: Line.FIXED_OR_MOBILE,
    PhoneNumberType.FIXED_LINE: Line.FIXED,
    PhoneNumberType.TOLL_FREE: Line.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE: Line.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST: Line.SHARED_COST,
    PhoneNumberType.PERSONAL_NUMBER: Line.PERSONAL,
    PhoneNumberType.VOIP: Line.VOIP,
}


def _nanp(area_code: str) -> Numbering:
    if found := _NANP.geographic.get(area_code):
        country, regions, zones = found
        because = f"area code {area_code}"
        return Numbering(line=Line.FIXED_OR_MOBILE, country=country, regions=regions, zones=zones, because=because)
    return Numbering(line=_NANP.non_geographic.get(area_code, Line.UNASSIGNED), because=f"area code {area_code}")


_BY_AREA_CODE = {code: _nanp(code) for code in (*_NANP.geographic, *_NANP.non_geographic)}
_UNASSIGNED = Numbering(line=Line.UNASSIGNED)


def number_plan(e164: str) -> Numbering:
    """Reads an E.164 number; what is no number at all is unassigned."""
    if e164.startswith("+1"):
        if len(e164) != _NANP_DIGITS or e164[5] in "01":
            return _UNASSIGNED
        return _BY_AREA_CODE.get(e164[2:5], _UNASSIGNED)
    return _abroad(e164[:-_SUBSCRIBER_DIGITS], len(e164))


def country_zones(country: str) -> tuple[str, ...]:
    """All zones of a country, none if IANA knows no such country."""
    return _COUNTRY_ZONES.get(country, ())


def _zones_by_region() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for country, regions, zones in _NANP.geographic.values():
        for region in regions:
            found.setdefault(f"{country}-{region}", set()).update(zones)
    return {region: tuple(sorted(zones)) for region, zones in found.items()}


_REGION_ZONES = _zones_by_region()


def region_zones(country: str, region: str | None) -> tuple[str, ...]:
    """The zones of a state or province; those of the whole country where the region is unknown."""
    return _REGION_ZONES.get(f"{country}-{region}") or country_zones(country)


@lru_cache(maxsize=65_536)
def _abroad(prefix: str, length: int) -> Numbering:
    """Two numbers that differ in the last three digits only lie in the same block of the plan."""
    try:
        number = phonenumbers.parse(prefix.ljust(length, "2"), None)
    except phonenumbers.NumberParseException:
        return _UNASSIGNED
    code = f"country code +{number.country_code}"
    if prefix == _UK_DRAMA:
        return Numbering(line=Line.MOBILE, country="GB", zones=country_zones("GB"), because=code)
    country = phonenumbers.region_code_for_number(number)
    kind = phonenumbers.number_type(number)
    if country is None or kind == PhoneNumberType.UNKNOWN:
        return Numbering(line=Line.UNASSIGNED, because=code)
    line = _LINES.get(kind, Line.OTHER)
    if line not in (Line.MOBILE, Line.FIXED, Line.FIXED_OR_MOBILE):
        return Numbering(line=line, because=code)
    return Numbering(line=line, country=country, zones=_zones(number, country), because=code)


def _zones(number: phonenumbers.PhoneNumber, country: str) -> tuple[str, ...]:
    """The library lists neighbours for some countries (London for Ireland), so a country of one zone has that one."""
    whole = country_zones(country)
    if len(whole) == 1:
        return whole
    listed = tuple(zone for zone in timezone.time_zones_for_number(number) if zone != timezone.UNKNOWN_TIMEZONE)
    return listed or whole
