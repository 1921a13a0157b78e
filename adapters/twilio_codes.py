"""Twilio's words, for what goes to it and what comes back: its error codes and message statuses as data.

Source: https://www.twilio.com/docs/api/errors, one page for each code, read 2026-11-22, and "Outbound Message Status in
Status Callbacks". Twilio's own sentences are never passed on: they repeat the number.
"""

from collections.abc import Mapping

from msgspec import Struct

from application.messages.carriers import Effect
from domain.messages import Status


class Code(Struct, frozen=True):
    """`retry_after` in seconds where trying again can help; `recipient_only` as in NotNow."""

    meaning: str
    effect: Effect = Effect.NONE
    retry_after: int | None = None
    recipient_only: bool = False


_DEAD, _SENDER = Effect.ADDRESS_DEAD, Effect.SENDER_MISCONFIGURED
# Only the operator can mend it, and it meets every message: nothing is lost while they do.
_OPERATOR = 300

CODES: Mapping[int, Code] = {
    # The recipient stopped this sender at Twilio: nothing goes out until they text START. Never retry (PRV-TWILIO-02).
    21610: Code("The recipient opted out at the provider", Effect.REVOKED_AT_PROVIDER),
    # Numbers that take no SMS.
    14101: Code("The number takes no SMS", _DEAD),
    21211: Code("The number does not exist", _DEAD),
    21214: Code("The number cannot be reached", _DEAD),
    21217: Code("The number does not exist", _DEAD),
    21265: Code("A short code takes no messages from us", _DEAD),
    21268: Code("A premium or information service takes no messages from us", _DEAD),
    21614: Code("The number takes no SMS", _DEAD),
    21635: Code("The number is a landline", _DEAD),
    30005: Code("The number is unknown or no longer in service", _DEAD),
    30006: Code("The number is a landline or its carrier cannot be reached", _DEAD),
    # The local quiet hours, as Twilio sees them (PRV-TWILIO-05).
    30610: Code("The provider keeps quiet hours for the recipient", Effect.QUIET_HOURS),
    30615: Code("The provider keeps local quiet hours for the recipient", Effect.QUIET_HOURS),
    # The sender is not set up for this.
    14102: Code("The sender's number cannot send", _SENDER),
    14108: Code("The sender's number cannot send", _SENDER),
    21212: Code("The sender's number is not valid", _SENDER),
    21408: Code("The account may not send to this region", _SENDER),
    21601: Code("The sender's number cannot send SMS", _SENDER),
    21603: Code("The sender has no number", _SENDER),
    21606: Code("The sender's number cannot send to this destination", _SENDER),
    21607: Code("A trial account may not use this sender", _SENDER),
    21608: Code("A trial account may not send to this number", _SENDER),
    21612: Code("This sender cannot reach this number", _SENDER),
    21659: Code("The sender's number is not with the provider, or of another country", _SENDER),
    21660: Code("The sender's number belongs to another account", _SENDER),
    21661: Code("The sender's number cannot send SMS", _SENDER),
    21701: Code("The messaging service does not exist", _SENDER),
    21703: Code("The messaging service has no numbers", _SENDER),
    21705: Code("The messaging service is not valid", _SENDER),
    30024: Code("The sender is not provisioned with the recipient's carrier", _SENDER),
    30032: Code("The toll-free number is not verified", _SENDER),
    30034: Code("The number is not registered for A2P 10DLC", _SENDER),
    30035: Code("The number is still being set up with the carriers", _SENDER),
    # Refused or lost on the way, for this message alone.
    21266: Code("A number cannot write to itself"),
    21602: Code("The message has no text"),
    21617: Code("The text is longer than the provider takes"),
    30001: Code("The provider's queue was full"),
    30002: Code("The account was suspended", _SENDER),
    30003: Code("The handset could not be reached"),
    30004: Code("The message was blocked by the recipient or their carrier"),
    30007: Code("The message was filtered as unwanted"),
    30008: Code("The carrier gave no reason"),
    30010: Code("The message costs more than allowed"),
    30022: Code("The carriers' rate for the 10DLC campaign was exceeded"),
    30023: Code("The carriers' daily cap for the 10DLC brand is reached"),
    30036: Code("The message was too old before it could be sent"),
    30450: Code("The number is blocked for the moment against fraud"),
    # Not taken, and worth another try.
    14107: Code("Too many messages between the same two numbers", retry_after=30, recipient_only=True),
    20429: Code("The provider takes no more requests for the moment", retry_after=1),
    20500: Code("The provider has an internal error", retry_after=5),
    20503: Code("The provider is out of service", retry_after=30),
    21611: Code("The sender's queue at the provider is full", retry_after=_OPERATOR, recipient_only=True),
    10001: Code("The account is not active", retry_after=_OPERATOR),
    20003: Code("The provider refuses our credentials", retry_after=_OPERATOR),
    20005: Code("The account is not active", retry_after=_OPERATOR),
    20403: Code("The account may not use the provider's API", retry_after=_OPERATOR),
    20404: Code("The provider does not know the account", retry_after=_OPERATOR),
    21609: Code("The provider cannot call our public URL", retry_after=_OPERATOR),
    90010: Code("The account is not active", retry_after=_OPERATOR),
    # HTTP statuses, for answers without a code of Twilio's.
    401: Code("The provider refuses our credentials", retry_after=_OPERATOR),
    403: Code("The account may not use the provider's API", retry_after=_OPERATOR),
    404: Code("The provider does not know the account", retry_after=_OPERATOR),
    429: Code("The provider takes no more requests for the moment", retry_after=1),
}
UNKNOWN = Code("The provider refused the message")

# Whatever Twilio reports, it has the message: even the first report heals a crash between sending and recording.
STATUSES: Mapping[str, Status] = {
    "accepted": Status.SENT,
    "scheduled": Status.SENT,
    "queued": Status.SENT,
    "sending": Status.SENT,
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "partially_delivered": Status.DELIVERED,
    "read": Status.DELIVERED,
    "undelivered": Status.UNDELIVERED,
    "failed": Status.FAILED,
    "canceled": Status.FAILED,
}
