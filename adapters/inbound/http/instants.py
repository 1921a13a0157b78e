"""An instant in a query: in full, with its offset, so that nobody has to guess which one was meant."""

import re
from datetime import UTC, datetime
from typing import Annotated

from litestar.params import QueryParameter

from adapters.inbound.http.problems import fields_invalid
from domain.errors import FieldProblem

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_WANTED = "Give an instant with its offset, such as 2026-11-20T15:04:05Z; a + is written %2B in a URL."
# What does not fit is refused below, with words.
AsOf = Annotated[
    str | None,
    QueryParameter(
        description="As it was known at this instant (RFC 3339): what was done or recorded later is left out.",
        schema_extra={"format": "date-time"},
    ),
]


def instant_in(text: str | None, field: str = "as_of") -> datetime | None:
    """Raises Unprocessable."""
    if text is None:
        return None
    if _INSTANT.fullmatch(text) is None:
        raise _unreadable(field)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _unreadable(field) from None


def _unreadable(field: str) -> Exception:
    return fields_invalid((FieldProblem(field=field, code="wrong-value", message=_WANTED),))
