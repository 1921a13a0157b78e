from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from litestar import Controller, post
from litestar.params import JSONBody
from msgspec import Struct

from adapters.inbound.injected import Injected
from application.privacy.requests import Note
from application.privacy.restricted import ShowRestrictedEvidence
from domain.access import Actor, Permission
from domain.consent.evidence import Evidence
from domain.ids import ContactId


class Claim(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    address: str
    reason: Note


class RestrictedEntry(Struct, frozen=True, kw_only=True):
    """`unchanged`: it says what was hashed when it was written, and its evidence is what it committed to."""

    id: UUID
    contact_id: ContactId
    address: str | None
    channel: str
    program: str | None
    status: str
    at: datetime
    recorded_at: datetime
    recorded_by: str
    evidence: Evidence
    unchanged: bool
    rule: str
    kept_until: date


class RestrictedEntries(Struct, frozen=True, kw_only=True):
    items: Sequence[RestrictedEntry]


class RestrictedEvidenceController(Controller):
    path = "/api/v1/restricted-evidence"
    tags = ["rights"]

    @post(
        "/lookup",
        status_code=200,
        opt={
            "permission": Permission.READ_RESTRICTED,
            "example": {"address": "+12125550101", "reason": "A claim of 20 November."},
        },
    )
    async def look_up_restricted_evidence(
        self, data: JSONBody[Claim], actor: Injected[Actor], show_restricted_evidence: Injected[ShowRestrictedEvidence]
    ) -> RestrictedEntries:
        """What is kept of an erased person's consents to answer a claim of theirs, and for nothing else."""
        shown = await show_restricted_evidence(data.address, data.reason, actor)
        return RestrictedEntries(
            items=[
                RestrictedEntry(
                    id=one.fact.id,
                    contact_id=one.contact_id,
                    address=one.address,
                    channel=one.fact.channel,
                    program=one.fact.program,
                    status=one.fact.status,
                    at=one.fact.at,
                    recorded_at=one.fact.recorded_at,
                    recorded_by=one.actor,
                    evidence=one.evidence,
                    unchanged=one.unchanged,
                    rule=one.rule,
                    kept_until=one.kept_until,
                )
                for one in shown
            ]
        )
