"""What people agreed to, written on the ledger inside a transaction that is open already: each stands or falls alone.

Whoever records a consent records it here: an integrator's form, our own, and what staff wrote down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.compliance.attempts import decode_facts
from application.compliance.sufficiency import Sufficiency
from application.consent.double_opt_in import is_confirmed, must_be_confirmed
from application.consent.ports import Ledger, Point, SealedEntry
from application.consent.sealing import seal_entry
from application.consent.withdraw import revocation
from application.contacts.enrolment import Enrolment
from application.messages.ports import Asked, Found, Known, Recipients
from application.overlap import Overlap, parts
from application.secrets import Digests, Vault
from domain.access import SYSTEM, Actor
from domain.addresses import Address, Channel
from domain.compliance.link_requests import still_open
from domain.consent.evidence import Evidence
from domain.consent.ledger import AlreadyRevoked, Consent, Fact, Status
from domain.errors import DomainError
from domain.ids import ContactId, ContactPointId, EntryId, ProgramId, new_id
from domain.programs import NoSuchProgram, Program
from domain.suppression import OVERCOME_BY_A_YES, Reason, Suppression


class Agreement(Struct, frozen=True, kw_only=True):
    """One yes. A seed names the entry, so that a repeated request finds what it already recorded. `asked_at` is when
    the person asked for what they confirm now: an opt-out since then was their last word. `asks`: if it waits to be
    confirmed, the person is to be asked.
    """

    address: Address
    program: str
    channel: Channel
    evidence: Evidence
    status: Status = Status.GRANTED
    at: datetime | None = None
    asked_at: datetime | None = None
    expires_at: datetime | None = None
    seed: UUID | None = None
    asks: bool = False


class Captured(Struct, frozen=True, kw_only=True):
    contact_id: ContactId
    address: Address
    program: Program
    consent: Consent
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    recipients: Recipients
    ledger: Ledger
    vault: Vault
    digests: Digests
    sufficiency: Sufficiency = field(default_factory=Sufficiency)

    async def __call__(self, agreements: Sequence[Agreement], by: Actor, now: datetime) -> list[Captured | DomainError]:
        """In the order given. To be called within a transaction."""
        enrolment = Enrolment(recipients=self.recipients, vault=self.vault)
        asked = [self._asked_of(one.address, one.program, by) for one in agreements]
        found = await self.recipients.gather(asked, now=now)
        wanted = [one.address if place.program else None for one, place in zip(agreements, found, strict=True)]
        known = await self._held(await enrolment.complete(asked, found, wanted, live=by.live, at=now), now)
        earlier = await self._opted_out_before(found, known, now)
        await self.ledger.append(earlier)
        recorded = await self._recorded(agreements, found, known, earlier, by, now)
        barred = [
            (one.tokens, answer)
            for one, place, point, answer in zip(asked, found, known, recorded, strict=True)
            if place.suppressions and point is not None
        ]
        if barred:
            await self._lift(barred)
        return recorded

    async def acknowledge(self, asking: Sequence[tuple[Address, str]], by: Actor, now: datetime) -> None:
        """Whoever said no before we knew them, and asks us for something now: their no, which names nobody, moves to
        the ledger, where their own yes can follow it. To be called within a transaction.
        """
        asked = [self._asked_of(address, program, by) for address, program in asking]
        found = await self.recipients.gather(asked, now=now)
        barred = [
            (one, address, place)
            for one, (address, _), place in zip(asked, asking, found, strict=True)
            if place.program and any(told.reason in OVERCOME_BY_A_YES for told in place.suppressions)
        ]
        if not barred:
            return
        ones, addresses, places = (list(column) for column in zip(*barred, strict=True))
        enrolment = Enrolment(recipients=self.recipients, vault=self.vault)
        known = await self._held(await enrolment.complete(ones, places, addresses, live=by.live, at=now), now)
        await self.ledger.append(await self._opted_out_before(places, known, now))
        for reason in OVERCOME_BY_A_YES:
            await self.ledger.lift([token for one in ones for token in one.tokens], reason)

    async def _lift(self, barred: Sequence[tuple[Sequence[bytes], Captured | DomainError]]) -> None:
        """What the ledger says is not said twice. An erasure blocks more than an opt-out, and ends with a yes only."""
        await self.ledger.lift([token for tokens, _ in barred for token in tokens], Reason.OPT_OUT)
        agreed = [token for tokens, answer in barred if isinstance(answer, Captured) for token in tokens]
        if agreed:
            await self.ledger.lift(agreed, Reason.ERASURE)

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
            if point is not None and one.reason in OVERCOME_BY_A_YES and not _on_ledger(one, point)
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

    def _asked_of(self, address: Address, program: str, by: Actor) -> Asked:
        return Asked(
            digests=self.digests.index(address, live=by.live),
            tokens=self.digests.suppression(address, live=by.live),
            program=program,
        )

    async def _recorded(
        self,
        agreements: Sequence[Agreement],
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
            for part in parts(list(zip(agreements, found, known, strict=True))):
                recorded = self._record(part, histories, by, now)
                answers += [answer for _, answer in recorded]
                await writing.start(self.ledger.append([entry for entry, _ in recorded if entry is not None]))
        return answers

    def _record(
        self,
        part: Sequence[tuple[Agreement, Found, Known | None]],
        histories: Mapping[ContactPointId, list[Fact]],
        by: Actor,
        now: datetime,
    ) -> list[tuple[SealedEntry | None, Captured | DomainError]]:
        recorded: list[tuple[SealedEntry | None, Captured | DomainError]] = []
        for agreement, place, point in part:
            if place.program is None or place.sender is None or point is None:
                recorded.append((None, NoSuchProgram("There is no such program.", field="program")))
                continue
            history = histories[point.contact_point_id]
            entry = None
            if agreement.seed is None or all(line.id != agreement.seed for line in history):
                try:
                    fact, evidence = _entry(agreement, place.program, place.sender.slug, point, history, now)
                except DomainError as refusal:
                    recorded.append((None, refusal))
                    continue
                entry = self._sealed(fact, evidence, point, by)
                history.append(fact)
            consent = Consent(program_id=place.program.id, channel=agreement.channel).replay(history)
            captured = Captured(
                contact_id=point.contact_id,
                address=agreement.address,
                program=place.program,
                consent=consent,
                lacks=self.sufficiency.lacks(agreement.address, place.program, place.sender, consent, now),
            )
            recorded.append((entry, captured))
        return recorded

    def _sealed(self, fact: Fact, evidence: Evidence, point: Known, by: Actor) -> SealedEntry:
        key = self.vault.unwrap(point.data_key)
        return seal_entry(fact, evidence, contact=point.contact_id, point=point.contact_point_id, actor=by.id, key=key)


def _entry(
    agreement: Agreement, program: Program, brand: str, point: Known, history: Sequence[Fact], now: datetime
) -> tuple[Fact, Evidence]:
    """Raises AlreadyRevoked, NoSuchProgram."""
    channel, evidence, status = agreement.channel, agreement.evidence, agreement.status
    if channel not in program.channels:
        raise NoSuchProgram(f"The program {program.slug} does not use {channel}.", field="channel")
    at = min(agreement.at or now, now)
    if not evidence.categories:
        evidence = replace(evidence, categories=(str(program.category),))
    if status is Status.GRANTED and must_be_confirmed(program, agreement.address, point, history, now.date()):
        status = Status.CONFIRMED if is_confirmed(evidence, channel, program) else Status.REQUESTED
    consent = Consent(program_id=program.id, channel=channel).replay(history)
    consent.grant(status, evidence, at)
    if _left_since(consent, agreement.asked_at):
        raise AlreadyRevoked("The contact opted out after asking for this.", field="asked_at")
    entry_id = EntryId(agreement.seed or new_id(now))
    if agreement.asks and status is Status.REQUESTED and not was_asked(consent, now):
        evidence = replace(evidence, asked_in=str(entry_id))
    fact = Fact(
        id=entry_id,
        program_id=program.id,
        program=program.slug,
        brand=brand,
        channel=channel,
        status=status,
        at=at,
        recorded_at=now,
        expires_at=agreement.expires_at,
        facts=evidence.facts(),
    )
    return fact, evidence


def _on_ledger(one: Suppression, known: Known) -> bool:
    return any(
        fact.status is Status.REVOKED and fact.program_id == one.program_id and fact.at >= one.date
        for fact in decode_facts(known.history)
    )


def _left_since(consent: Consent, asked_at: datetime | None) -> bool:
    if asked_at is None or consent.status is not Status.REVOKED or consent.since is None:
        return False
    return consent.since >= asked_at


def was_asked(consent: Consent, now: datetime) -> bool:
    """Whether a request to confirm went out that can still be answered: nobody is asked twice."""
    if consent.status is not Status.REQUESTED:
        return False
    asked = [entry for entry in consent.entries if entry.status is Status.REQUESTED and entry.facts.asked_in]
    return any(still_open(entry.at, consent.channel, now) for entry in asked)
