"""The answer nearly every handler gives: a struct as JSON. It skips what Litestar's own response weighs each time."""

from typing import Any, TypeVar

import msgspec
from litestar import Response
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

T = TypeVar("T")
_encoder = msgspec.json.Encoder()
_BODILESS = frozenset({204, 304})


class JsonAnswer:
    """Plain ASGI."""

    __slots__ = ("_body", "_headers", "_status")

    def __init__(self, content: Any, status: int) -> None:
        self._body = _encoder.encode(content)
        self._status = status
        self._headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(self._body))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        await send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body, "more_body": False})


class StructResponse(Response[T]):
    def to_asgi_response(self, *args: Any, **kwargs: Any) -> ASGIResponse:
        plain = isinstance(self.content, msgspec.Struct) and self.media_type in (None, "application/json")
        if not plain or kwargs.get("headers") or kwargs.get("cookies") or self.status_code in _BODILESS:
            return super().to_asgi_response(*args, **kwargs)
        # Litestar only ever calls what comes back here.
        return JsonAnswer(self.content, self.status_code or kwargs.get("status_code") or 200)  # type: ignore[return-value]
