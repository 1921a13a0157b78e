"""What challenges need kept, and kept secret."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from domain.addresses import Channel
from domain.ids import ChallengeId, MessageId
from domain.verification.challenge import Challenge
from domain.verification.rationing import Seen


class Kept(Struct, frozen=True, kw_only=True):
    """A challenge as stored: whom it is for, what comes back on approval, and what was shown to whoever asked, are
    sealed, and gone when they have served; of the secret there is a keyed digest, and only once it was sent.
    """

    challenge: Challenge
    digest: bytes
    network: bytes | None = None
    prefix: bytes | None = None
    country: str | None = None
    address: bytes | None = None
    payload: bytes | None = None
    evidence: bytes | None = None
    secret: bytes | None = None
    message_id: MessageId | None = None


class Challenges(Protocol):
    async def program(self, ref: str | None, channel: Channel) -> str | None:
        """The slug of the active program that carries a code on the channel: the one named or, without a name, the
        oldest for codes, else the oldest there is.
        """
        ...

    async def home_countries(self) -> frozenset[str]:
        """Where the senders are."""
        ...

    async def add(self, kept: Kept) -> Challenge:
        """As it is on record: one that exists already is left alone. The worker hears of it with the commit."""
        ...

    async def find(self, challenge_id: ChallengeId) -> Kept | None: ...

    async def hold(self, challenge_id: ChallengeId, *, now: datetime) -> tuple[Kept, int] | None:
        """With the failures of its address in a day. Nobody else checks or sends for that address until the
        transaction ends.
        """
        ...

    async def save(self, kept: Sequence[Kept]) -> None: ...

    async def due(self, *, now: datetime, most: int) -> list[Kept]:
        """Those that wait to be sent, oldest first; none while another worker has them. Locked, with their addresses,
        until the transaction ends.
        """
        ...

    async def seen(self, kept: Sequence[Kept], *, now: datetime) -> list[Seen]:
        """In the order given, in one round trip."""
        ...

    async def supersede(self, kept: Sequence[Kept], *, at: datetime) -> None:
        """What was asked for before these, for the same address, purpose and intent, is void."""
        ...

    async def forget(self, *, now: datetime) -> int:
        """Wipes what is personal of those whose time is over, and deletes those that no longer count."""
        ...


class Secrets(Protocol):
    """Keyed digests under keys used for nothing else; newest key version first."""

    def digest(self, what: str, text: str, *, live: bool) -> bytes:
        """By which the same address, network or block of numbers is known again."""
        ...

    def stamp(self, secret: str, kept: Kept) -> bytes:
        """Of a code or token, good for this challenge, its address, purpose and intent only."""
        ...

    def matches(self, secret: str, kept: Kept) -> bool:
        """In constant time, and as long for one that was never sent."""
        ...


class Tallies(Protocol):
    """Counts for whoever watches; few words, and nobody in them."""

    def sent(self, channel: Channel) -> None: ...

    def approved(self, channel: Channel) -> None: ...

    def refused(self, channel: Channel, because: str) -> None: ...
