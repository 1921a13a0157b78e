"""What each route needs, declared where it is: `opt={"permission": Permission.…}`, several of them as a tuple, none of
them for what everybody with a key or a session may, `opt={"open": True}` for what nobody has to sign in for. A route
that says nothing is open to nobody.
"""

from collections.abc import Mapping
from typing import Any

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from adapters.inbound.http.passage import passage_of
from domain.access import NotPermitted, Permission

GUARDED = ("/api/", "/admin/api/")


def needed(opt: Mapping[str, Any]) -> tuple[Permission, ...] | None:
    """None where nobody has to sign in. Raises NotPermitted where nothing is said."""
    if opt.get("open"):
        return None
    said = opt.get("permission")
    if said is None:
        raise NotPermitted("This route declares no permission and is open to nobody.")
    return (said,) if isinstance(said, Permission) else tuple(said)


def open_routes(app: Litestar, prefix: str) -> frozenset[tuple[str, str]]:
    """Methods and paths below the prefix that nobody has to sign in for."""
    return frozenset(
        (method, route.path)
        for route in app.routes
        if isinstance(route, HTTPRoute) and route.path.startswith(prefix)
        for handler in route.route_handlers
        if handler.opt.get("open")
        for method in handler.http_methods
    )


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Before anything of the request is read. Raises NotPermitted."""
    scope = connection.scope
    if not scope["path"].startswith(GUARDED) or scope["method"] == "OPTIONS":  # type: ignore[typeddict-item]
        return
    wanted = needed(handler.opt)
    if not wanted:
        return
    actor = passage_of(scope).actor
    if actor is None:
        raise NotPermitted("Sign in first.")
    for permission in wanted:
        actor.must(permission)
