"""One line of the audit trail: who did or saw what, when, and what it changed. It names nobody but staff and keys."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from domain.access import Actor
from domain.ids import AuditId, new_id

# Strings, integers, booleans and null with sorted keys: for these, this is canonical JSON as in RFC 8785.
canonical = msgspec.json.Encoder(order="sorted").encode


class Change(Struct, frozen=True, kw_only=True):
    """One field before and after; personal data masked, long texts by their hash, secrets only as set or not set."""

    field: str
    before: str | None
    after: str | None


class Subject(Struct, frozen=True, kw_only=True):
    """What was acted on: `contact`, `program`, `operator` … and its id."""

    kind: str
    id: str | None = None


class AuditRecord(Struct, frozen=True, kw_only=True):
    """`actor` is `key:…`, `operator:…` or `system`; `session` the sign-in it acted through. What a person wrote as the
    reason, and where they were, is kept sealed beside the record, which holds only the commitments to them.
    """

    id: AuditId
    at: datetime
    live: bool
    actor: str
    session: str | None
    request_id: str | None
    action: str
    subject: Subject
    changes: tuple[Change, ...] = ()


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Change, ...]:
    """Of the fields that differ, as text, in the order of their names."""
    names = sorted({*before, *after})
    return tuple(
        Change(field=name, before=_text(before.get(name)), after=_text(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    )


def audited(by: Actor, action: str, subject: Subject, at: datetime, *, made: tuple[Change, ...] = ()) -> AuditRecord:
    origin = by.origin
    return AuditRecord(
        id=AuditId(new_id(at)),
        at=at,
        live=by.live,
        actor=by.id,
        session=origin.session if origin else None,
        request_id=origin.request_id if origin else None,
        action=action,
        subject=subject,
        changes=made,
    )


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, UUID):
        return str(value)
    return msgspec.json.encode(value, order="sorted").decode()
