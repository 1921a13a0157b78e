"""All that is on record about one address, as one signed ZIP that whoever gets it can verify without us."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from application.audit.auditing import noted
from application.audit.ports import Signer, Trail
from application.audit.proving import Proof, ProveEntries, Tree
from application.consent.ports import Ledger
from application.messages.ports import Outbox
from application.ports import Clock, Transaction
from application.proof.archive import signed_zip
from application.proof.ports import PointOnRecord, Records, Summaries
from application.proof.prove_consent import verification_ids
from application.proof.summary import Summary
from application.proof.telling import Case, entry_line, message_line, told_entry, told_message, told_point, trail_line
from application.secrets import Digests, Unsealable, Vault
from domain.access import Actor, Permission
from domain.addresses import Address
from domain.audit.logs import Log
from domain.audit.record import Subject
from domain.contacts import NoSuchContact
from domain.ids import MessageId
from domain.privacy.reasons import must_say_why
from domain.proof import opt_outs
from domain.suppression import Suppression

_BY = 500
_encode = msgspec.json.Encoder(order="sorted").encode


class DossierWanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    address: str
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeDossier:
    """Nothing of it is kept, and nothing lies in a file meanwhile: it comes out as it is put together."""

    records: Records
    ledger: Ledger
    outbox: Outbox
    seals: Tree
    signer: Signer
    summaries: Summaries
    vault: Vault
    digests: Digests
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: DossierWanted, by: Actor) -> AsyncIterator[bytes]:
        """Addresses, evidence and the words of messages are in it for whoever may see addresses. That it was asked for
        is on the trail before the first byte.

        Raises InvalidAddress, NoSuchContact.
        """
        by.must(Permission.PROVE_CONSENT)
        reason = must_say_why(command.reason)
        address, now = Address.parse(command.address), self.clock.now()
        clear = Permission.REVEAL_ADDRESSES in by.permissions
        tokens = self.digests.suppression(address, live=by.live)
        async with self.transaction():
            points = await self.records.points(self.digests.index(address, live=by.live), tokens, live=by.live)
            [suppressions] = await self.outbox.suppressions([tokens])
            if not points and not suppressions:
                raise NoSuchContact("Nothing is on record about this address.")
            told = {"address": address.masked, "in_clear": clear}
            await self.trail.record(
                [noted(by, "dossier.made", subject, now, after=told, reason=reason) for subject in _subjects(points)]
            )
        case = Case(address=address, points=tuple(points), live=by.live, clear=clear, made_at=now, by=by.id)
        return signed_zip(self._files(case, suppressions), now, self.signer)

    async def _files(self, case: Case, suppressions: Sequence[Suppression]) -> AsyncIterator[tuple[str, bytes]]:
        """In the order of their names; what the first page sums up is known by then."""
        yield "contact.json", _encode(_about(case))
        proofs = await self._read_entries(case)
        yield "entries.jsonl", _lines(told_entry(one, case) for one in case.entries)
        yield "messages.jsonl", b""
        async for piece in self._read_messages(case):
            yield "messages.jsonl", piece
        after = opt_outs([one.entry.fact for one in case.entries], case.sent)
        yield "opt_outs.json", _encode(after)
        on_trail = await self._read_trail(case)
        yield "proofs.jsonl", _lines([*proofs, *on_trail])
        for name, text in sorted(case.snapshots.items()):
            yield f"snapshots/{name}.json", text
        summary = Summary(
            address=case.shown_address,
            made_at=case.made_at,
            key_id=next(iter(self.signer.public_keys())),
            entries=tuple(map(entry_line, case.entries)),
            opt_outs=after,
            messages=tuple(case.messages),
            suppressions=suppressions,
            trail=tuple(map(trail_line, on_trail)),
        )
        yield "summary.html", self.summaries.page(summary)
        yield "suppressions.json", _encode(suppressions)
        for name, text in sorted(case.texts.items()):
            yield f"texts/{name}.txt", text
        yield "trail.jsonl", b"".join(proof.line.encode() + b"\n" for proof in on_trail)
        yield "verify.py", files("application.proof").joinpath("verify.py").read_bytes()

    async def _read_entries(self, case: Case) -> list[Proof]:
        async with self.transaction():
            entries = [entry for point in case.points for entry in await self.ledger.of_point(point.contact_point_id)]
        proofs = await ProveEntries(self.seals)(Log.LEDGER, [entry.fact.id for entry in entries])
        of_entry = {proof.leaf.entry_id: proof for proof in proofs}
        self._unlock(case)
        for entry in entries:
            if entry.fact.id in of_entry:
                case.add(entry, of_entry[entry.fact.id])
        async with self.transaction():
            ids = verification_ids(one.proven.evidence for one in case.entries)
            case.verifications = await self.records.verifications(ids)
        return proofs

    async def _read_messages(self, case: Case) -> AsyncIterator[bytes]:
        """No transaction is open while somebody reads what came of it."""
        after: MessageId | None = None
        while True:
            async with self.transaction():
                found = await self.records.messages(case.points, live=case.live, after=after, limit=_BY)
            yield _lines([told_message(one, case) for one in found])
            case.messages.extend(map(message_line, found))
            if len(found) < _BY:
                return
            after = found[-1].message.id

    async def _read_trail(self, case: Case) -> list[Proof]:
        async with self.transaction():
            ids = await self.records.trail(case.points, live=case.live)
        return await ProveEntries(self.seals)(Log.AUDIT, ids)

    def _unlock(self, case: Case) -> None:
        for point in case.points:
            if point.data_key is not None:
                try:
                    case.seals[point.contact_point_id] = self.vault.unwrap(point.data_key).seal
                except Unsealable:
                    """Its key was destroyed: what it sealed is erased."""


def _subjects(points: Sequence[PointOnRecord]) -> list[Subject]:
    """Of somebody whose address is all that is left, it is on the trail that something was shown."""
    ids = dict.fromkeys(str(point.contact_id) for point in points if point.contact_id is not None)
    return [Subject(kind="contact", id=one) for one in ids] or [Subject(kind="address")]


def _about(case: Case) -> dict[str, object]:
    return {
        "address": case.shown_address,
        "in_clear": case.clear,
        "live": case.live,
        "made_at": case.made_at,
        "made_by": case.by,
        "contact_points": [told_point(point) for point in case.points],
    }


def _lines(told: Iterable[object]) -> bytes:
    return b"".join(_encode(one) + b"\n" for one in told)
