"""What an administrator set of how long records are kept."""

from typing import Any

import msgspec

from bootstrap.settings import Settings, SettingsUnusable
from domain.retention.policies import Policy, policies


def retention_hour_of(settings: Settings) -> int:
    """Raises SettingsUnusable."""
    if settings.retention_hour not in range(24):
        raise SettingsUnusable("OPTIN_RETENTION_HOUR is an hour of the day in UTC, 0 to 23.")
    return settings.retention_hour


def retention_policies_of(settings: Settings) -> tuple[Policy, ...]:
    """Raises SettingsUnusable, and PeriodForbidden for what a rule forbids."""
    try:
        wanted = msgspec.json.decode(settings.retention or "{}", type=dict[str, Any])
    except msgspec.MsgspecError:
        raise SettingsUnusable('OPTIN_RETENTION is a JSON object of periods, such as {"replies": "P8Y"}.') from None
    return policies(wanted)
