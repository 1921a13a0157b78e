"""Take one mail that came to one of our addresses. What it does is committed before it is acknowledged."""

from dataclasses import dataclass
from datetime import datetime

from application.mail_in.answers import MailAnswers
from application.mail_in.bounces import MailBounces
from application.mail_in.complaints import MailComplaints
from application.mail_in.ports import MailsTaken
from application.mail_in.programs import MailPrograms
from application.mail_in.taken import Became, Taken
from application.mail_in.traces import About, MailTraces
from application.ports import Clock, Transaction
from domain.ids import MessageId
from domain.mail_in.addresses import BounceOf, Complaints, MailAddress, Way, WayOf
from domain.mail_in.bounces import read_bounce
from domain.mail_in.mail import Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveMail:
    mails_taken: MailsTaken
    mail_programs: MailPrograms
    mail_traces: MailTraces
    mail_bounces: MailBounces
    mail_complaints: MailComplaints
    mail_answers: MailAnswers
    transaction: Transaction
    clock: Clock

    async def __call__(self, mail: Mail, to: MailAddress) -> Taken:
        """The same mail again changes nothing. Nobody is answered."""
        now = self.clock.now()
        async with self.transaction():
            if not await self.mails_taken.first_time(mail.identity, at=now):
                return Taken(became=Became.REPEATED)
            if mail.feedback is not None:
                return await self.mail_complaints.take(mail, now)
            if isinstance(to, Complaints):
                return await self._complaint(mail, now)
            if isinstance(to, BounceOf):
                return await self._back(mail, to.message_id, now)
            return await self._answer(mail, to, now)

    async def _complaint(self, mail: Mail, now: datetime) -> Taken:
        """Some providers send the mail alone, without the fields of RFC 5965; the address says what is meant."""
        if mail.reports is not None or not mail.traces:
            return Taken(became=Became.UNKNOWN)
        return await self.mail_complaints.take(mail, now)

    async def _back(self, mail: Mail, message_id: MessageId, now: datetime) -> Taken:
        """A bounce; or a person whose program answers to the envelope."""
        bounced = read_bounce(mail)
        if bounced is not None:
            return await self.mail_bounces.take(bounced, message_id, now)
        about = await self.mail_traces.message(message_id)
        return await self.mail_answers.read(mail, about, now) if about else Taken(became=Became.UNKNOWN)

    async def _answer(self, mail: Mail, to: WayOf, now: datetime) -> Taken:
        programs = await self.mail_programs.of(to.program)
        if to.way is Way.UNSUBSCRIBE:
            return await self.mail_answers.leave(mail, to.contact_point_id, programs, now)
        return await self.mail_answers.read(
            mail, About(contact_point_id=to.contact_point_id, program_id=programs[0]), now
        )
