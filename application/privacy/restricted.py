"""Evidence of erased contacts that the law makes us keep for claims: under a key of its own, with an end, and shown to
those alone who may, for a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from msgspec import Struct

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.consent.ports import SealedEntry
from application.consent.sealing import evidence_in, intact, is_promised
from application.ports import Clock, Transaction
from application.privacy.ports import KeptEntry, Restricted, RestrictedEvidence
from application.secrets import Digests, Seal
from domain.access import Actor, Permission
from domain.addresses import Address
from domain.audit.record import Subject
from domain.compliance.retention import Kept
from domain.consent.evidence import Evidence
from domain.consent.ledger import Fact
from domain.errors import NotFound
from domain.ids import ContactId, EntryId
from domain.privacy.reasons import must_say_why

_pack = msgspec.msgpack.Encoder().encode


class NothingKept(NotFound):
    """No evidence of an erased contact with this address is kept."""


class _Inside(Struct, frozen=True, kw_only=True):
    """The evidence as it was committed to, and the address it was given with; None for one taken off its contact."""

    address: str | None
    salted: bytes


_unpack = msgspec.msgpack.Decoder(_Inside).decode


def reseal(
    entry: SealedEntry, address: Address | None, salted: bytes, *, live: bool, under: Seal, kept: Kept, until: date
) -> Restricted:
    """`salted` is the evidence as it was committed to."""
    inside = _Inside(address=address.value if address else None, salted=salted)
    return Restricted(
        entry_id=entry.fact.id,
        contact_id=entry.contact_id,
        contact_point_id=entry.contact_point_id,
        live=live,
        sealed=under.seal(_pack(inside), _context(entry.fact.id)),
        rule=kept.rule,
        kept_until=until,
    )


class ShownEvidence(Struct, frozen=True, kw_only=True):
    """`unchanged`: the entry says what was hashed when it was written, and the evidence is what it committed to."""

    contact_id: ContactId
    fact: Fact
    actor: str
    address: str | None
    evidence: Evidence
    unchanged: bool
    rule: str
    kept_until: date

    def __repr__(self) -> str:
        return f"ShownEvidence({self.fact.id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRestrictedEvidence:
    """To answer a claim of somebody who was erased, and for nothing else."""

    restricted_evidence: RestrictedEvidence
    evidence_seal: Seal
    digests: Digests
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, address: str, reason: str, by: Actor) -> Sequence[ShownEvidence]:
        """Whether or not there is any, that it was looked for is on the trail. Raises InvalidAddress, NothingKept."""
        by.must(Permission.READ_RESTRICTED)
        reason, now = must_say_why(reason), self.clock.now()
        parsed = Address.parse(address)
        async with self.transaction():
            tokens = self.digests.suppression(parsed, live=by.live)
            kept = await self.restricted_evidence.of_tokens(tokens, live=by.live)
            await self._recorded(kept, reason, by, now)
        if not kept:
            raise NothingKept("No evidence of an erased contact with this address is kept.")
        return [self._shown(one) for one in kept]

    async def _recorded(self, kept: Sequence[KeptEntry], reason: str, by: Actor, now: datetime) -> None:
        contacts = dict.fromkeys(one.restricted.contact_id for one in kept)
        subjects = [Subject(kind="contact", id=str(contact)) for contact in contacts] or [Subject(kind="contact")]
        after = {"entries": len(kept)}
        await self.trail.record(
            [noted(by, "evidence.opened", one, now, after=after, reason=reason) for one in subjects]
        )

    def _shown(self, kept: KeptEntry) -> ShownEvidence:
        entry, restricted = kept.entry, kept.restricted
        inside = _unpack(self.evidence_seal.open(restricted.sealed, _context(restricted.entry_id)))
        return ShownEvidence(
            contact_id=entry.contact_id,
            fact=entry.fact,
            actor=entry.actor,
            address=inside.address,
            evidence=evidence_in(inside.salted),
            unchanged=intact(entry) and is_promised(inside.salted, entry),
            rule=restricted.rule,
            kept_until=restricted.kept_until,
        )


def _context(entry_id: EntryId) -> bytes:
    return b"restricted_evidence.sealed" + entry_id.bytes
