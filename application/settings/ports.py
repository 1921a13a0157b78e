from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from domain.addresses import Channel
from domain.settings import Credentials, InUse, StoredCredentials


class CredentialStore(Protocol):
    """Inside the open transaction; nothing is kept but sealed."""

    async def find(self, channel: Channel) -> StoredCredentials | None:
        """Raises CredentialsUnreadable."""
        ...

    async def every(self) -> Mapping[Channel, StoredCredentials | None]:
        """Of each channel that has some; None where they cannot be read."""
        ...

    async def put(self, channel: Channel, stored: StoredCredentials) -> bool:
        """Whether there were some before."""
        ...

    async def remove(self, channel: Channel) -> bool:
        """Whether there were any."""
        ...


class Tested(Struct, frozen=True, kw_only=True):
    """What a provider said to a call that changes nothing. `reason` is for people, `code` for machines."""

    ok: bool
    code: str | None = None
    reason: str | None = None


class CarrierSettings(Protocol):
    """What carriers are made of while everything runs. What the environment decides stays."""

    def decided(self, channel: Channel) -> InUse | None:
        """By the environment: its credentials, or the sandbox."""
        ...

    async def judge(self, credentials: Credentials) -> None:
        """Raises HostRefused, WouldBeOverheard."""
        ...

    async def test(self, channel: Channel, credentials: Credentials | None) -> Tested:
        """Without credentials, those of the environment."""
        ...

    async def use(self, channel: Channel, credentials: Credentials | None) -> None:
        """From the next message on; those on their way end as they began. The same again changes nothing."""
        ...

    async def suspend(self, channel: Channel) -> None:
        """Messages wait: there are credentials, and they cannot be read."""
        ...
