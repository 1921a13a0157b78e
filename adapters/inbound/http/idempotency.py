"""`Idempotency-Key`: one request, one effect, one answer for 24 hours, however often and wherever it is sent."""

import asyncio
import re
from dataclasses import dataclass

import structlog
from litestar.types import ASGIApp, HTTPScope, Message, Receive, ReceiveMessage, Send
from litestar.types.asgi_types import HTTPDisconnectEvent, HTTPRequestEvent

from adapters.inbound.http.bodies import whole
from adapters.inbound.http.passage import passage_of
from adapters.inbound.http.problems import InFlight as AlreadyRunning
from adapters.inbound.http.problems import Unprocessable
from application.access.ports import Answer, Claim, InFlight, OtherRequest, Repeats
from application.ports import Clock
from domain.access import Actor

_METHODS = frozenset({"POST", "PATCH", "DELETE"})
_KEY = re.compile(rb"[\x21-\x7e]{1,255}")
_log = structlog.get_logger("http")


def key_in(scope: HTTPScope) -> bytes | None:
    if scope["method"] not in _METHODS:
        return None
    return next((value for name, value in scope["headers"] if name == b"idempotency-key"), None)


@dataclass(frozen=True, slots=True)
class Idempotency:
    repeats: Repeats
    clock: Clock

    async def __call__(self, app: ASGIApp, scope: HTTPScope, receive: Receive, send: Send, key: bytes) -> None:
        """Raises Unprocessable, InFlight."""
        passage = passage_of(scope)
        actor = passage.actor or Actor(id="")
        if not _KEY.fullmatch(key):
            raise Unprocessable(
                "idempotency-key-invalid", "An Idempotency-Key is 1 to 255 printable ASCII characters without spaces."
            )
        body = await whole(receive)
        request = (scope["method"].encode(), scope["path"].encode(), scope["query_string"], body)
        match await self.repeats.claim(actor.id, key.decode(), request, self.clock.now()):
            case Claim() as claim:
                passage.seed = claim.seed
                await self._answer(claim, app, scope, body, send)
            case Answer() as given:
                await _replay(given, send)
            case InFlight():
                raise AlreadyRunning(
                    "idempotency-in-flight", "The same request is being answered now.", headers={"Retry-After": "1"}
                )
            case OtherRequest():
                raise Unprocessable("idempotency-key-reused", "This Idempotency-Key was used for another request.")

    async def _answer(self, claim: Claim, app: ASGIApp, scope: HTTPScope, body: bytes, send: Send) -> None:
        """The answer is kept before it is given, so that nobody is ever told something else."""
        messages: list[Message] = []
        answered = asyncio.Event()

        async def collect(message: Message) -> None:
            messages.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                answered.set()

        try:
            await app(scope, _again(body, answered), collect)
            kept = _kept(messages)
            if kept is None:
                await self.repeats.release(claim, self.clock.now())
            else:
                await self.repeats.finish(claim, kept)
        except Exception:
            # The claim runs out by itself, and its seed leads the repeat to what was made.
            _log.exception("unkept", request_id=passage_of(scope).request_id)
            if not messages:
                raise
        for message in messages:
            await send(message)


def _again(body: bytes, answered: asyncio.Event) -> Receive:
    """The body; then, with the answer whole, that the caller is gone. What is streamed waits for that, and the caller
    waits for it.
    """
    given = False

    async def once() -> ReceiveMessage:
        nonlocal given
        if given:
            await answered.wait()
            return HTTPDisconnectEvent(type="http.disconnect")
        given = True
        return HTTPRequestEvent(type="http.request", body=body, more_body=False)

    return once


def _kept(messages: list[Message]) -> Answer | None:
    """What went wrong here, unlike what was wrong with the request, is worth another try."""
    status, body = 500, b""
    headers: tuple[tuple[str, str], ...] = ()
    for message in messages:
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = tuple((name.decode(), value.decode()) for name, value in message["headers"])
        elif message["type"] == "http.response.body":
            body += message.get("body", b"")
    return Answer(status=status, headers=headers, body=body) if status < 500 else None


async def _replay(answer: Answer, send: Send) -> None:
    headers = [(name.encode(), value.encode()) for name, value in answer.headers]
    headers.append((b"idempotency-replayed", b"true"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
