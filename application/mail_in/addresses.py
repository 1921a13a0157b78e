"""Which of our addresses a message goes out with."""

from dataclasses import dataclass

from msgspec import Struct

from application.mail_in.ports import MailTokens
from domain.addresses import Channel
from domain.mail_in.addresses import BounceOf, MailAddress, ProgramTail, Way, WayOf
from domain.messages import Message


class OwnAddresses(Struct, frozen=True, kw_only=True):
    """Where a mail's bounces, replies and unsubscribes come back to; without a domain for them, nowhere of ours."""

    bounces: str | None = None
    replies: str | None = None
    unsubscribes: str | None = None


_NONE = OwnAddresses()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAddresses:
    tokens: MailTokens
    domain: str

    def of(self, message: Message) -> OwnAddresses:
        if not self.domain or message.channel is not Channel.EMAIL:
            return _NONE
        point, program = message.contact_point_id, ProgramTail.of(message.program_id)
        return OwnAddresses(
            bounces=self._written(BounceOf(message_id=message.id)),
            replies=self._written(WayOf(way=Way.REPLY, contact_point_id=point, program=program)),
            unsubscribes=self._written(WayOf(way=Way.UNSUBSCRIBE, contact_point_id=point, program=program)),
        )

    def _written(self, address: MailAddress) -> str:
        return f"{self.tokens.seal(address)}@{self.domain}"
