"""France: the hours the operators keep for commercial text messages."""

from datetime import date
from functools import cache

from msgspec import Struct

from domain.compliance.calendars import holidays
from domain.compliance.case import Case
from domain.compliance.hours import closed
from domain.compliance.rules import Finding, Rule, rule
from domain.compliance.windows import Opening, Window

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOLIDAYS = "public_holidays"


class OperatorHours(Struct, frozen=True, kw_only=True):
    window: Window
    closed_days: frozenset[str]


@cache
def _opening(terms: OperatorHours) -> Opening:
    closed_weekdays = {_DAYS.index(day) for day in terms.closed_days if day in _DAYS}

    def opening(day: date) -> Window | None:
        shut = day.weekday() in closed_weekdays or (_HOLIDAYS in terms.closed_days and day in holidays("FR", day.year))
        return None if shut else terms.window

    return opening


@rule("FR-SMS-01", terms=OperatorHours)
def french_operators_close_at_night_and_on_holidays(case: Case, rule: Rule) -> Finding | None:
    return closed(case, rule, _opening(rule.terms))
