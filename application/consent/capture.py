"""Record that people agreed: one or a thousand at a time, each standing or falling alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.compliance.attempts import decode_facts
from application.compliance.sufficiency import Sufficiency
from application.consent.ports import Ledger, Point, SealedEntry
from application.consent.sealing import seal_entry
from application.consent.withdraw import revocation
from application.contacts.enrolment import Enrolment
from application.messages.ports import Asked, Found, Known, Recipients
from application.overlap import Overlap, parts
from application.ports import Clock, Transaction
from application.secrets import Digests, Vault
from domain.access import SYSTEM, Actor, Permission
from domain.addresses import Address, Channel
from domain.consent.evidence import ConsentType, Evidence
from domain.consent.ledger import Consent, Fact, NotYet, Status
from domain.errors import DomainError
from domain.ids import ContactId, ContactPointId, EntryId, ProgramId, new_id
from domain.programs import NoSuchProgram, OptIn, Program
from domain.suppression import Reason, Suppression

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


class Captured(Struct, frozen=True, kw_only=True):
    contact_id: ContactId
    address: Address
    program: Program
    consent: Consent
    lacks: tuple[str, ...]


class _Item(Struct, frozen=True, kw_only=True):
    command: CaptureConsent
    address: Address
    seed: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureConsents:
    recipients: Recipients
    ledger: Ledger
    vault: Vault
    digests: Digests
    transaction: Transaction
    clock: Clock
    sufficiency: Sufficiency = field(default_factory=Sufficiency)

    async def __call__(
        self, commands: Sequence[CaptureConsent], by: Actor, *, seeds: Sequence[UUID | None] | None = None
    ) -> list[Captured | DomainError]:
        """In the order given. A seed names the entry, so that a repeated request finds what it already recorded."""
        by.must(Permission.CAPTURE_CONSENT)
        now = self.clock.now()
        parsed = [
            _parse(command, seed, now) for command, seed in zip(commands, seeds or [None] * len(commands), strict=True)
        ]
        items = [item for item in parsed if isinstance(item, _Item)]
        enrolment = Enrolment(recipients=self.recipients, vault=self.vault)
        asked = [self._asked(item, by) for item in items]

        async with self.transaction():
            found = await self.recipients.gather(asked, now=now)
            wanted = [item.address if one.program else None for item, one in zip(items, found, strict=True)]
            known = await self._held(await enrolment.complete(asked, found, wanted, live=by.live, at=now), now)
            earlier = await self._opted_out_before(found, known, now)
            await self.ledger.append(earlier)
            recorded = await self._recorded(items, found, known, earlier, by, now)
            if earlier:
                await self.ledger.lift([token for one in asked for token in one.tokens])

        answers = iter(recorded)
        return [next(answers) if isinstance(item, _Item) else item for item in parsed]

    async def _held(self, known: Sequence[Known | None], now: datetime) -> list[Known | None]:
        """Nobody else decides about those who were known before: whoever said no meanwhile has said no."""
        before = {one.contact_point_id: one for one in known if one is not None and one.history}
        if not before:
            return list(known)
        present = {one.contact_point_id: one for one in await self.recipients.hold(list(before.values()), now=now)}
        return [present.get(one.contact_point_id, one) if one is not None else None for one in known]

    async def _opted_out_before(
        self, found: Sequence[Found], known: Sequence[Known | None], now: datetime
    ) -> list[SealedEntry]:
        """The opt-out of somebody we did not know yet binds on the ledger from now on, for each program it was for."""
        told = {
            (point.contact_point_id, one.program_id): (point, one)
            for place, point in zip(found, known, strict=True)
            for one in place.suppressions
            if point is not None and one.reason is Reason.OPT_OUT
        }
        if not told:
            return []
        slugs = await self.ledger.program_slugs()
        return [self._no(point, one, slugs, now) for point, one in told.values()]

    def _no(self, known: Known, one: Suppression, slugs: Mapping[ProgramId, str], now: datetime) -> SealedEntry:
        evidence = Evidence(via="suppression", scope="all" if one.program_id is None else "program")
        point = Point(
            contact_id=known.contact_id,
            contact_point_id=known.contact_point_id,
            channel=one.channel,
            data_key=known.data_key,
            address=b"",
        )
        slug = slugs.get(one.program_id) if one.program_id else None
        return revocation(evidence, point, one.program_id, slug, by=SYSTEM, now=now, vault=self.vault, at=one.date)

    def _asked(self, item: _Item, by: Actor) -> Asked:
        return Asked(
            digests=self.digests.index(item.address, live=by.live),
            tokens=self.digests.suppression(item.address, live=by.live),
            program=item.command.program,
        )

    async def _recorded(
        self,
        items: Sequence[_Item],
        found: Sequence[Found],
        known: Sequence[Known | None],
        earlier: Sequence[SealedEntry],
        by: Actor,
        now: datetime,
    ) -> list[Captured | DomainError]:
        """Two consents of one address in one batch follow each other."""
        histories: dict[ContactPointId, list[Fact]] = {}
        for point in known:
            if point is not None and point.contact_point_id not in histories:
                histories[point.contact_point_id] = decode_facts(point.history)
        for no in earlier:
            histories[no.contact_point_id].append(no.fact)
        answers: list[Captured | DomainError] = []
        async with Overlap[None]() as writing:
            for part in parts(list(zip(items, found, known, strict=True))):
                recorded = self._record(part, histories, by, now)
                answers += [answer for _, answer in recorded]
                await writing.start(self.ledger.append([entry for entry, _ in recorded if entry is not None]))
        return answers

    def _record(
        self,
        part: Sequence[tuple[_Item, Found, Known | None]],
        histories: Mapping[ContactPointId, list[Fact]],
        by: Actor,
        now: datetime,
    ) -> list[tuple[SealedEntry | None, Captured | DomainError]]:
        recorded: list[tuple[SealedEntry | None, Captured | DomainError]] = []
        for item, one, point in part:
            if one.program is None or one.sender is None or point is None:
                recorded.append((None, NoSuchProgram("There is no such program.", field="program")))
                continue
            history = histories[point.contact_point_id]
            entry = None
            if item.seed is None or all(line.id != item.seed for line in history):
                try:
                    fact, evidence = _entry(item, one.program, one.sender.slug, history, now)
                except DomainError as refusal:
                    recorded.append((None, refusal))
                    continue
                entry = self._sealed(fact, evidence, point, by)
                history.append(fact)
            consent = Consent(program_id=one.program.id, channel=item.command.channel).replay(history)
            captured = Captured(
                contact_id=point.contact_id,
                address=item.address,
                program=one.program,
                consent=consent,
                lacks=self.sufficiency.lacks(item.address, one.program, one.sender, consent, now),
            )
            recorded.append((entry, captured))
        return recorded

    def _sealed(self, fact: Fact, evidence: Evidence, point: Known, by: Actor) -> SealedEntry:
        key = self.vault.unwrap(point.data_key)
        return seal_entry(fact, evidence, contact=point.contact_id, point=point.contact_point_id, actor=by.id, key=key)


def _parse(command: CaptureConsent, seed: UUID | None, now: datetime) -> _Item | DomainError:
    try:
        if command.occurred_at is not None and command.occurred_at > now + _SKEW:
            raise NotYet("A consent cannot have been given in the future.", field="occurred_at")
        return _Item(command=command, address=Address.parse(command.address, command.channel), seed=seed)
    except DomainError as refusal:
        return refusal


def _entry(item: _Item, program: Program, brand: str, history: Sequence[Fact], now: datetime) -> tuple[Fact, Evidence]:
    """Raises AlreadyRevoked, Invalid."""
    command = item.command
    if command.channel not in program.channels:
        raise NoSuchProgram(f"The program {program.slug} does not use {command.channel}.", field="channel")
    at = min(command.occurred_at or now, now)
    evidence = replace(command.evidence, type=command.type or command.evidence.type)
    if not evidence.categories:
        evidence = replace(evidence, categories=(str(program.category),))
    status = Status(command.status)
    if program.opt_in is OptIn.DOUBLE and status is Status.GRANTED:
        status = Status.CONFIRMED if evidence.doi_confirmed_at else Status.REQUESTED
    Consent(program_id=program.id, channel=command.channel).replay(history).grant(status, evidence, at)
    fact = Fact(
        id=EntryId(item.seed or new_id(now)),
        program_id=program.id,
        program=program.slug,
        brand=brand,
        channel=command.channel,
        status=status,
        at=at,
        recorded_at=now,
        expires_at=command.expires_at,
        facts=evidence.facts(),
    )
    return fact, evidence
