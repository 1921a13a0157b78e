"""The lines of both logs as they are verified. A line somebody made unreadable is a line all the same."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import asyncpg
import msgspec

from application.audit import sealing as of_records
from application.audit.entries import LedgerLine, TrailLine
from application.audit.sealing import SealedRecord
from application.consent import sealing as of_ledger
from application.consent.ports import SealedEntry
from domain.addresses import Channel
from domain.audit.checkpoint import Checkpoint
from domain.audit.logs import Leaf, Log, Numbered, Place, SignedCheckpoint
from domain.audit.record import AuditRecord, Change, Subject
from domain.consent.ledger import Fact, Status
from domain.ids import AuditId, EntryId

LEDGER_LINES = """
select e.*, c.data_key, exists (
    select from audit_records r
    where r.action = 'contact.erased' and r.subject_kind = 'contact' and r.subject_id = e.contact_id::text
) as erased
from consent_entries e left join contacts c on c.id = e.contact_id
"""
TRAIL_LINES = "select e.* from audit_records e"
LINES = {Log.LEDGER: LEDGER_LINES, Log.AUDIT: TRAIL_LINES}

_fact = msgspec.msgpack.Decoder(Fact).decode
_changes = msgspec.json.Decoder(tuple[Change, ...]).decode
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# In the place of what cannot be read: no hash is of these.
_NO_FACT = Fact(
    id=EntryId(msgspec.convert("00000000-0000-0000-0000-000000000000", EntryId)),
    program_id=None,
    channel=Channel.SMS,
    status=Status.NONE,
    at=_NEVER,
    recorded_at=_NEVER,
)
_NO_CHANGES = (Change(field="unreadable", before=None, after=None),)
_BESIDE = ("program_id", "channel", "status", "at", "recorded_at")


def place_of(row: asyncpg.Record) -> Place:
    return Place(transaction=row["transaction"], position=row["position"])


def signed_checkpoint(row: asyncpg.Record) -> SignedCheckpoint:
    fields = {name: row[name] for name in Checkpoint.__struct_fields__}
    return SignedCheckpoint(checkpoint=Checkpoint(**fields), key_id=row["key_id"], signature=row["signature"])


def numbered_leaf(row: asyncpg.Record) -> Numbered:
    """A log nobody knows is none that was signed, whatever stands in its place."""
    log = Log(row["log"]) if row["log"] in set(Log) else Log.AUDIT
    leaf = Leaf(log=log, entry_id=row["entry_id"], place=place_of(row), hash=row["hash"].hex())
    return Numbered(number=row["number"], leaf=leaf)


def ledger_line(row: asyncpg.Record) -> LedgerLine:
    try:
        fact = _fact(row["facts"])
    except msgspec.MsgspecError:
        fact = _NO_FACT
    entry = SealedEntry(
        fact=fact,
        contact_id=row["contact_id"],
        contact_point_id=row["contact_point_id"],
        actor=row["actor"],
        evidence=row["evidence"],
        commitment=row["commitment"],
        hash=row["hash"],
    )
    return LedgerLine(
        entry=entry,
        entry_id=row["id"],
        place=place_of(row),
        consistent=all(getattr(fact, name) == row[name] for name in _BESIDE),
        data_key=row["data_key"],
        erased=row["erased"],
    )


def trail_line(row: asyncpg.Record) -> TrailLine:
    try:
        made = _changes(row["changes"])
    except msgspec.MsgspecError:
        made = _NO_CHANGES
    record = AuditRecord(
        id=AuditId(row["id"]),
        at=row["at"],
        live=row["live"],
        actor=row["actor"],
        session=row["session"],
        request_id=row["request_id"],
        action=row["action"],
        subject=Subject(kind=row["subject_kind"], id=row["subject_id"]),
        changes=made,
    )
    sealed = SealedRecord(record=record, sealed=row["sealed"], commitment=row["commitment"], hash=row["hash"])
    return TrailLine(record=sealed, place=place_of(row))


# What each line's hash is of.
TEXTS: Mapping[Log, Callable[[asyncpg.Record], str]] = {
    Log.LEDGER: lambda row: of_ledger.hashed(ledger_line(row).entry).decode(),
    Log.AUDIT: lambda row: of_records.hashed(trail_line(row).record).decode(),
}
