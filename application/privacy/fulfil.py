"""Do what was asked for, in the same step in which the request is done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.ports import Clock, Transaction
from application.privacy.erase import Erasing
from application.privacy.export_contact import Archive, Exporting
from application.privacy.limits import Limiting
from application.privacy.notes import open_stranger, step_of
from application.privacy.ports import RightsRequests
from application.privacy.requests import moved
from application.secrets import Seal
from domain.access import Actor, Permission
from domain.audit.record import Subject
from domain.ids import ContactId, RequestId
from domain.privacy.reasons import must_say_why
from domain.privacy.requests import CannotDoThat, Kind, RightsRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteRequest:
    """An erasure erases, a restriction restricts, an objection holds already; what was read out or corrected was so by
    acts of their own, and is done by saying so.
    """

    rights_requests: RightsRequests
    erasing: Erasing
    limiting: Limiting
    request_seal: Seal
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, request_id: UUID, note: str, by: Actor) -> RightsRequest:
        """Raises NoSuchRequest, RequestClosed, NotIdentified, Invalid."""
        by.must(Permission.WRITE_RIGHTS)
        words, now = must_say_why(note), self.clock.now()
        async with self.transaction():
            request, sealed = await self.rights_requests.get(RequestId(request_id), live=by.live)
            after = request.done(now)
            if request.kind is Kind.ERASURE:
                by.must(Permission.ERASE_CONTACTS)
            await self._fulfil(request, sealed, by, words, now)
            # Of an erased contact no word is kept, not even why; the trail has it, sealed.
            written = None if request.kind is Kind.ERASURE else words
            await self.rights_requests.save(after, step_of(request.id, "done", written, by, now, self.request_seal))
            await self.trail.record([moved(by, request, after, now, reason=words)])
        return after

    async def _fulfil(self, request: RightsRequest, sealed: bytes | None, by: Actor, words: str, now: datetime) -> None:
        match request.kind, request.contact_id:
            case Kind.ERASURE, None:
                if sealed is not None and request.channel is not None:
                    address = open_stranger(sealed, request.id, request.channel, self.request_seal)
                    await self.limiting.erase_unknown(address, live=request.live, now=now)
            case Kind.ERASURE, UUID() as contact_id:
                await self.erasing(ContactId(contact_id), by, reason=words, now=now)
            case Kind.RESTRICTION, UUID() as contact_id:
                await self.limiting.restrict(ContactId(contact_id), now)
                about = Subject(kind="contact", id=str(contact_id))
                await self.trail.record([noted(by, "contact.restricted", about, now, reason=words)])


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportForRequest:
    """For whoever asked to see or take along what is held about them, and is known to be them."""

    rights_requests: RightsRequests
    exporting: Exporting
    transaction: Transaction
    clock: Clock

    async def __call__(self, request_id: UUID, reason: str, by: Actor) -> Archive:
        """Raises NoSuchRequest, NotIdentified, CannotDoThat, NoSuchContact, Invalid."""
        by.must(Permission.EXPORT_CONTACTS)
        words = must_say_why(reason)
        async with self.transaction():
            request, _ = await self.rights_requests.get(RequestId(request_id), live=by.live)
            if request.kind not in (Kind.ACCESS, Kind.PORTABILITY):
                raise CannotDoThat(f"Nothing is handed out for a request of kind {request.kind}.")
            request.must_be_identified()
            if request.contact_id is None:
                raise CannotDoThat("Nothing is held about this person.")
            return await self.exporting(request.contact_id, by, reason=words, now=self.clock.now())
