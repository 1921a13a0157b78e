"""The pages of signing up, one function each. What they show of a person is what that person just wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from litestar import Request, Response
from msgspec import Struct
from msgspec.structs import replace

from adapters.inbound.forms.brands import Looks
from adapters.inbound.forms.guard import Form as GuardedForm
from adapters.inbound.forms.guard import Guard, Reason
from adapters.inbound.forms.pages import Look, Page, language_of
from adapters.inbound.forms.reading import Read
from adapters.inbound.forms.texts import LANGUAGES, phrase
from adapters.inbound.forms.wording import PATH, shown_form
from application.forms.confirm import Outcome
from application.forms.filling import EMAIL, NAME, PHONE, Filled, Mistake
from application.forms.ports import FormQueries
from application.forms.underway import Underway, sealed
from application.ports import Clock
from application.secrets import Seal
from domain.errors import Invalid
from domain.forms import Box, NoSuchForm, Shown
from domain.templates.locales import parse_locale
from domain.verification.challenge import Status

FORM_PAGE, CODE_PAGE, LINK_PAGE = "opt_in", "opt_in_code", "opt_in_link"
# What a proof of work is bound to: a robot pays for every address anew.
WRITTEN = (PHONE, EMAIL)
Visit = Request[Any, Any, Any]
# Stands for the ticket on a page that is kept; nobody could write it into a text that stands on one.
_TICKET = token_hex(24)
_MOST = 500
_blank: dict[tuple[str, int, Look | None, str], Response[bytes]] = {}

_MISTAKES: Mapping[tuple[str, Mistake], str] = {
    (PHONE, Mistake.ADDRESS_MISSING): phrase("Write the number the text messages should go to."),
    (PHONE, Mistake.NO_ADDRESS): phrase("This is no complete phone number. Write it like +12125550101."),
    (EMAIL, Mistake.ADDRESS_MISSING): phrase("Write the address the emails should go to."),
    (EMAIL, Mistake.NO_ADDRESS): phrase("This is no complete email address. Write it like name@example.com."),
    (NAME, Mistake.TOO_LONG): phrase("This name is too long: use up to 100 characters."),
}
_OTHER_MISTAKES: Mapping[Mistake, str] = {
    Mistake.NOTHING_TICKED: phrase("Tick at least one box: what you leave empty, you do not get."),
    Mistake.UNREADABLE: phrase("Some characters here could not be read. Please write it once more."),
    Mistake.TWICE: phrase("This was sent twice. Please check it and send it once more."),
}
_NOT_ADMITTED: Mapping[Reason, str] = {
    Reason.ELSEWHERE: phrase("Please read what you would agree to, tick what you want, and send it."),
    Reason.STALE: phrase("This page was open for a long time. Please check it and send it once more."),
    Reason.TRAPPED: phrase("A field that has to stay empty was filled, perhaps by your browser. Please send it again."),
}
_UNREAD: Mapping[int, str] = {
    413: phrase("That was more than this form can hold. Please write less and send it again."),
    415: phrase("That could not be read as a form. Please use the form on this page."),
    400: phrase("That could not be read as a form. Please use the form on this page."),
}
_CHANGED = phrase("What you would agree to has changed since you opened the page. Please read it and tick again.")


@dataclass(frozen=True, kw_only=True)
class FormSite:
    """What every page of signing up needs."""

    guard: Guard
    form_queries: FormQueries
    form_seal: Seal
    clock: Clock
    frame_ancestors: str
    looks: Looks

    async def scene(
        self, request: Visit, ref: str, *, language: str | None = None, shown: Shown | None = None
    ) -> "Scene":
        """In the language of the page, unless the person chose one before. Raises NoSuchForm."""
        form = await self.form_queries.form(ref)
        language = shown.language if shown else language or language_of(request)
        locale = _locale(request.query_params.get("lang", ""), language)
        return Scene(
            site=self,
            request=request,
            shown=shown or shown_form(form, language, locale, self.guard.url),
            country=form.sender.country,
            number=form.sender.sms_from,
            look=await self.looks.of(form.sender.slug),
        )


class Scene(Struct, frozen=True, kw_only=True):
    """One request to one form, with what it shows, or showed the person it is about."""

    site: FormSite
    request: Visit
    shown: Shown
    country: str
    number: str | None
    look: Look | None

    @property
    def guard(self) -> Guard:
        return self.site.guard

    def open(self) -> "Scene":
        """Raises NoSuchForm for a form that offers nothing now."""
        if not self.shown.boxes:
            raise NoSuchForm("There is no such form.")
        return self

    def say(self, text: str, **values: object) -> str:
        return LANGUAGES[self.shown.language].say(text, **values)

    def page(self, name: str, status: int = 200, **values: Any) -> Response[bytes]:
        language, path = self.shown.language, f"{PATH}/{self.shown.form}"
        return Page(
            name=name,
            status=status,
            language=language,
            frame_ancestors=self.site.frame_ancestors,
            look=self.look,
            choice=name == FORM_PAGE and self.request.method in {"GET", "HEAD"},
            values={"shown": self.shown, "home": f"{path}?lang={language}", **values},
        ).response()


def blank_page(scene: Scene) -> Response[bytes]:
    """The form as everybody first sees it: only the ticket is of one's own, so the rest is made once."""
    guarded = _guarded(scene)
    key = (scene.shown.hash, guarded.work, scene.look, scene.site.frame_ancestors)
    made = _blank.get(key)
    if made is None:
        if len(_blank) >= _MOST:
            _blank.clear()
        made = _blank[key] = _form_page(scene, replace(guarded, ticket=_TICKET))
    content = made.content.replace(_TICKET.encode(), guarded.ticket.encode())
    return Response(content, status_code=made.status_code, headers=made.headers, media_type="text/html")


