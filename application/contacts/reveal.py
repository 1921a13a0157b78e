from dataclasses import dataclass
from uuid import UUID

from msgspec import Struct

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.contacts.ports import Contacts
from application.ports import Clock, Transaction
from application.shapes import Line
from domain.access import Actor, Permission
from domain.addresses import Address
from domain.audit.record import Subject
from domain.contacts import NoSuchContact
from domain.errors import Invalid
from domain.ids import ContactId


class Reveal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealAddress:
    """Shows one address in full to whoever may see it and says why; the audit trail knows of it before they do."""

    contacts: Contacts
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, contact_id: UUID, point_id: UUID, command: Reveal, by: Actor) -> Address:
        """Raises NotPermitted, NoSuchContact, Invalid."""
        by.must(Permission.REVEAL_ADDRESSES)
        reason = command.reason.strip()
        if not reason:
            raise Invalid("Say why.", field="reason")
        async with self.transaction():
            contact = await self.contacts.get(ContactId(contact_id), live=by.live)
            address = next((point.address for point in contact.points if point.id == point_id), None)
            if address is None:
                raise NoSuchContact("This contact has no such contact point.")
            subject = Subject(kind="contact", id=str(contact.id))
            after = {"contact_point": str(point_id), "channel": address.channel.value}
            made = noted(by, "address.revealed", subject, self.clock.now(), after=after, reason=reason)
            await self.trail.record([made])
        return address
