"""What every mail of ours says about itself, whoever carries it: the SMTP server's mails and the sandbox's agree."""

import re
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from application.messages.carriers import Effect, Outgoing, Refused
from domain.addresses import Address, Channel
from domain.channels import Sender
from domain.errors import DomainError

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_URI = re.compile(r"[!#-;=?-~]+")


def mail_headers(outgoing: Outgoing, at: datetime) -> dict[str, str]:
    """In order, before any encoding; From as `name <address>`. Raises Refused.

    Mail that offers an unsubscribe address carries it as one click (RFC 2369, RFC 8058); all other mail is the
    answer of a machine to what somebody did, and says so (RFC 3834 section 5), so that no machine answers it.
    A try that is repeated keeps its Message-ID: whoever got the first one can tell.
    """
    sender, subject = outgoing.sender, outgoing.content.subject or ""
    origin = mail_from(sender)
    headers = {
        "Date": _date(at.replace(microsecond=0)),
        "From": f"{sender.legal_name} <{origin.value}>",
        "To": outgoing.to.value,
        "Subject": subject,
        "Message-ID": f"<{outgoing.message_id}@{origin.value.rpartition('@')[2]}>",
    }
    if sender.email_reply_to:
        headers["Reply-To"] = _reply_to(sender.email_reply_to).value
    elif outgoing.replies_to:
        headers["Reply-To"] = outgoing.replies_to
    headers |= _unsubscribe(outgoing) or {"Auto-Submitted": "auto-generated"}
    if any(_CONTROL.search(value) for value in headers.values()):
        raise Refused("header-control-character", "A header of this mail holds a line break or control character.")
    return headers


@lru_cache(maxsize=1024)
def mail_from(sender: Sender) -> Address:
    """Raises Refused."""
    try:
        return Address.parse(sender.address_for(Channel.EMAIL), Channel.EMAIL, field="email_from")
    except DomainError:
        raise Refused(
            "sender-address",
            f"The sender {sender.slug} has no usable email_from.",
            effect=Effect.SENDER_MISCONFIGURED,
        ) from None


@lru_cache(maxsize=1024)
def _reply_to(text: str) -> Address:
    try:
        return Address.parse(text, Channel.EMAIL, field="email_reply_to")
    except DomainError:
        raise Refused(
            "sender-address", "The sender's email_reply_to is not an email address.", effect=Effect.SENDER_MISCONFIGURED
        ) from None


def _unsubscribe(outgoing: Outgoing) -> dict[str, str]:
    """One HTTPS address, then its mailto twin; the Post header promises that a POST to the first is enough."""
    url, mailto = outgoing.unsubscribe_url, outgoing.unsubscribe_mailto
    if mailto and not mailto.startswith("mailto:"):
        mailto = f"mailto:{mailto}"
    ways = [way for way in (url, mailto) if way]
    if not all(_URI.fullmatch(way) for way in ways):
        raise Refused("unsubscribe-address", "The unsubscribe address is not a URI.")
    if not ways:
        return {}
    headers = {"List-Unsubscribe": ", ".join(f"<{way}>" for way in ways)}
    return headers | {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url else headers


@lru_cache(maxsize=16)
def _date(at: datetime) -> str:
    return format_datetime(at)
