"""One's own account: password, codes, recovery codes, passkeys; and the ways in for who has none yet."""

from datetime import datetime
from uuid import UUID

from litestar import Controller, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from adapters.inbound.admin.sessions import PATH, AnyRequest, ShownSelf, SignedInAs, let_in
from adapters.inbound.http.passage import passage_of
from adapters.inbound.http.session_cookies import SessionCookies
from adapters.inbound.injected import Injected
from application.operators.joining import FirstAdmin, Joining, JoinOperators, MakeFirstAdmin
from application.operators.passkeys import AddPasskey, NewPasskey, OfferPasskeys, PasskeyOffer
from application.operators.passwords import (
    AskForReset,
    ChangePassword,
    FinishReset,
    ForgottenPassword,
    NewPassword,
    ResetPassword,
)
from application.operators.second_factors import (
    BeginCodes,
    CodeOffer,
    ConfirmCodes,
    ConfirmingCode,
    RecoveryCodes,
    RenewRecoveryCodes,
    StopCodes,
)
from application.operators.staff import ChangeOperator, OperatorQueries, Profile
from domain.access import Actor
from domain.ids import PasskeyId
from domain.operators import Operator, Passkey

_TOKEN = "A" * 43
_PASSWORD = "four words are a fine one"  # noqa: S105 - an example
_FIRST = {"token": _TOKEN, "email": "pat@example.com", "name": "Pat Doe", "password": _PASSWORD}


class ShownAccount(Struct, frozen=True, kw_only=True):
    operator: ShownSelf
    recovery_codes_left: int


class ShownPasskey(Struct, frozen=True, kw_only=True):
    id: PasskeyId
    name: str
    created_at: datetime
    last_used_at: datetime | None


class ShownPasskeys(Struct, frozen=True, kw_only=True):
    items: list[ShownPasskey]


