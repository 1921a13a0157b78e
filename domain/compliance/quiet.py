"""When a carrier that refused for the hour will take the message (PRV-TWILIO-05)."""

from datetime import datetime

from domain.addresses import Address
from domain.compliance.attempt import Recipient
from domain.compliance.hours import every_day
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.law.us_hours import HOURS
from domain.compliance.windows import next_open


def next_federal_opening(phone: Address, at: datetime) -> datetime:
    """The start of the next window wherever the number may be. The carrier's clock counts: if by ours it is still
    open, the window to wait for is the one after this.
    """
    return next_opening(Recipient(phone=phone), at)


def next_opening(recipient: Recipient, at: datetime) -> datetime:
    """The same, for a contact whose residence may be known."""
    zones = whereabouts(recipient, at.date()).zones
    ends = [_end_of_window(at.astimezone(zone)) for zone in zones]
    return next_open(zones, max([at, *ends]), every_day(HOURS.window))


def _end_of_window(local: datetime) -> datetime:
    window = HOURS.window
    if local.time() not in window:
        return local
    return local.replace(hour=window.end.hour, minute=window.end.minute, second=window.end.second, microsecond=0)
