"""`/preferences`: give an address, prove it by a code, see where it stands with every program, and change that.

Everything goes by POST, and between two pages a sealed text in a hidden field says how far somebody is: no cookie, and
nothing of a person in a URL. Until the address is proved, every address gets the same pages in the same time (VER-08).
"""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, HttpMethod, Request, Response, post, route

from adapters.inbound.forms.guard import (
    Form,
    Guard,
    NotAdmitted,
    Reason,
    Site,
    TooManyVisits,
    busy,
    came_from,
    fields_of,
)
from adapters.inbound.forms.pages import language_of, trouble
from adapters.inbound.forms.preferences_pages import (
    CONSENT_TO_CODE,
    PATH,
    address_page,
    changed_page,
    choices_page,
    code_page,
    shown_for,
    texts_of,
)
from adapters.inbound.forms.texts import phrase
from adapters.inbound.injected import Injected
from application.ports import Clock
from application.preferences.change import ChangePreferences, Wish
from application.preferences.choices import ReadChoices
from application.preferences.evidence import Browser
from application.preferences.prove import AskForCode, TryCode
from application.preferences.visits import VisitOver, Visits
from domain.addresses import InvalidAddress
from domain.errors import Conflict
from domain.forms import Shown
from domain.preferences import Choices, ShownOtherwise, reason_given
from domain.verification.challenge import NoProgramForCodes, Status

Asked = Request[Any, Any, Any]
_READING = [HttpMethod.GET, HttpMethod.HEAD]
ADDRESS, CODE = "address", "code"
_OVER = phrase("That took too long, or this page was not made here. Please begin again.")
_ONCE_MORE = phrase("Please send it once more.")
_NO_WAY = phrase("No code can be sent there. Try your other address, or answer one of the messages with STOP.")
_WORDS_CHANGED = phrase("Some words have changed since you opened the page. Please read them again.")
_NOT_SAVED = phrase("This could not be saved. Nothing was changed.")
_ANSWERS: Mapping[Status, str] = {
    Status.PENDING: phrase("This is not the code. Please look again."),
    Status.EXPIRED: phrase("This code is good no more. Ask for another one."),
    Status.LOCKED: phrase("There were too many tries. Ask for another code, or come back tomorrow."),
    Status.USED: phrase("This code was used already. Ask for another one."),
}


