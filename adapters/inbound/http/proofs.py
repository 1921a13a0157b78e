from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody
from litestar.response import Stream
from msgspec import Struct

from adapters.inbound.http.instants import AsOf, instant_in
from adapters.inbound.injected import Injected
from application.audit.proving import Proof
from application.proof.make_dossier import DossierWanted, MakeDossier
from application.proof.ports import Verified
from application.proof.prove_consent import ProofOfConsent, ProveConsent, ProvenEntry
from application.proof.receipts import Format, GiveReceipt
from domain.access import Actor, Permission
from domain.consent.evidence import Evidence

_MOST = 500
ZIP = "application/zip"
_WANTED = {"address": "+12125550101", "reason": "Complaint 17 to the FCC"}
Reason = Annotated[str | None, HeaderParameter(name="X-Reason", max_length=_MOST)]


class EntryProof(Struct, frozen=True, kw_only=True):
    """`unchanged`: it says what was hashed when it was written, and its evidence is what it committed to.
    `shown_intact`: the text and the snapshot kept are those their hashes name; null where none was kept. `proof` leads
    from the entry to a signed root; its `checkpoint` is null until the next one. `verification` tells of the challenge,
    or of our message, by which the address was proved.
    """

    id: UUID
    status: str
    at: datetime
    recorded_at: datetime
    recorded_by: str
    evidence: Evidence | None
    unchanged: bool
    shown_intact: bool | None
    verification: Verified | None
    proof: Proof


class ConsentProof(Struct, frozen=True, kw_only=True):
    """`address` is in clear; null when it was erased. `keys` are the public halves, in hex, by the ids that the
    signatures name: compare them with those noted elsewhere.
    """

    id: UUID
    contact_id: UUID
    address: str | None
    program: str
    channel: str
    status: str
    since: datetime | None
    expires_at: datetime | None
    entries: Sequence[EntryProof]
    keys: dict[str, str]
    made_at: datetime


class ProofsController(Controller):
    path = "/api/v1"
    tags = ["proof"]

    @get("/consents/{consent_id:uuid}/proof", opt={"permission": Permission.PROVE_CONSENT})
    async def prove_consent(
        self,
        consent_id: FromPath[UUID],
        actor: Injected[Actor],
        prove_consent: Injected[ProveConsent],
        as_of: AsOf = None,
        reason: Reason = None,
    ) -> ConsentProof:
        """Everything that proves one consent, in clear: texts, evidence, hashes, proof and signature. It is recorded
        that it was shown, and the reason given in `X-Reason`.
        """
        known = instant_in(as_of)
        return _answer(await prove_consent(consent_id, actor, as_of=known, reason=reason), known)

    @get("/consents/{consent_id:uuid}/receipt", opt={"permission": Permission.READ_CONSENT})
    async def consent_receipt(
        self,
        consent_id: FromPath[UUID],
        actor: Injected[Actor],
        give_receipt: Injected[GiveReceipt],
        format: FromQuery[Format] = "iso27560",  # noqa: A002 - what it is called in the URL
        as_of: AsOf = None,
    ) -> dict[str, Any]:
        """One consent as others can read it: a consent record of ISO/IEC TS 27560 as JSON-LD, or a Kantara consent
        receipt. What is neither on record nor declared is named, and there is no receipt.
        """
        return await give_receipt(consent_id, format, actor, as_of=instant_in(as_of))

    @post(
        "/dossiers", status_code=200, media_type=ZIP, opt={"permission": Permission.PROVE_CONSENT, "example": _WANTED}
    )
    async def make_dossier(
        self, data: JSONBody[DossierWanted], actor: Injected[Actor], make_dossier: Injected[MakeDossier]
    ) -> Stream:
        """All that is on record about one address, as a signed ZIP with a verifier that needs Python alone. Addresses,
        evidence and words are in it for a key that may also reveal addresses. Nothing of it is kept, but that it was
        asked for, and why.
        """
        chunks = await make_dossier(data, actor)
        return Stream(chunks, media_type=ZIP, headers={"Content-Disposition": 'attachment; filename="dossier.zip"'})


def _answer(proof: ProofOfConsent, as_of: datetime | None) -> ConsentProof:
    consent = proof.consent
    return ConsentProof(
        id=consent.entries[0].id,
        contact_id=proof.contact_id,
        address=proof.address,
        program=proof.program,
        channel=consent.channel,
        status=consent.as_of(as_of or proof.at),
        since=consent.since,
        expires_at=consent.expires_at,
        entries=[_entry(entry) for entry in proof.entries],
        keys=proof.keys,
        made_at=proof.at,
    )


def _entry(entry: ProvenEntry) -> EntryProof:
    return EntryProof(
        id=entry.fact.id,
        status=entry.fact.status,
        at=entry.fact.at,
        recorded_at=entry.fact.recorded_at,
        recorded_by=entry.actor,
        evidence=entry.evidence,
        unchanged=entry.unchanged,
        shown_intact=entry.shown_intact,
        verification=entry.verification,
        proof=entry.proof,
    )
