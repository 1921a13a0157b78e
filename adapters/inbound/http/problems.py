"""Every refusal over HTTP, as RFC 9457 has it; the only place that knows which one is which status."""

import traceback
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap, Scope
from msgspec import Struct

from adapters.inbound.http.expectations import expectation
from adapters.inbound.http.passage import passage_of
from domain.errors import Conflict, DomainError, FieldProblem, Forbidden, Invalid, NotFound, TooOften, Unavailable

MEDIA_TYPE = "application/problem+json"
STATUS: dict[type[DomainError], int] = {
    Invalid: 422,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    TooOften: 429,
    Unavailable: 503,
}
_RETRY_SOON = {"Retry-After": "1"}
_log = structlog.get_logger("http")


class Problem(Struct, frozen=True, kw_only=True):
    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: tuple[FieldProblem, ...] = ()


class Refusal(HTTPException):
    """What HTTP itself forbids, before any use case is asked. `detail` holds no personal data. One of Litestar's own,
    so that a page, which does not know us, answers with the same status.
    """

    status = 400
    title = "The request cannot be read"

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: tuple[FieldProblem, ...] = (),
    ) -> None:
        super().__init__(detail=detail, status_code=self.status)
        self.code = code
        self.headers = dict(headers or {})
        self.errors = errors


class Unreadable(Refusal):
    """The body is not JSON."""


class NotAuthenticated(Refusal):
    status = 401
    title = "No usable API key"


class NotAllowed(Refusal):
    status = 403
    title = "Not from here, or not like this"


class TooSlow(Refusal):
    status = 408
    title = "The body came too slowly"


class TooLarge(Refusal):
    status = 413
    title = "The body is too large"


class WrongMediaType(Refusal):
    status = 415
    title = "The body is not JSON"


class Unprocessable(Refusal):
    status = 422
    title = "The request cannot work as written"


class InFlight(Refusal):
    status = 409
    title = "The same request is being answered"


class TooMany(Refusal):
    status = 429
    title = "Too many requests"


# What Litestar itself refuses: status to code, title and detail.
_FRAMEWORK: dict[int, tuple[str, str, str]] = {
    400: ("malformed-request", "The request cannot be read", "Send well-formed JSON and a well-formed URL."),
    404: ("no-such-route", "Nothing is served here", "See /docs for what is."),
    405: ("method-not-allowed", "Not this method", "The Allow header names the methods that work here."),
    413: ("body-too-large", "The body is too large", "Send less at once: 1 MiB, or 8 MiB to a batch."),
    415: ("unsupported-media-type", "The body is not JSON", "Send the body as application/json."),
    500: ("internal-error", "Something went wrong here", "It is logged under the request id; please tell us that id."),
}


def status_of(error: type[DomainError]) -> int:
    return next(status for family, status in STATUS.items() if issubclass(error, family))


def title_of(error: type[DomainError]) -> str:
    return " ".join((error.__doc__ or error.__name__).split()).split(". ")[0].rstrip(".")


def catalogue() -> dict[str, tuple[int, str]]:
    """Every code a client may meet, with its status and title."""
    known = {code: (status, title) for status, (code, title, _) in _FRAMEWORK.items()}
    for error in _descendants(DomainError):
        if any(issubclass(error, family) for family in STATUS):
            known[error.__new__(error).code] = (status_of(error), title_of(error))
    for code, refusal in REFUSALS.items():
        known[code] = (refusal.status, refusal.title)
    return dict(sorted(known.items()))


REFUSALS: dict[str, type[Refusal]] = {
    "malformed-json": Unreadable,
    "key-missing": NotAuthenticated,
    "key-unknown": NotAuthenticated,
    "key-expired": NotAuthenticated,
    "session-over": NotAuthenticated,
    "network-not-allowed": NotAllowed,
    "csrf-token-wrong": NotAllowed,
    "cross-site": NotAllowed,
    "mode-unknown": Unreadable,
    "body-too-slow": TooSlow,
    "body-too-large": TooLarge,
    "unsupported-media-type": WrongMediaType,
    "fields-invalid": Unprocessable,
    "cursor-invalid": Unprocessable,
    "idempotency-key-invalid": Unprocessable,
    "idempotency-key-reused": Unprocessable,
    "idempotency-in-flight": InFlight,
    "rate-limited": TooMany,
}


