"""What mail leaves behind is forgotten once nothing is decided by it."""

from dataclasses import dataclass
from datetime import timedelta

from application.mail_in.ports import MailsTaken
from application.ports import Clock, Transaction
from domain.compliance.delivery_reports import SOFT_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMail:
    """No mail server tries for as long as soft bounces count."""

    mails_taken: MailsTaken
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> int:
        async with self.transaction():
            return await self.mails_taken.forget(self.clock.now() - timedelta(days=SOFT_LIMIT.days + 1))
