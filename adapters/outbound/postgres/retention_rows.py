"""Rows that are over: deleted in small batches, and those somebody works with are left for the next run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.legal_holds import on_hold
from adapters.outbound.postgres.retention_months import month_shelves
from application.audit.auditing import noted
from application.audit.ports import Trail
from application.retention.ports import Due, Shelf, Shelves, Taken
from domain.access import SYSTEM
from domain.audit.record import Subject
from domain.ids import floor_id
from domain.retention.policies import Policy, RecordClass

_BATCH = 1_000
_ON = "on"
_LEAST = UUID(int=0)


class Rows(Struct, frozen=True, kw_only=True):
    """`over` is the condition, on `t` and with the cutoff as $1, of rows that are over; `stays` of those that stay
    nevertheless. Rows in the order of ids are gone through once in a run. What the checkpoints know is told on the
    trail, row by row.
    """

    table: str
    record_class: RecordClass
    at: str
    over: str
    stays: str = "false"
    by_id: bool = False
    told: bool = False


@dataclass(frozen=True)
class RowShelf(Shelf):
    rows: Rows
    database: Database
    trail: Trail

    @property
    def record_class(self) -> RecordClass:  # type: ignore[override]
        return self.rows.record_class

    async def due(self, policy: Policy, now: datetime) -> Due:
        of = self.rows
        row = await self.database.connection.fetchrow(
            f"select count(*) filter (where not ({of.stays})) as count,"  # noqa: S608
            f" count(*) filter (where {of.stays}) as held, min({of.at}) as oldest, max({of.at}) as newest"
            f" from {of.table} t where {of.over}",
            self._cutoff(policy, now),
        )
        return Due(count=row["count"], held=row["held"], oldest=row["oldest"], newest=row["newest"])

    async def take(self, policy: Policy, now: datetime, cursor: str | None) -> Taken:
        of = self.rows
        arguments: list[Any] = [self._cutoff(policy, now), _BATCH]
        further = ""
        if of.by_id:
            arguments.append(_LEAST if cursor is None else UUID(cursor))
            further = "and t.id > $3 order by t.id"
        gone = await self.database.connection.fetch(
            f"delete from {of.table} t where t.ctid in (select t.ctid from {of.table} t"  # noqa: S608
            f" where {of.over} and not ({of.stays}) {further} limit $2 for update skip locked)"
            f" returning {'t.id' if of.by_id else 'null as id'}",
            *arguments,
        )
        if of.told:
            subjects = [Subject(kind=of.table, id=str(row["id"])) for row in gone]
            await self.trail.record([noted(SYSTEM, "retention.removed", subject, now) for subject in subjects])
        if len(gone) < _BATCH:
            return Taken(count=len(gone))
        return Taken(count=len(gone), cursor=str(max(row["id"] for row in gone)) if of.by_id else _ON)

    def _cutoff(self, policy: Policy, now: datetime) -> Any:
        cutoff = now if policy.period is None else policy.period.before(now)
        return floor_id(cutoff) if self.rows.by_id else cutoff


# Of what nobody ever answered: the whole of what one contact point was asked about one program.
_UNANSWERED = """
t.id < $1 and t.status in ('requested', 'code_asked') and not exists (
    select from consent_entries o
    where o.contact_point_id = t.contact_point_id and o.program_id is not distinct from t.program_id
      and (o.status not in ('requested', 'code_asked') or o.id >= $1))
"""
_GONE = """
t.id < $1 and not exists (select from contacts c where c.id = t.contact_id)
and not exists (select from restricted_evidence r where r.entry_id = t.id)
"""
_NOT_SEALED = "not exists (select from leaves l where l.entry_id = t.id)"
_ENTRY = f"{_NOT_SEALED} or {on_hold('t.contact_id', 't.program_id')}"
_REPLY = on_hold("t.contact_id", "t.program_id")
_ROWS = (
    Rows(
        table="replies",
        record_class=RecordClass.REPLIES,
        at="received_at",
        over="t.id < $1",
        stays=_REPLY,
        by_id=True,
    ),
    Rows(
        table="consent_entries",
        record_class=RecordClass.UNCONFIRMED_REQUESTS,
        at="recorded_at",
        over=_UNANSWERED,
        stays=_ENTRY,
        by_id=True,
        told=True,
    ),
    Rows(
        table="restricted_evidence",
        record_class=RecordClass.RESTRICTED_EVIDENCE,
        at="kept_until::timestamptz",
        over="t.kept_until < ($1::timestamptz at time zone 'UTC')::date",
        stays=on_hold("t.contact_id", "(select e.program_id from consent_entries e where e.id = t.entry_id)"),
    ),
    Rows(
        table="consent_entries",
        record_class=RecordClass.LEDGER_ENTRIES,
        at="recorded_at",
        over=_GONE,
        stays=_ENTRY,
        by_id=True,
        told=True,
    ),
    Rows(
        table="rights_requests",
        record_class=RecordClass.RIGHTS_REQUESTS,
        at="closed_at",
        over="t.closed_at < $1",
        stays=on_hold("t.contact_id"),
    ),
    Rows(
        table="sends",
        record_class=RecordClass.SENDS,
        at="at",
        over="t.at < $1",
    ),
    Rows(
        table="retention_runs",
        record_class=RecordClass.RETENTION_RUNS,
        at="started_at",
        over="t.finished_at < $1",
    ),
)
# What the worker forgets, or nobody: how many lie there, since when.
_PASSING: Mapping[RecordClass, Sequence[tuple[str, str]]] = {
    RecordClass.CHALLENGES: (("challenges", "created_at"),),
    RecordClass.SANDBOX: (("sandbox_messages", "at"),),
    RecordClass.MAIL_TRACES: (("mails_taken", "at"), ("soft_bounces", "at")),
    RecordClass.REPEATED_ANSWERS: (("idempotency_keys", "created_at"),),
    RecordClass.OPERATOR_SESSIONS: (
        ("operator_sessions", "created_at"),
        ("operator_links", "created_at"),
        ("operator_steps", "expires_at"),
        ("sign_in_tries", "last_at"),
    ),
    RecordClass.SUPPRESSIONS: (("suppressions", "date"),),
    RecordClass.FORMER_LINKS: (("former_points", "removed_at"),),
    RecordClass.CHECKPOINTS: (("checkpoints", "at"),),
}


@dataclass(frozen=True)
class PostgresShelves(Shelves):
    database: Database
    trail: Trail

    def every(self) -> Sequence[Shelf]:
        rows = (RowShelf(one, self.database, self.trail) for one in _ROWS)
        return (*month_shelves(self.database, self.trail), *rows)

    async def passing(self, record_class: RecordClass) -> Due:
        due = Due()
        for table, at in _PASSING[record_class]:
            row = await self.database.connection.fetchrow(
                f"select count(*) as count, min({at}) as oldest, max({at}) as newest from {table}"  # noqa: S608
            )
            due = due.with_more(Due(count=row["count"], oldest=row["oldest"], newest=row["newest"]))
        return due
