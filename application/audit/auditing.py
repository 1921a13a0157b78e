"""From what a use case changed to the record of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict, replace

from application.audit.ports import Noted
from domain.access import Actor
from domain.audit.record import Subject, audited, changes
from domain.ids import AuditId

# What every change moves says nothing about the change.
_BOOKKEEPING = frozenset({"id", "created_at", "updated_at", "revision"})


def noted(
    by: Actor,
    action: str,
    subject: Subject,
    at: datetime,
    *,
    before: Struct | Mapping[str, object] | None = None,
    after: Struct | Mapping[str, object] | None = None,
    reason: str | None = None,
    seed: UUID | None = None,
) -> Noted:
    """`seed` names the record, so that a request repeated after a crash leaves one; what the request makes may bear
    the seed itself. Whoever gives `before` and `after` sees to it that nothing personal is in them.
    """
    record = audited(by, action, subject, at, made=changes(_fields(before), _fields(after)))
    if seed is not None:
        record = replace(record, id=AuditId(UUID(int=seed.int ^ 1)))
    return Noted(record=record, reason=reason, ip=by.origin.ip if by.origin else None)


def _fields(thing: Struct | Mapping[str, object] | None) -> dict[str, object]:
    if thing is None:
        return {}
    fields = asdict(thing) if isinstance(thing, Struct) else thing
    return {name: value for name, value in fields.items() if name not in _BOOKKEEPING and value is not None}
