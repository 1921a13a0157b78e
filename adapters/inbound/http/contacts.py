from datetime import datetime
from uuid import UUID

from litestar import Controller, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from adapters.inbound.http.pages import (
    After,
    AfterMoment,
    Limit,
    Page,
    cursor_of,
    cursor_of_moment,
    id_in,
    moment_in,
    page,
)
from adapters.inbound.injected import Injected
from application.contacts.ports import ContactQueries, Event, Occasion
from application.contacts.reveal import Reveal, RevealAddress
from application.contacts.write import ChangeContact, ContactChange, CreateContact, Lookup, LookUpContact, NewContact
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.contacts import Contact, Kind, PointState, Residence
from domain.ids import ContactId, ContactPointId

PATH = "/api/v1/contacts"
_PAGES = {Occasion.MESSAGE: "/api/v1/messages", Occasion.REPLY: "/api/v1/replies"}
_EXAMPLE = {
    "addresses": ["+12125550101", "pat@example.com"],
    "locale": "en-US",
    "time_zone": "America/New_York",
    "residence": {"country": "US", "region": "NY", "verified_at": "2026-11-20"},
    "kind": "individual",
    "reference": "customer-17",
    "attributes": {"tier": "gold"},
}


class ShownPoint(Struct, frozen=True, kw_only=True):
    id: ContactPointId
    channel: Channel
    address: str
    state: PointState


class ShownContact(Struct, frozen=True, kw_only=True):
    """Addresses are masked: enough to recognise, too little to use."""

    id: ContactId
    addresses: tuple[str, ...]
    contact_points: tuple[ShownPoint, ...]
    kind: Kind
    locale: str | None
    time_zone: str | None
    residence: Residence | None
    reference: str | None
    attributes: dict[str, str]
    live: bool
    created_at: datetime
    updated_at: datetime
    restricted_at: datetime | None
    """Since then nobody writes to them, until the restriction is lifted."""


class EventLinks(Struct, frozen=True, kw_only=True):
    self: str | None


class ShownEvent(Struct, frozen=True, kw_only=True):
    """An entry of the consent ledger, a message with what became of it, or a reply with how it was read."""

    kind: Occasion
    id: UUID
    at: datetime
    status: str
    channel: Channel
    program: str | None
    address: str | None
    reference: str | None
    links: EventLinks


class RevealedAddress(Struct, frozen=True, kw_only=True):
    address: str


class ContactsController(Controller):
    path = PATH
    tags = ["contacts"]

    @post(opt={"permission": Permission.WRITE_CONTACTS, "example": _EXAMPLE})
    async def create_contact(
        self,
        data: JSONBody[NewContact],
        actor: Injected[Actor],
        create_contact: Injected[CreateContact],
        seed: Injected[UUID | None],
    ) -> ShownContact:
        """Add a contact. That alone is no consent; and who opted out before stays opted out."""
        return _shown(await create_contact(data, by=actor, seed=seed))

    @post(
        "/lookup", status_code=200, opt={"permission": Permission.READ_CONTACTS, "example": {"address": "+12125550101"}}
    )
    async def look_up_contact(
        self, data: JSONBody[Lookup], actor: Injected[Actor], look_up_contact: Injected[LookUpContact]
    ) -> ShownContact:
        """Find a contact by address, or by your own reference."""
        return _shown(await look_up_contact(data, by=actor))

    @get(opt={"permission": Permission.READ_CONTACTS})
    async def list_contacts(
        self, actor: Injected[Actor], contact_queries: Injected[ContactQueries], limit: Limit = 50, after: After = None
    ) -> Page[ShownContact]:
        """All contacts, newest first."""
        actor.must(Permission.READ_CONTACTS)
        last = id_in(after)
        found = await contact_queries.page(limit, ContactId(last) if last else None, live=actor.live)
        return page([_shown(one) for one in found], limit, PATH, lambda contact: cursor_of(contact.id))

    @get("/{contact_id:uuid}", opt={"permission": Permission.READ_CONTACTS})
    async def get_contact(
        self, contact_id: FromPath[UUID], actor: Injected[Actor], contact_queries: Injected[ContactQueries]
    ) -> ShownContact:
        actor.must(Permission.READ_CONTACTS)
        return _shown(await contact_queries.one(ContactId(contact_id), live=actor.live))

    @patch(
        "/{contact_id:uuid}",
        opt={
            "permission": Permission.WRITE_CONTACTS,
            "example": {"time_zone": "Europe/London", "add_addresses": ["pat@example.com"]},
        },
    )
    async def change_contact(
        self,
        contact_id: FromPath[UUID],
        data: JSONBody[ContactChange],
        actor: Injected[Actor],
        change_contact: Injected[ChangeContact],
    ) -> ShownContact:
        """Change what is given; the rest stays."""
        return _shown(await change_contact(contact_id, data, by=actor))

    @post(
        "/{contact_id:uuid}/points/{point_id:uuid}/actions/reveal",
        status_code=200,
        opt={"permission": Permission.REVEAL_ADDRESSES, "example": {"reason": "They asked which number we text."}},
    )
    async def reveal_address(
        self,
        contact_id: FromPath[UUID],
        point_id: FromPath[UUID],
        data: JSONBody[Reveal],
        actor: Injected[Actor],
        reveal_address: Injected[RevealAddress],
    ) -> RevealedAddress:
        """One address in full, for a reason that the audit trail keeps."""
        return RevealedAddress(address=(await reveal_address(contact_id, point_id, data, by=actor)).value)

    @get(
        "/{contact_id:uuid}/timeline",
        opt={"permission": (Permission.READ_CONTACTS, Permission.READ_CONSENT, Permission.READ_MESSAGES)},
    )
    async def contact_timeline(
        self,
        contact_id: FromPath[UUID],
        actor: Injected[Actor],
        contact_queries: Injected[ContactQueries],
        limit: Limit = 50,
        after: AfterMoment = None,
    ) -> Page[ShownEvent]:
        """What the contact agreed to, was sent and wrote back, newest first."""
        for permission in (Permission.READ_CONTACTS, Permission.READ_CONSENT, Permission.READ_MESSAGES):
            actor.must(permission)
        events = await contact_queries.timeline(ContactId(contact_id), limit, moment_in(after), live=actor.live)
        path = f"{PATH}/{contact_id}/timeline"
        return page([_event(one) for one in events], limit, path, lambda event: cursor_of_moment(event.at, event.id))


def _shown(contact: Contact) -> ShownContact:
    points = tuple(
        ShownPoint(id=point.id, channel=point.channel, address=point.address.masked, state=point.state)
        for point in contact.points
    )
    return ShownContact(
        id=contact.id,
        addresses=tuple(point.address for point in points),
        contact_points=points,
        kind=contact.kind,
        locale=contact.locale,
        time_zone=contact.time_zone,
        residence=contact.residence,
        reference=contact.reference,
        attributes=contact.attributes,
        live=contact.live,
        created_at=contact.created_at,
        updated_at=contact.updated_at,
        restricted_at=contact.restricted_at,
    )


def _event(event: Event) -> ShownEvent:
    return ShownEvent(
        kind=event.kind,
        id=event.id,
        at=event.at,
        status=event.status,
        channel=event.channel,
        program=event.program,
        address=event.address.masked if event.address else None,
        reference=event.reference,
        links=EventLinks(self=f"{_PAGES[event.kind]}/{event.id}" if event.kind in _PAGES else None),
    )
