"""What handlers are given beside what the request holds: use cases, queries, who asks, and the seed of what is made."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
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


def declared(names: Iterable[str]) -> dict[str, Provide]:
    """For Litestar to know the names; what they stand for is handed over by `Arguments`."""
    return {
        "actor": Provide(actor, sync_to_thread=False),
        "seed": Provide(seed, sync_to_thread=False),
        **{name: _Given(_nothing_yet, sync_to_thread=False) for name in names},
    }


class Arguments:
    """What the handlers of an application are given.

    Litestar resolves two or more dependencies in a task group, which costs a request more than all the rest of it.
    Ours are constants or stand in the scope already, so they are put straight into the handler's arguments.
    """

    def __init__(self, app: Litestar) -> None:
        self._fixed: list[tuple[set[str], dict[str, Any]]] = []
        for route in (route for route in app.routes if isinstance(route, HTTPRoute)):
            _tell_all_methods(route)
            for _, wanted in route.route_handler_map.values():
                names = {dependency.key for batch in wanted.dependency_batches for dependency in batch}
                asked = [(name, _OF_REQUEST[name]) for name in names & _OF_REQUEST.keys()]
                known = {parameter.field_alias for parameter in wanted.expected_query_params}
                fixed: dict[str, Any] = {}
                self._fixed.append((names - _OF_REQUEST.keys(), fixed))
                wanted.dependency_batches = []
                wanted.extractors.append(_filler(fixed, asked, known if route.path.startswith(PREFIX) else None))

    def hand_over(self, constants: Mapping[str, Any]) -> None:
        """From now on it is these. Raises KeyError for what a handler names and nobody gives."""
        for names, fixed in self._fixed:
            fixed.update({name: constants[name] for name in names})


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


def _nothing_yet() -> None:
    raise LookupError("Nothing was handed over.")
