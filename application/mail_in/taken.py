"""What became of a mail, in words for a log and a metric: ids, and nothing about anybody."""

from enum import StrEnum

from msgspec import Struct

from domain.ids import ContactPointId, MessageId


class Became(StrEnum):
    """`sender_alert`: it speaks of us and not of the recipient, and somebody should look."""

    REPEATED = "repeated"
    UNKNOWN = "unknown"
    AUTOMATIC = "automatic"
    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCE = "soft_bounce"
    GIVEN_UP = "given_up"
    DELIVERY_NEWS = "delivery_news"
    SENDER_ALERT = "sender_alert"
    COMPLAINT = "complaint"
    OPT_OUT = "opt_out"
    UNCLEAR = "unclear"
    NO_OPT_OUT = "no_opt_out"


class Taken(Struct, frozen=True, kw_only=True):
    """`code` is a status of RFC 3463 or a type of RFC 5965; those nobody registered are left out."""

    became: Became
    contact_point_id: ContactPointId | None = None
    message_id: MessageId | None = None
    code: str | None = None
