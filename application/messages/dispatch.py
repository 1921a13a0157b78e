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
from application.links.ports import Links
from application.messages.carriers import CarrierFailed, Carriers, NoWord, Outgoing, Taken
from application.messages.judging import Setting, as_json, decide, placed, unpack_inspection
from application.messages.outcomes import Handed, Outcomes
from application.messages.pace import Pace
from application.messages.ports import Claim, Messages, Outbox, PastSend, Wakeups
from application.ports import Clock, Transaction
from application.secrets import Digests, Vault
from domain.addresses import Address, Channel
from domain.compliance.decisions import Decision
from domain.ids import ContactId, MessageId
from domain.messages import Content, Message, Status
from domain.programs import Category
from domain.programs import Status as ProgramStatus

_LEASE = timedelta(seconds=90)
_PAUSED = timedelta(minutes=1)
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
    policies: Policies
    vault: Vault
    digests: Digests
    transaction: Transaction
    clock: Clock
    slice_size: int = 500
    reached: Callable[[str], None] = field(default=lambda _: None)
    worker: UUID = field(default_factory=uuid4)
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
        await asyncio.gather(*(self._leave(batch, now) for batch in by_sender.values()))
        return len(claims)

    async def _judged(self, claims: Sequence[Claim], now: datetime) -> list[Ready]:
        """Whoever may still go; the others are put where the verdict wants them, in the claiming transaction."""
        addresses = [self._address(claim) for claim in claims]
        tokens = [
            self.digests.suppression(address, live=claim.message.live)
            for claim, address in zip(claims, addresses, strict=True)
        ]
        suppressions = await self.outbox.suppressions(tokens) if claims else []
        policy = self.policies.current()
        ready: list[Ready] = []
        elsewhere: list[Message] = []
        changed: dict[MessageId, bytes] = {}
        earlier: dict[ContactId, list[PastSend]] = defaultdict(list)
        for claim, address, barred in zip(claims, addresses, suppressions, strict=True):
            setting = Setting(
                address=address,
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
            outgoing = self._outgoing(claim, address)
            ready.append(Ready(message=judged, attempts=claim.attempts, outgoing=outgoing, seen=claim.seen))
        await self.messages.move(elsewhere)
        await self.messages.redecide(changed)
        if counted := [one.message for one in ready if one.message.category == Category.MARKETING]:
            await self.outbox.count(counted, at=now)
        return ready

    def _address(self, claim: Claim) -> Address:
        seal, context = self.vault.unwrap(claim.known.data_key).seal, claim.known.contact_point_id.bytes
        value = seal.open(claim.address, b"contact_points.address" + context)
        return Address(value.decode(), claim.message.channel)

    def _outgoing(self, claim: Claim, address: Address) -> Outgoing:
        message, seal = claim.message, self.vault.unwrap(claim.known.data_key).seal
        content = _contents.decode(seal.open(claim.content, b"message_bodies.content" + message.id.bytes))
        leave = None
        if message.channel is Channel.EMAIL and message.category in _UNSUBSCRIBABLE:
            leave = self.links.unsubscribe(message.contact_point_id, message.program_id, message.id)
        return Outgoing(
            message_id=message.id,
            channel=message.channel,
            to=address,
            sender=claim.sender,
            content=content,
            live=message.live,
            attempt=claim.attempts + 1,
            unsubscribe_url=leave,
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
        await self.outcomes.record(handed)
        self.reached("recorded")

    async def _hand_off(self, ready: Ready, claimed_at: datetime) -> Handed:
        message = ready.message
        if self.wakeups.withdrawn(message.contact_point_id, since=claimed_at):
            return Handed(message=message, to=ready.outgoing.to, attempts=ready.attempts, outcome=None)
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
            waiting = replace(message, status=Status.DEFERRED, due_at=now + _PAUSED, updated_at=now)
            return replace(waiting, detail="program-paused"), None
        case _:
            return message.to(Status.CANCELLED, now, detail="program-archived"), None
