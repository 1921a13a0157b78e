"""Use cases whose calls are spans. They know nothing of it."""

import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar, cast

from adapters.tracing import tracing

T = TypeVar("T")
Call = Callable[..., Awaitable[Any]]


def spanned(use_case: type[T], name: str) -> type[T]:
    """The same class, each call of it a span: `send_with_consent`, or `invitations.withdraw` where one has several."""
    calls = {
        method: _in_span(call, name if method == "__call__" else f"{name}.{method}")
        for method, call in inspect.getmembers(use_case, inspect.iscoroutinefunction)
        if method == "__call__" or not method.startswith("_")
    }
    # Without slots of its own, the fields stay where they are.
    made = type(use_case.__name__, (use_case,), {"__slots__": (), "__module__": use_case.__module__, **calls})
    return cast("type[T]", made)


def _in_span(call: Call, name: str) -> Call:
    @wraps(call)
    async def calling(*given: Any, **named: Any) -> Any:
        with tracing.span(name):
            return await call(*given, **named)

    return calling
