from litestar import Controller, get
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from adapters.inbound.http.programs import PATH as PROGRAMS
from adapters.inbound.injected import Injected
from application.forms.ports import FormQueries, FormWords
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.compliance.lint import Lint
from domain.compliance.lint_disclosure import lint_disclosure
from domain.forms import Box, Form, NoSuchForm
from domain.programs import NoSuchProgram

# Where the words of a request for consent are told most closely.
_STRICTEST = ("US", "CA", "DE")


class ShownBox(Struct, frozen=True, kw_only=True):
    """`words` are all that stands beside the box, the disclosure first; `lints` say what they lack all the same."""

    program: str
    channel: Channel
    locale: str
    disclosure_version: int
    words: str
    lints: tuple[Lint, ...]


class ShownForm(Struct, frozen=True, kw_only=True):
    """`lacks` says what to do before the form offers all it could; it is open as soon as it offers anything."""

    url: str
    open: bool
    boxes: tuple[ShownBox, ...]
    lacks: tuple[str, ...]


class FormsController(Controller):
    path = PROGRAMS
    tags = ["programs"]

    @get("/{ref:str}/form", opt={"permission": Permission.READ_PROGRAMS})
    async def get_form(
        self,
        ref: FromPath[str],
        actor: Injected[Actor],
        form_queries: Injected[FormQueries],
        form_words: Injected[FormWords],
        lang: FromQuery[str] = "en",
    ) -> ShownForm:
        """The sign-up form of a program: where it is, what it offers, and what it still lacks."""
        actor.must(Permission.READ_PROGRAMS)
        try:
            form = await form_queries.form(ref)
        except NoSuchForm:
            raise NoSuchProgram("There is no program with this id or slug.", field="program") from None
        shown = form_words.shown(form, lang)
        boxes = tuple(_box(box, form, shown.language) for box in shown.boxes)
        return ShownForm(url=shown.url, open=bool(boxes), boxes=boxes, lacks=form.lacks())


def _box(box: Box, form: Form, language: str) -> ShownBox:
    """The links and the postal address stand on the page as well, so they are not asked of the words."""
    around = f"Terms: {box.terms_url}\nPrivacy policy: {box.privacy_url}\n{form.sender.postal_address}"
    return ShownBox(
        program=box.program,
        channel=box.channel,
        locale=box.locale,
        disclosure_version=box.disclosure_version,
        words=box.words,
        lints=lint_disclosure(
            f"{box.words}\n{around}",
            channel=box.channel,
            category=box.category,
            locale=language,
            jurisdictions=_STRICTEST,
            sender=form.sender,
            program=next(program for program in form.programs if program.slug == box.program),
        ),
    )
