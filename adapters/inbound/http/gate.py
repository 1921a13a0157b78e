"""The way in: limits for everybody, and into /api/v1 and /admin/api a key or a session, and one effect for a repeated
request.
"""

from datetime import datetime

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send
from msgspec.structs import replace

from adapters.inbound.http.authentication import Authentication
from adapters.inbound.http.crowds import Crowds
from adapters.inbound.http.idempotency import Idempotency, key_in
from adapters.inbound.http.passage import Passage, passage_of
from adapters.inbound.http.problems import NotAllowed, NotAuthenticated
from adapters.inbound.http.rate_limit import require, told
from adapters.inbound.http.session_cookies import SessionCookies
from application.access.ports import RateLimits
from application.ports import Clock
from domain.access import Actor, Origin

PREFIX = "/api/"
STAFF = "/admin/api/"


class Gate:
    def __init__(
        self,
        app: ASGIApp,
        *,
        authentication: Authentication,
        session_cookies: SessionCookies,
        rate_limits: RateLimits,
        operator_limits: RateLimits,
        crowds: Crowds,
        idempotency: Idempotency,
        clock: Clock,
        open_to_all: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        """`open_to_all` are the methods and paths of the staff's API that nobody has to be signed in for."""
        self._app = app
        self._authentication = authentication
        self._session_cookies = session_cookies
        self._rate_limits = rate_limits
        self._operator_limits = operator_limits
        self._crowds = crowds
        self._idempotency = idempotency
        self._clock = clock
        self._open = open_to_all

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises NotAuthenticated, NotAllowed, TooMany, Unprocessable, InFlight."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        now = self._clock.now()
        staff = scope["path"].startswith(STAFF)
        by = _let_in_by(scope, staff=staff)
        came_with = await self._crowds.admit(scope, now, by=by)
        if by is None:
            await self._app(scope, receive, send)
            return
        try:
            await (self._admit_staff(scope, now) if staff else self._admit(scope, now))
        except (NotAuthenticated, NotAllowed):
            self._crowds.turn_away(came_with)
            raise
        if passage_of(scope).actor is not None:
            self._crowds.welcome(came_with)
        else:
            self._crowds.turn_away(came_with)
        key = None if staff else key_in(scope)
        if key is None:
            await self._app(scope, receive, send)
        else:
            await self._idempotency(self._app, scope, receive, send, key)

    async def _admit(self, scope: HTTPScope, now: datetime) -> None:
        """A key counts before a session: whoever sends one means it."""
        passage = passage_of(scope)
        header = next((value for name, value in scope["headers"] if name == b"authorization"), None)
        actor = await self._session_cookies.actor(scope, passage, now) if header is None else None
        if actor is not None:
            self._session_cookies.require_own_site(scope)
        else:
            caller = scope["client"]
            ip = caller[0] if caller else None
            key = await self._authentication(header, ip, now)
            actor = replace(key, origin=Origin(request_id=passage.request_id, ip=ip))
        await self._let_in(actor, passage, now)

    async def _admit_staff(self, scope: HTTPScope, now: datetime) -> None:
        """What needs no session is not refused for one that is over."""
        passage = passage_of(scope)
        self._session_cookies.require_own_site(scope)
        is_open = (scope["method"], scope["path"]) in self._open
        try:
            actor = await self._session_cookies.actor(scope, passage, now)
        except (NotAuthenticated, NotAllowed):
            if not is_open:
                raise
            actor = None
        if actor is not None:
            await self._let_in(actor, passage, now)
        elif not is_open:
            raise NotAuthenticated("session-over", "Sign in first.")

    async def _let_in(self, actor: Actor, passage: Passage, now: datetime) -> None:
        passage.actor = actor
        limits = self._rate_limits if passage.signed_in is None else self._operator_limits
        allowance = await limits.take(actor.id, now)
        # Their own limit, in place of their network's.
        passage.headers[:] = [one for one in passage.headers if not one[0].startswith(b"ratelimit-")]
        passage.headers.extend(told(allowance))
        require(allowance)


def _let_in_by(scope: HTTPScope, *, staff: bool) -> bytes | None:
    """The header that may let in here; None where nothing has to."""
    if staff:
        return b"cookie"
    if not scope["path"].startswith(PREFIX):
        return None
    return b"authorization" if any(name == b"authorization" for name, _ in scope["headers"]) else b"cookie"
