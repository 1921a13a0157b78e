"""The sandbox's phone and inbox for a person to look at: what was handed over; a text can be answered."""

import ipaddress
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Controller, Request, Response, Router, get, post
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import FromQuery
from litestar.response import Redirect

from adapters.inbound.injected import Injected
from application.sandbox.ports import SandboxMessages
from application.sandbox.text_back import TextBack
from domain.addresses import Channel
from domain.errors import Forbidden

_FOLDER = Path(__file__).parent / "templates"
_STYLE = (_FOLDER / "sandbox.css").read_bytes()
_MOST = 100
_TAKEN = {
    "opt_out": "It was read as an opt-out: nothing more goes there.",
    "suspend_and_review": "It may be an opt-out: marketing waits until somebody has read it.",
    "opt_in": "It was read as a START: what needs nothing in writing comes again.",
    "opt_in_confirmed": "It was read as a yes to the open request.",
    "none": "It changes nothing.",
}
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
# The mail in its frame inherits this: no script, no style of its own, and nothing fetched that tells it was read.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
_pages = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_pages.globals["style"] = f"/sandbox/sandbox.css?v={sha256(_STYLE).hexdigest()[:12]}"


class SandboxPageClosed(Forbidden):
    """The sandbox page is closed to this request."""


class SandboxPage(Controller):
    path = "/sandbox"
    include_in_schema = False

    @get("/")
    async def page(
        self,
        sandbox_messages: Injected[SandboxMessages],
        text_back: Injected[TextBack],
        read: FromQuery[str | None] = None,
    ) -> Response[bytes]:
        """Live and test messages alike, the newest first. `read` says how the text just sent was taken."""
        latest = await sandbox_messages.latest(_MOST)
        texts = [message for message in latest if message.channel is Channel.SMS]
        body = _pages.get_template("page.html").render(
            texts=[(message, text_back.ticket(message.message_id)) for message in texts],
            mails=[message for message in latest if message.channel is Channel.EMAIL],
            most=_MOST,
            taken=_TAKEN.get(read or ""),
        )
        return Response(body.encode(), headers=_HEADERS, media_type="text/html")

    @post("/replies", status_code=303)
    async def reply(self, request: Request[Any, Any, Any], text_back: Injected[TextBack]) -> Redirect:
        """Only a form this page made for one of its messages is taken: no other site can send one."""
        form = await request.form()
        received = await text_back.by_ticket(str(form.get("ticket", "")), str(form.get("text", "")))
        return Redirect(f"/sandbox?read={received.effect}", status_code=303)

    @get("/sandbox.css")
    async def style(self) -> Response[bytes]:
        """Its address changes with it, so it may be kept for ever."""
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(_STYLE, headers=kept, media_type="text/css")


def sandbox_routers(setting: Literal["auto", "on", "off"], public_url: str) -> tuple[Router, ...]:
    """What to mount while a sandbox carrier is in use. The page shows messages in clear to whoever may see it, so left
    to itself (`auto`) it is there only where the product lives on the machine one sits at.
    """
    if setting == "off" or (setting == "auto" and not _is_here(urlsplit(public_url).hostname or "")):
        return ()
    return (Router(path="/", route_handlers=[SandboxPage], guards=[admits(everyone=setting == "on")]),)


def admits(*, everyone: bool) -> Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], None]:
    """Everyone, or only who asks from this very machine: not through a proxy, and not under a name from elsewhere,
    which a page on the web could point here (DNS rebinding).
    """

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        """Raises SandboxPageClosed."""
        if everyone:
            return
        asked = urlsplit(f"//{connection.headers.get('host', '')}").hostname or ""
        caller = connection.client.host if connection.client else ""
        forwarded = any(name in connection.headers for name in _FORWARDED)
        if forwarded or not (_is_here(asked) and _is_here(caller)):
            raise SandboxPageClosed(
                "The sandbox page is for this machine only. Ask GET /api/v1/sandbox/messages with an API key, or let "
                "everyone see it with OPTIN_SANDBOX_PAGE=on."
            )

    return guard


def _is_here(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
