"""Whether the ledger and the trail are what was sealed: nothing changed, taken, added or put in another order."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from msgspec import Struct

from application.audit.ports import Books, Signature, Verifier
from domain.audit.checkpoint import Checkpoint
from domain.audit.logs import Entry, Log, Place, SignedCheckpoint
from domain.audit.verification import Fault, added, chain_faults, entry_faults, leaf_faults

_ENOUGH = 100


class Verified(Struct, frozen=True, kw_only=True):
    """`faults` in the order they were found, at most a hundred; `unreadable` entries are those of erased contacts,
    whose chain holds and whose evidence nobody can read any more.
    """

    checkpoints: int
    sealed: int
    not_sealed: int
    unreadable: int
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Tally:
    checkpoints: int = 0
    sealed: int = 0
    not_sealed: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class VerifyLogs:
    """Reads the books from the first checkpoint to the last entry, a checkpoint at a time. What was `anchored` out of
    our reach tells as well if the last checkpoints were cut off, or all of them made anew.
    """

    books: Books
    verifier: Verifier
    anchored: Sequence[SignedCheckpoint] | None = None

    async def __call__(self) -> Verified:
        tally, faults = _Tally(), list[Fault]()
        async for fault in self._faults(tally):
            faults.append(fault)
            if len(faults) == _ENOUGH:
                break
        return Verified(
            checkpoints=tally.checkpoints,
            sealed=tally.sealed,
            not_sealed=tally.not_sealed,
            unreadable=tally.unreadable,
            faults=tuple(faults),
        )

    async def _faults(self, tally: _Tally) -> AsyncIterator[Fault]:
        before: Checkpoint | None = None
        elsewhere = {one.checkpoint.number: one for one in self.anchored or ()}
        sealed_to: dict[Log, Place] = {}
        async for signed in self.books.checkpoints():
            signature = Signature(key_id=signed.key_id, signature=signed.signature)
            genuine = self.verifier.genuine(signature, signed.checkpoint.signed)
            for fault in chain_faults(before, signed, genuine=genuine):
                yield fault
            async for fault in self._below(signed, sealed_to, tally):
                yield fault
            if elsewhere.pop(signed.checkpoint.number, signed) != signed:
                yield Fault(checkpoint=signed.checkpoint.number, what="the anchor holds another one")
            before = signed.checkpoint
            tally.checkpoints += 1
        for number in sorted(elsewhere):
            yield Fault(checkpoint=number, what="the anchor holds it, and it is missing")
        async for fault in self._not_sealed(sealed_to, tally):
            yield fault

    async def _below(
        self, signed: SignedCheckpoint, sealed_to: dict[Log, Place], tally: _Tally
    ) -> AsyncIterator[Fault]:
        numbered = await self.books.leaves(signed.checkpoint.first, signed.checkpoint.last)
        found: dict[UUID, Entry] = {}
        gone: set[UUID] = set()
        for log in Log:
            mine = [one.leaf for one in numbered if one.leaf.log is log]
            ids = [leaf.entry_id for leaf in mine]
            entries = {entry.leaf.entry_id: entry for entry in await self.books.entries(log, ids)} if ids else {}
            found |= entries
            missing = [one for one in ids if one not in entries]
            gone |= await self.books.gone(log, missing) if missing else set()
            if mine:
                sealed_to[log] = max(leaf.place for leaf in mine)
        tally.sealed += len(numbered)
        tally.unreadable += sum(entry.promise is None for entry in found.values())
        for fault in leaf_faults(signed.checkpoint, numbered, found, frozenset(gone)):
            yield fault

    async def _not_sealed(self, sealed_to: Mapping[Log, Place], tally: _Tally) -> AsyncIterator[Fault]:
        async for entry in self.books.not_sealed():
            tally.not_sealed += 1
            tally.unreadable += entry.promise is None
            for fault in entry_faults(entry):
                yield fault
            upto = sealed_to.get(entry.leaf.log)
            if upto is not None and entry.leaf.place <= upto:
                yield added(entry)