class AccountController(Controller):
    path = PATH
    tags = ["account"]

    @post("/first", status_code=200, opt={"open": True, "example": _FIRST})
    async def make_first_admin(
        self,
        request: AnyRequest,
        data: JSONBody[FirstAdmin],
        make_first_admin: Injected[MakeFirstAdmin],
        session_cookies: Injected[SessionCookies],
    ) -> SignedInAs:
        """Make the first administrator, with the link printed on the console."""
        where = session_cookies.where(request.scope, passage_of(request.scope))
        return let_in(await make_first_admin(data, where), request, session_cookies)

    @post(
        "/invitations/actions/accept",
        status_code=200,
        opt={"open": True, "example": {"token": _TOKEN, "name": "Pat Doe", "password": _PASSWORD}},
    )
    async def accept_invitation(
        self,
        request: AnyRequest,
        data: JSONBody[Joining],
        join_operators: Injected[JoinOperators],
        session_cookies: Injected[SessionCookies],
    ) -> SignedInAs:
        """Make the account one was invited to make."""
        where = session_cookies.where(request.scope, passage_of(request.scope))
        return let_in(await join_operators(data, where), request, session_cookies)

    @post("/password_resets", status_code=202, opt={"open": True, "example": {"email": "pat@example.com"}})
    async def ask_for_reset(
        self,
        request: AnyRequest,
        data: JSONBody[ForgottenPassword],
        ask_for_reset: Injected[AskForReset],
        session_cookies: Injected[SessionCookies],
    ) -> None:
        """Ask for a link to set a new password. The answer is the same whether somebody has this address or not."""
        await ask_for_reset(data, session_cookies.where(request.scope, passage_of(request.scope)))

    @post(
        "/password_resets/actions/finish",
        status_code=204,
        opt={"open": True, "example": {"token": _TOKEN, "password": _PASSWORD}},
    )
    async def finish_reset(
        self,
        request: AnyRequest,
        data: JSONBody[ResetPassword],
        finish_reset: Injected[FinishReset],
        session_cookies: Injected[SessionCookies],
    ) -> None:
        """Set a new password with the link; then sign in with it."""
        await finish_reset(data, session_cookies.where(request.scope, passage_of(request.scope)))

    @get("/account", opt={"permission": ()})
    async def get_account(self, actor: Injected[Actor], operator_queries: Injected[OperatorQueries]) -> ShownAccount:
        operator, left = await operator_queries.oneself(actor)
        return ShownAccount(operator=_self(operator), recovery_codes_left=left)

    @patch("/account", opt={"permission": (), "example": {"name": "Pat Doe"}})
    async def change_account(
        self, data: JSONBody[Profile], actor: Injected[Actor], change_operator: Injected[ChangeOperator]
    ) -> ShownSelf:
        """Change your name; your role is not yours to change."""
        return _self(await change_operator.rename(data, actor))

    @put(
        "/account/password",
        opt={"permission": (), "example": {"current": _PASSWORD, "new": "five words are an even finer one"}},
    )
    async def change_password(
        self,
        request: AnyRequest,
        data: JSONBody[NewPassword],
        actor: Injected[Actor],
        change_password: Injected[ChangePassword],
        session_cookies: Injected[SessionCookies],
    ) -> SignedInAs:
        """Every other sign-in of yours ends."""
        return let_in(await change_password(data, actor), request, session_cookies)

    @post("/account/codes", status_code=200, opt={"permission": ()})
    async def begin_codes(self, actor: Injected[Actor], begin_codes: Injected[BeginCodes]) -> CodeOffer:
        """A secret for an authenticator app. It counts once a first code confirms it."""
        return await begin_codes(actor)

    @post("/account/codes/actions/confirm", status_code=200, opt={"permission": (), "example": {"code": "048213"}})
    async def confirm_codes(
        self, data: JSONBody[ConfirmingCode], actor: Injected[Actor], confirm_codes: Injected[ConfirmCodes]
    ) -> RecoveryCodes:
        """From now on codes are asked for at sign-in. Keep the recovery codes: they are not shown again."""
        return await confirm_codes(data, actor)

    @delete("/account/codes", status_code=204, opt={"permission": ()})
    async def stop_codes(self, actor: Injected[Actor], stop_codes: Injected[StopCodes]) -> None:
        await stop_codes(actor)

    @post("/account/recovery_codes", status_code=200, opt={"permission": ()})
    async def renew_recovery_codes(
        self, actor: Injected[Actor], renew_recovery_codes: Injected[RenewRecoveryCodes]
    ) -> RecoveryCodes:
        """Ten new ones; those before are worth nothing."""
        return await renew_recovery_codes(actor)

    @get("/account/passkeys", opt={"permission": ()})
    async def list_passkeys(self, actor: Injected[Actor], add_passkey: Injected[AddPasskey]) -> ShownPasskeys:
        return ShownPasskeys(items=[_passkey(one) for one in await add_passkey.list(actor)])

    @post("/account/passkeys/options", status_code=200, opt={"permission": ()})
    async def offer_new_passkey(self, actor: Injected[Actor], offer_passkeys: Injected[OfferPasskeys]) -> PasskeyOffer:
        """What the browser asks an authenticator to make."""
        return await offer_passkeys.to_add(actor)

    @post(
        "/account/passkeys",
        opt={"permission": (), "example": {"ticket": _TOKEN, "name": "My phone", "credential": {}}},
    )
    async def add_passkey(
        self, data: JSONBody[NewPasskey], actor: Injected[Actor], add_passkey: Injected[AddPasskey]
    ) -> ShownPasskey:
        return _passkey(await add_passkey(data, actor))

    @delete("/account/passkeys/{passkey_id:uuid}", status_code=204, opt={"permission": ()})
    async def remove_passkey(
        self, passkey_id: FromPath[UUID], actor: Injected[Actor], add_passkey: Injected[AddPasskey]
    ) -> None:
        await add_passkey.remove(passkey_id, actor)


def _self(operator: Operator) -> ShownSelf:
    return ShownSelf(
        id=operator.id,
        name=operator.name,
        email=operator.email.value,
        role=operator.role,
        codes=operator.has_codes,
        password=operator.password is not None,
    )


def _passkey(passkey: Passkey) -> ShownPasskey:
    return ShownPasskey(
        id=passkey.id, name=passkey.name, created_at=passkey.created_at, last_used_at=passkey.last_used_at
    )