def form_page(scene: Scene, fields: Mapping[str, str] | None = None, **values: Any) -> Response[bytes]:
    """A box is ticked only where the person has just ticked it, beside the same words."""
    return _form_page(scene, _guarded(scene), fields, **values)


def _guarded(scene: Scene) -> GuardedForm:
    shown = scene.open().shown
    return scene.guard.form(page=FORM_PAGE, purpose=shown.form, about=shown.hash, written=WRITTEN)


def _form_page(
    scene: Scene,
    guarded: GuardedForm,
    fields: Mapping[str, str] | None = None,
    *,
    ticked: tuple[str, ...] = (),
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response[bytes]:
    shown, typed = scene.shown, fields or {}
    return scene.page(
        FORM_PAGE,
        status,
        guarded=guarded,
        programs=_by_program(shown),
        channels=tuple(dict.fromkeys(box.channel.value for box in shown.boxes)),
        fields={name: typed.get(name, "") for name in (PHONE, EMAIL, NAME)},
        ticked=ticked,
        errors=errors or {},
        notice=scene.say(notice) if notice else "",
    )


def unread(scene: Scene, read: Read) -> Response[bytes]:
    return form_page(scene, notice=_UNREAD[read.status], status=read.status)


def not_admitted(scene: Scene, read: Read, reason: Reason) -> Response[bytes]:
    status = 200 if reason is Reason.ELSEWHERE else 409
    return form_page(scene, read.fields, notice=_NOT_ADMITTED[reason], status=status)


def changed(scene: Scene, fields: Mapping[str, str]) -> Response[bytes]:
    return form_page(scene, fields, notice=_CHANGED, status=409)


def mistakes(scene: Scene, read: Read, filled: Filled) -> Response[bytes] | None:
    """In the order of the page; nothing where there are none."""
    order = [*(box.name for box in scene.shown.boxes), PHONE, EMAIL, NAME]
    found = {
        **filled.mistakes,
        **dict.fromkeys(read.unreadable, Mistake.UNREADABLE),
        **dict.fromkeys(read.twice, Mistake.TWICE),
    }
    errors = {name: scene.say(_words(name, found[name])) for name in order if name in found}
    return form_page(scene, read.fields, ticked=filled.ticked, errors=errors, status=422) if errors else None


def _words(name: str, mistake: Mistake) -> str:
    return _MISTAKES.get((name, mistake)) or _OTHER_MISTAKES[mistake]


def code_page(
    scene: Scene, underway: Underway, *, error: str = "", notice: str = "", status: int = 200
) -> Response[bytes]:
    """Comes for every address alike. `error` and `notice` are said already."""
    form = scene.shown.form
    return scene.page(
        CODE_PAGE,
        status,
        guarded=scene.guard.form(page=CODE_PAGE, purpose=form),
        action=f"{PATH}/{form}/code?lang={scene.shown.language}",
        state=sealed(underway, scene.site.form_seal),
        masked={channel.value: underway.address(channel).masked for channel in underway.challenges},
        number=scene.number,
        errors={"code": error} if error else {},
        notice=notice,
    )


def link_page(scene: Scene, outcome: Outcome, boxes: Sequence[Box]) -> Response[bytes]:
    return scene.page(
        LINK_PAGE,
        guarded=scene.guard.form(page=LINK_PAGE, purpose=scene.shown.form),
        boxes=boxes,
        masked=outcome.address.masked if outcome.address else "",
    )


def confirmed_page(scene: Scene, outcome: Outcome) -> Response[bytes]:
    return scene.page("opt_in_confirmed", outcome=outcome, masked=outcome.address.masked if outcome.address else "")


def over_page(scene: Scene, status: Status) -> Response[bytes]:
    """What can no longer be confirmed, and the way forward."""
    return scene.page("opt_in_over", 200 if status is Status.USED else 410, over=status.value)


def closed(request: Visit, _: Exception) -> Response[bytes]:
    return Page.to(request, name="opt_in_closed", status=404).response()


def lost(request: Visit, _: Exception) -> Response[bytes]:
    """A link that was not made here, or was cut off."""
    return Page.to(request, name="unknown", status=404).response()


def _locale(asked: str, language: str) -> str:
    """The region somebody asked for with the language, where it is one."""
    try:
        locale = parse_locale(asked)
    except Invalid:
        return language
    return locale if locale.partition("-")[0] == language else language


def _by_program(shown: Shown) -> dict[str, list[Box]]:
    programs: dict[str, list[Box]] = {}
    for box in shown.boxes:
        programs.setdefault(box.program, []).append(box)
    return programs
