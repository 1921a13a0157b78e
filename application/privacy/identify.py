"""Is whoever asks the person it is about? Who reads what is sent to an address of theirs is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.audit.ports import Trail
from application.contacts.ports import Contacts
from application.ports import Clock, Transaction
from application.privacy.notes import open_stranger, step_of
from application.privacy.ports import RightsRequests
from application.privacy.requests import moved
from application.secrets import Seal
from application.verification.verification import Ask, Verification
from domain.access import Actor, Permission
from domain.addresses import Address
from domain.ids import RequestId
from domain.privacy.deadlines import rescheduled
from domain.privacy.requests import CannotDoThat, Proof, RightsRequest
from domain.verification.challenge import Intent, Status

# In the words of VER-05: it shows that the address is read, and no more is needed here.
_PURPOSE = "confirm_address"


class CodeSent(Struct, frozen=True, kw_only=True):
    """`to` is masked."""

    to: str
    expires_at: datetime


class Checked(Struct, frozen=True, kw_only=True):
    status: Status
    request: RightsRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class SendIdentityCode:
    rights_requests: RightsRequests
    contacts: Contacts
    verification: Verification
    request_seal: Seal
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, request_id: UUID, contact_point_id: UUID | None, by: Actor) -> CodeSent:
        """To an address on record, and to no other: what the asker says is theirs proves nothing. Raises NoSuchRequest,
        NoSuchContact, RequestClosed, CannotDoThat, NoProgramForCodes.
        """
        by.must(Permission.WRITE_RIGHTS)
        now = self.clock.now()
        async with self.transaction():
            request, sealed = await self.rights_requests.get(RequestId(request_id), live=by.live)
            request.must_be_open()
            address = await self._address(request, sealed, contact_point_id)
            ask = Ask(address=address, purpose=_PURPOSE, intent=Intent.RIGHTS)
            started = await self.verification.start(ask, live=by.live, now=now)
            after = replace(request, challenge_id=started.id)
            await self.rights_requests.save(after, step_of(request.id, "code", None, by, now, self.request_seal))
            await self.trail.record([moved(by, request, after, now, reason=None)])
        return CodeSent(to=address.masked, expires_at=started.expires_at)

    async def _address(self, request: RightsRequest, sealed: bytes | None, point_id: UUID | None) -> Address:
        if request.contact_id is None:
            if sealed is None or request.channel is None:
                raise CannotDoThat("No address of this request is kept.")
            return open_stranger(sealed, request.id, request.channel, self.request_seal)
        contact = await self.contacts.get(request.contact_id, live=request.live)
        for point in contact.points:
            if point_id in (None, point.id):
                return point.address
        raise CannotDoThat("That is no contact point of this contact.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIdentity:
    rights_requests: RightsRequests
    verification: Verification
    request_seal: Seal
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, request_id: UUID, code: str, by: Actor) -> Checked:
        """What a wrong code costs is written down. Raises NoSuchRequest, RequestClosed, CannotDoThat."""
        by.must(Permission.WRITE_RIGHTS)
        now = self.clock.now()
        async with self.transaction():
            request, _ = await self.rights_requests.get(RequestId(request_id), live=by.live)
            request.must_be_open()
            if request.challenge_id is None:
                raise CannotDoThat("No code was sent for this request.")
            checked = await self.verification.check(
                request.challenge_id, code, intent=Intent.RIGHTS, live=by.live, now=now
            )
            if checked.status is not Status.APPROVED:
                return Checked(status=checked.status, request=request)
            after = rescheduled(request.identified(Proof.CHALLENGE, now))
            await self.rights_requests.save(after, step_of(request.id, "identified", None, by, now, self.request_seal))
            await self.trail.record([moved(by, request, after, now, reason=None)])
        return Checked(status=checked.status, request=after)
