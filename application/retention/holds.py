"""Legal holds: placed and released by staff, for a reason that is kept sealed."""

from dataclasses import dataclass
from uuid import UUID

from msgspec import Struct

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.ports import Clock, Transaction
from application.retention.ports import Holds
from domain.access import Actor, Permission
from domain.audit.record import Subject
from domain.errors import Forbidden
from domain.ids import HoldId, new_id
from domain.privacy.reasons import must_say_why
from domain.retention.holds import HoldOn, LegalHold, NothingToHold, must_name


class NotFromTest(Forbidden):
    """What concerns both worlds is not decided with a test key."""


class NewHold(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    on: HoldOn
    reason: str
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold:
    """Holds from the moment this is answered: a batch under way ends before."""

    holds: Holds
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewHold, by: Actor) -> LegalHold:
        """Raises NothingToHold, NotFromTest."""
        by.must(Permission.WRITE_HOLDS)
        reason, now = must_say_why(command.reason), self.clock.now()
        must_name(command.on, command.subject_id)
        if not by.live and command.on is not HoldOn.CONTACT:
            raise NotFromTest("A test key holds contacts of its own world only.")
        hold = LegalHold(
            id=HoldId(new_id(now)),
            on=command.on,
            subject_id=command.subject_id,
            reason=reason,
            placed_at=now,
            placed_by=by.id,
        )
        async with self.transaction():
            if hold.subject_id is not None and not await self.holds.exists(hold.on, hold.subject_id, live=by.live):
                raise NothingToHold(f"There is no {hold.on} with this id.", field="subject_id")
            await self.holds.add(hold)
            await self.trail.record([noted(by, "hold.placed", _subject(hold), now, after=_told(hold), reason=reason)])
        return hold


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold:
    holds: Holds
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, hold_id: UUID, reason: str, by: Actor) -> LegalHold:
        """What is over goes with the next run. Raises NoSuchHold, AlreadyReleased."""
        by.must(Permission.WRITE_HOLDS)
        reason, now = must_say_why(reason), self.clock.now()
        if not by.live:
            raise NotFromTest("A hold is released with a live key.")
        async with self.transaction():
            hold = (await self.holds.one(HoldId(hold_id))).released(by.id, now)
            await self.holds.save(hold)
            await self.trail.record([noted(by, "hold.released", _subject(hold), now, after=_told(hold), reason=reason)])
        return hold


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHolds:
    holds: Holds
    transaction: Transaction

    async def __call__(self, by: Actor) -> list[LegalHold]:
        by.must(Permission.READ_RETENTION)
        async with self.transaction():
            return await self.holds.every()


def _subject(hold: LegalHold) -> Subject:
    return Subject(kind="legal_hold", id=str(hold.id))


def _told(hold: LegalHold) -> dict[str, object]:
    return {"on": hold.on, "subject_id": hold.subject_id}
