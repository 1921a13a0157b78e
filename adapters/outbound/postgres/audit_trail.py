"""The audit trail in PostgreSQL: what happened and its record are one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import audit_records
from application.audit.ports import Noted, Trail
from application.audit.sealing import SealedRecord, seal_record
from application.secrets import Seal
from domain.audit.record import canonical


@dataclass(frozen=True)
class PostgresTrail(Trail):
    database: Database
    seal: Seal

    async def record(self, noted: Sequence[Noted]) -> None:
        if noted:
            rows = [_row(seal_record(one, self.seal)) for one in noted]
            await self.database.execute(insert(audit_records).values(rows).on_conflict_do_nothing())


def _row(sealed: SealedRecord) -> dict[str, Any]:
    record = sealed.record
    return {
        "id": record.id,
        "at": record.at,
        "live": record.live,
        "actor": record.actor,
        "session": record.session,
        "request_id": record.request_id,
        "action": record.action,
        "subject_kind": record.subject.kind,
        "subject_id": record.subject.id,
        "changes": canonical(record.changes).decode(),
        "sealed": sealed.sealed,
        "commitment": sealed.commitment,
        "hash": sealed.hash,
    }
