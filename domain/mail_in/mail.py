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


class Feedback(Struct, frozen=True, kw_only=True):
    """A report somebody's mailbox provider sent (RFC 5965): its type, and the headers of the mail it is about.

    `traces` are the values among them in which a token or an id of ours may stand, the surest first.
    """

    type: str
    traces: tuple[str, ...] = ()


class Mail(Struct, frozen=True, kw_only=True):
    """`headers` are those that say who or what wrote it, by lower-case name; `text` is what the writer wrote, with what
    they quoted. `identity` is the same for the same mail delivered twice.
    """

    sender: str
    subject: str = ""
    text: str = ""
    headers: Mapping[str, str] = {}
    identity: bytes
    reports: tuple[RecipientReport, ...] | None = None
    feedback: Feedback | None = None

    def __repr__(self) -> str:
        return f"Mail(reports={self.reports is not None}, feedback={self.feedback is not None})"
