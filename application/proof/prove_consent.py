"""Everything that proves one consent: what was shown and done, who recorded it, and that nobody changed it since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Signer, Trail
from application.audit.proving import Proof, ProveEntries, Tree
from application.consent.ports import Ledger, Point, SealedEntry
from application.consent.reading import known, require_on_record
from application.consent.sealing import intact, kept_promise, open_evidence
from application.contacts.sealing import open_address
from application.ports import Clock, Transaction
from application.proof.ports import Verifications, Verified
from application.secrets import Seal, Unsealable, Vault
from domain.access import Actor, Permission
from domain.audit.logs import Log
from domain.audit.record import Subject
from domain.consent.evidence import Evidence, hash_of
from domain.consent.ledger import Consent, Fact
from domain.ids import ContactId, EntryId, ProgramId


class ProvenEntry(Struct, frozen=True, kw_only=True):
    """`evidence` is None where it was erased. `unchanged`: the entry says what was hashed when it was written, and its
    evidence is what was committed to; `shown_intact`: the text and the snapshot kept are those their hashes name, None
    where none was kept. `verification` is None where nothing was proved by code or link, or it was forgotten since.
    """

    fact: Fact
    actor: str
    evidence: Evidence | None
    unchanged: bool
    shown_intact: bool | None
    proof: Proof
    verification: Verified | None = None


class ProofOfConsent(Struct, frozen=True, kw_only=True):
    """`address` is in clear, or None when it was erased. `keys` are public, by the ids that signatures name."""

    consent: Consent
    contact_id: ContactId
    program: str
    address: str | None
    entries: tuple[ProvenEntry, ...]
    keys: dict[str, str]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProveConsent:
    ledger: Ledger
    seals: Tree
    records: Verifications
    signer: Signer
    vault: Vault
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(
        self, consent_id: UUID, by: Actor, *, as_of: datetime | None = None, reason: str | None = None
    ) -> ProofOfConsent:
        """As it was known then: what was recorded later is left out. It reveals what it shows, so it is on the trail.

        Raises NoSuchConsent, also for one that was not on record then.
        """
        by.must(Permission.PROVE_CONSENT)
        now = self.clock.now()
        async with self.transaction():
            every = await self.ledger.consent(EntryId(consent_id), live=by.live)
            first = next(entry for entry in every if entry.fact.id == consent_id)
            program_id = first.fact.program_id
            entries = [entry for entry in known(every, as_of) if entry.fact.program_id in (program_id, None)]
            require_on_record(first.fact, [entry.fact for entry in entries])
            point = await self.ledger.point(first.contact_point_id)
            slugs = await self.ledger.program_slugs()
            subject = Subject(kind="contact", id=str(first.contact_id))
            shown = {"consent": consent_id, "entries": len(entries)}
            await self.trail.record([noted(by, "consent.proved", subject, now, after=shown, reason=reason)])
        proofs = await ProveEntries(self.seals)(Log.LEDGER, [entry.fact.id for entry in entries])
        shown_entries = await self._verified(self._proven(entries, point, proofs))
        consent = Consent(program_id=program_id or ProgramId(consent_id), channel=first.fact.channel)
        return ProofOfConsent(
            consent=consent.replay([entry.fact for entry in entries]),
            contact_id=first.contact_id,
            program=slugs.get(program_id, str(program_id)) if program_id else "all",
            address=_address(point, self.vault),
            entries=tuple(shown_entries),
            keys={name: key.hex() for name, key in self.signer.public_keys().items()},
            at=now,
        )

    async def _verified(self, entries: Sequence[ProvenEntry]) -> list[ProvenEntry]:
        async with self.transaction():
            found = await self.records.verifications(verification_ids(entry.evidence for entry in entries))
        return [replace(entry, verification=verification_of(entry.evidence, found)) for entry in entries]

    def _proven(
        self, entries: Sequence[SealedEntry], point: Point | None, proofs: Sequence[Proof]
    ) -> list[ProvenEntry]:
        of_entry = {proof.leaf.entry_id: proof for proof in proofs}
        seal = self.vault.unwrap(point.data_key).seal if point else None
        return [proven(entry, seal, of_entry[entry.fact.id]) for entry in entries]


def proven(entry: SealedEntry, seal: Seal | None, proof: Proof) -> ProvenEntry:
    """Without a seal the contact was erased, and the evidence with it."""
    evidence, kept = None, True
    if seal is not None:
        try:
            kept = kept_promise(entry, seal)
            evidence = open_evidence(entry, seal)
        except (Unsealable, msgspec.MsgspecError):
            kept = False
    return ProvenEntry(
        fact=entry.fact,
        actor=entry.actor,
        evidence=evidence,
        unchanged=intact(entry) and kept,
        shown_intact=_shown_intact(evidence) if evidence else None,
        proof=proof,
    )


def verification_ids(evidence: Iterable[Evidence | None]) -> list[UUID]:
    """Of the challenges and messages that pieces of evidence name."""
    named = (_named(one) for one in evidence if one is not None)
    return [one for one in named if one is not None]


def verification_of(evidence: Evidence | None, found: Mapping[UUID, Verified]) -> Verified | None:
    named = _named(evidence) if evidence is not None else None
    return found.get(named) if named is not None else None


def _named(evidence: Evidence) -> UUID | None:
    """What others wrote there need be no id of ours."""
    try:
        return UUID(evidence.doi_token_id) if evidence.doi_token_id is not None else None
    except ValueError:
        return None


def _shown_intact(evidence: Evidence) -> bool | None:
    kept = [
        (evidence.disclosure_text_verbatim, evidence.disclosure_hash),
        (evidence.snapshot, evidence.snapshot_hash),
    ]
    looked_at = [_is(text, digest) for text, digest in kept if text is not None and digest is not None]
    return all(looked_at) if looked_at else None


def _is(text: str, digest: str) -> bool:
    return hash_of(text).removeprefix("sha256:") == digest.removeprefix("sha256:")


def _address(point: Point | None, vault: Vault) -> str | None:
    if point is None:
        return None
    seal = vault.unwrap(point.data_key).seal
    return open_address(point.address, point.contact_point_id, point.channel, seal).value
