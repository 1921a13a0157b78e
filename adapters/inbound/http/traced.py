"""One span for each request, around the edge, and only where traces are wanted."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from opentelemetry.trace import SpanKind

from adapters.inbound.http.passage import TRACE
from adapters.tracing import failed, trace_id_of, tracing

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Traced:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A caller's traceparent is taken up, so that their trace goes on here."""
        if scope["type"] != ScopeType.HTTP or not tracing.on:
            await self._app(scope, receive, send)
            return
        said = next((value for name, value in scope["headers"] if name == b"traceparent"), b"")
        method = scope["method"] if scope["method"] in _METHODS else "_OTHER"
        with tracing.span(method, kind=SpanKind.SERVER, parent=said.decode("latin-1") or None) as span:
            scope["state"][TRACE] = trace_id_of(span)
            status = 0

            async def heard(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                await send(message)

            await self._app(scope, receive, heard)
            route = scope.get("path_template") or "unmatched"
            span.update_name(f"{method} {route}")
            span.set_attribute("http.request.method", method)
            span.set_attribute("http.route", route)
            span.set_attribute("http.response.status_code", status)
            if status >= 500:
                failed(span, str(status))
