"""What a verification may find: each fault names the entry or the checkpoint, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from msgspec import Struct

from domain.audit import merkle
from domain.audit.checkpoint import Checkpoint
from domain.audit.logs import Entry, Leaf, Log, Numbered, SignedCheckpoint


class Fault(Struct, frozen=True, kw_only=True):
    """`checkpoint` is a number; `log` and `entry_id` are absent where the checkpoint itself is at fault."""

    checkpoint: int | None = None
    log: Log | None = None
    entry_id: UUID | None = None
    what: str

    def __str__(self) -> str:
        where = f"{self.log} entry {self.entry_id}" if self.entry_id else f"checkpoint {self.checkpoint}"
        return f"{where}: {self.what}"


def chain_faults(before: Checkpoint | None, signed: SignedCheckpoint, *, genuine: bool | None) -> Iterator[Fault]:
    """`genuine` is whether the signature holds; None if its public key is not known."""
    number = signed.checkpoint.number
    if not signed.checkpoint.follows(before):
        yield Fault(checkpoint=number, what="it does not follow the one before; one is missing, added or changed")
    if genuine is None:
        yield Fault(checkpoint=number, what=f"the public key {signed.key_id} it is signed with is not known")
    elif not genuine:
        yield Fault(checkpoint=number, what="the signature is not of this checkpoint")


def leaf_faults(
    checkpoint: Checkpoint, numbered: Sequence[Numbered], found: Mapping[UUID, Entry], gone: frozenset[UUID]
) -> Iterator[Fault]:
    """Of what one checkpoint covers. `gone` are the entries that retention took, as the trail says."""
    expected = range(checkpoint.first, checkpoint.last + 1)
    entries = list(_entry_faults(checkpoint.number, numbered, found, gone))
    yield from entries
    yield from _order_faults(checkpoint.number, [one.leaf for one in numbered])
    root = merkle.root([one.leaf.leaf_hash for one in numbered]).hex()
    if [one.number for one in numbered] != list(expected) or root != checkpoint.root:
        yield Fault(checkpoint=checkpoint.number, what="its leaves are not those that were signed")


def _entry_faults(
    number: int, numbered: Sequence[Numbered], found: Mapping[UUID, Entry], gone: frozenset[UUID]
) -> Iterator[Fault]:
    for one in numbered:
        entry = found.get(one.leaf.entry_id)
        if entry is None:
            if one.leaf.entry_id not in gone:
                yield _fault(number, one.leaf, "it was sealed and is missing")
        elif entry.leaf != one.leaf:
            moved = entry.leaf.hash == one.leaf.hash
            yield _fault(number, one.leaf, "it was moved" if moved else "it is not what was sealed")
        else:
            yield from entry_faults(entry, number)


def entry_faults(entry: Entry, number: int | None = None) -> Iterator[Fault]:
    if not entry.sound:
        yield _fault(number, entry.leaf, "it was changed: its hash is not that of what it says")
    if entry.promise is False:
        yield _fault(number, entry.leaf, "what is sealed beside it is not what it committed to")


def added(entry: Entry) -> Fault:
    return _fault(None, entry.leaf, "it was added among entries that were sealed before")


def _order_faults(number: int, leaves: Sequence[Leaf]) -> Iterator[Fault]:
    for log in Log:
        mine = [leaf for leaf in leaves if leaf.log is log]
        for before, after in pairwise(mine):
            if after.place <= before.place:
                yield _fault(number, after, "it stands before the entry it followed")


def _fault(number: int | None, leaf: Leaf, what: str) -> Fault:
    return Fault(checkpoint=number, log=leaf.log, entry_id=leaf.entry_id, what=what)
