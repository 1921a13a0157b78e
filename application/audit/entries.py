"""What the stored lines of both logs are worth: whether each still says what was hashed, and what it committed to."""

from uuid import UUID

from msgspec import Struct

from application.audit import sealing as of_records
from application.audit.sealing import SealedRecord
from application.consent import sealing as of_ledger
from application.consent.ports import SealedEntry
from application.secrets import Seal, Unsealable, Vault
from domain.audit.logs import Entry, Leaf, Log, Place


class LedgerLine(Struct, frozen=True, kw_only=True):
    """`consistent`: the columns beside the facts say the same. Without a `data_key` the contact is gone; `erased` is
    whether the trail tells of its erasure.
    """

    entry: SealedEntry
    entry_id: UUID
    place: Place
    consistent: bool
    data_key: bytes | None
    erased: bool


class TrailLine(Struct, frozen=True, kw_only=True):
    record: SealedRecord
    place: Place


def of_ledger_line(line: LedgerLine, vault: Vault) -> Entry:
    entry = line.entry
    leaf = Leaf(log=Log.LEDGER, entry_id=line.entry_id, place=line.place, hash=entry.hash.hex())
    sound = line.consistent and entry.fact.id == line.entry_id and of_ledger.intact(entry)
    return Entry(leaf=leaf, sound=sound, promise=_ledger_promise(line, vault))


def of_trail_line(line: TrailLine, seal: Seal) -> Entry:
    record = line.record
    leaf = Leaf(log=Log.AUDIT, entry_id=record.record.id, place=line.place, hash=record.hash.hex())
    try:
        promise = of_records.kept_promise(record, seal)
    except Unsealable:
        promise = False
    return Entry(leaf=leaf, sound=of_records.intact(record), promise=promise)


def _ledger_promise(line: LedgerLine, vault: Vault) -> bool | None:
    """Nobody can add a line for a contact without its key, nor for one that never was."""
    if line.data_key is None:
        return None if line.erased else False
    try:
        return of_ledger.kept_promise(line.entry, vault.unwrap(line.data_key).seal)
    except Unsealable:
        return None if line.erased else False
