"""The way to the company's sign-in and back."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get
from litestar.params import QueryParameter
from msgspec import Struct

from adapters.inbound.admin.sessions import PATH
from adapters.inbound.http.passage import passage_of
from adapters.inbound.http.session_cookies import SessionCookies, cookies
from adapters.inbound.injected import Injected
from application.operators.company import ArriveFromCompany, Arriving, LeaveForCompany
from application.operators.ports import Company
from domain.errors import DomainError

_BINDING, _LASTS = "company", 600
_ON = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>OptIn Manager</title>'
    '<meta http-equiv="refresh" content="0;url={page}"><p><a href="{page}">Go on</a></p>'
)
_FAILED = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>OptIn Manager</title>'
    '<p>{words}</p><p><a href="/admin">Back to OptIn Manager</a></p>'
)


class SignInWays(Struct, frozen=True, kw_only=True):
    """`company` says whether company accounts sign in here, by way of `start`."""

    company: bool
    start: str = f"{PATH}/company/start"


class CompanyController(Controller):
    path = PATH
    tags = ["sessions"]

    @get("/company", opt={"open": True})
    async def ways_to_sign_in(self, company: Injected[Company]) -> SignInWays:
        """Whether company accounts sign in here."""
        return SignInWays(company=company.set_up)


class CompanyPages(Controller):
    path = f"{PATH}/company"
    include_in_schema = False

    @get("/start", media_type="text/html", opt={"open": True})
    async def leave_for_company(
        self,
        request: Request[Any, Any, Any],
        leave_for_company: Injected[LeaveForCompany],
        session_cookies: Injected[SessionCookies],
        back_to: Annotated[str | None, QueryParameter(name="next", max_length=500)] = None,
    ) -> Response[str]:
        passage = passage_of(request.scope)
        try:
            leaving = await leave_for_company(back_to, session_cookies.where(request.scope, passage))
        except DomainError as error:
            return _failed(error)
        passage.headers.append(session_cookies.bind(_BINDING, leaving.binding, _LASTS))
        return Response("", status_code=303, headers={"Location": leaving.url}, media_type="text/html")

    @get("/callback", media_type="text/html", opt={"open": True})
    async def arrive_from_company(
        self,
        request: Request[Any, Any, Any],
        arrive_from_company: Injected[ArriveFromCompany],
        session_cookies: Injected[SessionCookies],
    ) -> Response[str]:
        """The page sends itself on: what a browser is sent to from elsewhere gets no cookie of ours (SameSite)."""
        passage, said = passage_of(request.scope), request.query_params
        command = Arriving(
            state=said.get("state", ""),
            binding=cookies(request.scope).get(session_cookies.bound_name(_BINDING), ""),
            code=said.get("code", ""),
            issuer=said.get("iss"),
        )
        passage.headers.append(session_cookies.bind(_BINDING, "", 0))
        try:
            opened, page = await arrive_from_company(command, session_cookies.where(request.scope, passage))
        except DomainError as error:
            return _failed(error)
        session_cookies.hand_over(opened, passage)
        return Response(_ON.format(page=page), media_type="text/html")


def _failed(error: DomainError) -> Response[str]:
    """None of its words come from outside."""
    return Response(_FAILED.format(words=error.detail), status_code=403, media_type="text/html")
