"""`/preferences/{token}`, from the end of a message: straight to the choice that message is about.

It shows the program and its sender, which whoever holds the message knows, and nothing about the person. Anybody who
holds it can stop messages to its own address; whatever shows or allows more needs the code that is sent there.
"""

from typing import Any

from litestar import Controller, HttpMethod, Request, Response, post, route
from litestar.params import FromPath

from adapters.inbound.forms.brands import Looks
from adapters.inbound.forms.guard import Guard, NotAdmitted, TooManyVisits, busy, fields_of
from adapters.inbound.forms.links import token_in, unknown, unsubscribed, visitor
from adapters.inbound.forms.pages import Page, trouble
from adapters.inbound.forms.preferences import ADDRESS, CODE, browser_of, guarded, no_way, why
from adapters.inbound.forms.preferences_pages import CONSENT_TO_CODE, address_page, code_page, link_page, texts_of
from adapters.inbound.injected import Injected
from application.consent.reason import GiveReason
from application.consent.withdraw import WithdrawPoint
from application.links.evidence import of_opt_out
from application.links.ports import PATHS, Tokens
from application.links.queries import LinkQueries
from application.ports import Clock
from application.preferences.prove import AskForCode
from application.preferences.visits import Visits
from domain.links import Intent, Link, UnknownToken
from domain.preferences import reason_given
from domain.verification.challenge import NoProgramForCodes

Asked = Request[Any, Any, Any]
BY_LINK = "link"
_EVERYTHING, _STOP, _WHY = "everything", "stop", "why"


class PreferenceLinks(Controller):
    path = PATHS[Intent.PREFERENCES]
    include_in_schema = False
    exception_handlers = {UnknownToken: unknown, TooManyVisits: busy, Exception: trouble}

    @route("/{token:path}", http_method=[HttpMethod.GET, HttpMethod.HEAD])
    async def look(
        self,
        request: Asked,
        tokens: Injected[Tokens],
        link_queries: Injected[LinkQueries],
        guard: Injected[Guard],
        looks: Injected[Looks],
        token: FromPath[str],
    ) -> Response[bytes]:
        subject = await link_queries.subject(tokens.open(token_in(token), Intent.PREFERENCES))
        look = await looks.behind(subject)
        return link_page(request, guarded(guard, BY_LINK), subject, look=look).response()

    @post("/{token:path}", status_code=200)
    async def answer(
        self,
        request: Asked,
        tokens: Injected[Tokens],
        link_queries: Injected[LinkQueries],
        withdraw_point: Injected[WithdrawPoint],
        give_reason: Injected[GiveReason],
        guard: Injected[Guard],
        ask_for_code: Injected[AskForCode],
        visits: Injected[Visits],
        clock: Injected[Clock],
        looks: Injected[Looks],
        token: FromPath[str],
    ) -> Response[bytes]:
        """Stopping is not held up by anything; asking for a code is."""
        link, asked = tokens.open(token_in(token), Intent.PREFERENCES), request.query_params
        if _STOP in asked or _EVERYTHING in asked:
            everything = _EVERYTHING in asked
            evidence = of_opt_out(link, visitor(request), one_click=False)
            await withdraw_point(link.contact_point_id, None if everything else link.program_id, evidence)
            return await unsubscribed(request, link, tokens, link_queries, looks, everything=everything)
        if _WHY in asked:
            return await _reason(request, link, give_reason)
        return await _code(request, link, guard, ask_for_code, visits, clock, link_queries)


async def _reason(request: Asked, link: Link, give_reason: GiveReason) -> Response[bytes]:
    fields = await fields_of(request)
    reason = reason_given(fields.get("why"), fields.get("words"))
    if reason is not None:
        evidence = of_opt_out(link, visitor(request), one_click=False, reason=reason)
        await give_reason(link.contact_point_id, link.program_id, evidence)
    return Page.to(request, name="thanks").response()


async def _code(
    request: Asked,
    link: Link,
    guard: Guard,
    ask_for_code: AskForCode,
    visits: Visits,
    clock: Clock,
    link_queries: LinkQueries,
) -> Response[bytes]:
    say = texts_of(request).say
    try:
        await guard.admit(request, await fields_of(request), page=PATHS[Intent.PREFERENCES], purpose=BY_LINK)
        sealed = await ask_for_code.by_link(link, browser_of(request), say(CONSENT_TO_CODE))
    except NotAdmitted as refused:
        subject = await link_queries.subject(link)
        page = link_page(request, guarded(guard, BY_LINK), subject, status=409, notice=why(request, refused))
        return page.response()
    except NoProgramForCodes:
        return address_page(request, guarded(guard, ADDRESS), status=409, notice=no_way(request)).response()
    if sealed is None:
        notice = say("Please give the address yourself: this link leads to none any more.")
        return address_page(request, guarded(guard, ADDRESS), status=409, notice=notice).response()
    visit = visits.open(sealed, proved=False, now=clock.now())
    return code_page(request, guarded(guard, CODE), visit, sealed).response()
