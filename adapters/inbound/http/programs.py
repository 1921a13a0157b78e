from datetime import datetime
from uuid import UUID

from litestar import Controller, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from adapters.inbound.http.pages import After, Limit, Page, cursor_of, id_in, page
from adapters.inbound.injected import Injected
from application.programs.ports import Described, ProgramQueries
from application.programs.write import ChangeProgram, CreateProgram, MoveProgram, NewProgram, ProgramChange
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.compliance.lint import Lint
from domain.compliance.lint_disclosure import lint_disclosure
from domain.ids import ProgramId
from domain.programs import Category, Disclosure, OptIn, Program, Status

PATH = "/api/v1/programs"
_TEXT = "I agree to receive up to 4 texts a month with offers from Acme. Reply STOP to end."
_EXAMPLE = {
    "slug": "weekly-offers",
    "name": "Weekly offers",
    "purpose": "Offers and discounts",
    "category": "marketing",
    "channels": ["sms", "email"],
    "opt_in": "single",
    "frequency": "up to 4 messages a month",
    "sender": "acme",
    "disclosures": [{"channel": "sms", "locale": "en-US", "text": _TEXT}],
}


class ShownDisclosure(Struct, frozen=True, kw_only=True):
    """`hash` is the SHA-256 of the text: what evidence of consent refers to. `lints` say what the text lacks."""

    channel: Channel
    locale: str
    version: int
    text: str
    hash: str
    lints: tuple[Lint, ...]


class ShownProgram(Struct, frozen=True, kw_only=True):
    """`disclosures` holds every version; the highest of a channel and locale is shown now."""

    id: ProgramId
    slug: str
    name: str
    purpose: str
    category: Category
    channels: tuple[Channel, ...]
    opt_in: OptIn
    frequency: str
    sender: str
    status: Status
    terms_url: str | None
    privacy_url: str | None
    also_on_form: tuple[str, ...]
    disclosures: tuple[ShownDisclosure, ...]
    created_at: datetime
    updated_at: datetime
    revision: int


class ProgramsController(Controller):
    path = PATH
    tags = ["programs"]

    @post(opt={"permission": Permission.WRITE_PROGRAMS, "example": _EXAMPLE})
    async def create_program(
        self,
        data: JSONBody[NewProgram],
        actor: Injected[Actor],
        create_program: Injected[CreateProgram],
        seed: Injected[UUID | None],
    ) -> ShownProgram:
        """Write down what people will opt in to. It is a draft until it is activated."""
        return _shown(await create_program(data, by=actor, seed=seed))

    @get(opt={"permission": Permission.READ_PROGRAMS})
    async def list_programs(
        self, actor: Injected[Actor], program_queries: Injected[ProgramQueries], limit: Limit = 50, after: After = None
    ) -> Page[ShownProgram]:
        """All programs, newest first."""
        actor.must(Permission.READ_PROGRAMS)
        last = id_in(after)
        found = await program_queries.page(limit, ProgramId(last) if last else None)
        return page([_shown(one) for one in found], limit, PATH, lambda program: cursor_of(program.id))

    @get("/{ref:str}", opt={"permission": Permission.READ_PROGRAMS})
    async def get_program(
        self, ref: FromPath[str], actor: Injected[Actor], program_queries: Injected[ProgramQueries]
    ) -> ShownProgram:
        """One program, by id or slug."""
        actor.must(Permission.READ_PROGRAMS)
        return _shown(await program_queries.one(ref))

    @patch(
        "/{ref:str}",
        opt={
            "permission": Permission.WRITE_PROGRAMS,
            "example": {"disclosures": [{"channel": "sms", "locale": "en-US", "text": f"{_TEXT} HELP."}]},
        },
    )
    async def change_program(
        self,
        ref: FromPath[str],
        data: JSONBody[ProgramChange],
        actor: Injected[Actor],
        change_program: Injected[ChangeProgram],
    ) -> ShownProgram:
        """Change what is given. A disclosure given here becomes the next version; earlier ones stay as they are."""
        return _shown(await change_program(ref, data, by=actor))

    @post("/{ref:str}/actions/activate", status_code=200, opt={"permission": Permission.WRITE_PROGRAMS})
    async def activate_program(
        self, ref: FromPath[str], actor: Injected[Actor], move_program: Injected[MoveProgram]
    ) -> ShownProgram:
        """Messages may go out. Each channel needs a disclosure first."""
        return _shown(await move_program(ref, Status.ACTIVE, by=actor))

    @post("/{ref:str}/actions/pause", status_code=200, opt={"permission": Permission.WRITE_PROGRAMS})
    async def pause_program(
        self, ref: FromPath[str], actor: Injected[Actor], move_program: Injected[MoveProgram]
    ) -> ShownProgram:
        """No messages go out until it is activated again. Consents stay."""
        return _shown(await move_program(ref, Status.PAUSED, by=actor))

    @post("/{ref:str}/actions/archive", status_code=200, opt={"permission": Permission.WRITE_PROGRAMS})
    async def archive_program(
        self, ref: FromPath[str], actor: Injected[Actor], move_program: Injected[MoveProgram]
    ) -> ShownProgram:
        """For good: it sends no more and changes no more."""
        return _shown(await move_program(ref, Status.ARCHIVED, by=actor))


def _shown(described: Described) -> ShownProgram:
    program = described.program
    return ShownProgram(
        id=program.id,
        slug=program.slug,
        name=program.name,
        purpose=program.purpose,
        category=program.category,
        channels=program.channels,
        opt_in=program.opt_in,
        frequency=program.frequency,
        sender=described.sender,
        status=program.status,
        terms_url=program.terms_url,
        privacy_url=program.privacy_url,
        also_on_form=program.also_on_form,
        disclosures=tuple(_text(text, program) for text in program.disclosures),
        created_at=program.created_at,
        updated_at=program.updated_at,
        revision=program.revision,
    )


def _text(shown: Disclosure, program: Program) -> ShownDisclosure:
    return ShownDisclosure(
        channel=shown.channel,
        locale=shown.locale,
        version=shown.version,
        text=shown.text,
        hash=shown.hash,
        lints=lint_disclosure(shown.text, channel=shown.channel, category=program.category, locale=shown.locale),
    )
