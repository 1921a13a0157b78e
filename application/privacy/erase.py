"""Erase a contact: destroy its key, delete what can be deleted, and leave what names nobody.

What is left: suppression tokens, so that nobody writes to them again; the ledger with its facts and commitments, so
that the chain verifies; message rows without words; and, for as long as claims may be made, evidence under lock.
"""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.consent.ports import Ledger, Point, SealedEntry
from application.consent.sealing import salted_evidence
from application.consent.withdraw import revocation
from application.contacts.parting import Parting
from application.contacts.ports import Contacts
from application.messages.ports import Messages
from application.ports import Clock, Transaction
from application.privacy.places import place_of
from application.privacy.ports import Erased, Erasures, Restricted, RestrictedEvidence
from application.privacy.restricted import reseal
from application.retention.ports import Holds
from application.secrets import Digests, Seal, Unsealable, Vault
from application.verification.ports import Secrets
from domain.access import Actor, Permission
from domain.audit.record import Subject
from domain.compliance.retention import Kept, evidence_kept_until
from domain.consent.evidence import Evidence
from domain.contacts import Contact, ContactPoint, NoSuchContact
from domain.ids import ContactId, ContactPointId
from domain.messages import WAITING, Message
from domain.privacy.reasons import must_say_why
from domain.retention.holds import UnderHold
from domain.suppression import Reason

_ERASED, _BY_ERASURE = "erased", "erasure"
_MOST = 500
# Longer than a worker that was lost may be believed to hand something off.
_UNDER_WAY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasing:
    """Needs an open transaction: all of it or nothing."""

    contacts: Contacts
    messages: Messages
    ledger: Ledger
    parting: Parting
    erasures: Erasures
    restricted_evidence: RestrictedEvidence
    evidence_seal: Seal
    challenge_secrets: Secrets
    vault: Vault
    digests: Digests
    holds: Holds
    trail: Trail

    async def __call__(self, contact_id: ContactId, by: Actor, *, reason: str, now: datetime) -> Erased:
        """Once: whoever asks again is told when it was. Raises NoSuchContact, UnderHold."""
        if before := await self.erasures.one(contact_id, live=by.live):
            return before
        if await self.holds.over(contact_id):
            raise UnderHold("A legal hold keeps this contact's records: release it first, or refuse the request.")
        # Messages before their contact, as a worker takes them: so neither waits for the other.
        cancelled = await self.cancel([contact_id], now)
        try:
            contact = await self.contacts.get(contact_id, live=by.live)
        except NoSuchContact:
            if before := await self.erasures.one(contact_id, live=by.live):
                return before
            raise
        points = await self.ledger.points(contact_id, live=by.live)
        await self._opt_out(contact, points, by, now)
        restricted = await self._restricted(contact, points, now)
        await self.restricted_evidence.keep(restricted)
        await self.erasures.wipe([contact_id], self._counted_by(contact))
        until = max((one.kept_until for one in restricted), default=None)
        erased = Erased(contact_id=contact_id, live=contact.live, at=now, kept_until=until)
        await self.erasures.destroy(erased)
        self.vault.forget()
        told: dict[str, object] = {
            "addresses": len(contact.points),
            "data_key": "destroyed",
            "entries_kept": len(restricted),
            "kept_until": until,
            "messages_cancelled": cancelled,
        }
        subject = Subject(kind="contact", id=str(contact_id))
        await self.trail.record([noted(by, "contact.erased", subject, now, after=told, reason=reason)])
        return erased

    async def cancel(self, contacts: Sequence[ContactId], now: datetime) -> int:
        """What has not left never will; how many that were."""
        locked = await self.messages.lock(await self.erasures.waiting(contacts))
        return len(await self.messages.move([_cancelled(one, now) for one in locked if one.status in WAITING]))

    async def _opt_out(self, contact: Contact, points: Sequence[Point], by: Actor, now: datetime) -> None:
        """Every no they said still holds, and one more to everything; whoever is about to send to them hears of it."""
        await self.parting(contact.points, live=contact.live, at=now)
        for point in contact.points:
            tokens = self.digests.suppression(point.address, live=contact.live)
            await self.ledger.suppress(tokens, point.channel, Reason.ERASURE, program_id=None, at=now)
        evidence = Evidence(source="first_party", via=_BY_ERASURE, scope="all")
        noes = [revocation(evidence, point, None, None, by=by, now=now, vault=self.vault) for point in points]
        await self.ledger.append(noes)

    async def _restricted(self, contact: Contact, points: Sequence[Point], now: datetime) -> list[Restricted]:
        entries: dict[ContactPointId, list[SealedEntry]] = defaultdict(list)
        for entry in await self.ledger.entries(contact.id, live=contact.live):
            entries[entry.contact_point_id].append(entry)
        sent = await self.erasures.last_reliance(contact.id)
        seal = self.vault.unwrap(points[0].data_key).seal
        standing = {point.id: point for point in contact.points}
        restricted: list[Restricted] = []
        for point_id, mine in entries.items():
            point = standing.get(point_id)
            kept = _kept(contact, [point] if point else contact.points, mine, now.date())
            until = kept.until(_last_reliance(mine, sent, now).date())
            address = point.address if point else None
            for entry in mine:
                # What nobody can read, nobody can rely on: no reason not to erase the rest.
                with suppress(Unsealable):
                    salted = salted_evidence(entry, seal)
                    restricted.append(
                        reseal(
                            entry, address, salted, live=contact.live, under=self.evidence_seal, kept=kept, until=until
                        )
                    )
        return restricted

    def _counted_by(self, contact: Contact) -> list[bytes]:
        return [
            self.challenge_secrets.digest("address", point.address.value, live=contact.live) for point in contact.points
        ]


