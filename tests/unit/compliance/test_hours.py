"""Windows in local civil time, on the days the clocks change and on those that do not."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.compliance.hours import days, every_day
from domain.compliance.windows import Window, first_instant, next_open, open_in

# Hypothesis puts the zone to a naive instant itself.
_EARLIEST, _LATEST = datetime(2024, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001
NEW_YORK, LORD_HOWE, APIA = ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia")
DAYTIME = Window.between("08:00", "21:00")
ZONES = [
    ZoneInfo(name) for name in ("America/Adak", "America/Phoenix", "America/St_Johns", "Europe/Paris", "Asia/Kolkata")
]


@pytest.mark.parametrize(
    ("moment", "inside"), [(time(7, 59, 59), False), (time(8), True), (time(20, 59, 59), True), (time(21), False)]
)
def test_a_window_is_half_open(moment, inside):
    assert (moment in DAYTIME) is inside


def test_a_window_says_its_hours():
    assert str(DAYTIME) == "08:00-21:00"


def test_an_opening_skipped_by_the_clocks_is_the_instant_they_jump():
    skipped = first_instant(date(2026, 3, 8), time(2, 30), NEW_YORK)
    assert skipped == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_an_opening_lived_twice_is_the_first_of_them():
    assert first_instant(date(2026, 11, 1), time(1, 30), NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_day_that_never_was_opens_when_the_next_begins():
    """Samoa went from 29 to 31 December 2011."""
    assert first_instant(date(2011, 12, 30), time(8), APIA) == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_half_an_hour_is_skipped_on_lord_howe():
    assert first_instant(date(2026, 10, 4), time(2, 15), LORD_HOWE) == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)


def test_closed_days_are_passed_over():
    weekdays = days(DAYTIME, (5, None), (6, None))
    friday_night = datetime(2026, 11, 21, 3, tzinfo=UTC)
    assert next_open((NEW_YORK,), friday_night, weekdays) == datetime(2026, 11, 23, 13, tzinfo=UTC)


def test_hours_that_never_meet_are_given_up():
    at = datetime(2026, 11, 23, tzinfo=UTC)
    morning = every_day(Window.between("08:00", "09:00"))
    assert next_open((NEW_YORK, ZoneInfo("Asia/Tokyo")), at, morning) >= at + timedelta(days=40)


def test_days_that_never_open_are_given_up():
    at = datetime(2026, 11, 23, tzinfo=UTC)
    assert next_open((NEW_YORK,), at, lambda _: None) >= at + timedelta(days=40)


def test_no_zone_is_never_closed():
    at = datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert open_in((), at, every_day(DAYTIME))
    assert next_open((), at, every_day(DAYTIME)) == at


@given(
    zone=st.sampled_from(ZONES),
    at=st.datetimes(_EARLIEST, _LATEST, timezones=st.just(UTC)),
)
def test_the_opening_found_is_open_and_nothing_earlier_is(zone, at):
    opening = every_day(DAYTIME)
    found = next_open((zone,), at, opening)
    assert open_in((zone,), found, opening)
    step = timedelta(minutes=7)
    earlier = at
    while earlier < found:
        assert not open_in((zone,), earlier, opening)
        earlier += step
    if found > at:
        assert not open_in((zone,), found - timedelta(microseconds=1), opening)
