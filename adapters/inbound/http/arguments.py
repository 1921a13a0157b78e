"""What handlers are given beside what the request holds: use cases, queries, who asks, and the seed of what is made."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from litestar import Litestar, Request, Response
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.routes import HTTPRoute
from litestar.types import Scope

from adapters.inbound.http.expectations import problem_at
from adapters.inbound.http.gate import PREFIX
from adapters.inbound.http.passage import passage_of
from adapters.inbound.http.problems import fields_invalid
from domain.access import Actor

_OF_REQUEST: dict[str, Callable[[Scope], Any]] = {
    "actor": lambda scope: passage_of(scope).actor,
    "seed": lambda scope: passage_of(scope).seed,
}


class _Given(Provide):
    """Litestar compares each with every other at every handler, attribute by attribute: most of the start of an
    application of many handlers. No two of ours are the same.
    """

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


def actor(request: Request[Any, Any, Any]) -> Actor | None:
    return passage_of(request.scope).actor


def seed(request: Request[Any, Any, Any]) -> UUID | None:
    """Names what this request makes, if it carries an Idempotency-Key."""
    return passage_of(request.scope).seed


def declared(constants: Mapping[str, Any]) -> dict[str, Provide]:
    """For Litestar to know the names, and to work without `hand_over`."""
    return {
        "actor": Provide(actor, sync_to_thread=False),
        "seed": Provide(seed, sync_to_thread=False),
        **{name: _Given(_always(value), sync_to_thread=False) for name, value in constants.items()},
    }


def hand_over(app: Litestar, constants: Mapping[str, Any]) -> None:
    """Litestar resolves two or more dependencies in a task group, which costs a request more than all the rest of it.
    Ours are constants or stand in the scope already, so they are put straight into the handler's arguments.
    """
    for route in (route for route in app.routes if isinstance(route, HTTPRoute)):
        _tell_all_methods(route)
        for _, wanted in route.route_handler_map.values():
            names = {dependency.key for batch in wanted.dependency_batches for dependency in batch}
            if not names <= constants.keys() | _OF_REQUEST.keys():
                continue
            fixed = {name: constants[name] for name in names & constants.keys()}
            asked = [(name, _OF_REQUEST[name]) for name in names & _OF_REQUEST.keys()]
            known = {parameter.field_alias for parameter in wanted.expected_query_params}
            wanted.dependency_batches = []
            wanted.extractors.append(_filler(fixed, asked, known if route.path.startswith(PREFIX) else None))


def _tell_all_methods(route: HTTPRoute) -> None:
    """Litestar's answer to OPTIONS knows the handler that was registered first, and none of those after it."""
    allow = ", ".join(sorted(route.methods))

    def tell(scope: Scope) -> Response[None]:  # noqa: ARG001
        return Response(None, status_code=204, headers={"Allow": allow})

    if "OPTIONS" in route.route_handler_map:
        route.route_handler_map["OPTIONS"][0]._fn = tell  # type: ignore[assignment]  # noqa: SLF001


def _filler(
    fixed: Mapping[str, Any], asked: list[tuple[str, Callable[[Scope], Any]]], known: set[str] | None
) -> Callable[[dict[str, Any], ASGIConnection[Any, Any, Any, Any]], Awaitable[None]]:
    async def fill(arguments: dict[str, Any], request: ASGIConnection[Any, Any, Any, Any]) -> None:
        scope = request.scope
        if scope["query_string"] and known is not None:
            _require_known(scope["query_string"], known)
        arguments.update(fixed)
        for name, value in asked:
            arguments[name] = value(scope)

    return fill


def _require_known(query: bytes, known: set[str]) -> None:
    """Raises Unprocessable: a filter that is misspelt must not show everything."""
    names = {name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)}
    if unknown := names - known:
        raise fields_invalid(
            tuple(problem_at((name,), "unknown-field", "There is no such parameter here.") for name in sorted(unknown))
        )


def _always(value: Any) -> Callable[[], Any]:
    return lambda: value