def _cancelled(message: Message, now: datetime) -> Message:
    return message.cancelled(now, detail=_ERASED)


def _kept(contact: Contact, points: Sequence[ContactPoint], entries: Sequence[SealedEntry], on: date) -> Kept:
    """The longest of all places the contact may have been in when they agreed."""
    facts = [entry.fact for entry in entries]
    channel = entries[0].fact.channel
    codes = {code for point in points for code in place_of(contact, point, facts, on).codes}
    return evidence_kept_until(sorted(codes), channel)


def _last_reliance(entries: Sequence[SealedEntry], sent: datetime | None, now: datetime) -> datetime:
    """The erasure relies on nothing; and what somebody's clock dated ahead prolongs nothing."""
    latest = max((entry.fact.at for entry in entries if entry.fact.facts.via != _BY_ERASURE), default=now)
    return min(max(latest, sent or latest), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseContact:
    erasing: Erasing
    transaction: Transaction
    clock: Clock

    async def __call__(self, contact_id: UUID, reason: str, by: Actor) -> Erased:
        """Holds before the answer. Raises NoSuchContact."""
        by.must(Permission.ERASE_CONTACTS)
        reason = must_say_why(reason)
        async with self.transaction():
            return await self.erasing(ContactId(contact_id), by, reason=reason, now=self.clock.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleErasures:
    """What was under way when somebody was erased may have been written just after: a message, an answer, a copy. It is
    removed like the rest, for as long as a request or a hand-off can take.
    """

    erasing: Erasing
    erasures: Erasures
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> int:
        """How many messages were still cancelled."""
        now = self.clock.now()
        async with self.transaction():
            unsettled = await self.erasures.unsettled(most=_MOST)
            contacts = [one.contact_id for one in unsettled]
            if not contacts:
                return 0
            cancelled = await self.erasing.cancel(contacts, now)
            await self.erasures.wipe(contacts, [])
            over = [one.contact_id for one in unsettled if one.at < now - _UNDER_WAY]
            await self.erasures.settled(over, now)
        return cancelled
