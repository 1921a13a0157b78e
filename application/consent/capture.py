"""Record that people agreed: one or a thousand at a time, each standing or falling alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.consent.asking import Asking
from application.consent.recording import Agreement, Captured, Recording
from application.ports import Clock, Transaction
from domain.access import Actor, Permission
from domain.addresses import Address, Channel
from domain.audit.record import Subject
from domain.consent.evidence import ConsentType, Evidence
from domain.consent.ledger import NotYet, Status
from domain.errors import DomainError

# A caller's clock may run a little ahead of ours.
_SKEW = timedelta(minutes=5)


class CaptureConsent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    address: str
    program: str
    channel: Channel
    evidence: Evidence = Evidence()
    type: ConsentType | None = None
    status: Literal["granted", "imported", "requested"] = "granted"
    occurred_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureConsents:
    recording: Recording
    asking: Asking
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(
        self, commands: Sequence[CaptureConsent], by: Actor, *, seeds: Sequence[UUID | None] | None = None
    ) -> list[Captured | DomainError]:
        """In the order given. A seed names the entry, so that a repeated request finds what it already recorded. The
        trail gets one record of the call: what it wrote is on the ledger, by the same transaction.
        """
        by.must(Permission.CAPTURE_CONSENT)
        now = self.clock.now()
        parsed = [
            _parse(command, seed, now) for command, seed in zip(commands, seeds or [None] * len(commands), strict=True)
        ]
        async with self.transaction():
            recorded = await self.recording([one for one in parsed if isinstance(one, Agreement)], by, now)
            captured = [one for one in recorded if isinstance(one, Captured)]
            await self.asking(captured, live=by.live, now=now)
            if captured:
                subject, told = of_captured(captured)
                seed = seeds[0] if seeds else None
                await self.trail.record([noted(by, "consent.captured", subject, now, after=told, seed=seed)])
        answers = iter(recorded)
        return [next(answers) if isinstance(one, Agreement) else one for one in parsed]


def of_captured(captured: Sequence[Captured]) -> tuple[Subject, dict[str, object]]:
    """Whose consents, and which; of many only how many."""
    if len(captured) > 1:
        programs = sorted({one.program.slug for one in captured})
        return Subject(kind="consent"), {"consents": len(captured), "programs": programs}
    [one] = captured
    told = {
        "entry": one.consent.entries[-1].id,
        "program": one.program.slug,
        "channel": one.consent.channel,
        "status": one.consent.status,
    }
    return Subject(kind="contact", id=str(one.contact_id)), told


def _parse(command: CaptureConsent, seed: UUID | None, now: datetime) -> Agreement | DomainError:
    try:
        if command.occurred_at is not None and command.occurred_at > now + _SKEW:
            raise NotYet("A consent cannot have been given in the future.", field="occurred_at")
        return Agreement(
            address=Address.parse(command.address, command.channel),
            program=command.program,
            channel=command.channel,
            evidence=replace(command.evidence, type=command.type or command.evidence.type),
            status=Status(command.status),
            at=command.occurred_at,
            expires_at=command.expires_at,
            seed=seed,
            asks=True,
        )
    except DomainError as refusal:
        return refusal
