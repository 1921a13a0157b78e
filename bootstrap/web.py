"""The Litestar application: controllers on one side, use cases on the other, names in between."""

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from uuid import UUID

from dependency_injector.containers import Container
from litestar import Litestar, Request
from litestar.di import Provide
from litestar.routes import HTTPRoute
from litestar.types import ControllerRouterHandler, Scope

from adapters.inbound.http.answers import StructResponse
from adapters.inbound.http.authentication import Authentication
from adapters.inbound.http.bodies import JsonRequest
from adapters.inbound.http.campaigns import CampaignsController
from adapters.inbound.http.consents import ConsentsController
from adapters.inbound.http.contacts import ContactsController
from adapters.inbound.http.decisions import DecisionsController
from adapters.inbound.http.edge import MOST_BYTES_OF_A_BATCH, Edge
from adapters.inbound.http.gate import Gate
from adapters.inbound.http.health import live, ready
from adapters.inbound.http.idempotency import Idempotency
from adapters.inbound.http.messages import MessagesController
from adapters.inbound.http.metrics import metrics
from adapters.inbound.http.openapi import schema_config
from adapters.inbound.http.passage import passage_of
from adapters.inbound.http.problems import HANDLERS
from adapters.inbound.http.programs import ProgramsController
from adapters.inbound.http.reference import reference_router
from adapters.inbound.http.sandbox import SandboxController
from adapters.inbound.http.senders import SendersController
from adapters.inbound.http.templates import TemplatesController
from bootstrap.logs import configure_logs
from domain.access import Actor

VERSION = "0.1.0"
CONTROLLERS: tuple[ControllerRouterHandler, ...] = (
    SendersController,
    ProgramsController,
    ContactsController,
    CampaignsController,
    TemplatesController,
    ConsentsController,
    DecisionsController,
    MessagesController,
    SandboxController,
)
# Ports that controllers ask themselves, because a use case would only pass the question on.
QUERIES = (
    "health",
    "sender_queries",
    "program_queries",
    "contact_queries",
    "campaign_queries",
    "template_queries",
    "sandbox_messages",
)


def create_app(
    ports: Container,
    use_cases: Mapping[type, Any],
    controllers: tuple[ControllerRouterHandler, ...] = CONTROLLERS,
    lifespan: Sequence[Callable[[Litestar], AbstractAsyncContextManager[None]]] = (),
) -> Litestar:
    configure_logs()
    constants = {_snake(kind): use_case for kind, use_case in use_cases.items()}
    constants |= {name: getattr(ports, name)() for name in QUERIES}
    app = Litestar(
        [*controllers, live, ready, metrics],
        dependencies={
            "actor": Provide(actor, sync_to_thread=False),
            "seed": Provide(seed, sync_to_thread=False),
            **{name: Provide(_always(value), sync_to_thread=False) for name, value in constants.items()},
        },
        exception_handlers=HANDLERS,
        lifespan=[_closing(ports), *lifespan],
        logging_config=None,
        openapi_config=schema_config(VERSION, reference_router()),
        request_class=JsonRequest,
        response_class=StructResponse,
        request_max_body_size=MOST_BYTES_OF_A_BATCH,
    )
    _hand_over(app, constants)
    clock = ports.clock()
    gate = Gate(
        app.asgi_handler,
        authentication=Authentication(ports.api_keys()),
        rate_limits=ports.rate_limits(),
        idempotency=Idempotency(ports.repeats(), clock),
        clock=clock,
    )
    app.asgi_handler = Edge(gate, encrypted=ports.settings().url.startswith("https:"))
    return app


def actor(request: Request[Any, Any, Any]) -> Actor | None:
    return passage_of(request.scope).actor


def seed(request: Request[Any, Any, Any]) -> UUID | None:
    """Names what this request makes, if it carries an Idempotency-Key."""
    return passage_of(request.scope).seed


def _hand_over(app: Litestar, constants: Mapping[str, Any]) -> None:
    """Litestar resolves two or more dependencies in a task group, which costs a request more than all the rest of it.
    Ours are constants or stand in the scope already, so they are put straight into the handler's arguments.
    """
    of_request: dict[str, Callable[[Scope], Any]] = {
        "actor": lambda scope: passage_of(scope).actor,
        "seed": lambda scope: passage_of(scope).seed,
    }
    for route in app.routes:
        for _, wanted in route.route_handler_map.values() if isinstance(route, HTTPRoute) else ():
            names = {dependency.key for batch in wanted.dependency_batches for dependency in batch}
            if not names <= constants.keys() | of_request.keys():
                continue
            fixed = {name: constants[name] for name in names & constants.keys()}
            asked = [(name, of_request[name]) for name in names & of_request.keys()]
            wanted.dependency_batches = []
            wanted.extractors.append(_filler(fixed, asked))


def _filler(fixed: Mapping[str, Any], asked: list[tuple[str, Callable[[Scope], Any]]]) -> Any:
    async def fill(arguments: dict[str, Any], request: Request[Any, Any, Any]) -> None:
        arguments.update(fixed)
        for name, value in asked:
            arguments[name] = value(request.scope)

    return fill


def _closing(ports: Container) -> Callable[[Litestar], Any]:
    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await ports.repeats().close()
            await ports.database().close()

    return running


def _snake(kind: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _always(value: Any) -> Callable[[], Any]:
    return lambda: value
