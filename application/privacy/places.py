"""Whose law a contact may invoke: the union the rules for messages take, over all addresses it has."""

from collections.abc import Sequence
from datetime import date

from application.compliance.attempts import recipient_of
from application.messages.ports import Known
from domain.addresses import Address
from domain.compliance.jurisdiction import Whereabouts, whereabouts
from domain.consent.ledger import Fact
from domain.contacts import Contact, ContactPoint


def place_of(contact: Contact, point: ContactPoint, facts: Sequence[Fact], on: date) -> Whereabouts:
    residence = contact.residence
    known = Known(
        contact_id=contact.id,
        contact_point_id=point.id,
        data_key=b"",
        state=point.state,
        kind=contact.kind,
        locale=contact.locale,
        time_zone=contact.time_zone,
        country=residence.country if residence else None,
        region=residence.region if residence else None,
        residence_verified_at=residence.verified_at if residence else None,
    )
    return whereabouts(recipient_of(point.address, known, facts), on)


def place_of_stranger(address: Address, on: date) -> Whereabouts:
    return whereabouts(recipient_of(address, None, ()), on)


def codes_of(places: Sequence[Whereabouts]) -> frozenset[str]:
    return frozenset(code for place in places for code in place.codes)
