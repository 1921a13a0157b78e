"""What a mail server's refusal means: reply codes (RFC 5321) and enhanced status codes (RFC 3463, 7372, 7505) as data.

The server's own words never leave this module: they repeat the address.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from application.messages.carriers import CarrierFailed, Effect, NotNow, Refused

_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?:\s|$)")


class Stage(StrEnum):
    """The command that was answered."""

    SESSION = "session"
    MAIL = "MAIL FROM"
    RCPT = "RCPT TO"
    DATA = "DATA"


Meaning = tuple[Effect, str]
_NO_MAILBOX: Meaning = (Effect.ADDRESS_DEAD, "The mailbox does not exist")
_NO_DOMAIN: Meaning = (Effect.ADDRESS_DEAD, "The address's domain takes no mail")
_NOT_AUTHENTIC: Meaning = (Effect.SENDER_MISCONFIGURED, "The mail failed the receiver's SPF, DKIM, DMARC or DNS checks")
_BAD_SENDER: Meaning = (Effect.SENDER_MISCONFIGURED, "The sender address was refused")
_TOO_LARGE: Meaning = (Effect.NONE, "The mail is too large")
_POLICY: Meaning = (Effect.NONE, "The receiver's policy refuses the mail")
_REFUSED: Meaning = (Effect.NONE, "The mail was refused for good")

_BY_STATUS: Mapping[str, Meaning] = {
    "5.1.1": _NO_MAILBOX,
    "5.1.2": _NO_DOMAIN,
    "5.1.3": _NO_MAILBOX,
    "5.1.6": (Effect.ADDRESS_DEAD, "The mailbox has moved"),
    "5.1.7": _BAD_SENDER,
    "5.1.8": _BAD_SENDER,
    "5.1.10": _NO_DOMAIN,  # null MX, RFC 7505
    "5.2.1": (Effect.ADDRESS_DEAD, "The mailbox is disabled"),
    "5.2.2": (Effect.NONE, "The mailbox is full"),
    "5.2.3": _TOO_LARGE,
    "5.3.4": _TOO_LARGE,
    "5.7.13": (Effect.ADDRESS_DEAD, "The mailbox is disabled"),
    # Somebody else has it now (RFC 7293): consent did not move with it.
    "5.7.17": (Effect.ADDRESS_DEAD, "The mailbox has a new owner"),
    "5.7.18": (Effect.ADDRESS_DEAD, "The domain has a new owner"),
    "5.7.20": _NOT_AUTHENTIC,
    "5.7.21": _NOT_AUTHENTIC,
    "5.7.22": _NOT_AUTHENTIC,
    "5.7.23": _NOT_AUTHENTIC,
    "5.7.24": _NOT_AUTHENTIC,
    "5.7.25": _NOT_AUTHENTIC,
    "5.7.26": _NOT_AUTHENTIC,
    "5.7.27": (Effect.SENDER_MISCONFIGURED, "The sender's domain takes no mail itself"),
}

# For servers that give no enhanced status, or one too wide to act on.
_TOO_WIDE = frozenset({"", "5.0.0", "5.1.0"})
_BY_CODE: Mapping[tuple[Stage, int], Meaning] = {
    (Stage.MAIL, 550): _BAD_SENDER,
    (Stage.MAIL, 551): _BAD_SENDER,
    (Stage.MAIL, 552): _TOO_LARGE,
    (Stage.MAIL, 553): _BAD_SENDER,
    (Stage.MAIL, 554): _BAD_SENDER,
    (Stage.RCPT, 521): _NO_DOMAIN,
    (Stage.RCPT, 550): _NO_MAILBOX,
    (Stage.RCPT, 551): _NO_MAILBOX,
    (Stage.RCPT, 553): _NO_MAILBOX,
    (Stage.RCPT, 556): _NO_DOMAIN,
    (Stage.DATA, 552): _TOO_LARGE,
}

# Our session is at fault, not the message: commands unknown or out of order, login or TLS wanted.
_SESSION_CODES = frozenset({500, 502, 503, 504, 530, 534, 535, 538})
_ONE_RECIPIENT = ("4.1.", "4.2.", "4.7.")
_ONE_RECIPIENT_CODES = frozenset({450, 451, 452})


def failure(stage: Stage, code: int, text: str) -> CarrierFailed:
    """A reply that is not success, in the application's words."""
    match = _ENHANCED.match(text)
    status = match[1] if match and int(match[1][0]) == code // 100 else ""
    shown = status or str(code)
    if stage is Stage.SESSION or code in _SESSION_CODES:
        what = "refuses our login" if code == 535 else "does not serve us now"
        return NotNow(f"smtp-{shown}", f"The mail server {what} ({code}).")
    if code < 500:
        return NotNow(
            f"smtp-{shown}",
            f"The mail server asks to try again later ({shown} to {stage}).",
            recipient_only=_one_recipient(stage, code, status),
        )
    effect, meaning = _meaning(stage, code, status)
    return Refused(f"smtp-{shown}", f"{meaning} ({shown} to {stage}).", effect=effect)


def _meaning(stage: Stage, code: int, status: str) -> Meaning:
    if status in _TOO_WIDE:
        return _BY_CODE.get((stage, code), _REFUSED)
    if stage is Stage.MAIL and status.startswith("5.7."):
        return _BY_STATUS.get(status, _BAD_SENDER)
    return _BY_STATUS.get(status, _POLICY if status.startswith("5.7.") else _REFUSED)


def _one_recipient(stage: Stage, code: int, status: str) -> bool:
    if code == 421 or stage is Stage.MAIL:
        return False
    if status not in {"", "4.0.0"}:
        return status.startswith(_ONE_RECIPIENT)
    return stage is Stage.RCPT and code in _ONE_RECIPIENT_CODES
