"""Where contacts of the scenarios live, under the names a reader knows, and how dates and hours are written there.

Numbers are kept for examples wherever a country keeps any; the others are made of digits in a row.
"""

import re
from calendar import day_name, month_name
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.addresses import Address, Channel
from domain.compliance.attempt import Recipient, Residence


class Place(Struct, frozen=True):
    country: str
    region: str | None
    zone: str
    phone: str

    def recipient(self) -> Recipient:
        """Somebody with a number from there who says they live there; nobody has checked."""
        return Recipient(phone=Address.parse(self.phone, Channel.SMS), email=MAIL, declared=self.residence())

    def residence(self, **more) -> Residence:
        return Residence(country=self.country, region=self.region, tz=self.zone, **more)


MAIL = Address.parse("pat@example.com", Channel.EMAIL)
EAST, CENTRAL, MOUNTAIN, WEST = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
PLACES = {
    "New York": Place("US", "NY", EAST, "+12125550101"),
    "Florida": Place("US", "FL", EAST, "+13055550101"),
    "Oklahoma": Place("US", "OK", CENTRAL, "+14055550101"),
    "Maryland": Place("US", "MD", EAST, "+13015550101"),
    "Oregon": Place("US", "OR", WEST, "+15035550101"),
    "Washington State": Place("US", "WA", WEST, "+12065550101"),
    "Connecticut": Place("US", "CT", EAST, "+12035550101"),
    "Texas": Place("US", "TX", CENTRAL, "+17135550101"),
    "Virginia": Place("US", "VA", EAST, "+18045550101"),
    "California": Place("US", "CA", WEST, "+14155550101"),
    "Arizona": Place("US", "AZ", "America/Phoenix", "+16025550101"),
    "Alabama": Place("US", "AL", CENTRAL, "+12055550101"),
    "Rhode Island": Place("US", "RI", EAST, "+14015550101"),
    "Nevada": Place("US", "NV", WEST, "+17025550101"),
    "Colorado": Place("US", "CO", MOUNTAIN, "+13035550101"),
    "Puerto Rico": Place("US", "PR", "America/Puerto_Rico", "+17875550101"),
    "Ontario": Place("CA", "ON", "America/Toronto", "+14165550101"),
    "Quebec": Place("CA", "QC", "America/Toronto", "+15145550101"),
    "Jamaica": Place("JM", None, "America/Jamaica", "+18765550101"),
    "Germany": Place("DE", None, "Europe/Berlin", "+491713920001"),
    "Austria": Place("AT", None, "Europe/Vienna", "+436641234567"),
    "France": Place("FR", None, "Europe/Paris", "+33612345678"),
    "Ireland": Place("IE", None, "Europe/Dublin", "+353851234567"),
    "Luxembourg": Place("LU", None, "Europe/Luxembourg", "+352621123456"),
    "Spain": Place("ES", None, "Europe/Madrid", "+34612345678"),
    "Switzerland": Place("CH", None, "Europe/Zurich", "+41781234567"),
    "the United Kingdom": Place("GB", None, "Europe/London", "+447700900123"),
    "Australia": Place("AU", None, "Australia/Sydney", "+61491570006"),
    "Singapore": Place("SG", None, "Asia/Singapore", "+6581234567"),
    "Brazil": Place("BR", None, "America/Sao_Paulo", "+5511961234567"),
    "India": Place("IN", None, "Asia/Kolkata", "+919812345678"),
    "South Africa": Place("ZA", None, "Africa/Johannesburg", "+27711234567"),
}
ZONES = {name: place.zone for name, place in PLACES.items()} | {
    "Pensacola": CENTRAL,
    "Chicago": CENTRAL,
    "Denver": MOUNTAIN,
    "Phoenix": "America/Phoenix",
    "Paris": "Europe/Paris",
    "London": "Europe/London",
    "Berlin": "Europe/Berlin",
    "UTC": "UTC",
}


def any_of(names) -> str:
    """For a step: one of these names, the longest that fits."""
    return "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))


PLACE = any_of(PLACES)
WHERE = any_of(ZONES)
_MONTHS, _WEEKDAYS = list(month_name)[1:], list(day_name)
DAY = rf"(?:(?:{'|'.join(_WEEKDAYS)}) )?\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}"
CLOCK = r"\d\d:\d\d(?::\d\d)?"
RULE = r"[A-Z0-9]+(?:-[A-Z0-9]+)+"
MOMENT = rf"{DAY} at {CLOCK} in (?:{WHERE})"


def day(text: str) -> date:
    """`Monday 23 November 2026`; a weekday that is not that day's is a slip of the author."""
    *weekday, number, month, year = text.split()
    found = date(int(year), _MONTHS.index(month) + 1, int(number))
    assert not weekday or _WEEKDAYS[found.weekday()] == weekday[0], f"{text} is a {_WEEKDAYS[found.weekday()]}"
    return found


def moment(text: str) -> datetime:
    """`Monday 23 November 2026 at 20:59 in New York`."""
    on, _, rest = text.partition(" at ")
    clock, _, where = rest.partition(" in ")
    return datetime.combine(day(on), time.fromisoformat(clock), ZoneInfo(ZONES[where]))
