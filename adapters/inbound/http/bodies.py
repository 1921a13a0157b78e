"""Reading a JSON body: strictly, straight into the handler's type, and with every mistake reported at once."""

import re
from itertools import accumulate
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.types import HTTPScope, Receive

from adapters.inbound.http.expectations import wrong_fields
from adapters.inbound.http.problems import Unreadable, WrongMediaType, fields_invalid
from domain.errors import FieldProblem

_JSON = re.compile(rb"application/([a-z0-9.+-]+\+)?json\s*(;\s*charset\s*=\s*\"?utf-?8\"?\s*)?", re.IGNORECASE)
_NUL = b"\\u0000"
# Far more than any body here has, and few enough for whoever walks through what is free in its form.
DEEPEST = 32
_TEXTS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"')
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_STEPS = bytes(byte for byte in range(256) if byte not in _STEPS)


class JsonRequest(Request[Any, Any, State]):
    """Litestar would read a number out of a text and stop at the first mistake; this reads what was promised."""

    async def json(self) -> Any:
        """Raises WrongMediaType, Unreadable, Unprocessable."""
        require_json(self.scope)
        handler = self.scope["route_handler"]
        field = handler.parsed_data_field
        return read(await self.body(), field.annotation if field is not None else Any)

    async def body(self) -> bytes:
        """Litestar weighs each part against its limit; the edge has done so. Raises Unreadable."""
        if not isinstance(known := self._connection_state.body, bytes):
            known = self._connection_state.body = await whole(self.receive)
        return known


async def whole(receive: Receive) -> bytes:
    """Raises Unreadable if the caller hung up."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Unreadable("malformed-request", "The body broke off.")
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def read(body: bytes, kind: Any) -> Any:
    """Raises Unreadable, Unprocessable."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    try:
        found = decoder.decode(body)
        _require_shallow(body)
        if _NUL not in body:
            return found
        problems = wrong_fields(msgspec.json.decode(body), kind)
        if not problems:
            return found
    except msgspec.ValidationError:
        problems = wrong_fields(_plain(body), kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _unreadable() from None
    raise fields_invalid(problems or (FieldProblem(field="", code="wrong-value", message="This cannot be read."),))


def require_json(scope: HTTPScope) -> None:
    """Raises WrongMediaType."""
    for name, value in scope["headers"]:
        if name == b"content-type":
            if value == b"application/json" or _JSON.fullmatch(value.strip()):
                return
            break
    raise WrongMediaType("unsupported-media-type", "Send the body as application/json in UTF-8.")


def _plain(body: bytes) -> Any:
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _unreadable() from None
    _require_shallow(body)
    return found


def _require_shallow(body: bytes) -> None:
    """Of JSON that is known to be well-formed: in what is not, to look for texts that never end takes for ever.

    Raises Unreadable.
    """
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return
    steps = _TEXTS.sub(b"", body).translate(None, _NO_STEPS)
    if max(accumulate(map(_STEPS.__getitem__, steps)), default=0) > DEEPEST:
        raise Unreadable("malformed-json", f"The body is nested deeper than {DEEPEST} levels.")


def _unreadable() -> Unreadable:
    return Unreadable("malformed-json", "The body is not well-formed JSON in UTF-8.")
