"""What a provider's refusal means: a block it holds against us, or an hour it will not send in."""

from datetime import datetime

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.attempt import Recipient
from domain.compliance.quiet import next_opening
from domain.compliance.rules import enforced_elsewhere
from domain.compliance.verdicts import Verdict


class _Error(Struct, frozen=True, kw_only=True):
    error_code: int


class _Blocked(Struct, frozen=True, kw_only=True):
    error_code: int
    retry: bool


_BLOCKED = catalogue.parameters("PRV-TWILIO-02", _Blocked)
_QUIET = catalogue.parameters("PRV-TWILIO-05", _Error)


class Refusal(Struct, frozen=True, kw_only=True):
    """`effects` are what is to be recorded; `until` when the message may be tried again, if ever."""

    rule: str
    verdict: Verdict | None = None
    effects: tuple[str, ...] = ()
    retry: bool = False
    until: datetime | None = None


def read_refusal(error_code: int, recipient: Recipient, at: datetime, *, opted_in: bool) -> Refusal | None:
    """None where the code is of no consequence for consent: then it is an ordinary failure.

    A block on a contact whom our ledger calls opted in means that the two have drifted apart, and somebody has to look.
    """
    if error_code == _BLOCKED.error_code:
        drift = ("alert(ledger_drift)",) if opted_in else ()
        recorded = ("append_revocation_event(source=provider)", "suppress(sms,brand)")
        return Refusal(rule="PRV-TWILIO-02", effects=recorded + drift, retry=_BLOCKED.retry)
    if error_code == _QUIET.error_code:
        return Refusal(rule="PRV-TWILIO-05", verdict=Verdict.DEFER, until=next_opening(recipient, at))
    return None


enforced_elsewhere(
    "PRV-TWILIO-05",
    where="domain.compliance.provider_results.read_refusal",
    test="tests/compliance/test_cases.py",
)
