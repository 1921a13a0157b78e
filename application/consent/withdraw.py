"""Record that someone said no. It holds before the answer is given, for an address we know and for one we do not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.consent.ports import FormerPoints, Ledger, Point, SealedEntry
from application.consent.sealing import seal_entry
from application.ports import Clock, Transaction
from application.secrets import Digests, Vault
from domain.access import SYSTEM, Actor, Permission
from domain.addresses import Address, Channel
from domain.audit.record import Subject
from domain.consent.evidence import Evidence
from domain.consent.ledger import Fact, Status, all_revoked
from domain.ids import ContactPointId, EntryId, ProgramId, new_id
from domain.programs import NoSuchProgram
from domain.suppression import Reason


class WithdrawConsent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without a program, from all programs; without a channel, on all channels of the contact."""

    address: str
    program: str | None = None
    channel: Channel | None = None
    reason: str | None = None
    evidence: Evidence = Evidence()


class Withdrawn(Struct, frozen=True, kw_only=True):
    at: datetime
    address: Address
    entries: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsents:
    ledger: Ledger
    trail: Trail
    vault: Vault
    digests: Digests
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: WithdrawConsent, by: Actor, *, seed: UUID | None = None) -> Withdrawn:
        """Repeating it changes nothing that matters. Raises InvalidAddress, NoSuchProgram."""
        by.must(Permission.CAPTURE_CONSENT)
        address, now = Address.parse(command.address), self.clock.now()
        async with self.transaction():
            program_id = await self._program(command.program)
            points = await self.ledger.points_of(self.digests.index(address, live=by.live))
            named = [point for point in points if command.channel in (None, point.channel)]
            if not points and command.channel in (None, address.channel):
                # A token, and no contact made of someone who only ever said no.
                tokens = self.digests.suppression(address, live=by.live)
                await self.ledger.suppress(tokens, address.channel, Reason.OPT_OUT, program_id=program_id, at=now)
            entries = [
                self._entry(command, point, program_id, by, now, seed if number == 0 else None)
                for number, point in enumerate(named)
            ]
            await self.ledger.append(entries)
            told = {
                "program": command.program or "all",
                "channel": command.channel,
                "entries": [entry.fact.id for entry in entries],
            }
            contact = named[0].contact_id if named else None
            subject = Subject(kind="contact", id=str(contact)) if contact else Subject(kind="suppression")
            await self.trail.record([noted(by, "consent.withdrawn", subject, now, after=told, seed=seed)])
        return Withdrawn(at=now, address=address, entries=tuple(entry.fact.id for entry in entries))

    async def _program(self, reference: str | None) -> ProgramId | None:
        if reference is None:
            return None
        found = await self.ledger.program_ids([reference])
        if reference not in found:
            raise NoSuchProgram("There is no such program.", field="program")
        return found[reference]

    def _entry(
        self,
        command: WithdrawConsent,
        point: Point,
        program_id: ProgramId | None,
        by: Actor,
        now: datetime,
        seed: UUID | None,
    ) -> SealedEntry:
        evidence = replace(
            command.evidence,
            via=command.evidence.via or "api",
            scope=command.evidence.scope or ("all" if program_id is None else "program"),
            statement=command.evidence.statement or command.reason,
        )
        return revocation(evidence, point, program_id, command.program, by=by, now=now, vault=self.vault, seed=seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPoint:
    """What a link in a message does: it knows the contact point, and nothing else may be learnt from it."""

    ledger: Ledger
    former_points: FormerPoints
    vault: Vault
    transaction: Transaction
    clock: Clock

    async def __call__(
        self, contact_point_id: ContactPointId, program_id: ProgramId | None, evidence: Evidence
    ) -> bool:
        """From all programs if none is named. An address that was taken off its contact is suppressed. Idempotent: a
        second press adds nothing. False if nobody knows any more which address it was.
        """
        now = self.clock.now()
        async with self.transaction():
            return await self.within(contact_point_id, program_id, evidence, now=now)

    async def within(
        self, contact_point_id: ContactPointId, program_id: ProgramId | None, evidence: Evidence, *, now: datetime
    ) -> bool:
        """The same in a transaction that is open already."""
        point = await self.ledger.point(contact_point_id)
        if point is None:
            return await self._suppressed(contact_point_id, program_id, now)
        if not await self._revoked(contact_point_id, program_id):
            slugs = await self.ledger.program_slugs() if program_id else {}
            entry = revocation(
                replace(evidence, scope="all" if program_id is None else "program"),
                point,
                program_id,
                slugs.get(program_id) if program_id else None,
                by=SYSTEM,
                now=now,
                vault=self.vault,
            )
            await self.ledger.append([entry])
        return True

    async def _suppressed(self, point: ContactPointId, program_id: ProgramId | None, now: datetime) -> bool:
        former = await self.former_points.one(point)
        if former is None:
            return False
        await self.ledger.suppress([former.token], former.channel, Reason.OPT_OUT, program_id=program_id, at=now)
        return True

    async def _revoked(self, point: ContactPointId, program_id: ProgramId | None) -> bool:
        if program_id is not None:
            return await self.ledger.revoked(point, program_id)
        return all_revoked([entry.fact for entry in await self.ledger.of_point(point)])


def revocation(
    evidence: Evidence,
    point: Point,
    program_id: ProgramId | None,
    program: str | None,
    *,
    by: Actor,
    now: datetime,
    vault: Vault,
    seed: UUID | None = None,
    at: datetime | None = None,
) -> SealedEntry:
    """It stands after whatever was said before it, even by a server whose clock is ahead."""
    fact = Fact(
        id=EntryId(seed or new_id(now)),
        program_id=program_id,
        program=program,
        channel=point.channel,
        status=Status.REVOKED,
        at=at or max(now, point.latest or now),
        recorded_at=now,
        facts=evidence.facts(),
    )
    return seal_entry(
        fact,
        evidence,
        contact=point.contact_id,
        point=point.contact_point_id,
        actor=by.id,
        key=vault.unwrap(point.data_key),
    )
