"""How a dossier tells of each thing: one JSON object a line, and a shorter line on its first page."""

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Raw, Struct, field

from application.audit.proving import Proof
from application.consent.ports import SealedEntry
from application.consent.sealing import committed
from application.proof.ports import MessageOnRecord, PointOnRecord, Verified
from application.proof.prove_consent import ProvenEntry, proven, verification_of
from application.proof.summary import EntryLine, MessageLine, TrailLine
from application.secrets import Seal, Unsealable
from domain.addresses import Address
from domain.audit.record import AuditRecord
from domain.ids import ContactPointId
from domain.messages import Status
from domain.proof import Sent

_LEFT = frozenset({Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.UNCERTAIN})
_ERASED, _NOT_PERMITTED, _FORGOTTEN = "erased", "not permitted", "forgotten"


class Opened(Struct, frozen=True, kw_only=True):
    """An entry with its evidence as canonical JSON and the salt it was committed with, where both may be shown."""

    entry: SealedEntry
    proven: ProvenEntry
    committed: tuple[bytes, str] | None
    shown: bool


class Case(Struct, kw_only=True):
    """What one dossier is about, and what of it has been read so far."""

    address: Address
    points: tuple[PointOnRecord, ...]
    live: bool
    clear: bool
    made_at: datetime
    by: str
    seals: dict[ContactPointId, Seal] = field(default_factory=dict)
    entries: list[Opened] = field(default_factory=list)
    messages: list[MessageLine] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    verifications: dict[UUID, Verified] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    snapshots: dict[str, bytes] = field(default_factory=dict)

    @property
    def shown_address(self) -> str:
        return self.address.value if self.clear else self.address.masked

    def add(self, entry: SealedEntry, proof: Proof) -> None:
        seal = self.seals.get(entry.contact_point_id)
        opened = proven(entry, seal, proof)
        shown = self.clear and opened.evidence is not None and seal is not None
        self.entries.append(
            Opened(
                entry=entry,
                proven=opened,
                committed=committed(entry, seal) if shown and seal is not None else None,
                shown=shown,
            )
        )
        evidence = opened.evidence
        if evidence is not None and evidence.disclosure_text_verbatim is not None:
            _keep(evidence.disclosure_text_verbatim, self.texts)
        if shown and evidence is not None and evidence.snapshot is not None:
            _keep(evidence.snapshot, self.snapshots)


def told_point(point: PointOnRecord) -> dict[str, Any]:
    return {
        "id": point.contact_point_id,
        "contact_id": point.contact_id,
        "channel": point.channel,
        "state": point.state,
        "added_at": point.added_at,
        "removed_at": point.removed_at,
        "erased": point.data_key is None,
    }


def told_entry(opened: Opened, case: Case) -> dict[str, Any]:
    entry, proven_entry = opened.entry, opened.proven
    left_out = None if opened.shown else _NOT_PERMITTED if proven_entry.evidence is not None else _ERASED
    return {
        "fact": entry.fact,
        "contact": entry.contact_id,
        "point": entry.contact_point_id,
        "actor": entry.actor,
        "evidence": Raw(opened.committed[1].encode()) if opened.committed else None,
        "committed": {"salt": opened.committed[0].hex(), "text": opened.committed[1]} if opened.committed else None,
        "evidence_left_out": left_out,
        "unchanged": proven_entry.unchanged,
        "shown_intact": proven_entry.shown_intact,
        "verification": verification_of(proven_entry.evidence, case.verifications),
    }


def entry_line(opened: Opened) -> EntryLine:
    fact, evidence, checkpoint = opened.entry.fact, opened.proven.evidence, opened.proven.proof.checkpoint
    return EntryLine(
        at=fact.at,
        recorded_at=fact.recorded_at,
        program=fact.program or "all programs",
        status=fact.status,
        recorded_by=opened.entry.actor,
        medium=fact.facts.medium or fact.facts.via,
        act=fact.facts.affirmative_act or fact.facts.keyword,
        text=evidence.disclosure_text_verbatim if evidence else None,
        erased=evidence is None,
        unchanged=opened.proven.unchanged and opened.proven.shown_intact is not False,
        checkpoint=checkpoint.checkpoint.number if checkpoint else None,
    )


def told_message(found: MessageOnRecord, case: Case) -> dict[str, Any]:
    """Also notes when it left, for what is said about opt-outs."""
    message, left_at = found.message, left(found)
    if left_at is not None:
        sent = Sent(message_id=message.id, program_id=message.program_id, category=message.category, at=left_at)
        case.sent.append(sent)
    content, left_out = _content(found, case)
    return {
        "message": message,
        "program": found.program,
        "left_at": left_at,
        "decision": Raw(found.decision),
        "journal": found.journal,
        "content": content,
        "content_left_out": left_out,
    }


def message_line(found: MessageOnRecord) -> MessageLine:
    message, decided = found.message, msgspec.json.decode(found.decision)
    return MessageLine(
        id=message.id,
        at=message.created_at,
        left_at=left(found),
        program=found.program,
        category=message.category,
        status=message.status,
        verdict=decided.get("verdict", ""),
        rule=decided.get("rule", ""),
    )


def left(found: MessageOnRecord) -> datetime | None:
    """When it was first known to have left, or may have."""
    return next((step.at for step in found.journal if step.status in _LEFT), None)


def trail_line(proof: Proof) -> TrailLine:
    record = msgspec.json.decode(proof.line, type=_Line).record
    return TrailLine(at=record.at, actor=record.actor, action=record.action)


class _Line(Struct):
    record: AuditRecord


def _content(found: MessageOnRecord, case: Case) -> tuple[Raw | None, str | None]:
    if not case.clear:
        return None, _NOT_PERMITTED
    if not found.content:
        return None, _FORGOTTEN
    seal = case.seals.get(found.message.contact_point_id)
    try:
        if seal is not None:
            return Raw(seal.open(found.content, b"message_bodies.content" + found.message.id.bytes)), None
    except Unsealable:
        """Erased, like what has no key at all."""
    return None, _ERASED


def _keep(text: str, kept: dict[str, bytes]) -> None:
    data = text.encode()
    kept[sha256(data).hexdigest()] = data
