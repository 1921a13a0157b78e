"""Take in what somebody wrote back: read it, do what it says, and answer it, in one transaction. Told again, it has no
second effect; interrupted, it has none at all, and the carrier tells it again.
"""

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from application.consent.ports import Point
from application.ports import Clock, Transaction
from application.replies.answering import Answering, Due
from application.replies.effects import Effects, Said
from application.replies.ports import Replies
from application.replies.sealing import seal_text
from application.replies.surroundings import Inbound, LookAround, Surroundings
from application.replies.yes import Agreements
from application.secrets import Vault
from domain.addresses import Address, Channel, InvalidAddress
from domain.compliance.replies import Classification, Reading, classify
from domain.compliance.replies.words import read_words
from domain.consent.ledger import Fact, Status
from domain.ids import MessageId, ReplyId, new_id
from domain.replies import ReceivedReply
from domain.replies import Status as ReplyStatus
from domain.templates.notices import Notice

_KEYWORD_RULES = frozenset({"US-TCPA-REV-01", "SMS-KW-I18N", "CA-CSC-01"})
_LONGEST_KEPT = 10_000
_ANSWERS = {
    "optout_confirmation": Notice.OPT_OUT_CONFIRMATION,
    "help_reply": Notice.HELP,
    "optin_confirmation": Notice.OPT_IN_CONFIRMATION,
}
_CONFIRMED_ALREADY = {"provider_replied": "provider", "network_replied": "network"}


class Received(Struct, frozen=True, kw_only=True):
    """`repeated`: it was taken in before. `strange`: no sender has the number written to, or nobody could be answered
    at the one it came from.
    """

    reply: ReceivedReply
    effect: str = "none"
    repeated: bool = False
    strange: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveReply:
    replies: Replies
    look_around: LookAround
    effects: Effects
    agreements: Agreements
    answering: Answering
    vault: Vault
    transaction: Transaction
    clock: Clock

    async def __call__(self, inbound: Inbound, *, live: bool) -> Received:
        """Whatever it does is effective with the commit, before this returns."""
        now = self.clock.now()
        reply = ReceivedReply(
            id=ReplyId(new_id(now)),
            carrier_id=inbound.carrier_id,
            live=live,
            channel=Channel.SMS,
            received_at=now,
            media=inbound.media,
        )
        address = _address(inbound.sender)
        async with self.transaction():
            if not await self.replies.claim(reply):
                return Received(reply=reply, repeated=True)
            written_to = await self.replies.written_to([inbound.to, *([inbound.service] if inbound.service else [])])
            if address is None or not written_to:
                return Received(reply=reply, strange=True)
            around = await self.look_around(address, written_to, live=live, now=now)
            return await self._taken_in(reply, inbound, around, now)

    async def _taken_in(self, reply: ReceivedReply, inbound: Inbound, around: Surroundings, now: datetime) -> Received:
        reading = classify(around.reply(inbound, now))
        due = await self._due(reading, around, now)
        said = _said(reading, inbound, around, due, now)
        entry = await self._effect(said, around, live=reply.live, now=now)
        answer = None
        if due is not None and _answers_something(due.kind, entry):
            kind = Notice.RESUBSCRIBED if entry is not None and entry.status is Status.RESTARTED else due.kind
            due = replace(due, kind=kind)
            answer = await self.answering.write(due, around, entry, reading.language, live=reply.live, now=now)
        unclear = entry is not None and entry.status is Status.SUSPENDED
        reply = replace(
            reply,
            contact_id=around.known.contact_id if around.known else None,
            contact_point_id=around.known.contact_point_id if around.known else None,
            sender_id=around.sender.id,
            message_id=around.answered.message_id if around.answered else None,
            program_id=around.answered.program_id if around.answered else None,
            classification=reading.classification,
            rule=reading.rule,
            pattern=reading.pattern,
            language=reading.language,
            status=ReplyStatus.UNCLEAR if unclear else ReplyStatus.READ,
            answer_id=answer.id if answer else None,
        )
        await self.replies.keep(reply, self._words(reply, inbound, around.point))
        return Received(reply=reply, effect=reading.effect)

    async def _due(self, reading: Reading, around: Surroundings, now: datetime) -> Due | None:
        if reading.reply.send is None:
            return None
        kind = _ANSWERS[reading.reply.send]
        if not await self.answering.may(kind, around, now):
            return None
        return Due(kind=kind, message_id=MessageId(new_id(now)))

    async def _effect(self, said: Said, around: Surroundings, *, live: bool, now: datetime) -> Fact | None:
        point = around.point
        if point is None:
            await self.effects.refuse_unknown(said, around.address, live=live, now=now)
            return None
        if said.reading.classification is Classification.OPT_IN_CONFIRMED and around.asking is not None:
            if said.reading.reply.send is None:
                # The provider read it as a START, and lets everything through again.
                await self.effects.restart(said, point, around.facts, now=now)
            return await self.agreements.confirm(said, point, around.asking, around.sender, now=now)
        return await self.effects.apply(said, point, around.facts, now=now)

    def _words(self, reply: ReceivedReply, inbound: Inbound, point: Point | None) -> bytes | None:
        """Of somebody who is no contact, no word is kept."""
        if point is None or not inbound.text:
            return None
        return seal_text(inbound.text[:_LONGEST_KEPT], reply.id, self.vault.unwrap(point.data_key).seal)


def _address(sender: str) -> Address | None:
    """Of a number in full, and of nothing else that has a number in it."""
    try:
        address = Address.parse(sender, Channel.SMS)
    except InvalidAddress:
        return None
    return address if address.value == sender else None


def _answers_something(kind: Notice, entry: Fact | None) -> bool:
    """Help is always answered; everything else answers a change."""
    return kind is Notice.HELP or entry is not None


def _said(reading: Reading, inbound: Inbound, around: Surroundings, due: Due | None, now: datetime) -> Said:
    answered, reason = around.answered, reading.reply.reason
    keyword = _keyword(reading, inbound)
    confirmed = _CONFIRMED_ALREADY.get(reason or "")
    if due is not None and due.kind is Notice.OPT_OUT_CONFIRMATION:
        confirmed = str(due.message_id)
    return Said(
        reading=reading,
        via="sms_free_text" if keyword is None else "sms_keyword",
        statement=inbound.text[:_LONGEST_KEPT],
        at=now,
        keyword=keyword,
        to_sender=around.sender.slug,
        program_id=answered.program_id if answered else None,
        program=answered.program if answered else None,
        category=answered.category if answered else None,
        confirmed=confirmed,
    )


def _keyword(reading: Reading, inbound: Inbound) -> str | None:
    """The keyword, when the whole reply is one: it is in our tables, so it tells nothing about its writer."""
    if inbound.opt_out_type is not None:
        return inbound.opt_out_type
    stops = reading.classification is Classification.REVOKE and not _KEYWORD_RULES.isdisjoint(
        (reading.rule, *reading.also_rules)
    )
    if stops or reading.classification in (Classification.OPT_IN, Classification.OPT_IN_CONFIRMED):
        words = read_words(inbound.text)
        return words.flat.upper() if len(words.spoken) <= 2 else None
    return None
