"""What every pack's hours and caps have in common: the finding that says when they let go again."""

from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.compliance.case import Case
from domain.compliance.rules import Finding, Rule
from domain.compliance.windows import Opening, Window, next_open, open_in


class Hours(Struct, frozen=True, kw_only=True):
    window: Window


class HoursAndCap(Struct, frozen=True, kw_only=True):
    window: Window
    max: int
    period_hours: int


class _Closed(Struct, frozen=True):
    sentence: str
    until: datetime
    local_times: dict[str, str]


def closed(case: Case, rule: Rule, opening: Opening, zones: tuple[ZoneInfo, ...] | None = None) -> Finding | None:
    """A finding where some zone the contact may be in is outside its hours."""
    found = _closed(case.place.zones if zones is None else zones, case.at, opening)
    return rule.waits(found.sentence, found.until, **found.local_times) if found is not None else None


@lru_cache(maxsize=4096)
def _closed(zones: tuple[ZoneInfo, ...], at: datetime, opening: Opening) -> _Closed | None:
    """A campaign asks about the same instant and zones a thousand times."""
    if open_in(zones, at, opening):
        return None
    return _Closed(_sentence(zones, at, opening), next_open(zones, at, opening), _local_times(zones, at))


@cache
def every_day(window: Window) -> Opening:
    return lambda _: window


def _sentence(zones: tuple[ZoneInfo, ...], at: datetime, opening: Opening) -> str:
    """Of the first zone that is closed."""
    zone = next(zone for zone in zones if not open_in((zone,), at, opening))
    local = at.astimezone(zone)
    window = opening(local.date())
    if window is None:
        return f"{local:%A %Y-%m-%d} is closed in {zone.key}."
    return f"It is {local:%H:%M:%S} in {zone.key}; the hours there are {window}."


def _local_times(zones: tuple[ZoneInfo, ...], at: datetime) -> dict[str, str]:
    return {zone.key: f"{at.astimezone(zone):%Y-%m-%dT%H:%M:%S%z}" for zone in zones}


def capped(case: Case, rule: Rule, most: int, hours: int) -> Finding | None:
    """At most so many marketing messages on one subject in a sliding period; what went out exactly then ago has left
    it.

    Nobody knows what a message without a subject was about, so it counts towards each.
    """
    period = timedelta(hours=hours)
    subject = case.attempt.subject
    counted = sorted(
        (
            send.at
            for send in case.attempt.recent_sends
            if _counts(send.category, send.brand, send.subject, case, subject)
        ),
        reverse=True,
    )
    inside = [at for at in counted if case.at - period < at <= case.at]
    if len(inside) < most:
        return None
    return rule.waits(
        f"{len(inside)} marketing messages on this subject went out in the last {hours} hours; {most} are allowed.",
        inside[most - 1] + period,
        sent=len(inside),
        allowed=most,
    )


def _counts(category: str, brand: str | None, about: str | None, case: Case, subject: str | None) -> bool:
    return (
        category == "marketing"
        and brand in (None, case.sender.brand)
        and (about is None or subject is None or about == subject)
    )


def inside_hours(case: Case, window: Window) -> bool:
    return _closed(case.place.zones, case.at, every_day(window)) is None


@cache
def days(otherwise: Window | None, *exceptions: tuple[int, Window | None]) -> Opening:
    """The same hours every day but for the weekdays named (Monday is 0)."""
    named = dict(exceptions)

    def opening(day: date) -> Window | None:
        return named.get(day.weekday(), otherwise)

    return opening
