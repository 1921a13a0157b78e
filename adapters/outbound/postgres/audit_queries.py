"""The trail as it is read: newest first, by who, what, on whom and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select

from adapters.outbound.postgres.audit_lines import signed_checkpoint, trail_line
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import audit_records, checkpoints
from application.audit.reading import Kept, TrailQueries, Wanted
from application.audit.sealing import SealedRecord
from domain.audit.record import AuditRecord
from domain.ids import floor_id

_LOCK = 0x0971_5EA2
# A request that is repeated names its record after the first try, which may be a day older than the record.
_REPEATED = timedelta(days=1)
_AHEAD = timedelta(minutes=10)


@dataclass(frozen=True)
class PostgresTrailQueries(TrailQueries):
    database: Database

    async def page(self, wanted: Wanted, *, tests_only: bool) -> list[AuditRecord]:
        asked = _reading(tests_only=tests_only).where(*_conditions(wanted))
        rows = await self.database.records(asked.order_by(audit_records.c.id.desc()).limit(wanted.limit))
        return [trail_line(row).record.record for row in rows]

    async def records(self, ids: Sequence[UUID], *, tests_only: bool) -> list[SealedRecord]:
        asked = _reading(tests_only=tests_only).where(audit_records.c.id.in_(list(ids)))
        return [trail_line(row).record for row in await self.database.records(asked)]

    async def every(self, action: str) -> list[AuditRecord]:
        await self.database.connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
        asked = select(audit_records).where(audit_records.c.action == action)
        rows = await self.database.records(asked.order_by(audit_records.c.id))
        return [trail_line(row).record.record for row in rows]

    async def checkpoints(self, limit: int, before: int | None) -> list[Kept]:
        asked = select(checkpoints).order_by(checkpoints.c.number.desc()).limit(limit)
        if before is not None:
            asked = asked.where(checkpoints.c.number < before)
        rows = await self.database.records(asked)
        return [Kept(signed=signed_checkpoint(row), anchored_at=row["anchored_at"]) for row in rows]


def _reading(*, tests_only: bool) -> Select[tuple[object, ...]]:
    statement = select(audit_records)
    return statement.where(audit_records.c.live.is_(False)) if tests_only else statement


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The bounds on ids only keep old months from being looked at."""
    of = audit_records.c
    found: list[ColumnElement[bool]] = []
    if wanted.actor is not None:
        found.append(of.actor == wanted.actor)
    if wanted.action is not None:
        exact = "." in wanted.action
        found.append(
            of.action == wanted.action if exact else of.action.startswith(wanted.action + ".", autoescape=True)
        )
    if wanted.subject_kind is not None:
        found.append(of.subject_kind == wanted.subject_kind)
    if wanted.subject_id is not None:
        found.append(of.subject_id == wanted.subject_id)
    if wanted.since is not None:
        found.append(and_(of.at >= wanted.since, of.id >= floor_id(wanted.since - _REPEATED)))
    if wanted.until is not None:
        found.append(and_(of.at < wanted.until, of.id < floor_id(wanted.until + _AHEAD)))
    if wanted.before is not None:
        found.append(of.id < wanted.before)
    return found
