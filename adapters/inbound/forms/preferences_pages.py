"""What the preferences pages show, and the record of the words beside each box."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from babel.dates import format_date
from litestar import Request
from msgspec import Struct
from msgspec.structs import replace

from adapters.inbound.forms.guard import Form as Guarded
from adapters.inbound.forms.pages import Look, Page, language_of
from adapters.inbound.forms.reasons import WHYS
from adapters.inbound.forms.texts import LANGUAGES, Texts, phrase
from adapters.inbound.forms.wording import shown_form
from application.links.queries import Subject
from application.preferences.change import Changed
from application.preferences.visits import Visit
from domain.forms import Box, Form, Shown
from domain.preferences import Choice, Choices, Standing

PATH = "/preferences"
Asked = Request[Any, Any, Any]
# It stands beside the field and beside the button that asks for a code: what is shown is what is recorded.
CONSENT_TO_CODE = phrase("By asking for a code you agree to receive it as a message. Message and data rates may apply.")
_STANDING: Mapping[Standing, str] = {
    Standing.ON: phrase("You get these. You agreed on {date}."),
    Standing.ASKED: phrase("These were asked for on {date} and have not been confirmed. You do not get them yet."),
    Standing.OFF: phrase("You do not get these, since {date}."),
    Standing.WRITTEN_TO: phrase("You were sent these because of something you asked for or ordered."),
}


class Row(Struct, frozen=True, kw_only=True):
    """One program on the page. `box` is there where it may be agreed to, and `words` is the hash of all beside it."""

    slug: str
    name: str
    sender: str
    frequency: str
    said: str
    may_stop: bool
    box: Box | None
    words: str
    support: str


def texts_of(request: Asked) -> Texts:
    return LANGUAGES[language_of(request)]


def address_page(
    request: Asked, guarded: Guarded, *, status: int = 200, typed: str = "", error: str = "", notice: str = ""
) -> Page:
    values = {
        "guarded": guarded,
        "action": f"{PATH}?lang={language_of(request)}",
        "typed": typed,
        "error": error,
        "notice": notice,
        "consent": texts_of(request).say(CONSENT_TO_CODE),
    }
    return Page.to(request, name="preferences", status=status, values=values)


def code_page(
    request: Asked, guarded: Guarded, visit: Visit, sealed: str, *, status: int = 200, error: str = "", notice: str = ""
) -> Page:
    values = {
        "guarded": guarded,
        "action": f"{PATH}/code?lang={language_of(request)}",
        "visit": sealed,
        "masked": visit.address.masked if visit.named else "",
        "error": error,
        "notice": notice,
        "consent": texts_of(request).say(CONSENT_TO_CODE),
    }
    return Page.to(request, name="preferences_code", status=status, values=values)


def choices_page(
    request: Asked, visit: Visit, sealed: str, choices: Choices, url: str, *, status: int = 200, notice: str = ""
) -> Page:
    values = {
        "action": f"{PATH}/choices?lang={language_of(request)}",
        "visit": sealed,
        "masked": visit.address.masked if visit.named else "",
        "choices": choices,
        "rows": [_row(request, one, url) for one in choices.choices],
        "whys": WHYS,
        "notice": notice,
    }
    return Page.to(request, name="preferences_choices", status=status, values=values)


def changed_page(request: Asked, sealed: str, changed: Changed) -> Page:
    values = {"action": f"{PATH}/choices?lang={language_of(request)}", "visit": sealed, "changed": changed}
    return Page.to(request, name="preferences_changed", values=values)


def link_page(
    request: Asked,
    guarded: Guarded,
    subject: Subject | None,
    *,
    status: int = 200,
    notice: str = "",
    look: Look | None = None,
) -> Page:
    values = {
        "guarded": guarded,
        "subject": subject,
        "notice": notice,
        "consent": texts_of(request).say(CONSENT_TO_CODE),
    }
    return Page.to(request, name="preferences_link", status=status, values=values, look=look)


def shown_for(choice: Choice, request: Asked, url: str) -> Shown | None:
    """Everything that stands before a person who ticks the box of one program, as on its form."""
    if choice.offer is None:
        return None
    language = language_of(request)
    shown = shown_form(Form(sender=choice.sender, programs=(choice.program,)), language, language, url)
    box = shown.box(choice.offer.name)
    if box is None:
        return None
    texts = {"title": texts_of(request).say("Your choices"), "button": texts_of(request).say("Save my choices")}
    return replace(shown, form="preferences", url=f"{url}{PATH}", texts=texts, boxes=(box,))


def _row(request: Asked, choice: Choice, url: str) -> Row:
    shown = shown_for(choice, request, url)
    return Row(
        slug=choice.program.slug,
        name=choice.program.name,
        sender=choice.sender.legal_name,
        frequency=choice.program.frequency,
        said=texts_of(request).say(_STANDING[choice.standing], date=_day(choice.since, language_of(request))),
        may_stop=choice.may_stop,
        box=shown.boxes[0] if shown else None,
        words=shown.hash if shown else "",
        support=choice.sender.support,
    )


def _day(at: datetime | None, language: str) -> str:
    return format_date(at, "long", locale=language) if at else ""
