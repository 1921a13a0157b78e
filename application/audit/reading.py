"""Reading the trail: who did what, for whoever may read it; and what is sealed beside it, for a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from application.audit.auditing import noted
from application.audit.ports import Signer, Trail
from application.audit.proving import Proof, ProveEntries, Tree
from application.audit.sealing import Aside, SealedRecord, open_aside
from application.ports import Clock, Transaction
from application.secrets import Seal, Unsealable
from domain.access import Actor, Permission
from domain.audit.logs import Log, SignedCheckpoint
from domain.audit.record import AuditRecord, Subject
from domain.errors import Invalid, NotFound
from domain.ids import AuditId

_LONGEST_REASON = 500


class NoSuchRecord(NotFound):
    """The trail has no record with this id, or none that this key may see."""


class Wanted(Struct, frozen=True, kw_only=True):
    """`action` is one, such as `program.changed`, or a noun for all that begin with it. `since` is in, `until` out."""

    actor: str | None = None
    action: str | None = None
    subject_kind: str | None = None
    subject_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: UUID | None = None
    limit: int = 50


class Kept(Struct, frozen=True, kw_only=True):
    """A checkpoint, and when the anchors had it."""

    signed: SignedCheckpoint
    anchored_at: datetime | None


class TrailQueries(Protocol):
    async def page(self, wanted: Wanted, *, tests_only: bool) -> list[AuditRecord]:
        """Newest first."""
        ...

    async def records(self, ids: Sequence[UUID], *, tests_only: bool) -> list[SealedRecord]: ...

    async def every(self, action: str) -> list[AuditRecord]:
        """Oldest first. No other process asks until the transaction ends."""
        ...

    async def checkpoints(self, limit: int, before: int | None) -> list[Kept]:
        """Newest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTrail:
    """Records hold no personal data but masked. A test key sees what test keys did, and nothing else."""

    trail_queries: TrailQueries
    seals: Tree
    signer: Signer
    transaction: Transaction

    async def page(self, wanted: Wanted, by: Actor) -> list[AuditRecord]:
        by.must(Permission.READ_AUDIT)
        async with self.transaction():
            return await self.trail_queries.page(wanted, tests_only=not by.live)

    async def one(self, record_id: UUID, by: Actor) -> tuple[AuditRecord, Proof]:
        """With the way from it to a signed root. Raises NoSuchRecord."""
        by.must(Permission.READ_AUDIT)
        async with self.transaction():
            found = await self.trail_queries.records([record_id], tests_only=not by.live)
        proofs = await ProveEntries(self.seals)(Log.AUDIT, [one.record.id for one in found])
        if not proofs:
            raise NoSuchRecord("The trail has no such record.")
        return found[0].record, proofs[0]

    async def checkpoints(self, limit: int, before: int | None, by: Actor) -> list[Kept]:
        by.must(Permission.READ_AUDIT)
        async with self.transaction():
            return await self.trail_queries.checkpoints(limit, before)

    def keys(self, by: Actor) -> dict[str, str]:
        """The public halves of the signing keys, in hex, the newest first."""
        by.must(Permission.READ_AUDIT)
        return {name: key.hex() for name, key in self.signer.public_keys().items()}


class Revealed(Struct, frozen=True, kw_only=True):
    """None where the key that sealed it is not in the ring any more."""

    id: AuditId
    aside: Aside | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealTrail:
    """Shows from where somebody acted and what reason they gave. That it was shown is on the trail, for each record."""

    trail_queries: TrailQueries
    record_seal: Seal
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, ids: Sequence[UUID], reason: str, by: Actor) -> list[Revealed]:
        """In the order asked. Raises NoSuchRecord, Invalid."""
        by.must(Permission.REVEAL_AUDIT)
        reason, now = reason.strip(), self.clock.now()
        if not 0 < len(reason) <= _LONGEST_REASON:
            raise Invalid(f"Say why, in at most {_LONGEST_REASON} characters.", field="reason")
        wanted = list(dict.fromkeys(ids))
        async with self.transaction():
            records = await self.trail_queries.records(wanted, tests_only=not by.live)
            found = {one.record.id: one for one in records}
            if missing := [one for one in wanted if one not in found]:
                raise NoSuchRecord(f"The trail has no record {missing[0]}.", field="records")
            await self.trail.record(
                [
                    noted(by, "audit_record.revealed", Subject(kind="audit_record", id=str(one)), now, reason=reason)
                    for one in wanted
                ]
            )
        return [Revealed(id=AuditId(one), aside=self._aside(found[AuditId(one)])) for one in wanted]

    def _aside(self, record: SealedRecord) -> Aside | None:
        try:
            return open_aside(record, self.record_seal)
        except Unsealable:
            return None
