"""Take a complaint: no more marketing to whoever made it (EML-ARF-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.consent.ports import Ledger, Point
from application.consent.withdraw import WithdrawPoint
from application.contacts.sealing import open_address
from application.mail_in.ports import MailsTaken
from application.mail_in.taken import Became, Taken
from application.mail_in.traces import About, MailTraces
from application.replies.effects import Effects, Said
from application.secrets import Digests, Vault
from domain.addresses import Address
from domain.compliance.delivery_reports import Complaint, complaint
from domain.compliance.replies import Answer, Classification, Reading, Scope
from domain.consent.evidence import Evidence
from domain.consent.ledger import AGREED, Fact, Status
from domain.mail_in.mail import Mail
from domain.programs import Category
from domain.suppression import Reason

# RFC 5965, 6430, 6591: what may be logged and kept; another type is a stranger's word.
_REGISTERED = frozenset({"abuse", "auth-failure", "fraud", "not-spam", "opt-out", "opt-out-list", "other", "virus"})
_VIA = "complaint"
_READING = Reading(
    classification=Classification.REVOKE,
    rule="EML-ARF-01",
    pattern="a complaint to the mailbox provider",
    scope=Scope.MARKETING,
    reply=Answer(send=None, reason="other_channel"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailComplaints:
    """Needs an open transaction."""

    mail_traces: MailTraces
    mails_taken: MailsTaken
    ledger: Ledger
    effects: Effects
    withdraw_point: WithdrawPoint
    vault: Vault
    digests: Digests

    async def take(self, mail: Mail, now: datetime) -> Taken:
        """What came without a type is a complaint all the same."""
        given = mail.feedback or ""
        kind, code = complaint(given), given if given in _REGISTERED else None
        if kind is Complaint.NONE:
            return Taken(became=Became.NO_OPT_OUT, code=code)
        about = await self.mail_traces.follow(mail.traces)
        if kind is Complaint.ALERT:
            return Taken(became=Became.SENDER_ALERT, message_id=about.message_id if about else None, code=code)
        if about is None:
            return Taken(became=Became.UNKNOWN, code=code)
        became = await self._left(kind, about, code or "of no registered type", now)
        return Taken(became=became, contact_point_id=about.contact_point_id, message_id=about.message_id, code=code)

    async def _left(self, kind: Complaint, about: About, code: str, now: datetime) -> Became:
        """An address that was taken off its contact is left as by a link."""
        point = await self.ledger.point(about.contact_point_id)
        writer = await self.mails_taken.writer(about.contact_point_id)
        statement = f"feedback report: {code}"
        if kind is Complaint.SUPPRESS and point is not None and writer is not None:
            await self._suppressed(point, statement, now, live=writer.live)
            return Became.COMPLAINT
        evidence = Evidence(source="provider", via=_VIA, statement=statement)
        known = await self.withdraw_point.within(about.contact_point_id, about.program_id, evidence, now=now)
        return Became.OPT_OUT if known else Became.UNKNOWN

    async def _suppressed(self, point: Point, statement: str, now: datetime, *, live: bool) -> None:
        """A token that survives erasure, and a word on the ledger."""
        tokens = self.digests.suppression(self._address(point), live=live)
        await self.ledger.suppress(
            tokens, point.channel, Reason.COMPLAINT, program_id=None, at=now, category=Category.MARKETING
        )
        facts = [entry.fact for entry in await self.ledger.of_point(point.contact_point_id)]
        if not _complained(facts):
            said = Said(reading=_READING, via=_VIA, statement=statement, at=now, source="provider")
            await self.effects.apply(said, point, facts, now=now)

    def _address(self, point: Point) -> Address:
        seal = self.vault.unwrap(point.data_key).seal
        return open_address(point.address, point.contact_point_id, point.channel, seal)


def _complained(facts: Sequence[Fact]) -> bool:
    """Whether they did before, and agreed to nothing since. Facts come oldest first."""
    said = [fact.status for fact in facts if fact.status in AGREED or fact.facts.via == _VIA]
    return said[-1:] == [Status.REVOKED]
