"""What keeps robots and other sites from using our forms, for people without cookie, account or script (ADR 15).

A page is made with `guard.form(page=…, purpose=…)` under `form` among its values, shown by the macro `form` of
`parts.html`; whoever takes the form in asks `await guard.admit(request, await fields_of(request), …)` first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from litestar import Request, Response
from msgspec import Struct

from adapters.inbound.forms.pages import Page
from adapters.inbound.forms.work import Pressure, proves
from application.access.ports import RateLimits
from application.access.tickets import Ticket, Tickets
from application.ports import Clock
from domain.errors import Invalid
from domain.verification.rationing import network_of

TICKET, WORK, TRAP = "ticket", "work", "website"
_OPEN_FOR = timedelta(hours=2)
_MOST_FIELDS = 200
_LONGEST_FIELD = 5000
_NOBODY = "unknown"
Visit = Request[Any, Any, Any]


class Reason(StrEnum):
    """Why a form is not taken in: show the page once more, filled with what came, and with these words."""

    ELSEWHERE = "elsewhere"  # another site sent it: nothing to say, the person now sees our own page
    STALE = "stale"  # open for too long, or not ours
    TRAPPED = "trapped"  # the field nobody sees was filled


class NotAdmitted(Exception):
    """Nothing may be done with this form."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class TooManyVisits(Exception):
    """So many forms came from this part of the network that the next has to wait; what was written waits with it."""

    def __init__(self, seconds: int, fields: Mapping[str, str]) -> None:
        super().__init__("too many forms")
        self.seconds = seconds
        self.fields = fields


class Form(Struct, frozen=True, kw_only=True):
    """What the macro `form` puts on the page; `written` are the names of the fields a proof of work is bound to."""

    ticket: str
    work: int
    written: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Guard:
    """`work` is the number of zero bits asked for in calm times, 0 for no proof at all. Without a proof (no script) a
    person gets through all the same, but fewer of them at once.
    """

    tickets: Tickets
    clock: Clock
    visits: RateLimits
    visits_without_proof: RateLimits
    url: str
    work: int
    pressure: Pressure = field(default_factory=Pressure)

    def form(self, *, page: str, purpose: str, about: str = "", written: tuple[str, ...] = ()) -> Form:
        now = self.clock.now()
        work = self.work + self.pressure.more_work(now) if self.work else 0
        ticket = Ticket(page=page, purpose=purpose, about=about, until=now + _OPEN_FOR, work=work)
        return Form(ticket=self.tickets.sign(ticket), work=work, written=written)

    async def admit(
        self, request: Visit, fields: Mapping[str, str], *, page: str, purpose: str, written: tuple[str, ...] = ()
    ) -> Ticket:
        """Raises NotAdmitted, TooManyVisits. Looks at nothing that differs from one address to another."""
        now = self.clock.now()
        ticket = self.tickets.read(fields.get(TICKET, ""))
        if came_from(request, self.url) is Site.ANOTHER:
            raise NotAdmitted(Reason.ELSEWHERE)
        if ticket is None or (ticket.page, ticket.purpose) != (page, purpose) or ticket.until <= now:
            # A form of another site carries no ticket, and an old browser does not say where it was sent from.
            raise NotAdmitted(Reason.STALE if TICKET in fields else Reason.ELSEWHERE)
        if fields.get(TRAP):
            raise NotAdmitted(Reason.TRAPPED)
        self.pressure.note(now)
        await self._count(request, fields, proven=self._proven(ticket, fields, written))
        return ticket

    def _proven(self, ticket: Ticket, fields: Mapping[str, str], written: tuple[str, ...]) -> bool:
        texts = [fields.get(name, "") for name in written]
        return ticket.work > 0 and proves(fields[TICKET], texts, fields.get(WORK, ""), ticket.work)

    async def _count(self, request: Visit, fields: Mapping[str, str], *, proven: bool) -> None:
        """Raises TooManyVisits."""
        limits, kind = (self.visits, "proven") if proven else (self.visits_without_proof, "unproven")
        host = request.client.host if request.client else _NOBODY
        allowance = await limits.take(f"{kind}:{self.tickets.alias(_network(host))}", self.clock.now())
        if not allowance.allowed:
            raise TooManyVisits(allowance.reset, fields)


async def fields_of(request: Visit) -> dict[str, str]:
    """What was written into a form, the last of each name. Nothing, where it cannot be read."""
    if request.content_type[0] != "application/x-www-form-urlencoded":
        return {}
    text = (await request.body()).decode("utf-8", "replace").replace("\0", "")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: value.replace("\0", "")[:_LONGEST_FIELD] for name, value in pairs}


class Site(StrEnum):
    OURS = "ours"
    ANOTHER = "another"
    UNTOLD = "untold"


def came_from(request: Visit, url: str) -> Site:
    """Where the browser says a form was sent from (Fetch Metadata; else `Origin`, which our own pages leave empty
    because they send no referrer).
    """
    told = request.headers.get("sec-fetch-site")
    if told is not None:
        return Site.OURS if told in {"same-origin", "none"} else Site.ANOTHER
    origin = request.headers.get("origin", "null")
    if origin == "null":
        return Site.UNTOLD
    ours = urlsplit(url)
    return Site.OURS if origin.lower() == f"{ours.scheme}://{ours.netloc}".lower() else Site.ANOTHER


def _network(host: str) -> str:
    """Behind a socket of its own a server may be told no address at all: then everybody shares one limit."""
    try:
        return network_of(host.partition("%")[0])
    except Invalid:
        return _NOBODY


def busy(request: Visit, error: Exception) -> Response[bytes]:
    """The page for TooManyVisits, among a controller's `exception_handlers`."""
    seconds, fields = (error.seconds, error.fields) if isinstance(error, TooManyVisits) else (60, {})
    response = Page.to(request, name="busy", status=429, values={"fields": fields}).response()
    response.headers["Retry-After"] = str(seconds)
    return response
