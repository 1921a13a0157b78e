from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from domain.keys import Standing, User, Work

__all__ = ["Batch", "KeyStandings", "Keys", "Rework", "Standing", "Step"]


class Keys(Protocol):
    """The ring as this process has it."""

    async def look_again(self) -> None:
        """Takes up versions that were added where the ring is kept."""
        ...

    def turn(self, standings: Sequence[Standing]) -> None:
        """Uses these versions from now on. Raises where one is not known here."""
        ...

    def known(self) -> Mapping[str, Sequence[int]]: ...

    def used(self) -> Mapping[str, int]: ...


class KeyStandings(Protocol):
    """What all processes agree on."""

    async def begin(self, standings: Sequence[Standing]) -> None:
        """For keys that have no standing yet."""
        ...

    async def report(self, user: User) -> list[Standing]:
        """Who uses the ring, and where the keys stand: nothing is put to use between the two."""
        ...

    async def forget(self, user_id: UUID) -> None: ...

    async def alone(self) -> bool:
        """For the rest of the transaction nobody else turns anything; False if somebody does already."""
        ...

    async def every(self) -> list[Standing]:
        """Held until the transaction ends."""
        ...

    async def look(self) -> list[Standing]: ...

    async def users(self, since: datetime) -> list[User]: ...

    async def use(self, standing: Standing) -> None: ...

    async def works(self) -> list[Work]: ...

    async def keep(self, work: Work) -> None: ...


class Batch(Struct, frozen=True, kw_only=True):
    """`cursor` is None when the last row was seen; `unreadable` rows stay as they are."""

    cursor: str | None
    done: int
    unreadable: int = 0


class Step(Protocol):
    """One column whose rows stand under a key, or are found by one. In the open transaction."""

    purpose: str
    name: str

    async def batch(self, cursor: str | None) -> Batch: ...

    async def left(self, version: int) -> int:
        """Rows not under this version."""
        ...


class Rework(Protocol):
    def steps(self) -> Sequence[Step]: ...
