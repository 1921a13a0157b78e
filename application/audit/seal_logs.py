"""What the ledger and the trail gained is sealed: a Merkle root, signed, chained to the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from application.audit.ports import Anchor, AnchorDisagrees, AuditWatch, Seals, Signer
from application.ports import Clock, Transaction
from domain.audit import merkle
from domain.audit.checkpoint import Checkpoint
from domain.audit.logs import Entry, Numbered, SignedCheckpoint

_MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SealLogs:
    """One checkpoint an interval; more only where there is more than one can hold. What was written past the product is
    sealed as it stands, for the verification to name, and whoever watches is told.
    """

    seals: Seals
    signer: Signer
    audit_watch: AuditWatch
    transaction: Transaction
    clock: Clock
    seal_interval: timedelta = timedelta(minutes=1)

    async def __call__(self) -> int:
        """How many entries were sealed."""
        now = self.clock.now()
        async with self.transaction():
            latest = await self.seals.latest()
            before = latest.checkpoint if latest else None
            if before is not None and now < before.at + self.seal_interval and before.last - before.first + 1 < _MOST:
                return 0
            entries = await self.seals.to_seal(most=_MOST)
            if not entries:
                self.audit_watch.waiting(await self.seals.waiting())
                return 0
            first = before.last + 1 if before else 0
            leaves = _numbered(entries, first)
            checkpoint = Checkpoint(
                number=before.number + 1 if before else 1,
                first=first,
                last=leaves[-1].number,
                root=merkle.root([one.leaf.leaf_hash for one in leaves]).hex(),
                previous=before.hash if before else None,
                at=now,
            )
            signature = self.signer.sign(checkpoint.signed)
            signed = SignedCheckpoint(checkpoint=checkpoint, key_id=signature.key_id, signature=signature.signature)
            await self.seals.add(signed, leaves)
            waiting = await self.seals.waiting()
        self._tell(entries, signed, waiting)
        return len(leaves)

    def _tell(self, entries: Sequence[Entry], signed: SignedCheckpoint, waiting: int) -> None:
        for entry in entries:
            if not entry.sound or entry.promise is False:
                self.audit_watch.broken(entry)
        self.audit_watch.sealed(signed.checkpoint.at)
        self.audit_watch.waiting(waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorRoots:
    """Each checkpoint goes to every anchor that is set up; one that does not answer gets it at a later turn. One that
    holds another root is an alarm at every turn, and keeps no other root from being anchored.
    """

    seals: Seals
    anchors: Sequence[Anchor]
    audit_watch: AuditWatch
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> int:
        """None is left for the next turn to do at once: what failed waits a while. Raises AnchorUnavailable,
        AnchorDisagrees.
        """
        if not self.anchors:
            return 0
        async with self.transaction():
            waiting = await self.seals.not_anchored()
        disagreeing: dict[int, AnchorDisagrees] = {}
        for signed in waiting:
            number = signed.checkpoint.number
            try:
                for anchor in self.anchors:
                    await anchor.keep(signed)
            except AnchorDisagrees as alarm:
                disagreeing[number] = alarm
                continue
            async with self.transaction():
                await self.seals.anchored(number, self.clock.now())
        self.audit_watch.disagreeing(sorted(disagreeing))
        if disagreeing:
            raise next(iter(disagreeing.values()))
        return 0


def _numbered(entries: Sequence[Entry], first: int) -> list[Numbered]:
    return [Numbered(number=first + offset, leaf=entry.leaf) for offset, entry in enumerate(entries)]
