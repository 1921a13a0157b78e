"""Take a bounce: it concerns the message whose envelope sender it came to, whatever address stands in it."""

from dataclasses import dataclass
from datetime import datetime

from application.mail_in.ports import MailsTaken
from application.mail_in.taken import Became, Taken
from application.messages.carriers import DeliveryReport, Effect
from application.messages.outcomes import Outcomes
from application.messages.ports import Messages
from domain.compliance.delivery_reports import Bounce, too_many_soft
from domain.ids import MessageId
from domain.mail_in.bounces import Bounced
from domain.messages import Message, Status

_EFFECTS = {Bounce.HARD: Effect.ADDRESS_DEAD, Bounce.POLICY: Effect.SENDER_MISCONFIGURED, Bounce.SOFT: Effect.NONE}
_BECAME = {Bounce.HARD: Became.HARD_BOUNCE, Bounce.POLICY: Became.SENDER_ALERT, Bounce.SOFT: Became.SOFT_BOUNCE}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailBounces:
    """Needs an open transaction."""

    messages: Messages
    outcomes: Outcomes
    mails_taken: MailsTaken

    async def take(self, bounced: Bounced, message_id: MessageId, now: datetime) -> Taken:
        """Repeated and late ones change nothing (EML-DSN-01)."""
        message = next(iter(await self.messages.lock([message_id])), None)
        if message is None:
            return Taken(became=Became.UNKNOWN)
        became = Became.DELIVERY_NEWS
        if bounced.kind is not Bounce.NONE:
            became = _BECAME[bounced.kind]
            if not bounced.delayed:
                await self._undelivered(message, bounced, now)
            if bounced.kind is Bounce.SOFT and await self._too_often(message, now):
                became = Became.GIVEN_UP
        point = message.contact_point_id
        return Taken(became=became, contact_point_id=point, message_id=message_id, code=bounced.status or None)

    async def _undelivered(self, message: Message, bounced: Bounced, now: datetime) -> None:
        report = DeliveryReport(
            message_id=message.id,
            status=Status.UNDELIVERED,
            at=now,
            code=bounced.code,
            effect=_EFFECTS[bounced.kind],
        )
        await self.outcomes.reported([report], now)

    async def _too_often(self, message: Message, now: datetime) -> bool:
        bounces = await self.mails_taken.bounced_softly(message.contact_point_id, message.id, at=now)
        if not too_many_soft(bounces, now):
            return False
        await self.outcomes.given_up(message, now)
        return True
