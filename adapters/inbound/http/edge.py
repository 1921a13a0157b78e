"""The outermost layer, around everything that is served: request ids, limits on bodies, headers, log and metrics."""

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from time import perf_counter
from typing import TypeAlias

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, ReceiveMessage, Scope, Send
from litestar.utils import normalize_path
from uuid_utils import uuid7

from adapters.inbound.http.forwarded import Proxies
from adapters.inbound.http.metrics import observe
from adapters.inbound.http.passage import TRACE, Passage, begin, passage_of
from adapters.inbound.http.problems import MEDIA_TYPE, TooLarge, TooMany, TooSlow, Unreadable, answer

PageOf: TypeAlias = Callable[[HTTPScope], tuple[Mapping[str, str], bytes]]
MOST_BYTES = 1 << 20
MOST_BYTES_OF_A_BATCH = 8 << 20
_PATIENCE = 64 << 20
SECONDS_FOR_A_BODY = 60.0
_NOTHING = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_SANE = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_log = structlog.get_logger("http")


class Edge:
    """Plain ASGI, and one wrapper of `send`: what every request pays for is paid for here, once."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        encrypted: bool,
        proxies: Proxies | None = None,
        crowded: PageOf | None = None,
        body_seconds: float = SECONDS_FOR_A_BODY,
    ) -> None:
        """`crowded` is the page for a person who came with too many others."""
        self._app = app
        self._crowded = crowded
        self._body_seconds = body_seconds
        self._proxies = proxies or Proxies()
        self._headers = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        if encrypted:
            self._headers.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
        # Of these, what a page says of itself stands.
        self._unless_said = (
            (b"cache-control", b"no-store"),
            (b"content-security-policy", _NOTHING),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            (b"x-robots-tag", b"noindex, nofollow"),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), 0
        scope["client"] = self._proxies.caller(scope)
        # The router looks past doubled and trailing slashes; so whoever judges a path has to see what the router sees.
        scope["path"] = normalize_path(scope["path"])
        request_id, size = _read(scope)
        more = [*self._headers, (b"x-request-id", request_id)]
        begin(scope, Passage(request_id=request_id.decode(), headers=more))

        async def finish(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                said = list(message.get("headers", ()))
                names = {name.lower() for name, _ in said}
                said.extend(more)
                said.extend(header for header in self._unless_said if header[0] not in names)
                message["headers"] = said
            await send(message)

        batch = scope["path"].endswith("/batch")
        body = _Body(receive, MOST_BYTES_OF_A_BATCH if batch else MOST_BYTES, self._body_seconds)
        try:
            _require_plain(scope)
            _require_fit(size, body.most)
            await self._app(scope, body, finish)
        except Exception as error:
            if status:
                raise
            with suppress(TooSlow):
                await body.drain()
            await _refuse(scope, finish, error, self._crowded)
        finally:
            _account(scope, status, perf_counter() - started)


async def _refuse(scope: HTTPScope, send: Send, error: Exception, crowded: PageOf | None) -> None:
    status, headers, body = answer(scope, error)
    headers = {"Content-Type": MEDIA_TYPE, **headers}
    if crowded is not None and isinstance(error, TooMany) and _is_person(scope):
        page, body = crowded(scope)
        headers = {**headers, **page}
    said = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    said.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": said})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _is_person(scope: HTTPScope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _read(scope: HTTPScope) -> tuple[bytes, int | None]:
    request_id, size = b"", None
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE.fullmatch(value):
            request_id = value
        elif name == b"content-length" and value.isdigit():
            size = int(value)
    return request_id or str(uuid7()).encode(), size


def _require_plain(scope: HTTPScope) -> None:
    """Raises Unreadable. PostgreSQL has no NUL in its texts, and no text worth looking for has one."""
    if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
        raise Unreadable("malformed-request", "A URL cannot hold the character NUL.")


class _Body:
    """What is received, counted, and heard to its end: a caller who is cut off in the middle never reads the answer."""

    __slots__ = ("_ended", "_read", "_receive", "_seconds", "_until", "most")

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive = receive
        self._seconds = seconds
        self._until: float | None = None
        self.most = most
        self._read = 0
        self._ended = False

    async def __call__(self) -> ReceiveMessage:
        """Raises TooLarge, TooSlow."""
        # After its end, what is waited for is that the caller hangs up.
        message = await (self._receive() if self._ended else self._in_time())
        self._note(message)
        if self._read > self.most:
            await self.drain()
            raise _too_large(self.most)
        return message

    async def drain(self) -> None:
        """Within reason."""
        while not self._ended and self._read < _PATIENCE:
            self._note(await self._in_time())

    async def _in_time(self) -> ReceiveMessage:
        """One deadline for the whole body, so that a byte now and then holds nothing open. Raises TooSlow."""
        if self._until is None:
            self._until = asyncio.get_running_loop().time() + self._seconds
        try:
            async with asyncio.timeout_at(self._until):
                return await self._receive()
        except TimeoutError:
            self._ended = True
            raise TooSlow(
                "body-too-slow", f"Send the whole body within {self._seconds:g} seconds, or less at once."
            ) from None

    def _note(self, message: ReceiveMessage) -> None:
        if message["type"] == "http.request":
            self._read += len(message.get("body", b""))
            self._ended = not message.get("more_body", False)
        else:
            self._ended = True


def _require_fit(size: int | None, most: int) -> None:
    """Raises TooLarge, before anything is read, where the length is told."""
    if size is not None and size > most:
        raise _too_large(most)


def _too_large(most: int) -> TooLarge:
    return TooLarge("body-too-large", f"A body here has at most {most >> 20} MiB; send less at once.")


def _account(scope: HTTPScope, status: int, seconds: float) -> None:
    route = scope.get("path_template") or "unmatched"
    observe(scope["method"], route, status, seconds)
    passage = passage_of(scope)
    _log.info(
        "request",
        method=scope["method"],
        route=route,
        status=status,
        ms=round(seconds * 1000, 1),
        request_id=passage.request_id,
        actor=passage.actor.id if passage.actor is not None else None,
        **({"trace_id": trace_id} if (trace_id := scope["state"].get(TRACE)) else {}),
    )
