"""The description of the API: what Litestar reads off the handlers, and what the habits of this API add to each."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_origin

import msgspec
from litestar import Request
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme, Tag
from litestar.response import Response
from litestar.router import Router
from litestar.routes import HTTPRoute
from litestar.types import Method
from litestar.types.internal_types import PathParameterDefinition

from adapters.inbound.http.gate import STAFF
from adapters.inbound.http.permissions import needed
from adapters.inbound.http.problems import MEDIA_TYPE, Problem
from domain.access import Permission

_SCHEMAS = "#/components/schemas/"
_CHANGES = frozenset({"post", "patch", "put", "delete"})
_WORDS = {
    "400": "The request cannot be read.",
    "401": "No usable API key, and no session.",
    "403": "The key or the role lacks the scope this needs.",
    "404": "The thing named does not exist, or not for this key.",
    "409": "Not in the present state; or the same request is still being answered.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "422": "This can never work as written; `errors` names every field that is wrong.",
    "429": "Too many requests; `Retry-After` says when to go on.",
    "500": "Something went wrong here; it is logged under the request id.",
    "503": "Something this depends on does not answer; try again soon.",
}
_BYTES = {"type": "string", "format": "binary"}
_SUCCESSES = {"200": "Done.", "201": "Made.", "202": "Taken; it happens soon.", "204": "Done."}
_HEADERS = {
    "X-Request-Id": ("string", "The id this request has in the log."),
    "RateLimit-Limit": ("integer", "How often this key may ask in a minute."),
    "RateLimit-Remaining": ("integer", "How often it may still."),
    "RateLimit-Reset": ("integer", "In how many seconds it may as often as ever."),
}
_EXAMPLE = {
    "type": "/docs/problems/fields-invalid",
    "title": "The request cannot work as written",
    "status": 422,
    "code": "fields-invalid",
    "detail": "One field is wrong.",
    "request_id": "0193a7b2-7c4e-7d3a-9f10-2b1c3d4e5f60",
    "errors": [{"field": "channel", "code": "wrong-value", "message": "Use one of: sms, email."}],
}


def schema_config(version: str, router: Router) -> OpenAPIConfig:
    return OpenAPIConfig(
        title="OptIn Manager",
        version=version,
        description="Sends SMS and email only to people who agreed, and can prove it.",
        tags=[Tag(name=name, description=text) for name, text in _TAGS.items()],
        components=Components(
            security_schemes={
                "key": SecurityScheme(
                    type="http", scheme="bearer", description="An API key: `om_live_…`, or `om_test_…` among test data."
                ),
                "session": SecurityScheme(
                    type="apiKey",
                    security_scheme_in="cookie",
                    name="__Host-optin",
                    description="An operator's session; what changes anything also needs X-CSRF-Token.",
                ),
            }
        ),
        security=[{"key": []}],
        operation_id_creator=_operation_id,
        use_handler_docstrings=True,
        render_plugins=[PublishedSchema()],
        openapi_router=router,
    )


def _operation_id(handler: HTTPRouteHandler, method: Method, path: list[str | PathParameterDefinition]) -> str:  # noqa: ARG001
    return str(handler.fn.__name__)


_TAGS = {
    "senders": "The identity a message goes out under.",
    "programs": "What one opts in to.",
    "templates": "What messages say, by version.",
    "contacts": "Whom messages go to.",
    "consents": "Where a contact stands with a program.",
    "messages": "Sending, and what became of it.",
    "rights": "What people ask about their data, and what is kept when they were erased.",
    "replies": "What people wrote back, and what waits to be read.",
    "settings": "What the providers of messages ask for.",
    "proof": "What shows that somebody agreed, and that nobody changed it.",
    "audit": "Who did or saw what, and the signed roots over it.",
    "decisions": "What would happen, and why.",
    "rules": "The law as the product knows it.",
    "verifications": "Codes that prove an address.",
    "campaigns": "Occasions to send.",
    "sandbox": "The fake phone.",
    "retention": "How long records are kept, what goes, and what is held.",
    "keys": "What programs of yours sign in with.",
    "sessions": "Operators signing in, and staying so.",
    "account": "What operators do about their own account.",
    "operators": "Who works here, and what they may.",
}


class PublishedSchema(OpenAPIRenderPlugin):
    """Built once; the same bytes ever after."""

    def __init__(self) -> None:
        super().__init__(path="/openapi.json", media_type=MediaType.JSON)
        self._bytes = b""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        if not self._bytes:
            handlers = [
                handler
                for route in request.app.routes
                if isinstance(route, HTTPRoute)
                for handler in route.route_handlers
                if handler.resolve_include_in_schema()
            ]
            self._bytes = msgspec.json.encode(completed(openapi_schema, handlers))
        return self._bytes


def completed(schema: dict[str, Any], handlers: Sequence[HTTPRouteHandler]) -> dict[str, Any]:
    """What is read and answered is described by msgspec, which also does the reading and answering."""
    bodies = {handler.fn.__name__: field.annotation for handler in handlers if (field := handler.parsed_data_field)}
    answers = {handler.fn.__name__: handler.parsed_return_field.annotation for handler in handlers}
    kinds = [*bodies.values(), *(kind for kind in answers.values() if not _is_file(kind))]
    described, components = msgspec.json.schema_components([Problem, *kinds], ref_template=f"{_SCHEMAS}{{name}}")
    shapes = dict(zip(map(repr, [Problem, *kinds]), described, strict=True))
    examples = {handler.fn.__name__: handler.opt.get("example") for handler in handlers}
    needs = {handler.fn.__name__: needed(handler.opt) for handler in handlers}
    for path, method, operation in _operations(schema):
        name = operation["operationId"]
        operation["summary"] = name.replace("_", " ").capitalize()
        if "requestBody" in operation:
            body = operation["requestBody"]["content"]["application/json"]
            body["schema"] = shapes[repr(bodies[name])]
            body["example"] = examples[name]
        for status, response in operation["responses"].items():
            response["description"] = _SUCCESSES.get(status, "")
            response["headers"] = {header: {"$ref": f"#/components/headers/{header}"} for header in _HEADERS}
            for content in response.get("content", {}).values():
                content["schema"] = _BYTES if _is_file(answers[name]) else shapes[repr(answers[name])]
        _complete(path, method, operation)
        _protect(path, method, operation, needs[name])
    return _assembled(schema, components)


def _is_file(kind: Any) -> bool:
    """An answer that is bytes, and no struct."""
    bare = get_origin(kind) or kind
    return isinstance(bare, type) and issubclass(bare, Response)


def _assembled(schema: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    mine = schema.setdefault("components", {})
    for name, component in mine.get("schemas", {}).items():
        components.setdefault(name, component)
    mine["schemas"] = components
    mine["responses"] = {status: _refusal(words) for status, words in _WORDS.items()}
    mine["parameters"] = {
        "IdempotencyKey": _IDEMPOTENCY_KEY,
        "RequestId": _REQUEST_ID,
        "CsrfToken": _CSRF_TOKEN,
        "Mode": _MODE,
    }
    mine["headers"] = {
        name: {"description": words, "schema": {"type": kind}} for name, (kind, words) in _HEADERS.items()
    }
    while unused := components.keys() - set(re.findall(rf'"{_SCHEMAS}([^"]+)"', msgspec.json.encode(schema).decode())):
        for name in unused:
            del components[name]
    return schema


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in schema.get("paths", {}).items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                yield path, method, operation


def _protect(path: str, method: str, operation: dict[str, Any], needs: tuple[Permission, ...] | None) -> None:
    """Who may call it: `x-permission` lists what they need, or says `open`."""
    operation["x-permission"] = "open" if needs is None else list(needs)
    if needs is None:
        operation["security"] = []
        return
    staff = path.startswith(STAFF)
    operation["security"] = [{"session": []}] if staff else [{"key": []}, {"session": []}]
    if method != "get" and staff:
        operation["parameters"].append({"$ref": "#/components/parameters/CsrfToken"})
    if not staff:
        operation["parameters"].append({"$ref": "#/components/parameters/Mode"})


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    refusals = {"400", "401", "403", "404", "422", "429", "500", "503"}
    if method in _CHANGES:
        refusals |= {"409", "413"}
        if "requestBody" in operation:
            refusals.add("415")
    for status in sorted(refusals):
        operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}
    parameters = operation.setdefault("parameters", [])
    parameters.append({"$ref": "#/components/parameters/RequestId"})
    if method in _CHANGES and not path.startswith(STAFF):
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})


def _refusal(words: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": _EXAMPLE}},
    }


_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key with the same request gets the same answer for 24 hours, and has one effect.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}
_CSRF_TOKEN = {
    "name": "X-CSRF-Token",
    "in": "header",
    "required": True,
    "description": "The session's `csrf_token`: what another site cannot know.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
}
_MODE = {
    "name": "OptIn-Mode",
    "in": "header",
    "description": "With a session, the world that is meant; a key has its own.",
    "schema": {"type": "string", "enum": ["live", "test"], "default": "test"},
}
_REQUEST_ID = {
    "name": "X-Request-Id",
    "in": "header",
    "description": "Comes back with the answer and stands in the log, if it is up to 128 letters, digits, . _ or -.",
    "schema": {"type": "string"},
}
