"""Whatever has a slug is referred to by its id or its slug."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table


def named(table: Table, ref: str) -> ColumnElement[bool]:
    found = id_in(ref)
    condition: ColumnElement[bool] = table.c.slug == ref if found is None else table.c.id == found
    return condition


def id_in(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None


def own(row: Any, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """A struct's fields as column values."""
    return {name: getattr(row, name) for name in row.__struct_fields__ if name not in without}
