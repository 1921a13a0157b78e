from uuid import UUID

from litestar import Controller, get, patch, post, put
from litestar.params import FromPath, JSONBody

from adapters.inbound.http.pages import After, Limit, Page, cursor_of, id_in, page
from adapters.inbound.injected import Injected
from application.branding.ports import BrandQueries
from application.branding.write import NewBranding, SetBranding
from application.channels.ports import SenderQueries
from application.channels.senders import ChangeSender, CreateSender, NewSender, SenderChange
from domain.access import Actor, Permission
from domain.branding.branding import Branding
from domain.channels import Sender
from domain.ids import SenderId

PATH = "/api/v1/senders"
_EXAMPLE = {
    "slug": "acme",
    "legal_name": "Acme Ltd",
    "postal_address": "1 Main St, Springfield, IL 62701, US",
    "support": "https://acme.example/help",
    "sms_from": "+12125550100",
    "email_from": "news@acme.example",
    "rate_per_second": 20,
}


class SendersController(Controller):
    path = PATH
    tags = ["senders"]

    @post(opt={"permission": Permission.WRITE_SENDERS, "example": _EXAMPLE})
    async def create_sender(
        self,
        data: JSONBody[NewSender],
        actor: Injected[Actor],
        create_sender: Injected[CreateSender],
        seed: Injected[UUID | None],
    ) -> Sender:
        """Add an identity to send under."""
        return await create_sender(data, by=actor, seed=seed)

    @get(opt={"permission": Permission.READ_SENDERS})
    async def list_senders(
        self, actor: Injected[Actor], sender_queries: Injected[SenderQueries], limit: Limit = 50, after: After = None
    ) -> Page[Sender]:
        """All senders, newest first."""
        actor.must(Permission.READ_SENDERS)
        last = id_in(after)
        found = await sender_queries.page(limit, SenderId(last) if last else None)
        return page(found, limit, PATH, lambda sender: cursor_of(sender.id))

    @get("/{ref:str}", opt={"permission": Permission.READ_SENDERS})
    async def get_sender(
        self, ref: FromPath[str], actor: Injected[Actor], sender_queries: Injected[SenderQueries]
    ) -> Sender:
        """One sender, by id or slug."""
        actor.must(Permission.READ_SENDERS)
        return await sender_queries.one(ref)

    @patch("/{ref:str}", opt={"permission": Permission.WRITE_SENDERS, "example": {"rate_per_second": 50}})
    async def change_sender(
        self,
        ref: FromPath[str],
        data: JSONBody[SenderChange],
        actor: Injected[Actor],
        change_sender: Injected[ChangeSender],
    ) -> Sender:
        """Change what is given; the rest stays."""
        return await change_sender(ref, data, by=actor)

    @put(
        "/{ref:str}/branding",
        opt={"permission": Permission.WRITE_SENDERS, "example": {"accent": "#14508c", "background": "#f2f6fb"}},
    )
    async def set_branding(
        self,
        ref: FromPath[str],
        data: JSONBody[NewBranding],
        actor: Injected[Actor],
        set_branding: Injected[SetBranding],
    ) -> Branding:
        """Set how this sender's pages look, all of it: colours that can be read, and a logo."""
        return await set_branding(ref, data, by=actor)

    @get("/{ref:str}/branding", opt={"permission": Permission.READ_SENDERS})
    async def get_branding(
        self, ref: FromPath[str], actor: Injected[Actor], brand_queries: Injected[BrandQueries]
    ) -> Branding:
        """How this sender's pages look."""
        actor.must(Permission.READ_SENDERS)
        return (await brand_queries.brand(ref)).branding or Branding()
