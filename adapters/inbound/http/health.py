"""What an orchestrator asks: `/live` whether to restart this process, `/ready` whether to send it requests."""

from litestar import Response, get
from msgspec import Struct

from adapters.inbound.injected import Injected
from application.health import Health


class Condition(Struct, frozen=True, kw_only=True):
    status: str
    ailments: list[str] = []


@get("/live", include_in_schema=False)
async def live() -> Condition:
    """Asks nobody: a database that is away is no reason to restart."""
    return Condition(status="live")


@get("/ready", include_in_schema=False)
async def ready(health: Injected[Health]) -> Response[Condition]:
    ailments = await health.ailments()
    if ailments:
        return Response(Condition(status="not ready", ailments=ailments), status_code=503)
    return Response(Condition(status="ready"))
