"""Mail as bytes: RFC 5322 headers, RFC 2047 encoded words, RFC 2045 bodies, assembled by hand over C encoders.

The standard library's classes build some 350 to 1,000 mails a second; this builds one for each message of a campaign.
Every line ends in CRLF, none is longer than 76 octets but for an address or URI that is, and all but an
internationalised address (RFC 6532) is ASCII. No parameter needs RFC 2231: charset and boundary are always ASCII.
"""

import binascii
import re
from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from application.messages.carriers import Outgoing, Refused
from application.messages.mail_headers import mail_from, mail_headers

WIDTH = 76
_WORD_BYTES = 45  # in one encoded word: 60 characters of base64 and 12 around them are at most 75
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_PLAIN = re.compile(r"[\x21-\x7e]+( [\x21-\x7e]+)*")
_PRINTABLE = bytes(set(range(0x20, 0x7F)) - {ord("=")}) + b"\n\t"
_MARK = b"=_"  # never stands in what is encoded, so a boundary that begins with it cannot stand in a part


class Mail(Struct, frozen=True, kw_only=True):
    """`sender` is the envelope's, to which bounces go. `headers` are names and values, already folded. `international`
    asks for SMTPUTF8 (RFC 6531).
    """

    sender: str
    recipient: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    international: bool

    def head(self) -> bytes:
        return b"".join(b"%b: %b\r\n" % header for header in self.headers)


def build(outgoing: Outgoing, at: datetime) -> Mail:
    """Raises Refused."""
    origin, recipient = mail_from(outgoing.sender).value, outgoing.to.value
    headers = mail_headers(outgoing, at)
    try:
        encoded = [(name.encode(), _value(outgoing, name, value)) for name, value in headers.items()]
        content, body = _content(outgoing)
    except UnicodeEncodeError:
        raise Refused("text-not-unicode", "The content holds half a character and cannot be written.") from None
    return Mail(
        sender=outgoing.bounces_to or origin,
        recipient=recipient,
        headers=(*encoded, (b"MIME-Version", b"1.0"), *content),
        body=body,
        international=not (origin + recipient + headers.get("Reply-To", "")).isascii(),
    )


def _value(outgoing: Outgoing, name: str, value: str) -> bytes:
    if name == "From":
        return _mailbox(outgoing.sender.legal_name, mail_from(outgoing.sender).value)
    if name == "Subject":
        return _unstructured(value, used=len("Subject: ")).encode()
    if name == "List-Unsubscribe":
        return value.replace(", ", ",\r\n ").encode()
    return value.encode()


def _unstructured(value: str, *, used: int) -> str:
    """Plain words folded at their spaces; anything else, and what would read as an encoded word, is encoded."""
    if _PLAIN.fullmatch(value) and "=?" not in value:
        lines = _folded(value, used)
        if all(len(line) <= WIDTH for line in lines):
            return "\r\n ".join(lines)
    return _encoded_words(value, used) if value else ""


def _folded(value: str, used: int) -> list[str]:
    if used + len(value) <= WIDTH:
        return [value]
    lines, room = [""], WIDTH - used
    for word in value.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
            room = WIDTH - 1
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def _encoded_words(value: str, used: int) -> str:
    """Each one holds whole characters (RFC 2047 section 5) and stands on a line of its own."""
    data, words, start = value.encode(), [], 0
    room = min((WIDTH - used - 12) // 4 * 3, _WORD_BYTES)
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        words.append(f"=?utf-8?b?{binascii.b2a_base64(data[start:end], newline=False).decode()}?=")
        start, room = end, _WORD_BYTES
    return "\r\n ".join(words)


@lru_cache(maxsize=1024)
def _mailbox(name: str, address: str) -> bytes:
    """`name <address>`: the name as atoms, a quoted string or encoded words, whichever it needs."""
    used = len("From: ")
    if _ATOMS.fullmatch(name) and "=?" not in name and used + len(name) <= WIDTH:
        phrase = name
    elif _PLAIN.fullmatch(name) and "=?" not in name and used + 2 + len(name) * 2 <= WIDTH:
        phrase = '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))
    else:
        phrase = _encoded_words(name, used)
    last = len(phrase.rpartition("\r\n")[2])
    gap = " " if used + last + len(address) + 3 <= WIDTH else "\r\n "
    return f"{phrase}{gap}<{address}>".encode()


def _content(outgoing: Outgoing) -> tuple[list[tuple[bytes, bytes]], bytes]:
    content = outgoing.content
    parts = [(b"text/plain", content.text)] + ([(b"text/html", content.html)] if content.html else [])
    encoded = [(kind, *_encoded(text)) for kind, text in parts]
    if len(encoded) == 1:
        kind, encoding, body = encoded[0]
        return [(b"Content-Type", kind + b'; charset="utf-8"'), (b"Content-Transfer-Encoding", encoding)], body
    boundary = _MARK + outgoing.message_id.hex.encode()
    body = b"".join(
        b'--%b\r\nContent-Type: %b; charset="utf-8"\r\nContent-Transfer-Encoding: %b\r\n\r\n%b\r\n' % (boundary, *part)
        for part in encoded
    )
    return [(b"Content-Type", b'multipart/alternative;\r\n boundary="%b"' % boundary)], body + b"--%b--\r\n" % boundary


def _encoded(text: str) -> tuple[bytes, bytes]:
    """As it is when every mail server leaves it so; else whichever of the two encodings is shorter."""
    data = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    if not data.endswith(b"\n"):
        data += b"\n"
    special = len(data.translate(None, _PRINTABLE))
    mangled = data.startswith(b"From ") or b"\nFrom " in data
    stripped = b" \n" in data or b"\t\n" in data
    if not (special or mangled or stripped) and max(map(len, data.split(b"\n"))) <= WIDTH:
        return b"7bit", data.replace(b"\n", b"\r\n")
    if mangled or special * 2 > len(data) // 3:
        coded = binascii.b2a_base64(data.replace(b"\n", b"\r\n"), newline=False)
        lines = [coded[start : start + WIDTH] for start in range(0, len(coded), WIDTH)]
        return b"base64", b"\r\n".join(lines) + b"\r\n"
    return b"quoted-printable", binascii.b2a_qp(data, istext=True).replace(b"\n", b"\r\n")
