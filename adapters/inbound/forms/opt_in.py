"""The hosted sign-up form `/f/{program}`: read, tick, send. Only a POST changes anything.

What was typed comes back where something is wrong, and never stands in a URL. Every address gets the same pages.
"""

from ipaddress import ip_address
from typing import Any

from litestar import Controller, HttpMethod, Request, Response, post, route
from litestar.params import FromPath
from msgspec.structs import replace

from adapters.inbound.forms import opt_in_pages as pages
from adapters.inbound.forms.guard import TICKET, NotAdmitted, TooManyVisits, busy
from adapters.inbound.forms.opt_in_pages import FORM_PAGE, WRITTEN, FormSite
from adapters.inbound.forms.pages import trouble
from adapters.inbound.forms.reading import READABLE, read_form
from adapters.inbound.forms.wording import PATH
from adapters.inbound.injected import Injected
from adapters.inbound.together import Together
from application.forms.filling import Filled, read
from application.forms.opt_in import AskToConfirm, SendForm
from application.forms.underway import Underway
from application.ports import Clock
from application.verification.verification import Started
from domain.addresses import Channel
from domain.forms import NoSuchForm, Shown, Visit
from domain.verification.challenge import NoProgramForCodes

_READING = [HttpMethod.GET, HttpMethod.HEAD]
_LONGEST_AGENT = 500
Asked = Request[Any, Any, Any]


class AskTogether:
    """Forms that arrive together share one commit: the wish to wake a worker makes commits wait for one another."""

    def __init__(self, ask_to_confirm: AskToConfirm) -> None:
        self._together: Together[SendForm, dict[Channel, Started]] = Together(ask_to_confirm, at_once=1)

    async def __call__(self, command: SendForm) -> dict[Channel, Started]:
        """Raises NoProgramForCodes."""
        return await self._together(command)


class OptInPages(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = {
        NoSuchForm: pages.closed,
        NoProgramForCodes: pages.closed,
        TooManyVisits: busy,
        Exception: trouble,
    }

    @route("/", http_method=_READING)
    async def nothing(self, request: Asked) -> Response[bytes]:
        return pages.closed(request, NoSuchForm("A form has a name."))

    @route("/{slug:str}", http_method=_READING)
    async def form(self, request: Asked, form_site: Injected[FormSite], slug: FromPath[str]) -> Response[bytes]:
        return pages.blank_page(await form_site.scene(request, slug))

    @post("/{slug:str}", status_code=200)
    async def send(
        self,
        request: Asked,
        form_site: Injected[FormSite],
        ask_together: Injected[AskTogether],
        slug: FromPath[str],
    ) -> Response[bytes]:
        """Whoever comes from a form on another site sees ours first, filled: here stands what one agrees to."""
        scene, sent = (await form_site.scene(request, slug)).open(), await read_form(request)
        if sent.status != READABLE:
            return pages.unread(scene, sent)
        shown = scene.shown
        try:
            ticket = await form_site.guard.admit(
                request, sent.fields, page=FORM_PAGE, purpose=shown.form, written=WRITTEN
            )
        except NotAdmitted as refusal:
            return pages.not_admitted(scene, sent, refusal.reason)
        if ticket.about != shown.hash:
            return pages.changed(scene, sent.fields)
        filled = read(sent.fields, shown, country=scene.country)
        if wrong := pages.mistakes(scene, sent, filled):
            return wrong
        underway = _underway(shown, filled, sent.fields[TICKET], visit(request, form_site.clock))
        started = await ask_together(underway.command(shown))
        underway = replace(underway, challenges={channel: one.id for channel, one in started.items()})
        return pages.code_page(scene, underway)


def visit(request: Asked, clock: Clock) -> Visit:
    agent = request.headers.get("user-agent")
    return Visit(at=clock.now(), ip=_ip(request), user_agent=agent[:_LONGEST_AGENT] if agent else None)


def _ip(request: Asked) -> str | None:
    """Behind a socket of its own a server may be told no address at all."""
    try:
        return str(ip_address(request.client.host)) if request.client else None
    except ValueError:
        return None


def _underway(shown: Shown, filled: Filled, ticket: str, submitted: Visit) -> Underway:
    return Underway(
        form=shown.form,
        ticket=ticket,
        shown=shown.hash,
        language=shown.language,
        ticked=filled.ticked,
        addresses={channel: address.value for channel, address in filled.addresses.items()},
        submitted=submitted,
        identity=filled.identity,
    )
