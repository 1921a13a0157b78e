"""The way into /api/v1: a key, its limit, and one effect for a repeated request."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send
from msgspec.structs import replace

from adapters.inbound.http.authentication import Authentication
from adapters.inbound.http.idempotency import Idempotency, key_in
from adapters.inbound.http.passage import passage_of
from adapters.inbound.http.rate_limit import require, told
from application.access.ports import RateLimits
from application.ports import Clock
from domain.access import Origin

PREFIX = "/api/"


class Gate:
    def __init__(
        self,
        app: ASGIApp,
        *,
        authentication: Authentication,
        rate_limits: RateLimits,
        idempotency: Idempotency,
        clock: Clock,
    ) -> None:
        self._app = app
        self._authentication = authentication
        self._rate_limits = rate_limits
        self._idempotency = idempotency
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises NotAuthenticated, TooMany, Unprocessable, InFlight."""
        if scope["type"] != ScopeType.HTTP or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        await self._admit(scope)
        key = key_in(scope)
        if key is None:
            await self._app(scope, receive, send)
        else:
            await self._idempotency(self._app, scope, receive, send, key)

    async def _admit(self, scope: HTTPScope) -> None:
        passage, now = passage_of(scope), self._clock.now()
        header = next((value for name, value in scope["headers"] if name == b"authorization"), None)
        actor = await self._authentication(header, now)
        caller = scope["client"]
        origin = Origin(request_id=passage.request_id, ip=caller[0] if caller else None)
        passage.actor = replace(actor, origin=origin)
        allowance = await self._rate_limits.take(passage.actor.id, now)
        passage.headers.extend(told(allowance))
        require(allowance)
