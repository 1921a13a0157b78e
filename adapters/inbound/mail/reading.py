"""A mail's bytes as the application sees it. The work is bounded before the parser begins: so much of it is looked at,
so many lines, so many parts, so deep; what lies beyond is not read, and nothing that decides lies there.
"""

import re
from email import message_from_bytes
from email.message import Message
from hashlib import sha256
from itertools import islice

from adapters.inbound.mail.parts import blocks, embedded, header, own_parts, words
from domain.mail_in.mail import Mail, RecipientReport

KEPT = 256 * 1024
_MOST_LINES = 5_000
_MOST_HEADER_LINES = 1_000
_DEEPEST = 20
_MOST_PARTS = 100
_MOST_RECIPIENTS = 50
_MOST_TRACES = 20
_LINE = re.compile(rb"\r\n|\r|\n")
_NESTING = re.compile(rb"multipart/|message/", re.IGNORECASE)
_BOUNDARY = re.compile(rb"^--", re.MULTILINE)
_ENDS_HEADERS = re.compile(rb"\r?\n\r?\n|\r\r")
# RFC 6533: the same fields, for internationalised addresses.
_GLOBAL = re.compile(rb"message/global-delivery-status", re.IGNORECASE)
_TRACES = ("list-unsubscribe", "return-path", "x-original-mail-from", "message-id")


def read_mail(data: bytes, *, sender: str, recipient: str) -> Mail:
    """Whatever the bytes are. `recipient` is the local part it came to."""
    envelope = "" if sender == "<>" else sender
    try:
        return _read(_GLOBAL.sub(b"message/delivery-status", _bounded(data)), envelope, recipient)
    except Exception:  # noqa: BLE001 - a mail that the parser breaks on is one without words
        return Mail(sender=envelope, headers=_envelope(envelope), identity=_identity(recipient, "", data))


def _read(data: bytes, sender: str, recipient: str) -> Mail:
    mail = message_from_bytes(data)
    parts = list(islice(own_parts(mail), _MOST_PARTS))
    headers = {name.lower(): header(value) for name, value in reversed(mail.items())} | _envelope(sender)
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    feedback = next((part for part in parts if part.get_content_type() == "message/feedback-report"), None)
    fields = embedded(feedback) if feedback is not None else None
    return Mail(
        sender=sender,
        subject=headers.get("subject", ""),
        text=words(parts),
        headers=headers,
        identity=_identity(recipient, headers.get("message-id", ""), data),
        reports=tuple(_recipients(reports)) if reports else None,
        feedback=None if fields is None else header(fields.get("feedback-type", "")).lower(),
        traces=_traces(parts, fields),
    )


def _bounded(data: bytes) -> bytes:
    """Headers alone where there are more parts, or they lie deeper, than any mail of ours comes back with."""
    data = data[:KEPT]
    lines = [match.end() for match, _ in zip(_LINE.finditer(data), range(_MOST_LINES), strict=False)]
    if len(lines) == _MOST_LINES:
        data = data[: lines[-1]]
    end = _ENDS_HEADERS.search(data)
    head = data[: end.end()] if end else data
    if len(_LINE.findall(head)) > _MOST_HEADER_LINES:
        return data[: lines[_MOST_HEADER_LINES]]
    if len(_NESTING.findall(data)) > _DEEPEST or len(_BOUNDARY.findall(data)) > 2 * _MOST_PARTS:
        return head
    return data


def _envelope(sender: str) -> dict[str, str]:
    """What the envelope says counts, whatever stands in the mail."""
    return {"return-path": f"<{sender}>"}


def _identity(recipient: str, message_id: str, data: bytes) -> bytes:
    return sha256(b"%b\n%b" % (recipient.lower().encode("utf-8", "replace"), message_id.encode() or data)).digest()


def _recipients(reports: list[Message]) -> list[RecipientReport]:
    groups = [group for part in reports for group in blocks(part) if "action" in group or "status" in group]
    return [
        RecipientReport(
            action=header(group.get("action", "")).partition(" ")[0].lower(),
            status=header(group.get("status", "")),
            diagnostic=header(group.get("diagnostic-code", "")),
        )
        for group in groups[:_MOST_RECIPIENTS]
    ]


def _traces(parts: list[Message], fields: Message | None) -> tuple[str, ...]:
    found = [] if fields is None else [fields.get("original-mail-from", "")]
    for part in parts:
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/global"):
            original = embedded(part)
            if original is not None:
                found += [value for name in _TRACES for value in original.get_all(name, [])]
    return tuple(text for value in found[:_MOST_TRACES] if (text := header(value)))
