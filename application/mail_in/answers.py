"""Take what people write: mail to the unsubscribe address, whatever it says, and replies, by what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from application.consent.ports import Ledger, Point
from application.consent.withdraw import WithdrawPoint
from application.mail_in.ports import MailsTaken, Writer
from application.mail_in.taken import Became, Taken
from application.mail_in.traces import About
from application.programs.ports import Programs
from application.replies.effects import Effects, Said
from application.replies.ports import Replies
from application.replies.sealing import seal_text
from application.secrets import Vault
from domain.addresses import Address, Channel, InvalidAddress
from domain.compliance.replies import Classification, Mailbox, Reading, Reply, classify
from domain.consent.evidence import Evidence
from domain.ids import ContactPointId, ProgramId, ReplyId, new_id
from domain.mail_in.mail import Mail
from domain.programs import Program
from domain.replies import ReceivedReply, Status

_LONGEST_STATEMENT = 2_000
_BECAME = {
    Classification.REVOKE: Became.OPT_OUT,
    Classification.SUSPEND_AND_REVIEW: Became.UNCLEAR,
    Classification.NO_CHANGE: Became.AUTOMATIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAnswers:
    """Needs an open transaction."""

    ledger: Ledger
    programs: Programs
    replies: Replies
    mails_taken: MailsTaken
    effects: Effects
    withdraw_point: WithdrawPoint
    vault: Vault

    async def leave(
        self, mail: Mail, point: ContactPointId, programs: Sequence[ProgramId | None], now: datetime
    ) -> Taken:
        """The address's own contact point leaves, whoever wrote (EML-MAILTO-01); an answering machine wants nothing."""
        if classify(_reply(mail, None, now, Mailbox.UNSUBSCRIBE)).classification is not Classification.REVOKE:
            return Taken(became=Became.AUTOMATIC, contact_point_id=point)
        evidence = Evidence(source="first_party", via="mailto", statement=_statement(mail))
        known = [await self.withdraw_point.within(point, program, evidence, now=now) for program in programs]
        return Taken(became=Became.OPT_OUT if any(known) else Became.UNKNOWN, contact_point_id=point)

    async def read(self, mail: Mail, about: About, now: datetime) -> Taken:
        """As a text would be; what is unclear stops marketing until somebody has read it."""
        writer = await self.mails_taken.writer(about.contact_point_id)
        reading = classify(_reply(mail, writer, now, Mailbox.REPLY))
        became = _BECAME.get(reading.classification, Became.NO_OPT_OUT)
        if became is not Became.AUTOMATIC:
            point = await self.ledger.point(about.contact_point_id)
            if point is not None and writer is not None:
                await self._applied(mail, about, reading, point, writer, now)
            elif became is Became.OPT_OUT:
                became = await self._left(mail, about, now)
        return Taken(became=became, contact_point_id=about.contact_point_id, message_id=about.message_id)

    async def _applied(
        self, mail: Mail, about: About, reading: Reading, point: Point, writer: Writer, now: datetime
    ) -> None:
        program = await self._program(about.program_id)
        said = Said(
            reading=reading,
            via="unsub_reply",
            statement=_statement(mail),
            at=now,
            program_id=about.program_id,
            program=program.slug if program else None,
            category=program.category if program else None,
        )
        facts = [entry.fact for entry in await self.ledger.of_point(point.contact_point_id)]
        await self.effects.apply(said, point, facts, now=now)
        await self._kept(mail, about, reading, point, writer, program, now)

    async def _kept(
        self,
        mail: Mail,
        about: About,
        reading: Reading,
        point: Point,
        writer: Writer,
        program: Program | None,
        now: datetime,
    ) -> None:
        """For whoever reads what is unclear; nobody's words are lost because they came to us."""
        unclear = reading.classification is Classification.SUSPEND_AND_REVIEW
        reply = ReceivedReply(
            id=ReplyId(new_id(now)),
            carrier_id=f"mail-{mail.identity.hex()}",
            live=writer.live,
            channel=Channel.EMAIL,
            received_at=now,
            status=Status.UNCLEAR if unclear else Status.READ,
            contact_id=point.contact_id,
            contact_point_id=point.contact_point_id,
            sender_id=program.sender_id if program else None,
            message_id=about.message_id,
            program_id=about.program_id,
            classification=reading.classification,
            rule=reading.rule,
            pattern=reading.pattern,
            language=reading.language,
        )
        if await self.replies.claim(reply):
            text = seal_text(_statement(mail), reply.id, self.vault.unwrap(point.data_key).seal)
            await self.replies.keep(reply, text)

    async def _left(self, mail: Mail, about: About, now: datetime) -> Became:
        evidence = Evidence(source="first_party", via="unsub_reply", statement=_statement(mail))
        known = await self.withdraw_point.within(about.contact_point_id, about.program_id, evidence, now=now)
        return Became.OPT_OUT if known else Became.UNKNOWN

    async def _program(self, program_id: ProgramId | None) -> Program | None:
        slug = (await self.ledger.program_slugs()).get(program_id) if program_id else None
        return next(iter(await self.programs.with_slugs([slug])), None) if slug else None


def _reply(mail: Mail, writer: Writer | None, now: datetime, mailbox: Mailbox) -> Reply:
    return Reply(
        text=mail.text,
        received_at=now,
        channel="email",
        locale=writer.locale if writer else None,
        country=writer.country if writer else None,
        region=writer.region if writer else None,
        subject=mail.subject,
        headers=mail.headers,
        mailbox=mailbox,
    )


def _statement(mail: Mail) -> str:
    """What was written, and by whom as far as a masked address tells; it is sealed before it is kept."""
    lines = [f"From: {_masked(mail)}", f"Subject: {mail.subject}", "", mail.text.strip()]
    return "\n".join(lines)[:_LONGEST_STATEMENT]


def _masked(mail: Mail) -> str:
    try:
        return Address.parse(parseaddr(mail.headers.get("from", ""))[1], Channel.EMAIL).masked
    except InvalidAddress:
        return "somebody"
