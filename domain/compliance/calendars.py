"""Civil periods: months that end where months end, business days, holidays."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_SATURDAY = 5
_MONDAY, _THURSDAY = 0, 3


def months_before(day: date, months: int) -> date:
    """The corresponding date; the last day of the month where there is none."""
    return months_after(day, -months)


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def within_months(event: date, day: date, months: int) -> bool:
    """Periods count calendar months back from the day of sending; the day itself counts."""
    return months_before(day, months) <= event <= day


def business_days_after(received: date, days: int, calendar: str) -> date:
    """The last of so many business days; the day of receipt is not counted."""
    day, left = received, days
    while left:
        day += _DAY
        if is_business_day(day, calendar):
            left -= 1
    return day


def is_business_day(day: date, calendar: str) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays(calendar, day.year)


def next_business_day(day: date, calendar: str) -> date:
    """The day itself, or the first working day after it."""
    while not is_business_day(day, calendar):
        day += _DAY
    return day


@lru_cache(maxsize=256)
def holidays(calendar: str, year: int) -> frozenset[date]:
    """`US_FEDERAL`, `CA_FEDERAL`, `FR` and `UK` (or `GB`); any other name has weekends only."""
    listed = _CALENDARS.get(calendar)
    return frozenset(listed(year)) if listed else frozenset()


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + _DAY * ((weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _last(year: int, month: int, weekday: int) -> date:
    end = date(year, month, monthrange(year, month)[1])
    return end - _DAY * ((end.weekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


def _us_federal(year: int) -> set[date]:
    """5 U.S.C. 6103: a holiday on Saturday is kept on Friday, on Sunday on Monday; next New Year's may fall into this
    year.
    """
    fixed = [date(year, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
    kept = {day + _DAY * {5: -1, 6: 1}.get(day.weekday(), 0) for day in (*fixed, date(year + 1, 1, 1))}
    moving = {
        _nth(year, 1, _MONDAY, 3),
        _nth(year, 2, _MONDAY, 3),
        _last(year, 5, _MONDAY),
        _nth(year, 9, _MONDAY, 1),
        _nth(year, 10, _MONDAY, 2),
        _nth(year, 11, _THURSDAY, 4),
    }
    return {day for day in kept | moving if day.year == year}


def _ca_federal(year: int) -> set[date]:
    """Canada Labour Code s.166; one on a weekend is kept on the next working day."""
    victoria = date(year, 5, 24) - _DAY * date(year, 5, 24).weekday()
    kept = {easter(year) - _DAY * 2, victoria, _nth(year, 9, _MONDAY, 1), _nth(year, 10, _MONDAY, 2)}
    for month, day in ((1, 1), (7, 1), (9, 30), (11, 11), (12, 25), (12, 26)):
        kept.add(_next_weekday_not_in(date(year, month, day), kept))
    return kept


def _uk(year: int) -> set[date]:
    """Banking and Financial Dealings Act 1971, England and Wales; one on a weekend is kept on the next working day."""
    sunday = easter(year)
    kept = {
        sunday - _DAY * 2,
        sunday + _DAY,
        _nth(year, 5, _MONDAY, 1),
        _last(year, 5, _MONDAY),
        _last(year, 8, _MONDAY),
    }
    for month, day in ((1, 1), (12, 25), (12, 26)):
        kept.add(_next_weekday_not_in(date(year, month, day), kept))
    return kept


def _next_weekday_not_in(day: date, kept: set[date]) -> date:
    while day.weekday() >= _SATURDAY or day in kept:
        day += _DAY
    return day


def _france(year: int) -> set[date]:
    """Code du travail L3133-1. A holiday on a weekend is not moved."""
    sunday = easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return {sunday + _DAY, sunday + _DAY * 39, sunday + _DAY * 50} | {date(year, month, day) for month, day in fixed}


_CALENDARS: dict[str, Callable[[int], set[date]]] = {
    "US_FEDERAL": _us_federal,
    "CA_FEDERAL": _ca_federal,
    "UK": _uk,
    "GB": _uk,
    "FR": _france,
}
