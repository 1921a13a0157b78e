"""Contacts of whom nothing is left to keep: their key is shredded, and what they said no to goes on holding.

A contact stays while any consent of theirs stands, and after the last one ended for as long as claims may be made
where they may be. Nobody is suppressed who did not say no: they were forgotten, they did not object.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.consent.ports import Ledger
from application.contacts.parting import Parting
from application.contacts.ports import Contacts
from application.privacy.places import codes_of, place_of
from application.privacy.ports import Erased, Erasures
from application.retention.ports import Due, Lapsed, LapsedContacts, Shelf, Taken
from application.secrets import Vault
from application.verification.ports import Secrets
from domain.access import SYSTEM
from domain.audit.record import Subject
from domain.compliance.retention import SHORTEST_CLAIM_YEARS, Kept, evidence_kept_until
from domain.consent.ledger import AGREED, Consent, Fact
from domain.contacts import Contact, NoSuchContact
from domain.ids import ContactId, ContactPointId
from domain.retention.periods import Period
from domain.retention.policies import Policy, RecordClass

_BATCH = 50
_EVIDENCE = RecordClass.CONSENT_EVIDENCE
_AT_LEAST = Period(months=12 * SHORTEST_CLAIM_YEARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsing:
    """All of it needs an open transaction."""

    lapsed_contacts: LapsedContacts
    contacts: Contacts
    ledger: Ledger
    parting: Parting
    erasures: Erasures
    challenge_secrets: Secrets
    vault: Vault
    trail: Trail

    async def found(self, policy: Policy, now: datetime, cursor: str | None) -> tuple[list[Lapsed], str | None]:
        """A batch of the class that may be over, and where the next one begins."""
        after = None if cursor is None else ContactId(UUID(cursor))
        found = await self.lapsed_contacts.lapsed(policy.record_class, _before(policy, now), after=after, most=_BATCH)
        return found, str(found[-1].contact_id) if len(found) == _BATCH else None

    async def over(self, one: Lapsed, policy: Policy, now: datetime) -> Contact | None:
        """The contact, locked, if it is still over and nothing needs it."""
        try:
            contact = await self.contacts.get(one.contact_id, live=one.live)
        except NoSuchContact:
            return None
        still = await self.lapsed_contacts.still(one.contact_id, policy.record_class, _before(policy, now))
        if still is None or still.held:
            return None
        if policy.record_class is not _EVIDENCE:
            return contact
        until = await self._needed_until(contact, still, policy, now)
        return contact if until is not None and until <= now else None

    async def shred(self, contact: Contact, policy: Policy, now: datetime) -> None:
        await self.parting(contact.points, live=contact.live, at=now)
        counted = [
            self.challenge_secrets.digest("address", point.address.value, live=contact.live) for point in contact.points
        ]
        await self.erasures.wipe([contact.id], counted)
        await self.erasures.destroy(Erased(contact_id=contact.id, live=contact.live, at=now))
        self.vault.forget()
        told = {"retention": policy.record_class, "data_key": "destroyed", "addresses": len(contact.points)}
        subject = Subject(kind="contact", id=str(contact.id))
        await self.trail.record([noted(SYSTEM, "contact.erased", subject, now, after=told)])

    async def _needed_until(self, contact: Contact, one: Lapsed, policy: Policy, now: datetime) -> datetime | None:
        """None while a consent stands: without its evidence nobody could show that there is one."""
        facts: dict[ContactPointId, list[Fact]] = {}
        for entry in await self.ledger.entries(contact.id, live=contact.live):
            facts.setdefault(entry.contact_point_id, []).append(entry.fact)
        if any(_stands(mine, now) for mine in facts.values()):
            return None
        every = [fact for mine in facts.values() for fact in mine]
        ends = [fact.expires_at for fact in every if fact.expires_at is not None and fact.expires_at < now]
        latest = max([one.latest, *ends])
        codes = codes_of([place_of(contact, point, every, now.date()) for point in contact.points])
        kept = [evidence_kept_until(sorted(codes), fact.channel) for fact in every] or [evidence_kept_until(codes)]
        return _end(policy, codes, kept, latest)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactShelf(Shelf):
    lapsing: Lapsing
    record_class: RecordClass

    async def due(self, policy: Policy, now: datetime) -> Due:
        due, cursor = Due(), None
        while True:
            found, cursor = await self.lapsing.found(policy, now, cursor)
            for one in found:
                due = due.with_more(await self._due(one, policy, now))
            if cursor is None:
                return due

    async def take(self, policy: Policy, now: datetime, cursor: str | None) -> Taken:
        found, further = await self.lapsing.found(policy, now, cursor)
        taken = 0
        for one in found:
            contact = await self.lapsing.over(one, policy, now)
            if contact is not None:
                await self.lapsing.shred(contact, policy, now)
                taken += 1
        return Taken(count=taken, cursor=further)

    async def _due(self, one: Lapsed, policy: Policy, now: datetime) -> Due:
        if one.held:
            return Due(held=1, oldest=one.latest, newest=one.latest)
        if policy.record_class is _EVIDENCE and await self.lapsing.over(one, policy, now) is None:
            return Due()
        return Due(count=1, oldest=one.latest, newest=one.latest)


def _before(policy: Policy, now: datetime) -> datetime:
    """Whoever something happened of later is not over; for evidence each place then has its own period."""
    at_least = _AT_LEAST if policy.record_class is _EVIDENCE or policy.period is None else policy.period
    return at_least.before(now)


def _end(policy: Policy, codes: frozenset[str], kept: list[Kept], latest: datetime) -> datetime:
    """What the rules say for these places, or longer where that was set."""
    by_rule = max(one.until(latest.date()) for one in kept)
    set_here = [period for code, period in policy.places.items() if code in codes]
    if policy.period is not None:
        set_here.append(policy.period)
    return max([_following(by_rule), *(period.after(latest) for period in set_here)])


def _following(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _stands(facts: list[Fact], now: datetime) -> bool:
    programs = {(fact.program_id, fact.channel) for fact in facts if fact.program_id is not None}
    return any(
        Consent(program_id=program_id, channel=channel).replay(facts).as_of(now) in AGREED
        for program_id, channel in programs
    )
