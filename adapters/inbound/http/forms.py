from litestar import Controller, get
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from adapters.inbound.forms.opt_in_pages import FormSite
from adapters.inbound.forms.texts import SOURCE
from adapters.inbound.forms.wording import PATH, shown_form
from adapters.inbound.http.programs import PATH as PROGRAMS
from adapters.inbound.injected import Injected
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.compliance.lint import Lint
from domain.compliance.lint_disclosure import lint_disclosure
from domain.forms import Form, NoSuchForm
from domain.programs import NoSuchProgram


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
        self, ref: FromPath[str], actor: Injected[Actor], form_site: Injected[FormSite], lang: FromQuery[str] = SOURCE
    ) -> ShownForm:
        """The sign-up form of a program: where it is, what it offers, and what it still lacks."""
        actor.must(Permission.READ_PROGRAMS)
        try:
            form = await form_site.form_queries.form(ref)
        except NoSuchForm:
            raise NoSuchProgram("There is no program with this id or slug.", field="program") from None
        boxes = _boxes(form, lang, form_site.guard.url)
        return ShownForm(
            url=f"{form_site.guard.url}{PATH}/{form.program.slug}", open=bool(boxes), boxes=boxes, lacks=form.lacks()
        )


def _boxes(form: Form, lang: str, url: str) -> tuple[ShownBox, ...]:
    language = lang.partition("-")[0]
    programs = {program.slug: program for program in form.programs}
    return tuple(
        ShownBox(
            program=box.program,
            channel=box.channel,
            locale=box.locale,
            disclosure_version=box.disclosure_version,
            words=box.words,
            lints=lint_disclosure(
                f"{box.words}\nTerms: {box.terms_url}\nPrivacy policy: {box.privacy_url}\n{form.sender.postal_address}",
                channel=box.channel,
                category=box.category,
                locale=language,
                jurisdictions=_STRICTEST,
                sender=form.sender,
                program=programs[box.program],
            ),
        )
        for box in shown_form(form, language, lang, url).boxes
    )


# Where the words of a request for consent are told most closely.
_STRICTEST = ("US", "CA", "DE")