class PreferencePages(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = {TooManyVisits: busy, Exception: trouble}

    @route(["/", "/code", "/choices"], http_method=_READING)
    async def begin(self, request: Asked, guard: Injected[Guard]) -> Response[bytes]:
        """Whoever comes back by the address bar begins anew: nothing of them stands there."""
        return address_page(request, guarded(guard, ADDRESS)).response()

    @post("/", status_code=200)
    async def ask(
        self,
        request: Asked,
        guard: Injected[Guard],
        ask_for_code: Injected[AskForCode],
        visits: Injected[Visits],
        clock: Injected[Clock],
    ) -> Response[bytes]:
        fields, say = await fields_of(request), texts_of(request).say
        typed, again = fields.get(ADDRESS, "").strip(), guarded(guard, ADDRESS)
        try:
            await guard.admit(request, fields, page=PATH, purpose=ADDRESS, written=(ADDRESS,))
            sealed = await ask_for_code(typed, browser_of(request), say(CONSENT_TO_CODE))
        except NotAdmitted as refused:
            return address_page(request, again, status=409, typed=typed, notice=why(request, refused)).response()
        except InvalidAddress:
            error = say("Give a mobile number with + and its country code, or an email address.")
            return address_page(request, again, status=422, typed=typed, error=error).response()
        except NoProgramForCodes:
            return address_page(request, again, status=409, typed=typed, notice=say(_NO_WAY)).response()
        visit = visits.open(sealed, proved=False, now=clock.now())
        return code_page(request, guarded(guard, CODE), visit, sealed).response()

    @post("/code", status_code=200)
    async def prove(
        self,
        request: Asked,
        guard: Injected[Guard],
        ask_for_code: Injected[AskForCode],
        try_code: Injected[TryCode],
        read_choices: Injected[ReadChoices],
        visits: Injected[Visits],
        clock: Injected[Clock],
    ) -> Response[bytes]:
        fields, say = await fields_of(request), texts_of(request).say
        again, sealed = guarded(guard, CODE), fields.get("visit", "")
        try:
            visit = visits.open(sealed, proved=False, now=clock.now())
            await guard.admit(request, fields, page=PATH, purpose=CODE, written=(CODE,))
            if "again" in fields:
                sealed = await ask_for_code.again(sealed, browser_of(request), say(CONSENT_TO_CODE))
                notice = say("If a message can be sent there, another code is on its way. The one before is void.")
                return code_page(request, again, visit, sealed, notice=notice).response()
            tried = await try_code(sealed, fields.get(CODE, ""))
        except VisitOver:
            return _over(request, guard)
        except NotAdmitted as refused:
            return code_page(request, again, visit, sealed, status=409, notice=why(request, refused)).response()
        except NoProgramForCodes:
            return code_page(request, again, visit, sealed, status=409, notice=say(_NO_WAY)).response()
        if tried.visit is None:
            error = say(_ANSWERS[tried.status])
            return code_page(request, again, visit, sealed, status=422, error=error).response()
        choices = await read_choices(tried.visit, locale=language_of(request))
        return choices_page(request, tried.visit, visits.seal(tried.visit), choices, guard.url).response()

    @post("/choices", status_code=200)
    async def change(
        self,
        request: Asked,
        guard: Injected[Guard],
        change_preferences: Injected[ChangePreferences],
        read_choices: Injected[ReadChoices],
        visits: Injected[Visits],
        clock: Injected[Clock],
    ) -> Response[bytes]:
        """The visit proves who it is, and that the page was ours: another site has none."""
        fields, language = await fields_of(request), language_of(request)
        sealed = fields.get("visit", "")
        try:
            visit = visits.open(sealed, proved=True, now=clock.now())
        except VisitOver:
            return _over(request, guard)
        choices = await read_choices(visit, locale=language)
        if came_from(request, guard.url) is Site.ANOTHER or "look" in fields:
            return choices_page(request, visit, sealed, choices, guard.url).response()
        try:
            wish = wish_in(fields, shown_by_program(request, choices, guard.url))
            if objection := _objection(wish):
                said = texts_of(request).say(objection)
                return choices_page(request, visit, sealed, choices, guard.url, status=422, notice=said).response()
            changed = await change_preferences(visit, wish, browser_of(request))
        except Conflict as refused:
            said = texts_of(request).say(_WORDS_CHANGED if isinstance(refused, ShownOtherwise) else _NOT_SAVED)
            choices = await read_choices(visit, locale=language)
            return choices_page(request, visit, sealed, choices, guard.url, status=409, notice=said).response()
        return changed_page(request, sealed, changed).response()


def guarded(guard: Guard, purpose: str) -> Form:
    """The proof of work is bound to the field of the form, which is named after what it is for."""
    return guard.form(page=PATH, purpose=purpose, written=(purpose,) if purpose in (ADDRESS, CODE) else ())


def no_way(request: Asked) -> str:
    return texts_of(request).say(_NO_WAY)


def why(request: Asked, refused: NotAdmitted) -> str:
    return texts_of(request).say(_OVER if refused.reason is Reason.STALE else _ONCE_MORE)


def browser_of(request: Asked) -> Browser:
    return Browser(
        ip=request.client.host if request.client else None,
        user_agent=request.headers.get("user-agent"),
        locale=language_of(request),
    )


def shown_by_program(request: Asked, choices: Choices, url: str) -> dict[str, Shown | None]:
    return {one.program.slug: shown_for(one, request, url) for one in choices.choices}


def wish_in(fields: Mapping[str, str], shown: Mapping[str, Shown | None]) -> Wish:
    """Raises ShownOtherwise: what was ticked must be what stands there now. A program that is not on the page is not
    asked about, whatever was sent.
    """
    agree: dict[str, Shown] = {}
    for slug, words in shown.items():
        if fields.get(f"agree.{slug}") != "yes":
            continue
        if words is None or fields.get(f"shown.{slug}") != words.hash:
            raise ShownOtherwise("The words have changed since they were shown.")
        agree[slug] = words
    return Wish(
        stop=frozenset(slug for slug in shown if fields.get(f"stop.{slug}") == "yes"),
        agree=agree,
        everything="everything" in fields,
        reason=reason_given(fields.get("why"), fields.get("words")),
    )


def _objection(wish: Wish) -> str | None:
    if wish.empty:
        return phrase("You did not tick anything.")
    if wish.stop & wish.agree.keys() and not wish.everything:
        return phrase("You ticked both boxes of one kind of message. Please tick the one you mean.")
    return None


def _over(request: Asked, guard: Guard) -> Response[bytes]:
    """Too late, forged, or of another step: the same words for each."""
    notice = texts_of(request).say(_OVER)
    return address_page(request, guarded(guard, ADDRESS), status=409, notice=notice).response()
