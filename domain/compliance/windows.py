"""Hours of the day a message may arrive in, in local civil time.

CORE-TZ-02 and -03: a window is half-open, holds in every candidate zone, and is reckoned with the zone's own clock at
the instant in question; an opening is the first instant whose wall clock lies inside, whatever the clocks did in the
night.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from msgspec import Struct

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
# A window that stays shut longer than this never opens: the longest run of closed days is far shorter.
_HORIZON_DAYS = 40


class Window(Struct, frozen=True):
    start: time
    end: time

    @classmethod
    def between(cls, start: str, end: str) -> Self:
        return cls(time.fromisoformat(start), time.fromisoformat(end))

    def __contains__(self, moment: time) -> bool:
        return self.start <= moment < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


# The window of one local day, or None where that day is closed.
Opening = Callable[[date], Window | None]


def open_in(zones: Sequence[ZoneInfo], at: datetime, opening: Opening) -> bool:
    for zone in zones:
        local = at.astimezone(zone)
        window = opening(local.date())
        if window is None or not window.start <= local.time() < window.end:
            return False
    return True


def next_open(zones: Sequence[ZoneInfo], at: datetime, opening: Opening) -> datetime:
    """The earliest instant from `at` on at which it is open in all zones at once.

    Two zones never shut each other out: their windows, twelve hours or longer, overlap wherever both are inhabited by
    one area code. Should a profile narrow them until they do not, the search ends at the horizon and says when it
    gave up.
    """
    found, horizon = at, at + _DAY * _HORIZON_DAYS
    while found < horizon:
        latest = max((_opens(zone, found, opening) for zone in zones), default=found)
        if latest == found:
            return found
        found = latest
    return horizon


def _opens(zone: ZoneInfo, at: datetime, opening: Opening) -> datetime:
    local = at.astimezone(zone)
    window = opening(local.date())
    if window is not None and local.time() in window:
        return at
    day = local.date()
    for _ in range(_HORIZON_DAYS):
        window = opening(day)
        if window is not None:
            start = first_instant(day, window.start, zone)
            # After the clocks go back an hour is lived twice, and may end before it began again.
            if start >= at and start.astimezone(zone).time() in window:
                return start
        day += _DAY
    return at + _DAY * _HORIZON_DAYS


def first_instant(day: date, moment: time, zone: ZoneInfo) -> datetime:
    """When the wall clock first shows that moment, or the first one after it where the clocks skip it."""
    wanted = datetime.combine(day, moment)
    first = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wanted:
        return first
    # Skipped: the clock jumps somewhere between the two readings of a time that never was.
    before = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    low, high = before - _MINUTE, first
    while high - low > timedelta(microseconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).replace(tzinfo=None) >= wanted:
            high = middle
        else:
            low = middle
    return high
