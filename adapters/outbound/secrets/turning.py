"""A ring that turns while it is in use.

A version is first known to every process and only then used by any (see `application/keys/`): what one process makes,
every other can read. Whoever derives something from the keys follows by `PerVersion`.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar, overload

from adapters.outbound.secrets.ring import PURPOSES, KeyRing, Ring, RingUnusable
from application.keys.ports import Keys, Standing

T = TypeVar("T")
# By these something is looked up: versions that nothing stands under any more are not tried. The keys of the others
# are known by what they made, or only tried once the one in use failed.
_LOOKED_UP_BY = frozenset({"index", "suppression", "idempotency"})


class RingSource(Protocol):
    """Where the ring is kept."""

    def load(self) -> KeyRing:
        """Raises RingUnusable."""
        ...

    def changed(self) -> bool:
        """Since it was last loaded."""
        ...

    def change(self, how: Callable[[KeyRing], KeyRing]) -> None:
        """At once and for good, one at a time. Raises NotOurs where somebody else keeps the ring, RingUnusable."""
        ...


class TurningRing(Ring, Keys):
    def __init__(self, source: RingSource) -> None:
        self.source = source
        self._ring = source.load()
        self._standings: Mapping[str, Standing] = {}
        self._ordered: dict[str, Mapping[int, bytes]] = {}
        self._order()

    def versions(self, purpose: str) -> Mapping[int, bytes]:
        return self._ordered[purpose]

    def newest(self, purpose: str) -> tuple[int, bytes]:
        return next(iter(self._ordered[purpose].items()))

    def known(self) -> dict[str, list[int]]:
        return {purpose: sorted(self._ring.versions(purpose)) for purpose in PURPOSES}

    def used(self) -> dict[str, int]:
        return {purpose: self.newest(purpose)[0] for purpose in PURPOSES}

    async def look_again(self) -> None:
        if not self.source.changed():
            return
        # It may be far away. What is read there takes effect here, between two steps of everyone else.
        ring = await asyncio.to_thread(self.source.load)
        for purpose, standing in self._standings.items():
            _require(ring, purpose, standing)
        self._ring = ring
        self._order()

    def turn(self, standings: Sequence[Standing]) -> None:
        for standing in standings:
            _require(self._ring, standing.purpose, standing)
        self._standings = {standing.purpose: standing for standing in standings}
        self._order()

    def _order(self) -> None:
        """What did not change keeps its mapping, so that nothing is derived again."""
        for purpose in PURPOSES:
            found = self._in_order(purpose)
            if list(found.items()) != list(self._ordered.get(purpose, {}).items()):
                self._ordered[purpose] = found

    def _in_order(self, purpose: str) -> Mapping[int, bytes]:
        versions, standing = self._ring.versions(purpose), self._standings.get(purpose)
        if standing is None:
            return versions
        oldest = standing.oldest if purpose in _LOOKED_UP_BY else 0
        others = {version: key for version, key in versions.items() if version >= oldest}
        return {standing.current: versions[standing.current], **others}


class PerVersion(Sequence[T], Generic[T]):
    """What is made of each key of a purpose: that of the version in use first, then the newest to the oldest."""

    def __init__(self, ring: Ring, purpose: str, make: Callable[[bytes], T]) -> None:
        self._ring = ring
        self._purpose = purpose
        self._make = make
        self._from: Mapping[int, bytes] | None = None
        self._made: dict[int, T] = {}
        self._list: list[T] = []

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._now()[index]

    def __len__(self) -> int:
        return len(self._now())

    def of(self, version: int) -> T | None:
        self._now()
        return self._made.get(version)

    def _now(self) -> list[T]:
        versions = self._ring.versions(self._purpose)
        if versions is not self._from:
            self._made = {version: self._make(key) for version, key in versions.items()}
            self._list = list(self._made.values())
            self._from = versions
        return self._list


def _require(ring: KeyRing, purpose: str, standing: Standing) -> None:
    if standing.current not in ring.versions(purpose):
        raise RingUnusable(
            f"The key ring lacks version {standing.current} of {purpose!r}, which is in use; restore the ring of today."
        )
