"""Requests of people about their data: taken in, moved on, and seen to in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from application.audit.auditing import noted
from application.audit.ports import Noted, Trail
from application.consent.ports import Ledger
from application.contacts.ports import Contacts
from application.ports import Clock, Transaction
from application.privacy.limits import Limiting
from application.privacy.notes import note_in, seal_stranger, step_of
from application.privacy.places import codes_of, place_of, place_of_stranger
from application.privacy.ports import Erasures, HistoryStep, Listed, RightsRequests
from application.secrets import Digests, Seal
from application.shapes import Instant
from domain.access import Actor, Permission
from domain.addresses import Address
from domain.audit.record import Subject
from domain.compliance.jurisdiction import Whereabouts
from domain.contacts import NoSuchContact
from domain.errors import Invalid
from domain.ids import ContactId, RequestId, new_id
from domain.privacy.deadlines import reckoned, rescheduled, terms
from domain.privacy.reasons import LONGEST_REASON, must_say_why
from domain.privacy.requests import NEEDS_WORDS, Kind, RightsRequest, Step

Note = Annotated[str, Meta(min_length=1, max_length=LONGEST_REASON)]
# A caller's clock may run a little ahead of ours.
_SKEW = timedelta(minutes=5)
_MOST_DUE = 500


class NewRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """About a contact, or about whoever has the address. `received_at` is when it reached you, by letter for example;
    without it, now.
    """

    kind: Kind
    contact_id: UUID | None = None
    address: str | None = None
    received_at: Instant | None = None
    note: Note | None = None

    def __repr__(self) -> str:
        return f"NewRequest({self.kind})"


class Told(Struct, frozen=True, kw_only=True):
    """One line of a request's history, as staff wrote it."""

    at: datetime
    by: str
    step: str
    note: str | None


