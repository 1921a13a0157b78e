"""What the ledger and the trail gained is sealed: a Merkle root, signed, chained to the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from application.audit.ports import Anchor, Seals, Signer
from application.ports import Clock, Transaction
from domain.audit import merkle
from domain.audit.checkpoint import Checkpoint
from domain.audit.logs import Entry, Numbered, SignedCheckpoint

_MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SealLogs:
    """One checkpoint an interval; more only where there is more than one can hold."""

    seals: Seals
    signer: Signer
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
        return len(leaves)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorRoots:
    """Each checkpoint goes to every anchor that is set up; one that does not answer gets it at a later turn."""

    seals: Seals
    anchors: Sequence[Anchor]
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> int:
        """None is left for the next turn to do at once: what failed waits a while."""
        if not self.anchors:
            return 0
        async with self.transaction():
            waiting = await self.seals.not_anchored()
        for signed in waiting:
            for anchor in self.anchors:
                await anchor.keep(signed)
            async with self.transaction():
                await self.seals.anchored(signed.checkpoint.number, self.clock.now())
        return 0


def _numbered(entries: Sequence[Entry], first: int) -> list[Numbered]:
    return [Numbered(number=first + offset, leaf=entry.leaf) for offset, entry in enumerate(entries)]
