"""Pages a person meets: small, without cookie, readable on any phone and by any screen reader, with script or without.

`Page.to(request, name="…", values={…}).response()` is all a handler needs.
"""

import traceback
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import get
from litestar.types import HTTPScope
from msgspec import Struct

from adapters.inbound.forms.texts import LANGUAGES, SOURCE, Texts, chosen, phrase
from domain.errors import Unavailable

_FOLDER = Path(__file__).parent / "templates"
STYLE_PATH, SCRIPT_PATH = "/pages/page.css", "/pages/work.js"
# In this order: what comes later has the last word.
_STYLE = b"\n".join((_FOLDER / f"{name}.css").read_bytes() for name in ("ground", "controls", "remarks"))
_SCRIPT = (_FOLDER / "work.js").read_bytes()
NOWHERE, OURS = "'none'", "'self'"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Vary": "Accept-Language",
    # A page about somebody's link belongs in no index.
    "X-Robots-Tag": "noindex, nofollow",
}
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
# What a channel brings, in the middle of a sentence.
_KINDS = {"sms": phrase("text messages"), "email": phrase("emails")}
# Whoever comes there gets no messages from us: how to stop them is nothing to them.
_STAFF = "/admin/"
_log = structlog.get_logger("forms")


def environment(texts: Texts) -> Environment:
    """One for each language, so that a macro needs no context to find its words."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "say": texts.say,
        "say_many": texts.say_many,
        "kind": lambda channel: texts.say(_KINDS[channel]),
        "language": texts.language,
        "direction": texts.direction,
        "languages": list(LANGUAGES.values()),
        "style": f"{STYLE_PATH}?v={sha256(_STYLE).hexdigest()[:12]}",
        "script": f"{SCRIPT_PATH}?v={sha256(_SCRIPT).hexdigest()[:12]}",
    }
    return made


_environments: Mapping[str, Environment] = {language: environment(texts) for language, texts in LANGUAGES.items()}


class Look(Struct, frozen=True, kw_only=True):
    """How a sender's pages look: the addresses of its style sheet and of its logo, where it has them."""

    name: str
    style: str = ""
    logo: str = ""
    width: int = 0
    height: int = 0


class Page(Struct, frozen=True, kw_only=True):
    """`choice` offers the other languages: on a page that can be asked for again. `frame_ancestors` says
    which sites may show the page in a frame (CSP); none, but for a form that is meant for it. `connect` says whom its
    script may ask.
    """

    name: str
    status: int = 200
    values: dict[str, Any] = {}
    language: str = SOURCE
    choice: bool = False
    look: Look | None = None
    frame_ancestors: str = NOWHERE
    connect: str = NOWHERE

    @classmethod
    def to(cls, request: Request[Any, Any, Any], **fields: Any) -> Self:
        """In the language of whoever asks."""
        return cls(language=language_of(request), choice=request.method in {"GET", "HEAD"}, **fields)

    def response(self) -> Response[bytes]:
        template = _environments[self.language].get_template(f"{self.name}.html")
        body = template.render(self.values, choice=self.choice, look=self.look).encode()
        headers = {
            **_HEADERS,
            "Content-Language": self.language,
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
                f"base-uri 'none'; frame-ancestors {self.frame_ancestors}"
                f"{'' if self.connect == NOWHERE else f'; connect-src {self.connect}'}"
            ),
        }
        return Response(body, status_code=self.status, headers=headers, media_type="text/html")


def language_of(request: Request[Any, Any, Any]) -> str:
    return chosen(request.query_params.get("lang"), request.headers.get("accept-language"))


@get(SCRIPT_PATH, include_in_schema=False)
async def script() -> Response[bytes]:
    return Response(_SCRIPT, headers=KEPT, media_type="text/javascript")


@get(STYLE_PATH, include_in_schema=False)
async def style() -> Response[bytes]:
    """Its address changes with it, so it may be kept for ever."""
    return Response(_STYLE, headers=KEPT, media_type="text/css")


def crowded(scope: HTTPScope) -> tuple[Mapping[str, str], bytes]:
    """Headers and body for whoever came with too many others; it says how to stop messages all the same."""
    response = _later(Request(scope), 429)
    return {**response.headers, "Content-Type": "text/html; charset=utf-8"}, response.content


def trouble(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Whatever goes wrong, the page says how to stop messages all the same."""
    if isinstance(error, Unavailable):
        status = 503
    elif isinstance(error, HTTPException):
        status = error.status_code
    else:
        status = 500
        # The kind and the place, never the message: that may quote what a person sent.
        frames = traceback.extract_tb(error.__traceback__)[-12:]
        _log.error("unexpected", kind=type(error).__qualname__, at=[f"{one.filename}:{one.lineno}" for one in frames])
    return _later(request, status)


def _later(request: Request[Any, Any, Any], status: int) -> Response[bytes]:
    name = "staff_later" if request.scope["path"].startswith(_STAFF) else "trouble"
    return Page.to(request, name=name, status=status).response()
