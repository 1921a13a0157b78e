from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import Meta, Struct

from adapters.inbound.http.pages import After, Limit, Page, cursor_of, id_in, page
from adapters.inbound.injected import Injected
from application.audit.proving import Proof
from application.audit.reading import Kept, ReadTrail, RevealTrail, Wanted
from domain.access import Actor, Permission
from domain.audit.logs import SignedCheckpoint
from domain.audit.record import AuditRecord

PATH = "/api/v1/audit"
_SUBJECT = "`contact`, or `contact:<id>`."
CHECKPOINTS = "/api/v1/checkpoints"
_MOST_AT_ONCE = 200
_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_Word = Annotated[str | None, Meta(max_length=100)]


class ProvenRecord(Struct, frozen=True, kw_only=True):
    """`proof` leads from the record to a signed root; its `checkpoint` is null until the next one."""

    record: AuditRecord
    proof: Proof


_REVEAL = {"records": ["0193a7b2-7c4e-7d3a-9f10-2b1c3d4e5f60"], "reason": "Complaint 17: who saw this address?"}


class Reveal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    records: Annotated[list[UUID], Meta(min_length=1, max_length=_MOST_AT_ONCE)]
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class RevealedRecord(Struct, frozen=True, kw_only=True):
    """`readable` is false where the key that sealed it is not in the ring any more."""

    id: UUID
    ip: str | None
    reason: str | None
    readable: bool


class RevealedRecords(Struct, frozen=True, kw_only=True):
    items: Sequence[RevealedRecord]


class CheckpointAnswer(Struct, frozen=True, kw_only=True):
    """`hash` is what the next one names as `previous`; `signature` is of the checkpoint, by the key `key_id`."""

    signed: SignedCheckpoint
    hash: str
    anchored_at: datetime | None


class PublicKeys(Struct, frozen=True, kw_only=True):
    """Ed25519, in hex, by the ids that signatures name. Compare them with those noted elsewhere."""

    keys: dict[str, str]


class AuditController(Controller):
    path = PATH
    tags = ["audit"]

    @get(opt={"permission": Permission.READ_AUDIT})
    async def list_audit_records(
        self,
        actor: Injected[Actor],
        read_trail: Injected[ReadTrail],
        by: Annotated[str | None, QueryParameter(name="actor", max_length=100)] = None,
        action: FromQuery[_Word] = None,
        subject: Annotated[str | None, QueryParameter(max_length=200, description=_SUBJECT)] = None,
        since: Annotated[datetime | None, QueryParameter(name="from")] = None,
        until: FromQuery[datetime | None] = None,
        limit: Limit = 50,
        after: After = None,
    ) -> Page[AuditRecord]:
        """Who did or saw what, newest first: `actor` such as `key:<id>`, `action` such as `program.changed` or the noun
        alone. From where, and why, is not among it.
        """
        kind, _, subject_id = (subject or "").partition(":")
        wanted = Wanted(
            actor=by,
            action=action,
            subject_kind=kind or None,
            subject_id=subject_id or None,
            since=_within(since),
            until=_within(until),
            before=id_in(after),
            limit=limit + 1,
        )
        kept = {"actor": by, "action": action, "subject": subject, "from": _text(since), "until": _text(until)}
        found = await read_trail.page(wanted, actor)
        return page(found, limit, PATH, lambda record: cursor_of(record.id), kept=kept)

    @get("/{record_id:uuid}", opt={"permission": Permission.READ_AUDIT})
    async def get_audit_record(
        self, record_id: FromPath[UUID], actor: Injected[Actor], read_trail: Injected[ReadTrail]
    ) -> ProvenRecord:
        """One record, and the proof that it stood below a signed root."""
        record, proof = await read_trail.one(record_id, actor)
        return ProvenRecord(record=record, proof=proof)

    @post("/actions/reveal", status_code=200, opt={"permission": Permission.REVEAL_AUDIT, "example": _REVEAL})
    async def reveal_audit_records(
        self, data: JSONBody[Reveal], actor: Injected[Actor], reveal_trail: Injected[RevealTrail]
    ) -> RevealedRecords:
        """From where it was done, and the reason given, for a reason of yours. The trail keeps who asked, and why."""
        found = await reveal_trail(data.records, data.reason, actor)
        return RevealedRecords(
            items=[
                RevealedRecord(
                    id=one.id,
                    ip=one.aside.ip if one.aside else None,
                    reason=one.aside.reason if one.aside else None,
                    readable=one.aside is not None,
                )
                for one in found
            ]
        )


class CheckpointsController(Controller):
    path = CHECKPOINTS
    tags = ["audit"]

    @get(opt={"permission": Permission.READ_AUDIT})
    async def list_checkpoints(
        self, actor: Injected[Actor], read_trail: Injected[ReadTrail], limit: Limit = 50, after: After = None
    ) -> Page[CheckpointAnswer]:
        """The signed roots over ledger and trail, newest first."""
        last = id_in(after)
        before = min(last.int, 2**63 - 1) if last else None
        found = [_checkpoint(kept) for kept in await read_trail.checkpoints(limit + 1, before, actor)]
        return page(found, limit, CHECKPOINTS, lambda one: cursor_of(UUID(int=one.signed.checkpoint.number)))

    @get("/keys", opt={"permission": Permission.READ_AUDIT})
    async def list_signing_keys(self, actor: Injected[Actor], read_trail: Injected[ReadTrail]) -> PublicKeys:
        """The public halves of the keys the roots are signed with, the newest first."""
        return PublicKeys(keys=read_trail.keys(actor))


def _checkpoint(kept: Kept) -> CheckpointAnswer:
    return CheckpointAnswer(signed=kept.signed, hash=kept.signed.checkpoint.hash, anchored_at=kept.anchored_at)


def _within(at: datetime | None) -> datetime | None:
    """What lies beyond the calendar of ids is its end; without an offset it is UTC."""
    if at is None:
        return None
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return min(max(aware, _EARLIEST), _LATEST)


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
