"""The books as a file that anyone can verify without the database and without our keys.

One JSON object a line: the public keys first, then each checkpoint followed by its leaves and their entries, last the
entries not yet sealed. An entry is the canonical JSON its hash is of; it holds no personal data.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol
from uuid import UUID

import msgspec
from msgspec import Struct

from application.audit.ports import Books, Signer
from domain.audit.logs import Entry, Leaf, Log, Numbered, SignedCheckpoint
from domain.errors import Invalid


class NotAnExport(Invalid):
    """The file is no export of ledger and trail."""


class Keys(Struct, frozen=True, kw_only=True, tag="keys"):
    public: dict[str, str]


class Sealed(Struct, frozen=True, kw_only=True, tag="checkpoint"):
    checkpoint: SignedCheckpoint


class Below(Struct, frozen=True, kw_only=True, tag="leaf"):
    """`gone`: retention took the entry."""

    numbered: Numbered
    gone: bool


class Line(Struct, frozen=True, kw_only=True, tag="entry"):
    leaf: Leaf
    line: str


Written = Keys | Sealed | Below | Line
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Written).decode


class Lines(Protocol):
    async def lines(self, log: Log, ids: Sequence[UUID]) -> dict[UUID, Line]:
        """Each entry as the JSON its hash is of."""
        ...


@dataclass(frozen=True, slots=True)
class ExportBooks:
    books: Books
    lines: Lines
    signer: Signer

    async def __call__(self) -> AsyncIterator[bytes]:
        """Line by line."""
        yield _encode(Keys(public={name: key.hex() for name, key in self.signer.public_keys().items()}))
        async for signed in self.books.checkpoints():
            yield _encode(Sealed(checkpoint=signed))
            numbered = await self.books.leaves(signed.checkpoint.first, signed.checkpoint.last)
            for log in Log:
                mine = [one for one in numbered if one.leaf.log is log]
                async for line in self._below(log, mine):
                    yield line
        async for entry in self.books.not_sealed():
            found = await self.lines.lines(entry.leaf.log, [entry.leaf.entry_id])
            for written in found.values():
                yield _encode(written)

    async def _below(self, log: Log, numbered: Sequence[Numbered]) -> AsyncIterator[bytes]:
        ids = [one.leaf.entry_id for one in numbered]
        lines = await self.lines.lines(log, ids) if ids else {}
        missing = [one for one in ids if one not in lines]
        gone = await self.books.gone(log, missing) if missing else set()
        for one in numbered:
            yield _encode(Below(numbered=one, gone=one.leaf.entry_id in gone))
        for written in lines.values():
            yield _encode(written)


@dataclass(slots=True)
class ExportedBooks(Books):
    """An export read back. What is sealed beside an entry is not in it, so no promise can be looked at."""

    keys: dict[str, bytes] = field(default_factory=dict)
    signed: list[SignedCheckpoint] = field(default_factory=list)
    below: dict[int, Numbered] = field(default_factory=dict)
    taken: set[UUID] = field(default_factory=set)
    found: dict[tuple[Log, UUID], Entry] = field(default_factory=dict)

    def take(self, written: Written) -> None:
        match written:
            case Keys(public=public):
                self.keys |= {name: bytes.fromhex(key) for name, key in public.items()}
            case Sealed(checkpoint=signed):
                self.signed.append(signed)
            case Below(numbered=numbered, gone=gone):
                self.below[numbered.number] = numbered
                self.taken |= {numbered.leaf.entry_id} if gone else set()
            case Line(leaf=leaf, line=line):
                says = sha256(line.encode()).hexdigest() == leaf.hash and _names(line, leaf)
                self.found[leaf.log, leaf.entry_id] = Entry(leaf=leaf, sound=says, promise=None)

    async def checkpoints(self) -> AsyncIterator[SignedCheckpoint]:
        for one in self.signed:
            yield one

    async def leaves(self, first: int, last: int) -> list[Numbered]:
        return [self.below[number] for number in range(first, last + 1) if number in self.below]

    async def entries(self, log: Log, ids: Sequence[UUID]) -> list[Entry]:
        found = (self.found.get((log, one)) for one in ids)
        return [entry for entry in found if entry is not None]

    async def gone(self, log: Log, ids: Sequence[UUID]) -> set[UUID]:  # noqa: ARG002 - an id belongs to one log
        return self.taken.intersection(ids)

    async def not_sealed(self) -> AsyncIterator[Entry]:
        last = max((signed.checkpoint.last for signed in self.signed), default=-1)
        with_leaf = {(one.leaf.log, one.leaf.entry_id) for one in self.below.values() if 0 <= one.number <= last}
        for name, entry in self.found.items():
            if name not in with_leaf:
                yield entry


def read_export(lines: Iterable[bytes]) -> ExportedBooks:
    """Raises NotAnExport."""
    books = ExportedBooks()
    for number, text in enumerate(lines, start=1):
        try:
            written = _decode(text)
        except msgspec.MsgspecError:
            raise NotAnExport(f"Line {number} is not one of an export of ledger and trail.") from None
        books.take(written)
    if not books.keys:
        raise NotAnExport("The export names no public key; its first line is missing.")
    return books


class _Named(Struct):
    id: UUID


class _Says(Struct):
    """Which entry a line is of: the ledger's has its id in the fact, the trail's in the record."""

    fact: _Named | None = None
    record: _Named | None = None


def _names(line: str, leaf: Leaf) -> bool:
    try:
        says = msgspec.json.decode(line, type=_Says)
    except msgspec.MsgspecError:
        return False
    named = says.fact if leaf.log is Log.LEDGER else says.record
    return named is not None and named.id == leaf.entry_id