def answer(scope: Scope, error: Exception) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body for anything that was raised."""
    problem, headers = _told(scope, error)
    return problem.status, headers, msgspec.json.encode(problem)


def problem_of(scope: Scope, error: Exception) -> Problem:
    """Of one item among others, where the answer as a whole is none."""
    return _told(scope, error)[0]


def _told(scope: Scope, error: Exception) -> tuple[Problem, dict[str, str]]:
    headers: dict[str, str] = {}
    match error:
        case Refusal():
            parts = (error.status, error.code, error.title, error.detail, error.errors)
            headers = dict(error.headers or {})
        case DomainError():
            status = next((code for family, code in STATUS.items() if isinstance(error, family)), 500)
            parts = (status, error.code, title_of(type(error)), error.detail, error.problems)
            headers = _RETRY_SOON if status == 503 else {}
            if isinstance(error, TooOften):
                headers = {"Retry-After": str(error.retry_after)}
        case ValidationException() if _is_without_body(error):
            parts = (400, "malformed-json", Unreadable.title, "This needs a body of JSON.", ())
        case ValidationException():
            wrong = tuple(_parameter_problems(scope, error))
            parts = (422, "fields-invalid", Unprocessable.title, _summary(wrong), wrong)
        case HTTPException() if error.status_code in _FRAMEWORK and error.status_code != 500:
            code, title, detail = _FRAMEWORK[error.status_code]
            parts = (error.status_code, code, title, detail, ())
            headers = dict(error.headers or {})
        case _:
            _record(scope, error)
            code, title, detail = _FRAMEWORK[500]
            parts = (500, code, title, detail, ())
    status, code, title, detail, errors = parts
    problem = Problem(
        type=f"/docs/problems/{code}",
        title=title,
        status=status,
        code=code,
        detail=detail,
        request_id=passage_of(scope).request_id,
        errors=errors,
    )
    return problem, headers


def respond(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    status, headers, body = answer(request.scope, error)
    return Response(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


HANDLERS: ExceptionHandlersMap = {Exception: respond}


def fields_invalid(errors: tuple[FieldProblem, ...]) -> Unprocessable:
    return Unprocessable("fields-invalid", _summary(errors), errors=errors)


def _summary(errors: tuple[FieldProblem, ...]) -> str:
    return "One field is wrong." if len(errors) == 1 else f"{len(errors)} fields are wrong."


def _is_without_body(error: ValidationException) -> bool:
    return isinstance(error.extra, list) and any(one.get("key") == "data" for one in error.extra)


def _parameter_problems(scope: Scope, error: ValidationException) -> Iterator[FieldProblem]:
    """Litestar repeats what was sent; we say what was expected."""
    for one in error.extra if isinstance(error.extra, list) else []:
        name = str(one.get("key", "")).split(".")[0]
        parameter = scope["route_handler"].parsed_fn_signature.parameters.get(name)
        if parameter is None:
            yield FieldProblem(field=name, code="invalid", message="This cannot be read.")
        else:
            yield FieldProblem(field=name, code="invalid", message=expectation(parameter.annotation))


def _descendants(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)


def _record(scope: Scope, error: Exception) -> None:
    """The kind and the place, never the message: that may quote what a person sent."""
    chain, seen = [], error
    while seen is not None:
        frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(seen.__traceback__)]
        chain.append({"kind": f"{type(seen).__module__}.{type(seen).__qualname__}", "at": frames[-12:]})
        seen = seen.__cause__ or seen.__context__  # type: ignore[assignment]
    _log.error("unexpected", request_id=passage_of(scope).request_id, error=chain)
