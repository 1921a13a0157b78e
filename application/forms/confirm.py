"""Somebody proved an address by its code or link: what they had ticked for it becomes their consent, in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from application.consent.recording import Agreement, Captured, Recording
from application.forms.evidence import evidence_of
from application.forms.opt_in import Elsewhere, Pending, unpack
from application.messages.notices import Notices, NoticeTo
from application.ports import Clock, Transaction
from application.verification.ports import Challenges
from application.verification.verification import Checked, Verification
from domain.access import SYSTEM
from domain.addresses import Address
from domain.channels import SenderIncomplete
from domain.compliance.codes import TRIES
from domain.consent.ledger import Status as Stands
from domain.errors import DomainError
from domain.forms import Box, Visit
from domain.programs import ProgramNotActive
from domain.templates.notices import Notice
from domain.verification.challenge import Intent, Status


class Typed(Struct, frozen=True, kw_only=True):
    challenge_id: UUID
    code: str

    def __repr__(self) -> str:
        return "Typed(…)"


class Pressed(Struct, frozen=True, kw_only=True):
    token: str

    def __repr__(self) -> str:
        return "Pressed(…)"


class Outcome(Struct, frozen=True, kw_only=True):
    """`agreed` and `refused` are boxes of the form; `waits` are other addresses still to be confirmed. `tries_left`
    counts this code alone: what others typed for the same address is nobody's to know.
    """

    status: Status
    pending: Pending | None = None
    address: Address | None = None
    agreed: tuple[Box, ...] = ()
    refused: tuple[Box, ...] = ()
    waits: tuple[Elsewhere, ...] = ()
    tries_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtLink:
    """What a link in a mail would confirm. Scanners follow links: this changes nothing (VER-10)."""

    verification: Verification
    transaction: Transaction
    clock: Clock

    async def __call__(self, token: str) -> Outcome:
        """Raises NoSuchVerification."""
        async with self.transaction():
            checked = await self.verification.look(token, intent=Intent.OPT_IN, now=self.clock.now())
        return _told(checked)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOptIn:
    verification: Verification
    challenges: Challenges
    notices: Notices
    recording: Recording
    transaction: Transaction
    clock: Clock

    async def __call__(self, proof: Typed | Pressed, *, ip: str | None, user_agent: str | None) -> Outcome:
        """The challenge is used, the consents stand and their confirmation is written; or none of it. Raises
        NoSuchVerification.
        """
        now = self.clock.now()
        visit = Visit(at=now, ip=ip, user_agent=user_agent)
        async with self.transaction():
            checked = await self._checked(proof, now)
            outcome = _told(checked)
            pending, address = outcome.pending, outcome.address
            if checked.status is not Status.APPROVED or pending is None or address is None:
                return outcome
            boxes = pending.answer.boxes(address.channel)
            recorded = await self._record(pending, boxes, address, visit, checked)
            agreed = tuple(box for box, one in zip(boxes, recorded, strict=True) if isinstance(one, Captured))
            await self._confirm(agreed, address, pending.answer.shown.language, now)
            waits = await self._waiting(pending.elsewhere, now)
        return Outcome(
            status=checked.status,
            pending=pending,
            address=address,
            agreed=agreed,
            refused=tuple(box for box in boxes if box not in agreed),
            waits=waits,
        )

    async def _checked(self, proof: Typed | Pressed, now: datetime) -> Checked:
        if isinstance(proof, Pressed):
            return await self.verification.press(proof.token, intent=Intent.OPT_IN, now=now)
        return await self.verification.check(proof.challenge_id, proof.code, intent=Intent.OPT_IN, live=True, now=now)

    async def _record(
        self, pending: Pending, boxes: Sequence[Box], address: Address, visit: Visit, checked: Checked
    ) -> list[Captured | DomainError]:
        """An opt-out later than the form was the person's last word; an earlier one they have just overcome."""
        agreements = [
            Agreement(
                address=address,
                program=box.program,
                channel=address.channel,
                evidence=evidence_of(pending.answer, box, visit, checked.challenge.id),
                status=Stands.CONFIRMED,
                at=visit.at,
                asked_at=pending.answer.submitted.at,
            )
            for box in boxes
        ]
        return await self.recording(agreements, SYSTEM, visit.at)

    async def _confirm(self, agreed: Sequence[Box], address: Address, language: str, now: datetime) -> None:
        """A program that was paused meanwhile has the consent all the same, and says nothing of it."""
        for box in agreed:
            notice = NoticeTo(kind=Notice.OPT_IN_CONFIRMATION, address=address, program=box.program, locale=language)
            try:
                await self.notices.write([notice], live=True, now=now)
            except (ProgramNotActive, SenderIncomplete):
                continue

    async def _waiting(self, elsewhere: Sequence[Elsewhere], now: datetime) -> tuple[Elsewhere, ...]:
        """Those whose own challenge is not used. One that was asked for anew waits by another, so it is still told."""
        waits = []
        for other in elsewhere:
            kept = await self.challenges.find(other.challenge_id)
            if kept is None or kept.challenge.shown(at=now) is not Status.USED:
                waits.append(other)
        return tuple(waits)


def _told(checked: Checked) -> Outcome:
    left = max(0, TRIES - checked.challenge.failures) if checked.status is Status.PENDING else 0
    pending = unpack(checked.payload) if checked.payload is not None else None
    return Outcome(status=checked.status, pending=pending, address=checked.address, tries_left=left)
