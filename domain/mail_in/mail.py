"""A mail that came in, as far as anything is decided by it."""

from collections.abc import Mapping

from msgspec import Struct


class RecipientReport(Struct, frozen=True, kw_only=True):
    """What a delivery status notification says about one recipient (RFC 3464 section 2.3).

    Whom it names is left out: which address is meant, the address the report came to says.
    """

    action: str
    status: str = ""
    diagnostic: str = ""


class Mail(Struct, frozen=True, kw_only=True):
    """`sender` is the envelope's, empty for what wants no answer. `headers` by lower-case name; `text` is what the
    writer wrote, with what they quoted. `identity` is the same for the same mail delivered twice.

    `reports` and `feedback` are there for a bounce (RFC 3464) and a complaint (RFC 5965); `traces` are values from the
    headers of the mail that came back with it, in which a token or id of ours may stand, the surest first.
    """

    sender: str
    subject: str = ""
    text: str = ""
    headers: Mapping[str, str] = {}
    identity: bytes
    reports: tuple[RecipientReport, ...] | None = None
    feedback: str | None = None
    traces: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "Mail(…)"
