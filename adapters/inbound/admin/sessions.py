"""Signing in, staying signed in, signing out."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, delete, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from adapters.inbound.http.passage import passage_of
from adapters.inbound.http.session_cookies import SessionCookies
from adapters.inbound.injected import Injected
from application.operators.passkeys import OfferPasskeys, PasskeyOffer, PasskeyProof, ProvePasskey
from application.operators.sessions import EndSession, Proving, SessionQueries, StepUp
from application.operators.sign_in import Credentials, FinishSignIn, Proof, SecondFactor, SignIn
from application.operators.sign_ins import Opened, csrf_of
from application.operators.staff import OperatorQueries
from domain.access import Actor
from domain.ids import OperatorId, SessionId
from domain.operators import FRESH, Method, Operator, Session, operator_id_of, session_id_of
from domain.roles import Role, permissions_of

PATH = "/admin/api"
_EXAMPLE = {"email": "pat@example.com", "password": "four words are a fine one"}  # nosec B105 - an example
AnyRequest = Request[Any, Any, Any]


class ShownSelf(Struct, frozen=True, kw_only=True):
    """The one person who sees this address in full is the one whose it is."""

    id: OperatorId
    name: str
    email: str
    role: Role
    codes: bool
    password: bool


class ShownSession(Struct, frozen=True, kw_only=True):
    id: SessionId
    method: Method
    created_at: datetime
    used_at: datetime
    ends_at: datetime
    ip: str | None
    device: str | None
    current: bool


class SignedInAs(Struct, frozen=True, kw_only=True):
    """Send `csrf_token` as X-CSRF-Token with whatever changes anything, and OptIn-Mode: live or test with all of it.
    Until `proven_until` what is dangerous is open.
    """

    operator: ShownSelf
    session: SessionId
    permissions: tuple[str, ...]
    csrf_token: str
    ends_at: datetime
    proven_until: datetime
    status: Annotated[str, Meta(pattern="^signed_in$")] = "signed_in"


class NeedsFactor(Struct, frozen=True, kw_only=True):
    ticket: str
    methods: tuple[str, ...]
    until: datetime
    status: Annotated[str, Meta(pattern="^second_factor$")] = "second_factor"


class SignInAnswer(Struct, frozen=True, kw_only=True):
    """One of the two."""

    signed_in: SignedInAs | None = None
    second_factor: NeedsFactor | None = None


class ShownSessions(Struct, frozen=True, kw_only=True):
    items: list[ShownSession]


class SessionsController(Controller):
    path = PATH
    tags = ["sessions"]

    @post("/session", status_code=200, opt={"open": True, "example": _EXAMPLE})
    async def sign_in(
        self,
        request: AnyRequest,
        data: JSONBody[Credentials],
        sign_in: Injected[SignIn],
        session_cookies: Injected[SessionCookies],
    ) -> SignInAnswer:
        """Sign in with address and password. Where a second factor is asked for, nothing is open before it."""
        passage = passage_of(request.scope)
        found = await sign_in(data, session_cookies.where(request.scope, passage))
        if isinstance(found, SecondFactor):
            waiting = NeedsFactor(ticket=found.ticket, methods=found.methods, until=found.until)
            return SignInAnswer(second_factor=waiting)
        return SignInAnswer(signed_in=let_in(found, request, session_cookies))

    @post(
        "/session/second_factor",
        status_code=200,
        opt={"open": True, "example": {"ticket": "A" * 43, "code": "048213"}},
    )
    async def finish_sign_in(
        self,
        request: AnyRequest,
        data: JSONBody[Proof],
        finish_sign_in: Injected[FinishSignIn],
        session_cookies: Injected[SessionCookies],
    ) -> SignedInAs:
        """Finish signing in with a code of the app, or a recovery code."""
        where = session_cookies.where(request.scope, passage_of(request.scope))
        return let_in(await finish_sign_in(data, where), request, session_cookies)

    @post("/session/passkey/options", status_code=200, opt={"open": True})
    async def offer_passkey(
        self,
        request: AnyRequest,
        offer_passkeys: Injected[OfferPasskeys],
        session_cookies: Injected[SessionCookies],
    ) -> PasskeyOffer:
        """What the browser asks a passkey, to sign in or to prove once more who is signed in."""
        return await offer_passkeys.to_prove(session_cookies.where(request.scope, passage_of(request.scope)))

    @post("/session/passkey", status_code=200, opt={"open": True, "example": {"ticket": "A" * 43, "credential": {}}})
    async def sign_in_with_passkey(
        self,
        request: AnyRequest,
        data: JSONBody[PasskeyProof],
        prove_passkey: Injected[ProvePasskey],
        session_cookies: Injected[SessionCookies],
    ) -> SignedInAs:
        """Sign in with a passkey alone: its holder unlocked it."""
        where = session_cookies.where(request.scope, passage_of(request.scope))
        return let_in(await prove_passkey.sign_in(data, where), request, session_cookies)

    @get("/session", opt={"permission": ()})
    async def get_session(
        self, request: AnyRequest, actor: Injected[Actor], operator_queries: Injected[OperatorQueries]
    ) -> SignedInAs:
        """Who is signed in, and what they may."""
        passage = passage_of(request.scope)
        operator, _ = await operator_queries.oneself(actor)
        if passage.signed_in is None or passage.token is None:
            session_id_of(actor)
            raise RuntimeError("A session without its secret.")
        return shown(operator, passage.signed_in.session, passage.token)

    @delete("/session", status_code=204, opt={"permission": ()})
    async def sign_out(
        self,
        request: AnyRequest,
        actor: Injected[Actor],
        end_session: Injected[EndSession],
        session_cookies: Injected[SessionCookies],
    ) -> None:
        """Sign out."""
        await end_session(session_id_of(actor), actor)
        session_cookies.take_back(passage_of(request.scope))

    @post("/session/actions/step_up", status_code=200, opt={"permission": (), "example": {"code": "048213"}})
    async def step_up(
        self,
        request: AnyRequest,
        data: JSONBody[Proving],
        actor: Injected[Actor],
        step_up: Injected[StepUp],
        session_cookies: Injected[SessionCookies],
    ) -> SignedInAs:
        """Prove once more who you are; what is dangerous is then open for ten minutes."""
        return let_in(await step_up(data, actor), request, session_cookies)

    @post(
        "/session/actions/step_up_with_passkey",
        status_code=200,
        opt={"permission": (), "example": {"ticket": "A" * 43, "credential": {}}},
    )
    async def step_up_with_passkey(
        self,
        request: AnyRequest,
        data: JSONBody[PasskeyProof],
        actor: Injected[Actor],
        prove_passkey: Injected[ProvePasskey],
        session_cookies: Injected[SessionCookies],
    ) -> SignedInAs:
        """The same with a passkey."""
        return let_in(await prove_passkey.step_up(data, actor), request, session_cookies)

    @get("/sessions", opt={"permission": ()})
    async def list_sessions(self, actor: Injected[Actor], session_queries: Injected[SessionQueries]) -> ShownSessions:
        """Where you are signed in, newest first."""
        found = await session_queries.of(operator_id_of(actor), actor)
        return ShownSessions(items=[listed(session, actor) for session in found])

    @delete("/sessions/{session_id:uuid}", status_code=204, opt={"permission": ()})
    async def end_session(
        self, session_id: FromPath[UUID], actor: Injected[Actor], end_session: Injected[EndSession]
    ) -> None:
        """End one of your sign-ins."""
        await end_session(session_id, actor)

    @delete("/sessions", status_code=204, opt={"permission": ()})
    async def end_other_sessions(self, actor: Injected[Actor], end_session: Injected[EndSession]) -> None:
        """End all of your sign-ins but this one."""
        await end_session.every(operator_id_of(actor), actor)


def let_in(opened: Opened, request: AnyRequest, session_cookies: SessionCookies) -> SignedInAs:
    session_cookies.hand_over(opened, passage_of(request.scope))
    return shown(opened.operator, opened.session, opened.token)


def shown(operator: Operator, session: Session, token: str) -> SignedInAs:
    oneself = ShownSelf(
        id=operator.id,
        name=operator.name,
        email=operator.email.value,
        role=operator.role,
        codes=operator.has_codes,
        password=operator.password is not None,
    )
    return SignedInAs(
        operator=oneself,
        session=session.id,
        permissions=tuple(sorted(permissions_of(operator.role))),
        csrf_token=csrf_of(token),
        ends_at=session.ends_at(),
        proven_until=session.proven_at + FRESH,
    )


def listed(session: Session, actor: Actor) -> ShownSession:
    return ShownSession(
        id=session.id,
        method=session.method,
        created_at=session.created_at,
        used_at=session.used_at,
        ends_at=session.ends_at(),
        ip=session.ip,
        device=session.device,
        current=session.id == session_id_of(actor),
    )
