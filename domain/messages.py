"""One message to one contact, from the request to the carrier's last word about it."""

from datetime import datetime
from enum import StrEnum
from html import escape, unescape

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.channels import Sender
from domain.errors import Conflict, Invalid, NotFound
from domain.ids import CampaignId, ContactId, ContactPointId, MessageId, ProgramId, SenderId


class Status(StrEnum):
    QUEUED = "queued"
    DEFERRED = "deferred"
    HELD = "held"
    BLOCKED = "blocked"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"


class NoSuchMessage(NotFound):
    """No message has this id."""


class TooLate(Conflict):
    """The message has left, or will never leave: it can no longer be cancelled."""


_LEAVES = frozenset({Status.SENDING, Status.DEFERRED, Status.HELD, Status.BLOCKED, Status.EXPIRED, Status.CANCELLED})
_ANSWERS = frozenset({Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.FAILED})
# What waits for another try may turn out to have left the first time.
_LEFT = frozenset({Status.SENT, Status.DELIVERED})
_AFTER: dict[Status, frozenset[Status]] = {
    Status.QUEUED: _LEAVES | _LEFT,
    Status.DEFERRED: _LEAVES | _LEFT | {Status.QUEUED},
    Status.HELD: _LEAVES | {Status.QUEUED},
    Status.BLOCKED: frozenset(),
    Status.SENDING: _ANSWERS | {Status.QUEUED, Status.DEFERRED, Status.BLOCKED, Status.UNCERTAIN, Status.EXPIRED},
    Status.UNCERTAIN: _ANSWERS | {Status.QUEUED},
    Status.SENT: frozenset({Status.DELIVERED, Status.UNDELIVERED, Status.FAILED}),
    # A carrier that first gave up may still report success; the reverse is old news.
    Status.UNDELIVERED: frozenset({Status.DELIVERED}),
    Status.FAILED: frozenset({Status.DELIVERED}),
    Status.DELIVERED: frozenset(),
    Status.EXPIRED: frozenset(),
    Status.CANCELLED: frozenset(),
}
WAITING = frozenset({Status.QUEUED, Status.DEFERRED, Status.HELD})


def may_follow(present: Status, reported: Status) -> bool:
    """Carriers repeat and reorder their reports: one that cannot follow changes nothing."""
    return reported in _AFTER[present]


class OnNoConsent(StrEnum):
    HOLD = "hold"
    BLOCK = "block"


class Content(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the person will read. `html` and `subject` are for email only."""

    text: str
    subject: str | None = None
    html: str | None = None

    def must_fit(self, channel: Channel) -> None:
        """Raises Invalid."""
        if channel is Channel.SMS and (self.subject is not None or self.html is not None):
            raise Invalid("An SMS has text only; leave out subject and html.", field="content")
        if channel is Channel.EMAIL and not self.subject:
            raise Invalid("An email needs a subject.", field="content.subject")
        if self.subject and ("\n" in self.subject or "\r" in self.subject):
            raise Invalid("A subject is one line.", field="content.subject")
        if not self.text.strip():
            raise Invalid("Give the text people will read.", field="content.text")


class Message(Struct, frozen=True, kw_only=True):
    """`decision` is the decision as JSON, as stored and as answered: it holds ids and facts, no personal data."""

    id: MessageId
    contact_id: ContactId
    contact_point_id: ContactPointId
    program_id: ProgramId
    sender_id: SenderId
    channel: Channel
    category: str
    status: Status
    live: bool
    created_at: datetime
    updated_at: datetime
    due_at: datetime
    expires_at: datetime | None = None
    reference: str | None = None
    campaign_id: CampaignId | None = None
    template: str | None = None
    provider_id: str | None = None
    detail: str | None = None
    on_no_consent: OnNoConsent = OnNoConsent.HOLD

    def to(self, status: Status, at: datetime, *, detail: str | None = None) -> "Message":
        """A step that cannot follow leaves the message as it is."""
        if not may_follow(self.status, status):
            return self
        return replace(self, status=status, updated_at=at, detail=detail)

    def cancelled(self, at: datetime, *, detail: str | None = None) -> "Message":
        """Raises TooLate."""
        if self.status not in WAITING:
            raise TooLate(f"The message is {self.status}; only a waiting message can be cancelled.")
        return self.to(Status.CANCELLED, at, detail=detail)


def footed(content: Content, sender: Sender, leave: str, choose: str) -> Content:
    """With what the law wants under every marketing mail, unless its author put the way out there already:
    who sends it, where they are, and how to leave (15 U.S.C. 7704(a)(5), SOR/2012-36 s. 2). With our own way out comes
    the one to all choices.
    """
    lacks_way_out = leave not in content.text
    lacks_address = not _says(content.text, sender.postal_address)
    text, html = content.text, content.html
    lines = [f"Unsubscribe: {leave}", f"Your choices: {choose}"] * lacks_way_out
    lines += [f"{sender.legal_name}, {sender.postal_address}"] * lacks_address
    if lines:
        text = f"{text.rstrip()}\n\n-- \n" + "\n".join(lines) + "\n"
    if html is not None:
        ways = [f'<a href="{escape(leave)}">Unsubscribe</a>', f'<a href="{escape(choose)}">Your choices</a>']
        parts = ways * (leave not in html)
        says_address = _says(unescape(html), sender.postal_address)
        parts += [escape(f"{sender.legal_name}, {sender.postal_address}")] * (not says_address)
        footer = f'<p style="font-size:12px">{"<br>".join(parts)}</p>' if parts else ""
        body, end, rest = html.rpartition("</body>")
        html = f"{body}{footer}{end}{rest}" if end else html + footer
    return replace(content, text=text, html=html)


def _says(text: str, words: str) -> bool:
    """In whatever lines it is set."""
    return " ".join(words.split()) in " ".join(text.split())
