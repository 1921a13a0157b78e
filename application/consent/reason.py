"""Why somebody left, told afterwards if they like: leaving itself asks no question."""

from dataclasses import dataclass

from msgspec.structs import replace

from application.consent.ports import Ledger
from application.consent.sealing import open_evidence
from application.consent.withdraw import revocation
from application.ports import Clock, Transaction
from application.secrets import Vault
from domain.access import SYSTEM
from domain.consent.evidence import Evidence
from domain.consent.ledger import Status, words_about
from domain.ids import ContactPointId, ProgramId
from domain.preferences import tells_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveReason:
    ledger: Ledger
    vault: Vault
    transaction: Transaction
    clock: Clock

    async def __call__(self, contact_point_id: ContactPointId, program_id: ProgramId, evidence: Evidence) -> bool:
        """Beside the opt-out that stands, dated as it is, and once: whoever holds the link cannot fill the ledger.
        False where there is nothing to give a reason for.
        """
        async with self.transaction():
            point = await self.ledger.point(contact_point_id)
            if point is None:
                return False
            entries = {entry.fact.id: entry for entry in await self.ledger.of_point(contact_point_id)}
            words = words_about([entry.fact for entry in entries.values()], program_id)
            if not words or words[-1].status is not Status.REVOKED:
                return False
            last, key = words[-1], self.vault.unwrap(point.data_key)
            if tells_reason(open_evidence(entries[last.id], key.seal).statement):
                return False
            entry = revocation(
                replace(evidence, scope=last.facts.scope, category=last.facts.category),
                point,
                last.program_id,
                last.program,
                by=SYSTEM,
                now=self.clock.now(),
                vault=self.vault,
                at=last.at,
            )
            await self.ledger.append([entry])
        return True
