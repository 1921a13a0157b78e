"""When a carrier that refused for the hour will take the message (PRV-TWILIO-05)."""

from datetime import datetime, timedelta

from domain.addresses import Address
from domain.compliance import catalogue
from domain.compliance.attempt import Recipient
from domain.compliance.hours import every_day
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.windows import Window, next_open, open_in

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def next_federal_opening(phone: Address, at: datetime) -> datetime:
    """The start of the next window wherever the number may be. The carrier's clock counts: if by ours it is still
    open, the window to wait for is the one after this.
    """
    zones = whereabouts(Recipient(phone=phone), at.date()).zones
    opening = every_day(Window.between(*catalogue.entry("US-TCPA-HRS-01").parameters["window"]))
    closed = at
    while open_in(zones, closed, opening) and closed < at + _DAY:
        closed += _MINUTE
    return next_open(zones, closed, opening)
