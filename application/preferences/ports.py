"""What the choices of one address are read from, beside the ledger."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from domain.addresses import Channel
from domain.channels import Sender
from domain.ids import ContactPointId, ProgramId
from domain.programs import Program


class Reached(Struct, frozen=True, kw_only=True):
    """Where a link leads: `address` is sealed with the contact's key."""

    contact_point_id: ContactPointId
    channel: Channel
    data_key: bytes
    address: bytes
    live: bool


class Preferences(Protocol):
    async def reached(self, contact_point_id: ContactPointId) -> Reached | None: ...

    async def programs(
        self, contact_point_id: ContactPointId | None, named: Sequence[ProgramId]
    ) -> list[tuple[Program, Sender]]:
        """Those named, and those whose messages went to the contact point; by sender and name. None that is still a
        draft.
        """
        ...