class Seen(Struct, frozen=True, kw_only=True):
    request: RightsRequest
    history: tuple[Told, ...]

    def __repr__(self) -> str:
        return f"Seen({self.request.id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    rights_requests: RightsRequests
    contacts: Contacts
    erasures: Erasures
    ledger: Ledger
    limiting: Limiting
    request_seal: Seal
    digests: Digests
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewRequest, by: Actor, *, seed: UUID | None = None) -> RightsRequest:
        """An objection to marketing holds before the answer. Whoever is asked about need not be a contact.

        Raises NoSuchContact, InvalidAddress, Invalid.
        """
        by.must(Permission.WRITE_RIGHTS)
        now = self.clock.now()
        received = command.received_at or now
        if received > now + _SKEW:
            raise Invalid("A request cannot have come in in the future.", field="received_at")
        if (command.address is None) == (command.contact_id is None):
            raise Invalid("Name a contact or an address.", field="contact_id")
        address = Address.parse(command.address) if command.address is not None else None
        async with self.transaction():
            contact_id = await self._contact(command.contact_id, address, by)
            places = await self._places(contact_id, address, by, received)
            request = self._request(command, contact_id, address, places, by, min(received, now), seed, now)
            step = step_of(request.id, "opened", command.note, by, now, self.request_seal)
            unknown = address if contact_id is None else None
            sealed = seal_stranger(unknown, request.id, self.request_seal) if unknown else None
            request = await self.rights_requests.add(request, sealed, step)
            if command.kind is Kind.OBJECTION:
                await self._objected(contact_id, address, by, now)
            after = {"kind": request.kind, "rule": request.rule, "due_on": request.due_on, "contact": contact_id}
            await self.trail.record([noted(by, "rights_request.opened", subject(request), now, after=after, seed=seed)])
        return request

    async def _contact(self, contact_id: UUID | None, address: Address | None, by: Actor) -> ContactId | None:
        if contact_id is not None:
            found = ContactId(contact_id)
            if await self.erasures.one(found, live=by.live) is None:
                await self.contacts.get(found, live=by.live)
            return found
        points = await self.ledger.points_of(self.digests.index(address, live=by.live)) if address else []
        return points[0].contact_id if points else None

    async def _places(
        self, contact_id: ContactId | None, address: Address | None, by: Actor, at: datetime
    ) -> list[Whereabouts]:
        if address is not None and contact_id is None:
            return [place_of_stranger(address, at.date())]
        try:
            contact = await self.contacts.get(contact_id or ContactId(UUID(int=0)), live=by.live)
        except NoSuchContact:
            return []
        entries = await self.ledger.entries(contact.id, live=by.live)
        return [
            place_of(contact, point, [one.fact for one in entries if one.contact_point_id == point.id], at.date())
            for point in contact.points
        ]

    def _request(
        self,
        command: NewRequest,
        contact_id: ContactId | None,
        address: Address | None,
        places: Sequence[Whereabouts],
        by: Actor,
        received: datetime,
        seed: UUID | None,
        now: datetime,
    ) -> RightsRequest:
        zones = [zone for place in places for zone in place.zones]
        under = terms(command.kind, codes_of(places), zones, received)
        last = reckoned(under, received)
        return RightsRequest(
            id=RequestId(seed or new_id(now)),
            live=by.live,
            kind=command.kind,
            rule=under.rule,
            calendar=under.calendar,
            zone=under.zone,
            received_at=received,
            due_on=last.day,
            acknowledge_by=last.acknowledge_by,
            contact_id=contact_id,
            channel=address.channel if address and contact_id is None else None,
        )

    async def _objected(self, contact_id: ContactId | None, address: Address | None, by: Actor, now: datetime) -> None:
        if contact_id is not None:
            await self.limiting.object(contact_id, by, now=now)
        elif address is not None:
            await self.limiting.object_unknown(address, live=by.live, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRequest:
    rights_requests: RightsRequests
    request_seal: Seal
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, request_id: UUID, step: Step, note: str | None, by: Actor) -> RightsRequest:
        """Raises NoSuchRequest, RequestClosed, CannotDoThat, and Invalid where a reason is owed."""
        by.must(Permission.WRITE_RIGHTS)
        words = must_say_why(note) if step in NEEDS_WORDS or note else None
        now = self.clock.now()
        async with self.transaction():
            request, _ = await self.rights_requests.get(RequestId(request_id), live=by.live)
            after = rescheduled(request.after(step, now))
            if after != request:
                told = step_of(request.id, step, words, by, now, self.request_seal)
                await self.rights_requests.save(after, told)
                await self.trail.record([moved(by, request, after, now, reason=words)])
        return after


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftRestriction:
    """The reason for the restriction is gone; the person is to be told before (GDPR 18(3))."""

    rights_requests: RightsRequests
    limiting: Limiting
    request_seal: Seal
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, request_id: UUID, note: str, by: Actor) -> RightsRequest:
        """Raises NoSuchRequest, CannotDoThat, Invalid."""
        by.must(Permission.WRITE_RIGHTS)
        words, now = must_say_why(note), self.clock.now()
        async with self.transaction():
            request, _ = await self.rights_requests.get(RequestId(request_id), live=by.live)
            after = request.lifted(now)
            if after is not request and request.contact_id is not None:
                await self.limiting.lift(request.contact_id)
                await self.rights_requests.save(after, step_of(request.id, "lift", words, by, now, self.request_seal))
                about = Subject(kind="contact", id=str(request.contact_id))
                lifted = noted(by, "contact.restriction_lifted", about, now, reason=words)
                await self.trail.record([moved(by, request, after, now, reason=words), lifted])
        return after


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestQueries:
    rights_requests: RightsRequests
    request_seal: Seal
    transaction: Transaction
    clock: Clock

    async def one(self, request_id: UUID, by: Actor) -> Seen:
        """Raises NoSuchRequest."""
        by.must(Permission.READ_RIGHTS)
        async with self.transaction():
            request, _ = await self.rights_requests.get(RequestId(request_id), live=by.live)
            history = await self.rights_requests.history(request.id)
        return Seen(request=request, history=tuple(self._told(step, request) for step in history))

    async def page(self, listed: Listed, by: Actor) -> list[RightsRequest]:
        """Newest first."""
        by.must(Permission.READ_RIGHTS)
        async with self.transaction():
            return await self.rights_requests.page(listed, live=by.live)

    async def due(self, within_days: int, by: Actor) -> list[RightsRequest]:
        """What is to be answered or acknowledged until then, or should have been; the most urgent first."""
        by.must(Permission.READ_RIGHTS)
        last = (self.clock.now() + timedelta(days=within_days)).date()
        async with self.transaction():
            return await self.rights_requests.due(last, live=by.live, most=_MOST_DUE)

    def _told(self, step: HistoryStep, request: RightsRequest) -> Told:
        return Told(at=step.at, by=step.actor, step=step.step, note=note_in(step, request.id, self.request_seal))


def subject(request: RightsRequest) -> Subject:
    return Subject(kind="rights_request", id=str(request.id))


def moved(by: Actor, before: RightsRequest, after: RightsRequest, at: datetime, *, reason: str | None) -> Noted:
    return noted(by, "rights_request.changed", subject(after), at, before=before, after=after, reason=reason)
