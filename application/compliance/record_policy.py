"""The policy this installation starts with is on the trail, whenever it is another than before."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.audit.reading import TrailQueries
from application.compliance.policy import Policies
from application.ports import Clock, Transaction
from domain.access import SYSTEM
from domain.audit.record import AuditRecord, Subject, changes

_ACTION = "policy.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPolicy:
    policies: Policies
    trail_queries: TrailQueries
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> bool:
        """Whether it changed. However many processes start at once, one records it."""
        current = self.policies.current()
        profile = msgspec.to_builtins(current.profile, order="deterministic")
        settings = {**profile, "texas_registration": current.tenant.tx_registration}
        after = {change.field: change.after for change in changes({}, settings)}
        async with self.transaction():
            before = _told(await self.trail_queries.every(_ACTION))
            if before == after:
                return False
            record = noted(SYSTEM, _ACTION, Subject(kind="policy"), self.clock.now(), before=before, after=after)
            await self.trail.record([record])
        return True


def _told(records: Sequence[AuditRecord]) -> dict[str, str]:
    """What all of them together say it is."""
    said: dict[str, str | None] = {}
    for record in records:
        said |= {change.field: change.after for change in record.changes}
    return {field: value for field, value in said.items() if value is not None}
