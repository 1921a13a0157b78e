"""How long something is kept: years, months and days of the calendar, as in ISO 8601 (`P5Y`, `P24M`, `P30D`)."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Self

from msgspec import Struct

from domain.compliance.calendars import months_after, months_before
from domain.errors import Invalid

_WRITTEN = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?")
_LONGEST = 100 * 12
_DAYS_A_MONTH = 365.25 / 12


class NoPeriod(Invalid):
    """Not a period of years, months and days."""


class Period(Struct, frozen=True, kw_only=True):
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises NoPeriod."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise NoPeriod(f"{text!r} is no period; write one as P5Y, P24M or P30D.")
        years, months, days = (int(number or 0) for number in found.groups())
        period = cls(months=12 * years + months, days=days)
        if not 0 < period.length <= _LONGEST * _DAYS_A_MONTH:
            raise NoPeriod(f"{text!r} is no period somebody could wait for.")
        return period

    @property
    def length(self) -> float:
        """In days, to compare by."""
        return self.months * _DAYS_A_MONTH + self.days

    def before(self, now: datetime) -> datetime:
        """What is older than this is over. A day counts until it ends, in UTC."""
        day = months_before(now.astimezone(UTC).date(), self.months) - timedelta(days=self.days)
        return datetime.combine(day, time(), UTC)

    def after(self, instant: datetime) -> datetime:
        day = months_after(instant.astimezone(UTC).date(), self.months) + timedelta(days=self.days + 1)
        return datetime.combine(day, time(), UTC)

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        written = [f"{years}Y" if years else "", f"{months}M" if months else "", f"{self.days}D" if self.days else ""]
        return "P" + ("".join(written) or "0D")
