"""Pages a person meets: small, without script or cookie, readable on any phone and by any screen reader."""

import traceback
from hashlib import sha256
from pathlib import Path
from typing import Any

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import get
from msgspec import Struct

from adapters.inbound.forms.texts import LANGUAGE, say
from domain.errors import Unavailable

_FOLDER = Path(__file__).parent / "templates"
_STYLE = (_FOLDER / "page.css").read_bytes()
STYLE_PATH = "/pages/page.css"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    # A page about somebody's link belongs in no index.
    "X-Robots-Tag": "noindex, nofollow",
}
_log = structlog.get_logger("forms")
_pages = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_pages.globals |= {
    "say": say,
    "language": LANGUAGE,
    "style": f"{STYLE_PATH}?v={sha256(_STYLE).hexdigest()[:12]}",
}


class Page(Struct, frozen=True, kw_only=True):
    name: str
    status: int = 200
    values: dict[str, Any] = {}

    def response(self) -> Response[bytes]:
        body = _pages.get_template(f"{self.name}.html").render(self.values).encode()
        return Response(body, status_code=self.status, headers=_HEADERS, media_type="text/html")


@get(STYLE_PATH, include_in_schema=False)
async def style() -> Response[bytes]:
    """Its address changes with it, so it may be kept for ever."""
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_STYLE, headers=kept, media_type="text/css")


def trouble(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
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
    return Page(name="trouble", status=status).response()
