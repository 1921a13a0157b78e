"""Whose law applies to a contact, and in which zones they may be: a union, because a wrong guess must err towards
strict.

CORE-JUR-01, -02 and CORE-TZ-01: a residence verified within twelve months stands alone; otherwise what the contact
declared, what the number says and where the consent came from are all taken together. Nothing known is its own,
strict, jurisdiction. A time zone told without a place is one more clock to keep to, and makes nobody live anywhere.
"""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.attempt import Recipient, Residence
from domain.compliance.calendars import months_before
from domain.numbering.plan import Line, Numbering, country_zones, number_plan, region_zones

UNKNOWN = "unknown"
_EU_AND_EEA = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "IS",
        "LI",
        "NO",
    ]
)
_TERRITORIES = frozenset({"PR", "VI", "GU", "MP", "AS"})


class Jurisdiction(Struct, frozen=True, kw_only=True):
    country: str
    region: str | None
    because: str


class Whereabouts(Struct, frozen=True, kw_only=True, eq=False):
    """`codes` is what rules and packs are matched with: US, US-FL, EU, UK, unknown …"""

    jurisdictions: tuple[Jurisdiction, ...]
    codes: frozenset[str]
    zones: tuple[ZoneInfo, ...]
    packs: tuple[str, ...]
    line: Line | None = None

    @property
    def unknown(self) -> bool:
        return UNKNOWN in self.codes

    @property
    def country(self) -> str | None:
        return self.jurisdictions[0].country if self.jurisdictions else None


class _Union(Struct, frozen=True, kw_only=True):
    verified_location_max_age_months: int
    area_code_presumption_states: frozenset[str]


_TERMS = catalogue.parameters("CORE-JUR-01", _Union)


def whereabouts(recipient: Recipient, on: date) -> Whereabouts:
    """`on` is the day of sending: a verification grows old."""
    plan = number_plan(recipient.phone.value) if recipient.phone is not None else None
    declared = recipient.declared
    verified = (
        declared is not None
        and declared.verified
        and declared.verified_at is not None
        and declared.verified_at >= months_before(on, _TERMS.verified_location_max_age_months)
    )
    return _resolve(declared, verified, plan, recipient.ip_country, recipient.time_zone)


@lru_cache(maxsize=65_536)
def _resolve(
    declared: Residence | None, verified: bool, plan: Numbering | None, ip_country: str | None, time_zone: str | None
) -> Whereabouts:
    found: dict[tuple[str, str | None], list[str]] = {}
    if declared is not None:
        country, region = _place(declared.country, declared.region)
        found[country, region] = ["verified residence" if verified else "declared residence"]
    if plan is not None and plan.country is not None:
        for region in plan.regions or (None,):
            if not verified or f"{region}" in _TERMS.area_code_presumption_states:
                found.setdefault((plan.country, region), []).append(plan.because)
    if ip_country is not None and not verified:
        found.setdefault(_place(ip_country, None), []).append("IP address at opt-in")
    jurisdictions = tuple(
        Jurisdiction(country=country, region=region, because=" and ".join(because))
        for (country, region), because in found.items()
    )
    codes = _codes(tuple(found))
    return Whereabouts(
        jurisdictions=jurisdictions,
        codes=codes,
        zones=tuple(ZoneInfo(zone) for zone in _zones(declared, verified, plan, ip_country, time_zone)),
        packs=_serving(jurisdictions, codes),
        line=plan.line if plan is not None else None,
    )


def _place(country: str, region: str | None) -> tuple[str, str | None]:
    """US territories are US-law places, whichever of the two codes they are known by."""
    country = "GB" if country == "UK" else country
    return ("US", country) if country in _TERRITORIES else (country, region)


def _codes(places: tuple[tuple[str, str | None], ...]) -> frozenset[str]:
    served = {pack.serves for pack in catalogue.packs().values()}
    codes: set[str] = set()
    for country, region in places:
        own = {country} | ({f"{country}-{region}"} if region else set())
        if country in _EU_AND_EEA:
            own.add("EU")
        if country == "GB":
            own.add("UK")
        codes |= own if own & served else own | {UNKNOWN}
    return frozenset(codes or {UNKNOWN})


def _zones(
    declared: Residence | None, verified: bool, plan: Numbering | None, ip_country: str | None, time_zone: str | None
) -> tuple[str, ...]:
    zones: dict[str, None] = {}
    if declared is not None:
        country, region = _place(declared.country, declared.region)
        if declared.tz:
            zones[declared.tz] = None
        elif region or verified or plan is None or plan.country != country:
            zones.update(dict.fromkeys(region_zones(country, region)))
    if plan is not None and not verified:
        zones.update(dict.fromkeys(plan.zones))
    if not zones and ip_country is not None:
        zones.update(dict.fromkeys(country_zones(ip_country)))
    if time_zone is not None:
        zones[time_zone] = None
    return tuple(zones)


def _serving(jurisdictions: tuple[Jurisdiction, ...], codes: frozenset[str]) -> tuple[str, ...]:
    """The packs of law for these places, in the order the places were found, the country before the state."""
    found: dict[str, None] = {}
    laws = [pack for pack in catalogue.packs().values() if pack.serves and pack.level != "industry" and pack.default]
    for place in jurisdictions:
        own = _codes(((place.country, place.region),))
        serving = sorted((pack for pack in laws if pack.serves in own), key=lambda pack: pack.specificity)
        found.update(dict.fromkeys(pack.pack for pack in serving))
    if UNKNOWN in codes:
        found["strict"] = None
    return tuple(found)
