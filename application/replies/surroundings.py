"""What is known around a reply when it comes in: whom it was written to, by whom, and what it seems to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from application.compliance.attempts import ASKED_BY_MESSAGE, decode_facts, recipient_of
from application.consent.ports import Point
from application.messages.ports import Asked, Known, Recipients
from application.replies.ports import Answered, Replies, WrittenTo
from application.secrets import Digests
from domain.addresses import Address
from domain.channels import Sender
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.replies import PendingOptIn, Reply
from domain.consent.ledger import AGREED, Fact, Status, words_about
from domain.ids import ProgramId

# Nobody answers what is older.
_REMEMBERED = timedelta(days=366)
OptOutType = Literal["STOP", "START", "HELP"]


class Inbound(Struct, frozen=True, kw_only=True):
    """One text as its carrier tells it. `carrier_id` is the carrier's own name for it, the same whenever it is told
    again. `service` is what the number belongs to at the carrier; `opt_out_type` how the carrier read it and has
    answered already; `media` counts pictures.
    """

    carrier_id: str
    sender: str
    to: str
    text: str
    provider: str
    service: str | None = None
    opt_out_type: OptOutType | None = None
    media: int = 0

    def __repr__(self) -> str:
        return f"Inbound({self.carrier_id})"


class Asking(Struct, frozen=True, kw_only=True):
    """The opt-in request nobody has answered yet; the last one, if there are several."""

    program_id: ProgramId
    program: str
    at: datetime
    by_message: bool


class Surroundings(Struct, frozen=True, kw_only=True):
    """`facts` are the ledger of the contact point, oldest first; nobody else decides about it until the transaction
    ends. `program` is the slug an answer goes out under.
    """

    address: Address
    sender: Sender
    program: str | None
    known: Known | None = None
    facts: tuple[Fact, ...] = ()
    answered: Answered | None = None
    asking: Asking | None = None

    @property
    def point(self) -> Point | None:
        if self.known is None:
            return None
        return Point(
            contact_id=self.known.contact_id,
            contact_point_id=self.known.contact_point_id,
            channel=self.address.channel,
            data_key=self.known.data_key,
            address=b"",
            latest=max((fact.at for fact in self.facts), default=None),
        )

    def reply(self, inbound: Inbound, now: datetime) -> Reply:
        """As the rules read it."""
        place = whereabouts(recipient_of(self.address, self.known, self.facts), now.date())
        asking = self.asking
        return Reply(
            text=inbound.text,
            received_at=now,
            channel=self.address.channel,
            locale=self.known.locale if self.known else None,
            country=place.country,
            region=place.jurisdictions[0].region if place.jurisdictions else None,
            number_type=self.sender.sms_number_type,
            provider=inbound.provider,
            opt_out_type=inbound.opt_out_type,
            pending_optin=PendingOptIn(program=asking.program, requested_at=asking.at) if asking else None,
            already_opted_out=opt_out_was_confirmed(self.facts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAround:
    """Needs an open transaction."""

    replies: Replies
    recipients: Recipients
    digests: Digests

    async def __call__(
        self, address: Address, written_to: Sequence[WrittenTo], *, live: bool, now: datetime
    ) -> Surroundings:
        """Of somebody who wrote to one of these senders, of which there is at least one."""
        known = await self._known(address, live=live, now=now)
        if known is None:
            first = written_to[0]
            return Surroundings(address=address, sender=first.sender, program=first.program)
        facts = tuple(decode_facts(known.history))
        senders = [one.sender.id for one in written_to]
        answered = await self.replies.answered(
            known.contact_id, known.contact_point_id, senders, since=now - _REMEMBERED
        )
        asking = _asking(facts, {one.sender.slug for one in written_to})
        to = _sender(written_to, answered, asking, facts)
        return Surroundings(
            address=address,
            sender=to.sender,
            program=(answered.program if answered else None) or (asking.program if asking else None) or to.program,
            known=known,
            facts=facts,
            answered=answered,
            asking=asking,
        )

    async def _known(self, address: Address, *, live: bool, now: datetime) -> Known | None:
        asked = Asked(
            digests=self.digests.index(address, live=live),
            tokens=self.digests.suppression(address, live=live),
            program="",
        )
        [found] = await self.recipients.gather([asked], now=now)
        if found.known is None:
            return None
        [held] = await self.recipients.hold([found.known], now=now)
        return held


def opt_out_was_confirmed(facts: Sequence[Fact]) -> bool:
    """Whether an opt-out stands of which the person was told."""
    confirmed = False
    for fact in facts:
        if fact.status is Status.REVOKED:
            confirmed = confirmed or fact.facts.confirmed is not None
        elif fact.status in AGREED or fact.status is Status.RESTARTED:
            confirmed = False
    return confirmed


def _asking(facts: Sequence[Fact], brands: set[str]) -> Asking | None:
    for fact in reversed(facts):
        if fact.status is not Status.REQUESTED or fact.program_id is None or fact.brand not in brands:
            continue
        if words_about(facts, fact.program_id)[-1] is fact:
            return Asking(
                program_id=fact.program_id,
                program=fact.program or "",
                at=fact.at,
                by_message=fact.facts.via == ASKED_BY_MESSAGE,
            )
    return None


def _sender(
    written_to: Sequence[WrittenTo], answered: Answered | None, asking: Asking | None, facts: Sequence[Fact]
) -> WrittenTo:
    """Where several have one number: whose message came last, or who asked last."""
    if answered is not None:
        return next(one for one in written_to if one.sender.id == answered.sender_id)
    if asking is not None:
        brand = next(fact.brand for fact in reversed(facts) if fact.program_id == asking.program_id and fact.brand)
        return next(one for one in written_to if one.sender.slug == brand)
    return written_to[0]
