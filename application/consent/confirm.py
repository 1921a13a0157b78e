"""The person presses the button in the mail, or answers YES: what was requested becomes a confirmed consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from application.consent.ports import Ledger, Point, SealedEntry
from application.consent.sealing import open_evidence, seal_entry
from application.ports import Clock, Transaction
from application.secrets import Vault
from domain.access import SYSTEM
from domain.compliance.link_requests import Effect, answered
from domain.consent.evidence import Evidence
from domain.consent.ledger import AGREED, Consent, Fact, NothingToConfirm, Status
from domain.ids import ContactPointId, EntryId, ProgramId, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmConsent:
    ledger: Ledger
    vault: Vault
    transaction: Transaction
    clock: Clock

    async def __call__(self, contact_point_id: ContactPointId, program_id: ProgramId, evidence: Evidence) -> None:
        """`evidence` is that of the confirmation; what was shown with the request is kept beside it. Confirming twice
        changes nothing. Raises NothingToConfirm.
        """
        now = self.clock.now()
        async with self.transaction():
            point = await self.ledger.point(contact_point_id)
            if point is None:
                raise NothingToConfirm("No opt-in request is waiting for an answer.")
            entries = await self.ledger.of_point(contact_point_id)
            entry = confirmation(point, program_id, entries, evidence, now=now, vault=self.vault)
            await self.ledger.append([entry] if entry is not None else [])


def confirmation(
    point: Point,
    program_id: ProgramId,
    entries: Sequence[SealedEntry],
    evidence: Evidence,
    *,
    now: datetime,
    vault: Vault,
) -> SealedEntry | None:
    """What to add to the ledger of a point that is held; None if it is agreed already. Raises NothingToConfirm."""
    consent = Consent(program_id=program_id, channel=point.channel).replay([entry.fact for entry in entries])
    if consent.status in AGREED:
        return None
    asked = consent.since if consent.status is Status.REQUESTED else None
    if answered(asked, point.channel, now).effect is not Effect.OPT_IN:
        raise NothingToConfirm("No opt-in request is waiting for an answer.")
    last = next(fact for fact in reversed(consent.entries) if fact.status is Status.REQUESTED)
    request = next(entry for entry in entries if entry.fact.id == last.id)
    key = vault.unwrap(point.data_key)
    told = _both(open_evidence(request, key.seal), evidence)
    proven = replace(told, doi_requested_at=request.fact.at, doi_confirmed_at=now, via=None)
    fact = Fact(
        id=EntryId(new_id(now)),
        program_id=program_id,
        program=request.fact.program,
        brand=request.fact.brand,
        channel=point.channel,
        status=Status.CONFIRMED,
        at=now,
        recorded_at=now,
        expires_at=request.fact.expires_at,
        facts=proven.facts(),
    )
    return seal_entry(fact, proven, contact=point.contact_id, point=point.contact_point_id, actor=SYSTEM.id, key=key)


def _both(request: Evidence, confirmation: Evidence) -> Evidence:
    """What the confirmation says counts; where it is silent, what the request said."""
    silent = Evidence()
    later = {
        name: value
        for name in Evidence.__struct_fields__
        if (value := getattr(confirmation, name)) != getattr(silent, name)
    }
    return replace(request, **later)
