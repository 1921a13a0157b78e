"""By when a rights request must be answered: the earliest day any law the person may invoke sets."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from domain.compliance.deadlines import Deadline, deadline
from domain.privacy.requests import FOR_ANYBODY, Kind, RightsRequest

_EVERYWHERE = "EU-DSR-01"
_HOLIDAYS = {"FR": "FR"}


class Terms(Struct, frozen=True, kw_only=True):
    rule: str
    calendar: str
    zone: str


def terms(kind: Kind, codes: Collection[str], zones: Sequence[ZoneInfo], received_at: datetime) -> Terms:
    """Where no law of the catalogue speaks, the strictest that covers every right does: one month."""
    zone = zones[0] if zones else ZoneInfo("UTC")
    found = [
        Terms(rule=rule, calendar=calendar, zone=zone.key) for rule, calendar in _laws(kind, codes) or [_default(codes)]
    ]
    return min(found, key=lambda one: (reckoned(one, received_at).day, one.rule))


def reckoned(one: Terms, received_at: datetime, *, extended: bool = False, paused_days: int = 0) -> Deadline:
    return deadline(
        one.rule,
        received_at,
        calendar=one.calendar,
        extended=extended,
        paused_days=paused_days,
        zone=ZoneInfo(one.zone),
    )


def rescheduled(request: RightsRequest) -> RightsRequest:
    """With the last day as it is now that it was extended or the clock stood still."""
    by = Terms(rule=request.rule, calendar=request.calendar, zone=request.zone)
    found = reckoned(by, request.received_at, extended=request.extended, paused_days=request.paused_days)
    return replace(request, due_on=found.day, acknowledge_by=found.acknowledge_by)


def _laws(kind: Kind, codes: Collection[str]) -> list[tuple[str, str]]:
    laws: list[tuple[str, str]] = []
    if "UK" in codes:
        laws.append(("UK-DSR-02", "UK"))
    if "EU" in codes:
        laws.append(_default(codes))
    if "BR" in codes:
        laws.append(("BR-LGPD-01", "none"))
    if any(code.partition("-")[0] == "US" for code in codes):
        laws.append(("US-CCPA-02" if kind in FOR_ANYBODY else "US-CCPA-01", "US_FEDERAL"))
    return laws


def _default(codes: Collection[str]) -> tuple[str, str]:
    return _EVERYWHERE, next((_HOLIDAYS[code] for code in sorted(codes) if code in _HOLIDAYS), "none")
