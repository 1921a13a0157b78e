"""The shipped server with two more endpoints, the floors: one inserts a row and commits, one answers a fixed page."""

import os
from uuid import UUID

from granian import Granian
from granian.constants import Interfaces, Loops
from litestar import Litestar, Response, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from adapters.inbound.injected import Injected
from application.messages.drafting import SendMessage
from bootstrap.memory import settle
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import build_all
from bootstrap.web import CONTROLLERS, create_app
from bootstrap.worker import working
from domain.access import Actor
from domain.ids import new_id


class Floor:
    def __init__(self, ports: Ports) -> None:
        self._database, self._clock = ports.database(), ports.clock()

    async def __call__(self, text: str) -> UUID:
        now = self._clock.now()
        identity = new_id(now)
        async with self._database.transaction():
            await self._database.connection.execute(
                "insert into bench_floor (id, body, at) values ($1, $2, $3)", identity, text, now
            )
        return identity


class FloorAnswer(Struct):
    id: UUID
    status: str


@post("/api/v1/bench/floor", opt={"permission": ()})
async def floor(data: JSONBody[SendMessage], actor: Injected[Actor], floor: Injected[Floor]) -> FloorAnswer:
    return FloorAnswer(id=await floor(data.content.text if data.content else actor.id), status="queued")


_PAGE = b"<!doctype html><html lang=en><title>Floor</title><p>"


@get("/bench/page/{size:int}")
async def page(size: FromPath[int]) -> Response[bytes]:
    return Response(_PAGE.ljust(size, b"x"), media_type="text/html")


def create() -> Litestar:
    settings = Settings.read(os.environ)
    ports = Ports(settings=settings)
    use_cases = build_all(ports)
    lifespan = [working(ports, use_cases)] if settings.worker else []
    app = create_app(ports, {**use_cases, Floor: Floor(ports)}, (*CONTROLLERS, floor, page), lifespan)
    settle()
    return app


if __name__ == "__main__":
    Granian(
        "tests.bench.server:create",
        factory=True,
        address="127.0.0.1",
        port=int(os.environ["OPTIN_PORT"]),
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        log_access=False,
        websockets=False,
        log_enabled=False,
    ).serve()
