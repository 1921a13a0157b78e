"""Lists: newest first, a page at a time, without totals. A cursor says where the page before it ended."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Struct

from adapters.inbound.http.problems import Unprocessable
from domain.errors import FieldProblem

T = TypeVar("T")
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="How many at most.")]
_CURSOR = "The cursor in `links.next`."
# The patterns are there to be read; what does not fit is refused below, as a cursor.
After = Annotated[
    str | None, QueryParameter(description=_CURSOR, schema_extra={"pattern": "^[A-Za-z0-9_-]{21}[AQgw]$"})
]
AfterMoment = Annotated[
    str | None, QueryParameter(description=_CURSOR, schema_extra={"pattern": "^[A-Za-z0-9_-]{32}$"})
]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = ((datetime(year, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1) for year in (1, 9999))
_ID = 16
_MOMENT = 8 + _ID


class Links(Struct, frozen=True, kw_only=True):
    """`next` is null on the last page."""

    next: str | None


class Page(Struct, Generic[T], frozen=True, kw_only=True):
    items: list[T]
    links: Links


def page(
    found: Sequence[T],
    limit: int,
    path: str,
    cursor: Callable[[T], str],
    *,
    kept: Mapping[str, str | None] | None = None,
) -> Page[T]:
    """`found` holds one more than the limit if there is a next page; `kept` are the filters it goes on with."""
    items = list(found[:limit])
    if len(found) <= limit:
        return Page(items=items, links=Links(next=None))
    filters = {name: value for name, value in (kept or {}).items() if value is not None}
    query = urlencode({**filters, "limit": limit, "after": cursor(items[-1])})
    return Page(items=items, links=Links(next=f"{path}?{query}"))


def cursor_of(last: UUID) -> str:
    return _text(last.bytes)


def id_in(cursor: str | None) -> UUID | None:
    """Raises Unprocessable."""
    return UUID(bytes=_raw(cursor, _ID)) if cursor is not None else None


def cursor_of_moment(at: datetime, last: UUID) -> str:
    return _text(((at - _EPOCH) // timedelta(microseconds=1)).to_bytes(8, "big", signed=True) + last.bytes)


def moment_in(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Raises Unprocessable. A moment beyond the calendar is its end."""
    if cursor is None:
        return None
    raw = _raw(cursor, _MOMENT)
    microseconds = int.from_bytes(raw[:8], "big", signed=True)
    at = _EPOCH + timedelta(microseconds=max(_FIRST, min(microseconds, _LAST)))
    return at, UUID(bytes=raw[8:])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(cursor: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _unknown() from None
    if len(raw) != length or _text(raw) != cursor:
        raise _unknown()
    return raw


def _unknown() -> Unprocessable:
    wrong = FieldProblem(field="after", code="cursor-invalid", message="Use a cursor from links.next, unchanged.")
    return Unprocessable("cursor-invalid", wrong.message, errors=(wrong,))
