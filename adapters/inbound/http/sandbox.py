from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter
from msgspec import Struct

from adapters.inbound.http.pages import Links, Page
from adapters.inbound.injected import Injected
from application.sandbox.ports import SandboxMessage, SandboxMessages
from application.sandbox.text_back import TextBack, TextedBack
from domain.access import Actor, Permission
from domain.ids import ReplyId
from domain.replies import Status

_EXAMPLE = {"from": "+12125550101", "to": "+12125550100", "text": "please stop texting me"}


class TextTaken(Struct, frozen=True, kw_only=True):
    """How it was read, and what that does to consents: `opt_out`, `opt_in`, `opt_in_confirmed`, `suspend_and_review` or
    `none`. `pattern` says in words of ours what was recognised.
    """

    id: ReplyId
    effect: str
    classification: str | None
    rule: str | None
    pattern: str | None
    status: Status


class SandboxController(Controller):
    path = "/api/v1/sandbox"
    tags = ["sandbox"]

    @get("/messages", opt={"permission": Permission.READ_SANDBOX})
    async def list_sandbox_messages(
        self,
        actor: Injected[Actor],
        sandbox_messages: Injected[SandboxMessages],
        limit: Annotated[int, QueryParameter(ge=1, le=1000, description="How many at most.")] = 50,
    ) -> Page[SandboxMessage]:
        """What the sandbox was handed over last, newest first and in clear: it is a fake phone."""
        actor.must(Permission.READ_SANDBOX)
        found = await sandbox_messages.latest(limit, live=actor.live)
        return Page(items=list(found), links=Links(next=None))

    @post("/replies", opt={"permission": Permission.WRITE_SANDBOX, "example": _EXAMPLE})
    async def text_back(
        self, data: JSONBody[TextedBack], actor: Injected[Actor], text_back: Injected[TextBack]
    ) -> TextTaken:
        """Answer as the person would on their phone. It is taken in as a carrier's text is, before this returns."""
        received = await text_back(data, by=actor)
        reply = received.reply
        return TextTaken(
            id=reply.id,
            effect=received.effect,
            classification=reply.classification,
            rule=reply.rule,
            pattern=reply.pattern,
            status=reply.status,
        )
