"""Reading messages back. Whom they went to is shown masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from application.contacts.sealing import open_address
from application.messages.ports import Messages, Page, Step, Stored
from application.ports import Transaction
from application.secrets import Unsealable, Vault
from domain.access import Actor, Permission
from domain.ids import MessageId
from domain.messages import Message

_ERASED = "erased"


class Seen(Struct, frozen=True, kw_only=True):
    """`to` is the masked address, or the word erased."""

    message: Message
    to: str
    decision: bytes
    timeline: Sequence[Step] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQueries:
    messages: Messages
    vault: Vault
    transaction: Transaction

    async def one(self, message_id: MessageId, by: Actor) -> Seen:
        """Raises NoSuchMessage."""
        by.must(Permission.READ_MESSAGES)
        async with self.transaction():
            stored = await self.messages.get(message_id, live=by.live)
            timeline = await self.messages.timeline(message_id)
        return self._seen(stored, timeline)

    async def page(self, page: Page, by: Actor) -> list[Seen]:
        """Newest first."""
        by.must(Permission.READ_MESSAGES)
        async with self.transaction():
            found = await self.messages.page(page, live=by.live)
        return [self._seen(stored) for stored in found]

    def _seen(self, stored: Stored, timeline: Sequence[Step] = ()) -> Seen:
        return Seen(message=stored.message, to=self._masked(stored), decision=stored.decision, timeline=timeline)

    def _masked(self, stored: Stored) -> str:
        if stored.address is None or stored.data_key is None:
            return _ERASED
        try:
            seal = self.vault.unwrap(stored.data_key).seal
            message = stored.message
            return open_address(stored.address, message.contact_point_id, message.channel, seal).masked
        except Unsealable:
            return _ERASED
