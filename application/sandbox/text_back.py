"""Somebody texts back on the sandbox's phone: taken in as any carrier's text is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from msgspec import Struct, field

from application.access.tickets import Ticket, Tickets
from application.ports import Clock
from application.replies.receive import Received, ReceiveReply
from application.replies.surroundings import Inbound
from application.sandbox.ports import SandboxMessages
from domain.access import Actor, Permission
from domain.addresses import Address, Channel
from domain.errors import Conflict, Forbidden, Invalid
from domain.ids import MessageId

_LONGEST = 1600
_PAGE, _PURPOSE = "sandbox", "text-back"
_OPEN_FOR = timedelta(days=1)


class NotSandboxed(Conflict):
    """Live texts go out through a real carrier; people answer on their own phones."""


class NoTicket(Forbidden):
    """The form was not made here, or it is too old."""


class TextedBack(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    from_: str = field(name="from")
    to: str
    text: str

    def __repr__(self) -> str:
        return "TextedBack(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBack:
    receive_reply: ReceiveReply
    sandbox_messages: SandboxMessages
    tickets: Tickets
    clock: Clock
    sandbox_has_live_texts: Callable[[], bool]

    def ticket(self, message_id: MessageId) -> str:
        """For the form under one message: another site cannot know it."""
        until = self.clock.now() + _OPEN_FOR
        return self.tickets.sign(Ticket(page=_PAGE, purpose=_PURPOSE, until=until, about=str(message_id)))

    async def __call__(self, command: TextedBack, by: Actor) -> Received:
        """Raises InvalidAddress, Invalid, NotSandboxed."""
        by.must(Permission.WRITE_SANDBOX)
        address = Address.parse(command.from_, Channel.SMS, field="from")
        return await self._received(address.value, command.to, command.text, live=by.live)

    async def by_ticket(self, ticket: str, text: str) -> Received:
        """The one who looks at the page answers the message they see there. Raises NoTicket, Invalid, NotSandboxed."""
        read = self.tickets.read(ticket)
        handed = None
        if read is not None and (read.page, read.purpose) == (_PAGE, _PURPOSE) and read.until > self.clock.now():
            handed = await self.sandbox_messages.find(MessageId(UUID(read.about)))
        if handed is None:
            raise NoTicket("Look at the sandbox again, and answer from there.")
        message = handed.message
        return await self._received(message.to, message.from_, text, live=handed.live)

    async def _received(self, sender: str, to: str, text: str, *, live: bool) -> Received:
        if live and not self.sandbox_has_live_texts():
            raise NotSandboxed("Live texts go out through a real carrier: answer on the phone, or use a test key.")
        if len(text) > _LONGEST:
            raise Invalid(f"A text has at most {_LONGEST} characters.", field="text")
        inbound = Inbound(carrier_id=f"sandbox-{uuid4()}", sender=sender, to=to, text=text, provider="sandbox")
        return await self.receive_reply(inbound, live=live)
