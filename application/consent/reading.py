"""Where a contact stands: now, or at any instant of the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from application.consent.ports import Ledger, Point, SealedEntry
from application.contacts.sealing import open_address
from application.ports import Transaction
from application.secrets import Vault
from domain.access import Actor, Permission
from domain.consent.ledger import Consent, Fact
from domain.ids import ContactId, EntryId, ProgramId
from domain.programs import NoSuchProgram


class Standing(Struct, frozen=True, kw_only=True):
    """`address` is masked."""

    contact_id: ContactId
    address: str
    program: str
    consent: Consent


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

    async def of_contact(self, contact_id: UUID, by: Actor, *, as_of: datetime | None = None) -> list[Standing]:
        """As it was known then: what was recorded later is left out. Raises NoSuchContact."""
        by.must(Permission.READ_CONSENT)
        async with self.transaction():
            entries = await self.ledger.entries(ContactId(contact_id), live=by.live)
            points = await self.ledger.points(ContactId(contact_id), live=by.live)
            slugs = await self.ledger.program_slugs()
        if as_of is not None:
            entries = [entry for entry in entries if entry.fact.at <= as_of and entry.fact.recorded_at <= as_of]
        return [standing for point in points for standing in self._standings(point, _facts_of(point, entries), slugs)]

    async def one(self, consent_id: UUID, by: Actor) -> Standing:
        """Raises NoSuchConsent."""
        by.must(Permission.READ_CONSENT)
        async with self.transaction():
            entries = await self.ledger.consent(EntryId(consent_id), live=by.live)
            first = next(entry for entry in entries if entry.fact.id == consent_id)
            point = await self.ledger.point(first.contact_point_id)
            slugs = await self.ledger.program_slugs()
        facts = [entry.fact for entry in entries]
        consent = Consent(program_id=first.fact.program_id or ProgramId(consent_id), channel=first.fact.channel)
        return Standing(
            contact_id=first.contact_id,
            address=self._masked(point) if point else "erased",
            program=slugs.get(consent.program_id, "all"),
            consent=consent.replay(facts),
        )

    def _standings(self, point: Point, facts: Sequence[Fact], slugs: dict[ProgramId, str]) -> list[Standing]:
        """A withdrawal from all programs shows in each the contact point ever had a word about."""
        named = dict.fromkeys(fact.program_id for fact in facts if fact.program_id is not None)
        return [
            Standing(
                contact_id=point.contact_id,
                address=self._masked(point),
                program=slugs.get(program_id, str(program_id)),
                consent=Consent(program_id=program_id, channel=point.channel).replay(facts),
            )
            for program_id in named
        ]

    def _masked(self, point: Point) -> str:
        seal = self.vault.unwrap(point.data_key).seal
        return open_address(point.address, point.contact_point_id, point.channel, seal).masked


def _facts_of(point: Point, entries: Sequence[SealedEntry]) -> list[Fact]:
    return [entry.fact for entry in entries if entry.contact_point_id == point.contact_point_id]
