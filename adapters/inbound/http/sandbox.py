from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter

from adapters.inbound.http.pages import Links, Page
from adapters.inbound.injected import Injected
from application.sandbox.ports import SandboxMessage, SandboxMessages
from domain.access import Actor, Permission


class SandboxController(Controller):
    path = "/api/v1/sandbox"
    tags = ["sandbox"]

    @get("/messages")
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
