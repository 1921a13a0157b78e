"""Take what is due to the carriers: claim, judge again, hand off, record.

Nothing is handed off without a commit that says so first. So a crash at any instant leaves either a message that
cannot have left, which goes back into the queue, or one that may have, which is never marketing sent twice.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from application.compliance.attempts import decode_facts
from application.compliance.policy import Policies, Policy
from application.contacts.sealing import open_address
from application.links.ports import Links
from application.mail_in.addresses import MailAddresses
from application.messages.carriers import CarrierFailed, Carriers, NoWord, Outgoing, Taken
from application.messages.judging import Setting, as_json, decide, placed, unpack_inspection
from application.messages.outcomes import Handed, Outcomes
from application.messages.pace import Pace
from application.messages.ports import Claim, Messages, Outbox, PastSend, Wakeups
from application.ports import Clock, Transaction
from application.secrets import Digests, Unsealable, Vault
from domain.addresses import Channel
from domain.compliance.decisions import Decision
from domain.errors import Unavailable
from domain.ids import ContactId, MessageId
from domain.messages import Content, Message, Status
from domain.programs import Category
from domain.programs import Status as ProgramStatus

_LEASE = timedelta(seconds=90)
# A paused program is looked at less and less often; when it goes on, what waits for it is due at once.
_PAUSED, _PAUSED_LONGEST = timedelta(minutes=1), timedelta(hours=1)
_PROGRAM_PAUSED = "program-paused"
# Until the key ring is whole again, or for good.
_UNREADABLE = timedelta(hours=1)
# Seconds: together less than it takes until a hand-off counts as lost.
_TELL_AGAIN = (0.05, 0.5, 2.0, 5.0, 10.0, 20.0, 30.0)
_WAVE_SECONDS = 0.1
_LARGEST_WAVE = 250
_contents = msgspec.json.Decoder(Content)
_UNSUBSCRIBABLE = frozenset({Category.MARKETING})


class Ready(Struct, frozen=True, kw_only=True):
    """Judged, opened and about to leave."""

    message: Message
    attempts: int
    outgoing: Outgoing
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """`reached` is told each step passed; a test stops the process there."""

    outbox: Outbox
    messages: Messages
    outcomes: Outcomes
    carriers: Carriers
    wakeups: Wakeups
    links: Links
    mail_addresses: MailAddresses
    policies: Policies
    vault: Vault
    digests: Digests
    transaction: Transaction
    clock: Clock
    slice_size: int = 500
    reached: Callable[[str], None] = field(default=lambda _: None)
    worker: UUID = field(default_factory=uuid4)
    places: dict[tuple[Channel, bool, int], asyncio.Semaphore] = field(default_factory=dict)
    pace: Pace = field(default_factory=lambda: Pace(burst=_LARGEST_WAVE))

    async def __call__(self) -> int:
        """One round; how many messages it took on."""
        now = self.clock.now()
        async with self.transaction():
            allowance = await self.outbox.reserve(most=self.slice_size, now=now)
        if not allowance:
            return 0
        async with self.transaction():
            claims = await self.outbox.claim(self.worker, allowance, now=now, until=now + _LEASE)
            ready = await self._judged(claims, now)
        self.reached("claimed")
        by_sender: dict[tuple[UUID, Channel], list[Ready]] = defaultdict(list)
        for one in ready:
            by_sender[one.outgoing.sender.id, one.message.channel].append(one)
        leaving = (self._leave(batch, now) for batch in by_sender.values())
        for failure in await asyncio.gather(*leaving, return_exceptions=True):
            # Only when the others have ended: nothing of this round goes on beside the next one.
            if isinstance(failure, BaseException):
                raise failure
        return len(claims)

    async def _judged(self, claims: Sequence[Claim], now: datetime) -> list[Ready]:
        """Whoever may still go; the others are put where the verdict wants them, in the claiming transaction."""
        opened = [(claim, self._outgoing(claim)) for claim in claims]
        readable = [(claim, outgoing) for claim, outgoing in opened if outgoing is not None]
        tokens = [self.digests.suppression(outgoing.to, live=outgoing.live) for _, outgoing in readable]
        suppressions = await self.outbox.suppressions(tokens) if tokens else []
        policy = self.policies.current()
        ready: list[Ready] = []
        elsewhere = [
            _put_off(claim.message, _UNREADABLE, "unreadable", now) for claim, found in opened if found is None
        ]
        changed: dict[MessageId, bytes] = {}
        earlier: dict[ContactId, list[PastSend]] = defaultdict(list)
        for (claim, outgoing), barred in zip(readable, suppressions, strict=True):
            setting = Setting(
                address=outgoing.to,
                known=replace(claim.known, sends=(*claim.known.sends, *earlier[claim.message.contact_id])),
                suppressions=barred,
                program=claim.program,
                sender=claim.sender,
                inspection=unpack_inspection(claim.inspection),
                facts=decode_facts(claim.known.history),
            )
            judged, decision = _judged(claim.message, setting, policy, now)
            if judged.status is not Status.QUEUED:
                elsewhere.append(judged)
                if decision is not None:
                    changed[judged.id] = as_json(decision)
                continue
            earlier[judged.contact_id].append(PastSend(now, judged.program_id, judged.category))
            ready.append(Ready(message=judged, attempts=claim.attempts, outgoing=outgoing, seen=claim.seen))
        await self.messages.move(elsewhere)
        await self.messages.redecide(changed)
        if counted := [one.message for one in ready if one.message.category == Category.MARKETING]:
            await self.outbox.count(counted, at=now)
        return ready

    def _outgoing(self, claim: Claim) -> Outgoing | None:
        """None if its words or its address cannot be read: that is no reason to keep the others waiting."""
        message, known = claim.message, claim.known
        try:
            seal = self.vault.unwrap(known.data_key).seal
            address = open_address(claim.address, known.contact_point_id, message.channel, seal)
            content = seal.open(claim.content, b"message_bodies.content" + message.id.bytes)
        except Unsealable:
            return None
        leave, own = None, self.mail_addresses.of(message)
        if message.channel is Channel.EMAIL and message.category in _UNSUBSCRIBABLE:
            leave = self.links.unsubscribe(message.contact_point_id, message.program_id, message.id)
        return Outgoing(
            message_id=message.id,
            channel=message.channel,
            to=address,
            sender=claim.sender,
            content=_contents.decode(content),
            live=message.live,
            attempt=claim.attempts + 1,
            unsubscribe_url=leave,
            unsubscribe_mailto=f"{own.unsubscribes}?subject=unsubscribe" if leave and own.unsubscribes else None,
            bounces_to=own.bounces,
            replies_to=own.replies,
        )

    async def _leave(self, batch: Sequence[Ready], claimed_at: datetime) -> None:
        """In waves of a tenth of a second's worth, each begun durably just before its calls."""
        sender = batch[0].outgoing.sender
        size = max(1, min(_LARGEST_WAVE, int(sender.rate_per_second * _WAVE_SECONDS)))
        for start in range(0, len(batch), size):
            wave = batch[start : start + size]
            wait = max(self.pace.take(sender.id, sender.rate_per_second, time.monotonic()) for _ in wave)
            if wait > 0:
                await asyncio.sleep(wait)
            await self._wave(wave, claimed_at)

    async def _wave(self, wave: Sequence[Ready], claimed_at: datetime) -> None:
        now = self.clock.now()
        sending = [replace(one.message, status=Status.SENDING, updated_at=now) for one in wave]
        async with self.transaction():
            begun = await self.outbox.begin(self.worker, sending, seen=wave[0].seen)
        self.reached("begun")
        leaving = [
            replace(one, message=message) for one, message in zip(wave, sending, strict=True) if message.id in begun
        ]
        handed = await asyncio.gather(*(self._hand_off(one, claimed_at) for one in leaving))
        self.reached("handed")
        await self._record(handed)
        self.reached("recorded")

    async def _record(self, handed: Sequence[Handed]) -> None:
        """What the carriers said is known nowhere else: while the database is away, it is told again."""
        for wait in _TELL_AGAIN:
            try:
                return await self.outcomes.record(handed)
            except Unavailable:
                await asyncio.sleep(wait)
        return await self.outcomes.record(handed)

    async def _hand_off(self, ready: Ready, claimed_at: datetime) -> Handed:
        """Looks for a withdrawal last of all, when the carrier has a place free."""
        async with self._place(ready.message):
            if self.wakeups.withdrawn(ready.message.contact_point_id, since=claimed_at):
                return Handed(message=ready.message, to=ready.outgoing.to, attempts=ready.attempts, outcome=None)
            return await self._sent(ready)

    def _place(self, message: Message) -> asyncio.Semaphore:
        at_once = self.carriers.at_once(message.channel, live=message.live)
        key = message.channel, message.live, at_once
        if key not in self.places:
            self.places[key] = asyncio.Semaphore(at_once)
        return self.places[key]

    async def _sent(self, ready: Ready) -> Handed:
        message = ready.message
        carrier = self.carriers.carrier(message.channel, live=message.live)
        try:
            taken: Taken | CarrierFailed = await carrier.send(ready.outgoing)
        except CarrierFailed as failure:
            taken = failure
        except Exception as error:  # noqa: BLE001 - a carrier that breaks says nothing about the others of the wave
            taken = NoWord("carrier-broke", type(error).__qualname__)
        self.reached("taken")
        return Handed(message=message, to=ready.outgoing.to, attempts=ready.attempts, outcome=taken)


def _judged(message: Message, setting: Setting, policy: Policy, now: datetime) -> tuple[Message, Decision | None]:
    if message.expires_at is not None and message.expires_at <= now:
        return message.to(Status.EXPIRED, now), None
    match setting.program.status:
        case ProgramStatus.ACTIVE:
            decision = decide(message, setting, policy, now)
            return placed(message, decision, now), decision
        case ProgramStatus.PAUSED:
            return _put_off(message, _pause(message), _PROGRAM_PAUSED, now), None
        case _:
            return message.to(Status.CANCELLED, now, detail="program-archived"), None


def _pause(message: Message) -> timedelta:
    """Twice as long as the last time."""
    if message.detail != _PROGRAM_PAUSED:
        return _PAUSED
    return min(max(2 * (message.due_at - message.updated_at), _PAUSED), _PAUSED_LONGEST)


def _put_off(message: Message, wait: timedelta, detail: str, now: datetime) -> Message:
    return replace(message, status=Status.DEFERRED, due_at=now + wait, updated_at=now, detail=detail)
