"""What stands in the parts of a mail, whatever charset or encoding it claims; nothing here raises over bad input."""

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import Header, decode_header
from email.message import Message
from email.parser import HeaderParser
from html.parser import HTMLParser

_LONGEST_HEADER = 1_000
_LONGEST_TEXT = 20_000
# Text encodings that mail is really written in: Python knows others that are no text, or slow on purpose-made input.
_CHARSET = re.compile(
    r"utf-?8|(?:us-)?ascii|iso-?8859-?\d{1,2}|latin-?\d|windows-\d{3,4}|cp\d{3,4}|koi8-[rtu]|gb(?:2312|k|18030)|"
    r"big5|euc-?(?:jp|kr)|shift[_-]?jis|iso-2022-(?:jp|kr)|mac-?\w{2,12}|tis-620",
    re.IGNORECASE,
)
_FIELDS = HeaderParser()


def own_parts(mail: Message) -> Iterator[Message]:
    """Not those of a mail inside the mail: its words are somebody else's, most often our own."""
    yield mail
    payload = mail.get_payload()
    if mail.get_content_maintype() == "multipart" and isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from own_parts(part)


def header(value: object) -> str:
    """One line, decoded as far as it can be; octets that nobody encoded (RFC 6532) reach us as a Header."""
    text: Header | str = value if isinstance(value, Header) else str(value)[:_LONGEST_HEADER]
    try:
        pieces = decode_header(text)
    except (MessageError, ValueError, LookupError):
        pieces = [(str(text), None)]
    words = (piece if isinstance(piece, str) else decoded(piece, charset) for piece, charset in pieces)
    return re.sub(r"[\x00-\x1f\x7f]+", " ", "".join(words)).strip()[:_LONGEST_HEADER]


def decoded(data: bytes, charset: object) -> str:
    name = str(charset or "utf-8").strip("'\" ")
    if not _CHARSET.fullmatch(name):
        name = "utf-8"
    try:
        text = data.decode(name, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    # What no database keeps: NUL, and halves of characters.
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def content(part: Message) -> str:
    """A leaf's text; empty for anything else."""
    if part.is_multipart():
        return ""
    try:
        data = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError):
        return ""
    if not isinstance(data, bytes):
        return ""
    return decoded(data[: 4 * _LONGEST_TEXT], part.get_param("charset"))[:_LONGEST_TEXT].replace("\r\n", "\n")


def words(parts: list[Message]) -> str:
    """What there is to read: the first plain text, or else the first HTML without its markup."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                text = content(part)
                return text if kind == "text/plain" else without_markup(text)
    return ""


def blocks(part: Message) -> Iterator[Message]:
    """The groups of fields of a message/delivery-status, also where somebody encoded them."""
    payload = part.get_payload()
    groups = [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    if str(part.get("content-transfer-encoding", "")).strip().lower() in ("base64", "quoted-printable"):
        whole = Message()
        whole["Content-Transfer-Encoding"] = str(part["content-transfer-encoding"])
        whole.set_payload("\n\n".join(str(one.get_payload()) for one in groups))
        groups = [_FIELDS.parsestr(text) for text in re.split(r"\n\s*\n", content(whole).strip())]
    yield from groups


def embedded(part: Message) -> Message | None:
    """The headers of the mail that came back, whole or alone."""
    if part.get_content_type() == "text/rfc822-headers":
        return _FIELDS.parsestr(content(part))
    payload = part.get_payload()
    found = payload[0] if isinstance(payload, list) and payload else None
    return found if isinstance(found, Message) else None


class _Readable(HTMLParser):
    """Text with line breaks; no style, and no quoted mail."""

    _SKIPPED = frozenset({"style", "script", "head", "title", "blockquote"})
    _BREAKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SKIPPED:
            self._inside.append(tag)
        elif tag in self._BREAKS:
            self.kept.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.kept.append(re.sub(r"\s+", " ", data))


def without_markup(html: str) -> str:
    reader = _Readable()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError):
        return ""
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(reader.kept)).strip()
