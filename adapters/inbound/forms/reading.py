"""The body of a form, whoever made it: read as far as it can be, and what cannot be is named."""

import re
from collections.abc import Iterable
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import unquote_to_bytes

from litestar import Request
from msgspec import Struct

MOST_BYTES = 16 << 10
READABLE = 200
_MOST_FIELDS = 100
_LONGEST = 2000
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_PLAIN, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


class Read(Struct, frozen=True, kw_only=True):
    """`twice` and `unreadable` name fields. `status` is 200, or why nothing at all could be read."""

    fields: dict[str, str] = {}
    twice: frozenset[str] = frozenset()
    unreadable: frozenset[str] = frozenset()
    status: int = READABLE

    def __repr__(self) -> str:
        return f"Read({self.status})"


async def read_form(request: Request[Any, Any, Any]) -> Read:
    """Never raises for what a person or a robot may send."""
    kind = request.content_type[0]
    body = await request.body()
    if len(body) > MOST_BYTES:
        return Read(status=413)
    if kind == _PARTS:
        return _of_parts(request.headers.get("content-type", ""), body)
    if kind not in (_PLAIN, ""):
        return Read(status=415)
    pairs = [pair for pair in body.replace(b"\0", b"").split(b"&") if pair]
    if len(pairs) > _MOST_FIELDS:
        return Read(status=400)
    return _gathered(_decoded(pair) for pair in pairs)


def _of_parts(kind: str, body: bytes) -> Read:
    """RFC 7578. The parser of mail takes in whatever broke off, and waits for nothing."""
    # A line break in a header would begin another one.
    head = f"Content-Type: {' '.join(kind.split())}\r\n\r\n".encode("latin-1", "replace")
    parts = BytesParser(policy=HTTP).parsebytes(head + body).get_payload()
    if not isinstance(parts, list) or not parts or len(parts) > _MOST_FIELDS:
        return Read(status=400)
    found = [_part(part) for part in parts if isinstance(part, Message)]
    named = [(name, text, garbled) for name, text, garbled in found if name]
    return _gathered(named) if named else Read(status=400)


def _part(part: Message) -> tuple[str, str, bool]:
    """A file is no text."""
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    text = raw.decode("utf-8", "replace").replace("\0", "")
    name = part.get_param("name", header="content-disposition")
    return str(name or ""), text, part.get_filename() is not None or "�" in text


def _decoded(pair: bytes) -> tuple[str, str, bool]:
    """Name, value, and whether the value holds what is no UTF-8, or an escape that never was one."""
    name, _, value = pair.partition(b"=")
    raw = unquote_to_bytes(value.replace(b"+", b" "))
    text = raw.decode("utf-8", "replace").replace("\0", "")
    garbled = "�" in text or _BROKEN.search(value) is not None
    return unquote_to_bytes(name.replace(b"+", b" ")).decode("utf-8", "replace"), text, garbled


def _gathered(pairs: Iterable[tuple[str, str, bool]]) -> Read:
    """Of a field that comes twice the first stands, to be looked at again."""
    fields: dict[str, str] = {}
    twice: set[str] = set()
    unreadable: set[str] = set()
    for name, value, garbled in pairs:
        if name in fields:
            twice.add(name)
            continue
        fields[name] = value[:_LONGEST]
        if garbled or any(ord(sign) < ord(" ") for sign in value):
            unreadable.add(name)
    return Read(fields=fields, twice=frozenset(twice), unreadable=frozenset(unreadable))
