"""The proof that an entry stood below a signed root: its line, its place in the tree, the neighbours up to the root."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from application.audit.export import Line, Lines
from domain.audit import merkle
from domain.audit.logs import Leaf, Log, Numbered, SignedCheckpoint


class Proof(Struct, frozen=True, kw_only=True):
    """`line` is canonical JSON and hashes to the leaf's hash. Without a checkpoint the entry is not sealed yet."""

    leaf: Leaf
    line: str
    number: int | None = None
    path: tuple[str, ...] = ()
    checkpoint: SignedCheckpoint | None = None


class Tree(Lines, Protocol):
    async def sealed(self, ids: Sequence[UUID]) -> list[Numbered]: ...

    async def leaves(self, first: int, last: int) -> list[Numbered]: ...

    async def over(self, numbers: Sequence[int]) -> list[SignedCheckpoint]:
        """The checkpoints these leaves are below, each once."""
        ...


@dataclass(frozen=True, slots=True)
class ProveEntries:
    tree: Tree

    async def __call__(self, log: Log, ids: Sequence[UUID]) -> list[Proof]:
        """In the order asked; an entry that is not there is passed over."""
        lines = await self.tree.lines(log, ids)
        sealed = await self.tree.sealed(ids)
        numbers = {one.leaf.entry_id: one.number for one in sealed if one.leaf.log is log}
        paths: dict[int, tuple[SignedCheckpoint, tuple[str, ...]]] = {}
        for signed in await self.tree.over(sorted(numbers.values())):
            first, last = signed.checkpoint.first, signed.checkpoint.last
            hashes = [one.leaf.leaf_hash for one in await self.tree.leaves(first, last)]
            levels = merkle.levels(hashes)
            for number in numbers.values():
                if first <= number <= last and number - first < len(hashes):
                    path = tuple(step.hex() for step in merkle.path_in(levels, number - first))
                    paths[number] = (signed, path)
        return [_proof(lines[one], numbers.get(one), paths) for one in ids if one in lines]


def _proof(line: Line, number: int | None, paths: Mapping[int, tuple[SignedCheckpoint, tuple[str, ...]]]) -> Proof:
    if number is None or number not in paths:
        return Proof(leaf=line.leaf, line=line.line)
    signed, path = paths[number]
    return Proof(leaf=line.leaf, line=line.line, number=number, path=path, checkpoint=signed)
