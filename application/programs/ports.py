from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from domain.ids import ProgramId
from domain.programs import Program


class Described(Struct, frozen=True, kw_only=True):
    """A program with the slug of its sender and every version of its disclosures."""

    program: Program
    sender: str


class Programs(Protocol):
    async def add(self, program: Program) -> Program:
        """The one that has this id already, if there is one. Raises SlugTaken."""
        ...

    async def get(self, ref: str) -> Program:
        """By id or slug, locked until the transaction ends. Raises NoSuchProgram."""
        ...

    async def with_slugs(self, slugs: Sequence[str]) -> Sequence[Program]:
        """Those there are, not locked."""
        ...

    async def find_many(self, ids: Sequence[ProgramId]) -> dict[ProgramId, Program]:
        """Those there are, not locked."""
        ...

    async def save(self, program: Program) -> None:
        """Adds the versions that are new; none is ever changed."""
        ...

    async def wake(self, program_id: ProgramId, *, at: datetime) -> None:
        """What waits because the program was paused is due now."""
        ...


class ProgramQueries(Protocol):
    async def one(self, ref: str) -> Described:
        """By id or slug. Raises NoSuchProgram."""
        ...

    async def page(self, limit: int, after: ProgramId | None) -> Sequence[Described]:
        """Newest first; one more than the limit if there are more."""
        ...
