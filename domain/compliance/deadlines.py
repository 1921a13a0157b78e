"""By when a request must be answered or an opt-out honoured, and until when a record is kept.

What the product does at once it still has a legal last day for: that day raises the alarm if something ever failed.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.calendars import business_days_after, months_after, next_business_day
from domain.compliance.rules import enforced_elsewhere
from domain.errors import Invalid

_IMMEDIATE = "immediate"
_WHERE = "domain.compliance.deadlines.deadline"
_TEST = "tests/compliance/test_cases.py"


class NoDeadline(Invalid):
    """The rule sets no period."""


class Period(Struct, frozen=True, kw_only=True):
    """The parameters, under all the names the table gives a period."""

    max_business_days: int | None = None
    business_days: int | None = None
    ack_business_days: int | None = None
    days: int | None = None
    extension_days: int = 0
    months: int | None = None
    extension_months: int = 0
    ack_days: int | None = None
    access_days: int | None = None
    hours: int | None = None
    max_hours: int | None = None
    cure_days: int | None = None
    holiday_calendar: str | None = None
    policy_effective: str | None = None
    reask_months: int | None = None


class Deadline(Struct, frozen=True, kw_only=True):
    """`policy_effective` is `immediate` where the product does not wait for the day."""

    rule: str
    day: date
    instant: datetime | None = None
    acknowledge_by: date | None = None
    policy_effective: str | None = None


# What the product does the moment it is asked: opt-outs and objections, in whichever law.
_AT_ONCE = frozenset({
    "US-TCPA-REV-03", "US-TCPA-DNC-04", "US-CANSPAM-06", "CA-CASL-10", "AU-SPAM-02", "SG-02", "MBP-UNSUB-48",
    "EU-GDPR-03", "EU-GDPR-04", "US-CCPA-02",
})  # fmt: skip
# Where the table leaves the calendar open: that of the law's own country.
_CALENDAR = {"US": "US_FEDERAL", "CA": "CA_FEDERAL", "UK": "UK"}
# A clock in the law runs where the law is made, if nobody says where the person lives.
_ZONE = {"US": "America/New_York", "CA": "America/Toronto"}
_BORROWED = {"UK-DSR-02": "EU-DSR-01"}


def deadline(
    rule_id: str,
    received: datetime | date,
    *,
    calendar: str | None = None,
    extended: bool = False,
    paused_days: int = 0,
    zone: ZoneInfo | None = None,
) -> Deadline:
    """The last day, reckoned as the rule says. Raises NoDeadline.

    `calendar` names the holidays; `none` has weekends only. `paused_days` is how long the clock stood still.
    """
    period = catalogue.parameters(_BORROWED.get(rule_id, rule_id), Period)
    country = rule_id.partition("-")[0]
    calendar = calendar or period.holiday_calendar or _CALENDAR.get(country, "none")
    day = _local_day(received, zone or ZoneInfo(_ZONE.get(country, "UTC")))
    at_once = _IMMEDIATE if rule_id in _AT_ONCE else period.policy_effective
    instant = None
    if hours := period.hours or period.max_hours:
        instant = _instant(received) + timedelta(hours=hours)
        last = instant.date()
    else:
        last = _last_day(rule_id, period, day, calendar, extended=extended) + timedelta(days=paused_days)
        if period.months is not None:
            last = next_business_day(last, calendar)
    return Deadline(
        rule=rule_id,
        day=last,
        instant=instant,
        acknowledge_by=business_days_after(day, period.ack_business_days, calendar)
        if period.ack_business_days
        else None,
        policy_effective=at_once,
    )


def _last_day(rule_id: str, period: Period, day: date, calendar: str, *, extended: bool) -> date:
    if business := period.max_business_days or period.business_days:
        return business_days_after(day, business, calendar)
    if period.months is not None:
        return months_after(day, period.months + (period.extension_months if extended else 0))
    if days := period.days or period.ack_days or period.access_days or period.cure_days:
        return day + timedelta(days=days + (period.extension_days if extended else 0))
    raise NoDeadline(f"{rule_id} sets no period.", field="rule")


def _local_day(received: datetime | date, zone: ZoneInfo) -> date:
    return received.astimezone(zone).date() if isinstance(received, datetime) else received


def _instant(received: datetime | date) -> datetime:
    return (
        received
        if isinstance(received, datetime)
        else datetime(received.year, received.month, received.day, tzinfo=UTC)
    )


for _rule in ("EU-DSR-01", "UK-DSR-02", "UK-DUAA-03", "US-CCPA-01", "US-CCPA-02", "EU-GDPR-33"):
    enforced_elsewhere(_rule, where=_WHERE, test=_TEST)
