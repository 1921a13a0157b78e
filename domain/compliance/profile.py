"""How an organisation applies the packs: it may choose what they leave open and be stricter, never milder.

The keys are those of the policy vectors. `STRICT` is the profile everybody starts with.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from domain.compliance import catalogue
from domain.compliance.windows import Window
from domain.errors import Invalid


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`marketing_hours` is empty unless an administrator wants shorter ones than the law leaves."""

    assume_texts_are_regulated_calls: bool
    quiet_hours_apply_with_consent: bool
    revocation_scope: str
    start_restores: str
    optout_effective: str
    quiet_hour_interval: str
    frequency_window: str
    unknown_jurisdiction: str
    double_opt_in_countries: frozenset[str]
    us_email_opt_out_model: bool
    unsubscribe_token_expiry: int | None
    inactivity_reconfirm_months_eu: int
    late_optout_confirmation: str
    business_day: str
    marketing_hours: tuple[str, str] | None = None

    @property
    def marketing_window(self) -> Window | None:
        return Window.between(*self.marketing_hours) if self.marketing_hours else None


class BelowThePack(Invalid):
    """The setting would allow what a rule forbids."""

    def __init__(self, key: str, rule: str) -> None:
        super().__init__(f"{key} cannot be set to that: rule {rule} forbids it.", field=key)
        self.rule = rule


STRICT = msgspec.convert(catalogue.tables().profiles["strict_default"], Profile)

_SCOPES = ("program", "brand_all_consent_required")
_RESTORES = ("informational_only", "prior_scope")
_MUST_CONFIRM = frozenset({"DE", "AT", "unknown"})
# key: the rule below which it cannot go, and what it may be.
_FLOOR: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "assume_texts_are_regulated_calls": ("US-TCPA-CONS-01", lambda value: value is True),
    "quiet_hours_apply_with_consent": ("US-TCPA-HRS-01", lambda value: value is True),
    "revocation_scope": ("US-TCPA-REV-08", lambda value: value in _SCOPES),
    "start_restores": ("US-TCPA-REV-12", lambda value: value in _RESTORES),
    "optout_effective": ("US-TCPA-REV-03", lambda value: value == STRICT.optout_effective),
    "quiet_hour_interval": ("CORE-TZ-03", lambda value: value == STRICT.quiet_hour_interval),
    "frequency_window": ("US-FL-03", lambda value: value == STRICT.frequency_window),
    "unknown_jurisdiction": ("CORE-JUR-03", lambda value: value == STRICT.unknown_jurisdiction),
    "double_opt_in_countries": ("DE-UWG-01", lambda value: frozenset(value) >= _MUST_CONFIRM),
    "unsubscribe_token_expiry": ("EML-8058-05", lambda value: value is None),
    "inactivity_reconfirm_months_eu": ("DE-UWG-03", lambda value: 0 < value <= STRICT.inactivity_reconfirm_months_eu),
    "late_optout_confirmation": ("US-TCPA-REV-06", lambda value: value == STRICT.late_optout_confirmation),
    "business_day": ("US-TCPA-REV-03", lambda value: value == STRICT.business_day),
}


def tightened(wanted: dict[str, Any], base: Profile = STRICT) -> Profile:
    """The profile with these settings. Raises BelowThePack, naming the rule, or Invalid for a key that does not
    exist.
    """
    for key, value in wanted.items():
        if key not in Profile.__struct_fields__:
            raise Invalid(f"There is no policy setting {key}.", field=key)
        rule, allowed = _FLOOR.get(key, ("", lambda _: True))
        try:
            lawful = allowed(value)
        except TypeError:
            lawful = False
        if not lawful:
            raise BelowThePack(key, rule)
    return overridden(wanted, base)


def overridden(wanted: dict[str, Any], base: Profile = STRICT) -> Profile:
    """The profile with these settings whatever the packs say: for what-if questions, never for sending."""
    return msgspec.convert(msgspec.to_builtins(replace(base)) | wanted, Profile)
