"""Where a contact stands: now, or at any instant of the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from application.consent.ports import Ledger, Point, SealedEntry
from application.contacts.sealing import open_address
from application.ports import Clock, Transaction
from application.secrets import Vault
from domain.access import Actor, Permission
from domain.consent.ledger import Consent, Fact, NoSuchConsent, Status
from domain.ids import ContactId, EntryId, ProgramId
from domain.programs import NoSuchProgram


class Standing(Struct, frozen=True, kw_only=True):
    """`address` is masked. `status` is where it stood at the instant asked about: what had run out by then had."""

    contact_id: ContactId
    address: str
    program: str
    consent: Consent
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramNames:
    ledger: Ledger
    transaction: Transaction

    async def id_of(self, reference: str) -> ProgramId:
        """Raises NoSuchProgram."""
        async with self.transaction():
            found = await self.ledger.program_ids([reference])
        if reference not in found:
            raise NoSuchProgram("There is no such program.", field="program")
        return found[reference]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentQueries:
    ledger: Ledger
    vault: Vault
    transaction: Transaction
    clock: Clock

    async def of_contact(self, contact_id: UUID, by: Actor, *, as_of: datetime | None = None) -> list[Standing]:
        """As it was known then: what was recorded later is left out. Raises NoSuchContact."""
        by.must(Permission.READ_CONSENT)
        async with self.transaction():
            entries = await self.ledger.entries(ContactId(contact_id), live=by.live)
            points = await self.ledger.points(ContactId(contact_id), live=by.live)
            slugs = await self.ledger.program_slugs()
        entries, at = known(entries, as_of), as_of or self.clock.now()
        return [
            standing for point in points for standing in self._standings(point, _facts_of(point, entries), slugs, at)
        ]

    async def one(self, consent_id: UUID, by: Actor, *, as_of: datetime | None = None) -> Standing:
        """As it was known then. Raises NoSuchConsent, also for one that was not on record then."""
        by.must(Permission.READ_CONSENT)
        async with self.transaction():
            entries = await self.ledger.consent(EntryId(consent_id), live=by.live)
            first = next(entry for entry in entries if entry.fact.id == consent_id)
            point = await self.ledger.point(first.contact_point_id)
            slugs = await self.ledger.program_slugs()
        facts = [entry.fact for entry in known(entries, as_of)]
        require_on_record(first.fact, facts)
        consent = Consent(program_id=first.fact.program_id or ProgramId(consent_id), channel=first.fact.channel)
        consent = consent.replay(facts)
        return Standing(
            contact_id=first.contact_id,
            address=self._masked(point) if point else "erased",
            program=slugs.get(consent.program_id, "all"),
            consent=consent,
            status=consent.as_of(as_of or self.clock.now()),
        )

    def _standings(
        self, point: Point, facts: Sequence[Fact], slugs: dict[ProgramId, str], at: datetime
    ) -> list[Standing]:
        """A withdrawal from all programs shows in each the contact point ever had a word about."""
        named = dict.fromkeys(fact.program_id for fact in facts if fact.program_id is not None)
        stand = [Consent(program_id=program_id, channel=point.channel).replay(facts) for program_id in named]
        return [
            Standing(
                contact_id=point.contact_id,
                address=self._masked(point),
                program=slugs.get(consent.program_id, str(consent.program_id)),
                consent=consent,
                status=consent.as_of(at),
            )
            for consent in stand
        ]

    def _masked(self, point: Point) -> str:
        seal = self.vault.unwrap(point.data_key).seal
        return open_address(point.address, point.contact_point_id, point.channel, seal).masked


def known(entries: Sequence[SealedEntry], as_of: datetime | None) -> list[SealedEntry]:
    """Those done and recorded by then; whatever was not known is left out wherever consent is read."""
    return [entry for entry in entries if as_of is None or (entry.fact.at <= as_of and entry.fact.recorded_at <= as_of)]


def require_on_record(fact: Fact, facts: Sequence[Fact]) -> None:
    """Raises NoSuchConsent."""
    if fact not in facts:
        raise NoSuchConsent("There was no such consent then.")


def _facts_of(point: Point, entries: Sequence[SealedEntry]) -> list[Fact]:
    return [entry.fact for entry in entries if entry.contact_point_id == point.contact_point_id]
