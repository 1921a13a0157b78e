"""What happens to messages after the request: lost ones found, held ones released, waiting ones cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.compliance.attempts import decode_facts
from application.compliance.policy import Policies
from application.contacts.sealing import open_address
from application.messages.carriers import DeliveryReport
from application.messages.judging import Setting, as_json, decide, placed, unpack_inspection
from application.messages.outcomes import Outcomes
from application.messages.ports import Followed, Held, Lost, Messages, Outbox, Waiting
from application.ports import Clock, Transaction
from application.secrets import Digests, Unsealable, Vault
from domain.access import Actor, Permission
from domain.addresses import Address
from domain.audit.record import Subject
from domain.ids import MessageId
from domain.messages import Message, Status

_SLICE = 500
# Longer than any carrier takes to answer: a hand-off under way is not lost, however slow.
_ANSWERED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDelivery:
    """Takes carriers' later reports."""

    outcomes: Outcomes

    async def __call__(self, reports: Sequence[DeliveryReport]) -> None:
        await self.outcomes.report(reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelMessage:
    messages: Messages
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, message_id: MessageId, by: Actor) -> None:
        """Raises NoSuchMessage, TooLate."""
        by.must(Permission.SEND_MESSAGES)
        now = self.clock.now()
        async with self.transaction():
            await self.messages.get(message_id, live=by.live)
            for message in await self.messages.lock([message_id]):
                if message.status is not Status.CANCELLED:
                    cancelled = message.cancelled(now)
                    await self.messages.move([cancelled])
                    before, after = {"status": message.status}, {"status": cancelled.status}
                    subject = Subject(kind="message", id=str(message_id))
                    await self.trail.record([noted(by, "message.cancelled", subject, now, before=before, after=after)])


@dataclass(frozen=True, slots=True, kw_only=True)
class FindLost:
    """A worker that died held messages on a lease. What had not begun to leave goes back into the queue; what had is
    marked uncertain if it is marketing, and tried again if it is not.
    """

    messages: Messages
    outbox: Outbox
    outcomes: Outcomes
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock.now()
        async with self.transaction():
            lost = await self.outbox.lost(now=now, begun_by=now - _ANSWERED_WITHIN, most=_SLICE)
            await self.messages.move([self._settled(one, now) for one in lost])
            if begun := [one.message for one in lost if one.begun]:
                await self.outbox.postpone(begun)
        return len(lost)

    def _settled(self, lost: Lost, now: datetime) -> Message:
        if not lost.begun:
            return lost.message
        return self.outcomes.unheard_of(lost.message, lost.attempts + 1, now, detail="worker-lost")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHeld:
    """Follows the ledger: whoever has agreed gets what was held for them, if every other rule agrees too."""

    waiting: Waiting
    messages: Messages
    outbox: Outbox
    policies: Policies
    vault: Vault
    digests: Digests
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> int:
        """Looks again instead of trusting: at worst it looks in vain."""
        now = self.clock.now()
        async with self.transaction():
            agreed: list[Followed] = await self.waiting.agreed_since_last_time(most=_SLICE)
            held = await self.waiting.held_for([(one.contact_point_id, one.program_id) for one in agreed])
            await self._judge_again(held, now)
        return len(agreed)

    async def _judge_again(self, held: Sequence[Held], now: datetime) -> None:
        readable = [(one, address) for one in held if (address := self._address(one)) is not None]
        tokens = [self.digests.suppression(address, live=one.message.live) for one, address in readable]
        barred = await self.outbox.suppressions(tokens) if tokens else []
        policy, moved, changed = self.policies.current(), [], {}
        for (one, address), suppressions in zip(readable, barred, strict=True):
            setting = Setting(
                address=address,
                known=one.known,
                suppressions=suppressions,
                program=one.program,
                sender=one.sender,
                inspection=unpack_inspection(one.inspection),
                facts=decode_facts(one.known.history),
            )
            decision = decide(one.message, setting, policy, max(now, one.message.due_at))
            after = placed(one.message, decision, now)
            if after.status is not Status.HELD:
                moved.append(after)
                changed[after.id] = as_json(decision)
        await self.messages.move(moved)
        await self.messages.redecide(changed)

    def _address(self, held: Held) -> Address | None:
        """None if it cannot be read: the message stays held, and holds up no other."""
        try:
            seal = self.vault.unwrap(held.known.data_key).seal
            return open_address(held.address, held.known.contact_point_id, held.message.channel, seal)
        except Unsealable:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireHeld:
    """A message that waited for a consent until its time was over is not sent any more."""

    waiting: Waiting
    messages: Messages
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> int:
        now = self.clock.now()
        async with self.transaction():
            over = await self.waiting.expired(now=now, most=_SLICE)
            await self.messages.move([message.to(Status.EXPIRED, now) for message in over])
        return len(over)
