"""The Litestar application: controllers on one side, use cases on the other, names in between."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, Literal, Self, TypeAlias

from dependency_injector.containers import Container
from litestar import Litestar
from litestar.types import ASGIApp, ControllerRouterHandler
from msgspec import Struct

from adapters.inbound.admin.account import AccountController
from adapters.inbound.admin.company import CompanyController, CompanyPages
from adapters.inbound.admin.operators import OperatorsController
from adapters.inbound.admin.sessions import SessionsController
from adapters.inbound.callbacks.twilio import TwilioCallbacks
from adapters.inbound.callbacks.twilio_inbound import TwilioInbound, TwilioKeywords
from adapters.inbound.forms.brands import BrandFiles
from adapters.inbound.forms.links import ConfirmPages, UnsubscribePages
from adapters.inbound.forms.one_time_links import OneTimeLinkPages
from adapters.inbound.forms.opt_in import OptInPages
from adapters.inbound.forms.opt_in_confirm import OptInCodePages, OptInLinkPages
from adapters.inbound.forms.pages import crowded, script, style
from adapters.inbound.forms.preferences import PreferencePages
from adapters.inbound.forms.preferences_links import PreferenceLinks
from adapters.inbound.http.answers import StructResponse
from adapters.inbound.http.arguments import Arguments, declared
from adapters.inbound.http.audit import AuditController, CheckpointsController
from adapters.inbound.http.authentication import Authentication
from adapters.inbound.http.bodies import JsonRequest
from adapters.inbound.http.campaigns import CampaignsController
from adapters.inbound.http.consents import ConsentsController
from adapters.inbound.http.contacts import ContactsController
from adapters.inbound.http.crowds import Crowds
from adapters.inbound.http.decisions import DecisionsController
from adapters.inbound.http.edge import MOST_BYTES_OF_A_BATCH, Edge
from adapters.inbound.http.forms import FormsController
from adapters.inbound.http.gate import STAFF, Gate
from adapters.inbound.http.health import live, ready
from adapters.inbound.http.idempotency import Idempotency
from adapters.inbound.http.keys import KeysController
from adapters.inbound.http.messages import MessagesController
from adapters.inbound.http.metrics import metrics
from adapters.inbound.http.openapi import schema_config
from adapters.inbound.http.permissions import guard, open_routes
from adapters.inbound.http.problems import HANDLERS
from adapters.inbound.http.programs import ProgramsController
from adapters.inbound.http.proofs import ProofsController
from adapters.inbound.http.reference import reference_router
from adapters.inbound.http.replies import RepliesController
from adapters.inbound.http.restricted_evidence import RestrictedEvidenceController
from adapters.inbound.http.retention import RetentionController
from adapters.inbound.http.rights_requests import RightsRequestsController
from adapters.inbound.http.rights_steps import RightsStepsController
from adapters.inbound.http.rules import RulesController
from adapters.inbound.http.sandbox import SandboxController
from adapters.inbound.http.senders import SendersController
from adapters.inbound.http.session_cookies import SessionCookies
from adapters.inbound.http.settings import EmailSettingsController, SmsSettingsController
from adapters.inbound.http.templates import TemplatesController
from adapters.inbound.http.traced import Traced
from adapters.inbound.http.verifications import VerificationsController
from adapters.inbound.sandbox.page import sandbox_routers
from adapters.tracing import tracing
from application.operators.sessions import KnowSession
from bootstrap.logs import configure_logs
from bootstrap.settings import Settings
from bootstrap.use_cases import snake

VERSION = "0.1.0"
Running: TypeAlias = Callable[[Litestar], AbstractAsyncContextManager[None]]
CONTROLLERS: tuple[ControllerRouterHandler, ...] = (
    SendersController,
    ProgramsController,
    FormsController,
    ContactsController,
    CampaignsController,
    TemplatesController,
    ConsentsController,
    ProofsController,
    AuditController,
    CheckpointsController,
    DecisionsController,
    RulesController,
    MessagesController,
    RepliesController,
    RightsRequestsController,
    RightsStepsController,
    RestrictedEvidenceController,
    VerificationsController,
    SandboxController,
    KeysController,
    SmsSettingsController,
    EmailSettingsController,
    RetentionController,
    SessionsController,
    AccountController,
    OperatorsController,
    CompanyController,
    CompanyPages,
    OneTimeLinkPages,
    UnsubscribePages,
    ConfirmPages,
    PreferencePages,
    PreferenceLinks,
    OptInPages,
    OptInCodePages,
    OptInLinkPages,
    style,
    script,
    BrandFiles,
)
# Ports that controllers ask themselves, because a use case would only pass the question on.
QUERIES = (
    "health",
    "api_key_queries",
    "company",
    "sender_queries",
    "brand_queries",
    "looks",
    "program_queries",
    "contact_queries",
    "campaign_queries",
    "template_queries",
    "sandbox_messages",
    "tokens",
    "link_queries",
    "clock",
    "guard",
    "frame_ancestors",
    "form_site",
    "form_queries",
    "form_words",
    "visits",
)


def create_app(
    ports: Container,
    use_cases: Mapping[type, Any],
    controllers: tuple[ControllerRouterHandler, ...] = CONTROLLERS,
    lifespan: Sequence[Running] = (),
) -> Litestar:
    layout = Layout.of(ports.settings(), names_behind(use_cases), controllers)
    return lay_out(layout).open(ports, use_cases, lifespan)


def names_behind(use_cases: Iterable[type]) -> frozenset[str]:
    """What handlers may ask for."""
    return frozenset({*map(snake, use_cases), *QUERIES, "session_cookies", "twilio_signature", "twilio_keywords"})


class Layout(Struct, frozen=True, kw_only=True):
    """What routes there are, and the names of what works behind them."""

    names: frozenset[str]
    controllers: tuple[ControllerRouterHandler, ...]
    sandbox: tuple[Literal["auto", "on", "off"], str] | None
    twilio: bool

    @classmethod
    def of(cls, settings: Settings, names: frozenset[str], controllers: tuple[ControllerRouterHandler, ...]) -> Self:
        return cls(
            names=names,
            controllers=controllers,
            sandbox=(settings.sandbox_page, settings.url) if settings.sandboxed else None,
            twilio=settings.sms_carrier != "sandbox",
        )


def lay_out(layout: Layout) -> "Site":
    controllers = layout.controllers
    if layout.sandbox:
        controllers = (*controllers, *sandbox_routers(*layout.sandbox))
    if layout.twilio:
        controllers = (*controllers, TwilioCallbacks, TwilioInbound)
    return Site([*controllers, live, ready, metrics], layout.names)


class Site:
    """An application whose routes are known and behind which nothing works until somebody opens it."""

    def __init__(self, handlers: Sequence[ControllerRouterHandler], names: Iterable[str]) -> None:
        self._lifespan: Sequence[Running] = ()
        self._app = Litestar(
            handlers,
            dependencies=declared(names),
            guards=[guard],
            exception_handlers=HANDLERS,
            lifespan=[self._running],
            logging_config=None,
            openapi_config=schema_config(VERSION, reference_router()),
            request_class=JsonRequest,
            response_class=StructResponse,
            request_max_body_size=MOST_BYTES_OF_A_BATCH,
        )
        self._routed = self._app.asgi_handler
        self._arguments = Arguments(self._app)

    def open(self, ports: Container, use_cases: Mapping[type, Any], lifespan: Sequence[Running] = ()) -> Litestar:
        """Behind its routes stand from now on these."""
        configure_logs()
        settings = ports.settings()
        session_cookies = SessionCookies(use_cases[KnowSession], settings.url)
        self._arguments.hand_over({**_constants(ports, use_cases), "session_cookies": session_cookies})
        self._lifespan = [_closing(ports), *lifespan]
        gate = _gate(self._app, self._routed, ports, session_cookies)
        edge = Edge(
            gate,
            encrypted=settings.url.startswith("https:"),
            proxies=settings.proxies,
            crowded=crowded,
            body_seconds=settings.body_seconds,
        )
        self._app.asgi_handler = Traced(edge) if settings.otlp_endpoint else edge
        return self._app

    @asynccontextmanager
    async def _running(self, app: Litestar) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for running in self._lifespan:
                await stack.enter_async_context(running(app))
            yield


def _constants(ports: Container, use_cases: Mapping[type, Any]) -> dict[str, Any]:
    settings = ports.settings()
    constants = {snake(kind): use_case for kind, use_case in use_cases.items()}
    constants |= {name: ports.providers[name]() for name in QUERIES}
    if settings.sms_carrier != "sandbox":
        constants["twilio_signature"] = ports.twilio_signature()
        constants["twilio_keywords"] = TwilioKeywords(answered_by_twilio=settings.twilio_keywords == "twilio")
    return constants


def _gate(app: Litestar, routed: ASGIApp, ports: Container, session_cookies: SessionCookies) -> Gate:
    clock = ports.clock()
    return Gate(
        routed,
        authentication=Authentication(ports.api_keys()),
        session_cookies=session_cookies,
        rate_limits=ports.rate_limits(),
        operator_limits=ports.operator_limits(),
        crowds=Crowds(visitors=ports.visitor_limits(), wide=ports.rate_limits(), alias=ports.tickets().alias),
        idempotency=Idempotency(ports.repeats(), clock),
        clock=clock,
        open_to_all=open_routes(app, STAFF),
    )


def trace(settings: Settings) -> None:
    """From here on, if traces are wanted."""
    if settings.otlp_endpoint:
        tracing.begin(settings.otlp_endpoint, VERSION)


def _closing(ports: Container) -> Callable[[Litestar], Any]:
    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        try:
            async with ports.erasure_news().heard():
                yield
        finally:
            await ports.repeats().close()
            await ports.database().close()
            await asyncio.to_thread(tracing.end)

    return running
