"""What became of messages: what the carrier said at once, what it reports later, and what follows from either."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from application.consent.ports import Ledger, Point, SealedEntry
from application.consent.withdraw import revocation
from application.contacts.sealing import open_address
from application.messages.carriers import CarrierFailed, DeliveryReport, Effect, NotNow, NoWord, Refused, Taken
from application.messages.ports import Messages, Outbox
from application.ports import Clock, Transaction
from application.secrets import Digests, Vault
from domain.access import SYSTEM
from domain.addresses import Address
from domain.backoff import Backoff
from domain.compliance.quiet import next_federal_opening
from domain.consent.evidence import Evidence
from domain.consent.ledger import blocked_at_provider
from domain.ids import MessageId
from domain.messages import Message, Status, may_follow
from domain.programs import Category
from domain.suppression import Reason


class Handed(Struct, frozen=True, kw_only=True):
    """A message and how its carrier answered; no outcome means it was not handed off after all."""

    message: Message
    to: Address
    attempts: int
    outcome: Taken | CarrierFailed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    messages: Messages
    outbox: Outbox
    ledger: Ledger
    vault: Vault
    digests: Digests
    transaction: Transaction
    clock: Clock
    backoff: Backoff = field(default_factory=Backoff)

    async def record(self, handed: Sequence[Handed]) -> None:
        """In one transaction; a report that came in meanwhile is not undone."""
        if not handed:
            return
        now = self.clock.now()
        async with self.transaction():
            moved = [(one, self._after(one, one.message, now)) for one in handed]
            settled = await self.messages.move([after for _, after in moved], only_from=Status.SENDING)
            late = [one for one, after in moved if after.id not in settled]
            moved = [pair for pair in moved if pair[1].id in settled] + await self._late(late, now)
            if again := [after for _, after in moved if after.status is Status.DEFERRED]:
                await self.outbox.postpone(again)
            refused = [(after, one.outcome) for one, after in moved if isinstance(one.outcome, Refused)]
            await self._follow([(after, refusal.effect, refusal.code) for after, refusal in refused], now)

    async def _late(self, handed: Sequence[Handed], now: datetime) -> list[tuple[Handed, Message]]:
        """Somebody else has had word of these: what can still follow does."""
        if not handed:
            return []
        present = {message.id: message for message in await self.messages.lock([one.message.id for one in handed])}
        moved = [
            (one, after)
            for one in handed
            if (before := present.get(one.message.id)) and (after := self._after(one, before, now)) is not before
        ]
        await self.messages.move([after for _, after in moved])
        return moved

    async def report(self, reports: Sequence[DeliveryReport]) -> None:
        """What carriers say later. Repeated, late and unknown reports change nothing."""
        now = self.clock.now()
        async with self.transaction():
            await self.reported(reports, now)

    async def reported(self, reports: Sequence[DeliveryReport], now: datetime) -> None:
        """The same in a transaction that is open already."""
        locked = {message.id: message for message in await self.messages.lock(sorted({r.message_id for r in reports}))}
        moved: dict[MessageId, Message] = {}
        effects: list[tuple[Message, Effect, str]] = []
        for report in reports:
            before = moved.get(report.message_id) or locked.get(report.message_id)
            if before is None or not may_follow(before.status, report.status):
                continue
            provider_id = report.provider_id or before.provider_id
            after = before.to(report.status, now, detail=report.code)
            moved[report.message_id] = replace(after, provider_id=provider_id)
            effects.append((after, report.effect, report.code or ""))
        await self.messages.move(list(moved.values()))
        await self._follow(effects, now)

    async def given_up(self, message: Message, now: datetime) -> None:
        """The message's address gets nothing more. In a transaction that is open already."""
        await self._follow([(message, Effect.ADDRESS_DEAD, "")], now)

    def unheard_of(self, message: Message, attempt: int, now: datetime, *, detail: str) -> Message:
        """It may have left. Marketing is never sent twice; what people wait for rather comes twice than never."""
        if message.category == Category.MARKETING:
            return message.to(Status.UNCERTAIN, now, detail=detail)
        return self._tried_again(message, attempt, now, detail=detail, otherwise=Status.UNCERTAIN)

    async def _follow(self, effects: Sequence[tuple[Message, Effect, str]], now: datetime) -> None:
        """In the order of the contacts, which this holds: two batches never wait for each other."""
        for message, effect, code in sorted(effects, key=lambda one: (one[0].contact_id, one[0].contact_point_id)):
            if effect in (Effect.REVOKED_AT_PROVIDER, Effect.ADDRESS_DEAD):
                await self._follow_one(message, effect, code, now)

    async def _follow_one(self, message: Message, effect: Effect, code: str, now: datetime) -> None:
        """A provider's opt-out is the person's opt-out; a dead address gets nothing more."""
        point = await self.ledger.point(message.contact_point_id)
        if point is None:
            return
        if effect is Effect.REVOKED_AT_PROVIDER:
            entries = await self.ledger.of_point(point.contact_point_id)
            if not blocked_at_provider([entry.fact for entry in entries]):
                await self.ledger.append([self._revoked(point, code, now)])
        else:
            tokens = self.digests.suppression(self._address(point), live=message.live)
            await self.ledger.suppress(tokens, point.channel, Reason.HARD_BOUNCE, program_id=None, at=now)

    def _after(self, handed: Handed, before: Message, now: datetime) -> Message:
        match handed.outcome:
            case Taken(status=status, provider_id=provider_id, detail=detail):
                after = before.to(status, now, detail=detail)
                return after if after is before else replace(after, provider_id=provider_id)
            case Refused(code=code, effect=Effect.QUIET_HOURS):
                return _again(before, Status.DEFERRED, next_federal_opening(handed.to, now), now, detail=code)
            case NotNow(code=code, retry_after=wait):
                attempt = handed.attempts + 1
                return self._tried_again(before, attempt, now, detail=code, otherwise=Status.FAILED, retry_after=wait)
            case NoWord(code=code):
                return self.unheard_of(before, handed.attempts + 1, now, detail=code)
            case CarrierFailed(code=code):
                return before.to(Status.FAILED, now, detail=code)
            case _:
                return _again(before, Status.QUEUED, now, now, detail=None)

    def _tried_again(
        self,
        before: Message,
        attempt: int,
        now: datetime,
        *,
        detail: str,
        otherwise: Status,
        retry_after: timedelta | None = None,
    ) -> Message:
        due = self.backoff.next_try(
            attempt=attempt,
            created_at=before.created_at,
            now=now,
            chance=secrets.randbelow(1_000_000) / 1_000_000,
            retry_after=retry_after,
        )
        if due is None:
            return before.to(otherwise, now, detail=detail)
        return _again(before, Status.DEFERRED, due, now, detail=detail)

    def _revoked(self, point: Point, code: str, now: datetime) -> SealedEntry:
        evidence = Evidence(source="provider", via="provider_callback", scope="all", statement=f"carrier code {code}")
        return revocation(evidence, point, None, None, by=SYSTEM, now=now, vault=self.vault)

    def _address(self, point: Point) -> Address:
        seal = self.vault.unwrap(point.data_key).seal
        return open_address(point.address, point.contact_point_id, point.channel, seal)


def _again(message: Message, status: Status, due: datetime, now: datetime, *, detail: str | None) -> Message:
    """Back into the queue, unless word of it came meanwhile."""
    if message.status is not Status.SENDING:
        return message
    return replace(message, status=status, due_at=due, updated_at=now, detail=detail)
