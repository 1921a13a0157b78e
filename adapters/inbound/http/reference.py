"""The reference at `/docs`: every file it needs is served here, none from another host."""

from html import escape
from importlib.resources import files

from litestar import Response, Router, get
from litestar.datastructures import ResponseHeader
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from adapters.inbound.http.problems import catalogue

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_FILES = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "start.js": "text/javascript",
}
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
{head}</head>
<body>
{body}
</body>
</html>
"""


@get("/", media_type="text/html")
async def reference() -> str:
    head = '<link rel="stylesheet" href="/docs/files/swagger-ui.css">\n' + "".join(
        f'<script src="/docs/files/{name}" defer></script>\n' for name in ("swagger-ui-bundle.js", "start.js")
    )
    body = (
        '<main id="reference"></main>\n<noscript><p>The reference needs JavaScript; '
        '<a href="/docs/openapi.json">the OpenAPI description</a> does not.</p></noscript>'
    )
    return _PAGE.format(title="OptIn Manager API", head=head, body=body)


@get("/files/{name:str}")
async def file(name: FromPath[str]) -> Response[bytes]:
    if name not in _FILES:
        raise NotFoundException
    content = files("adapters.inbound.http").joinpath("docs", name).read_bytes()
    return Response(content, media_type=_FILES[name], headers={"Cache-Control": "public, max-age=3600"})


@get("/problems", media_type="text/html")
async def problems() -> str:
    rows = "\n".join(
        f'<tr><td><a href="/docs/problems/{code}">{code}</a></td><td>{status}</td><td>{escape(title)}.</td></tr>'
        for code, (status, title) in catalogue().items()
    )
    body = f"<h1>Problems</h1>\n<table>\n<tr><th>code</th><th>status</th><th>means</th></tr>\n{rows}\n</table>"
    return _PAGE.format(title="Problems", head="", body=body)


@get("/problems/{code:str}", media_type="text/html")
async def problem(code: FromPath[str]) -> str:
    """Where the `type` of a problem leads."""
    found = catalogue().get(code)
    if found is None:
        raise NotFoundException
    status, title = found
    body = f"<h1>{code}</h1>\n<p>{escape(title)}.</p>\n<p>HTTP status {status}.</p>"
    return _PAGE.format(title=code, head="", body=body)


def reference_router() -> Router:
    return Router(
        "/docs",
        route_handlers=[reference, file, problems, problem],
        response_headers=[ResponseHeader(name="Content-Security-Policy", value=_POLICY)],
        include_in_schema=False,
    )
