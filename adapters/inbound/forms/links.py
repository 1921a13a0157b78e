"""Where the links in messages lead. Reading changes nothing, for scanners follow links; pressing the button does.

Rules EML-8058-02 to -05 and VER-10.
"""

import re
from contextlib import suppress
from typing import Any

from litestar import Controller, HttpMethod, Request, Response, route
from litestar.params import FromPath
from msgspec.structs import replace

from adapters.inbound.forms.brands import Looks
from adapters.inbound.forms.pages import Page, trouble
from adapters.inbound.forms.reasons import WHYS
from adapters.inbound.injected import Injected
from application.consent.confirm import ConfirmConsent
from application.consent.withdraw import WithdrawPoint
from application.links.evidence import Visitor, of_confirmation, of_opt_out
from application.links.ports import PATHS, Tokens
from application.links.queries import LinkQueries, Subject
from domain.compliance import link_requests
from domain.compliance.link_requests import Effect
from domain.consent.ledger import NothingToConfirm
from domain.errors import Unavailable
from domain.links import Intent, Link, UnknownToken

_METHODS = [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST]
_TOKEN = re.compile(r"[A-Za-z0-9_-]*")
_ANYTHING = ["/", "/{token:path}"]
# A form of ours says so in the address: the body of a one-click request is nobody's business here.
_FROM_PAGE = "page"
Visit = Request[Any, Any, Any]


def unknown(request: Visit, _: Exception) -> Response[bytes]:
    status = link_requests.unsubscribe(request.method, known=False).status
    return Page.to(request, name="unknown", status=status).response()


def nothing(request: Visit, _: Exception) -> Response[bytes]:
    return Page.to(request, name="nothing", status=409).response()


class UnsubscribePages(Controller):
    path = PATHS[Intent.UNSUBSCRIBE]
    include_in_schema = False
    exception_handlers = {UnknownToken: unknown, Exception: trouble}

    @route(_ANYTHING, http_method=_METHODS, status_code=200)
    async def unsubscribe(
        self,
        request: Visit,
        tokens: Injected[Tokens],
        link_queries: Injected[LinkQueries],
        withdraw_point: Injected[WithdrawPoint],
        looks: Injected[Looks],
        token: FromPath[str] = "",
    ) -> Response[bytes]:
        """Whoever presses: no login, no cookie, no question, and whatever the body says or fails to say."""
        link = tokens.open(token_in(token), Intent.UNSUBSCRIBE)
        answer = link_requests.unsubscribe(request.method)
        if answer.effect is Effect.NONE:
            subject = await link_queries.subject(link)
            values, look = {"subject": subject, "action": f"?{_FROM_PAGE}"}, await looks.behind(subject)
            return Page.to(request, name="unsubscribe", status=answer.status, values=values, look=look).response()
        evidence = of_opt_out(link, visitor(request), one_click=_FROM_PAGE not in request.query_params)
        await withdraw_point(link.contact_point_id, link.program_id, evidence)
        return await unsubscribed(request, link, tokens, link_queries, looks, status=answer.status)


class ConfirmPages(Controller):
    path = PATHS[Intent.CONFIRM]
    include_in_schema = False
    exception_handlers = {UnknownToken: unknown, NothingToConfirm: nothing, Exception: trouble}

    @route(_ANYTHING, http_method=_METHODS, status_code=200)
    async def confirm(
        self,
        request: Visit,
        tokens: Injected[Tokens],
        link_queries: Injected[LinkQueries],
        confirm_consent: Injected[ConfirmConsent],
        looks: Injected[Looks],
        token: FromPath[str] = "",
    ) -> Response[bytes]:
        """Agrees to the very text that was on the page: to another one nobody has said yes."""
        link = tokens.open(token_in(token), Intent.CONFIRM)
        shown = await _shown(link_queries, link)
        look, values = await looks.of(shown.brand), {"subject": shown, "changed": False}
        if not link_requests.pressed(request.method):
            return Page.to(request, name="confirm", values=values, look=look).response()
        if (await request.form()).get("disclosure") != shown.disclosure.hash:
            values["changed"] = True
            return Page.to(request, name="confirm", status=409, values=values, look=look).response()
        await confirm_consent(link.contact_point_id, link.program_id, of_confirmation(link, shown, visitor(request)))
        return Page.to(request, name="confirmed", values=values, look=look).response()


async def unsubscribed(
    request: Visit,
    link: Link,
    tokens: Tokens,
    link_queries: LinkQueries,
    looks: Looks,
    *,
    status: int = 200,
    everything: bool = False,
) -> Response[bytes]:
    """It is done; that its name cannot be looked up must not say otherwise. What more there is to say goes by another
    link: that of a mail program can do one thing (EML-8058-04).
    """
    subject = None
    with suppress(Unavailable):
        subject = await link_queries.subject(link)
    more = f"{PATHS[Intent.PREFERENCES]}/{tokens.seal(replace(link, intent=Intent.PREFERENCES))}"
    values = {"subject": subject, "everything": everything, "more": more, "whys": WHYS}
    look = await looks.behind(subject)
    return Page.to(request, name="unsubscribed", status=status, values=values, look=look).response()


def visitor(request: Visit) -> Visitor:
    return Visitor(ip=request.client.host if request.client else None, user_agent=request.headers.get("user-agent"))


async def _shown(link_queries: LinkQueries, link: Link) -> Subject:
    """Raises NothingToConfirm."""
    shown = await link_queries.subject(link)
    if shown is None:
        raise NothingToConfirm("What this link asks about is no more.")
    return shown


def token_in(path: str) -> str:
    """Mail programs add what follows a link in a sentence, a full stop or a bracket, to the link."""
    found = _TOKEN.match(str(path).lstrip("/"))
    return found[0] if found else ""
