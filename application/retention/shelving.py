"""All places where something ends some day, in the order they are gone through: words before their messages, contacts
before the entries that outlive them, and the trail last, because it tells of all the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from application.retention.lapsing import ContactShelf, Lapsing
from application.retention.ports import Due, Shelf, Shelves
from domain.retention.policies import RecordClass

_OF_CONTACTS = (
    RecordClass.UNCONFIRMED_REQUESTS,
    RecordClass.CONTACTS_WITHOUT_CONSENT,
    RecordClass.CONSENT_EVIDENCE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelving(Shelves):
    shelves: Shelves
    lapsing: Lapsing

    def every(self) -> Sequence[Shelf]:
        contacts = [ContactShelf(lapsing=self.lapsing, record_class=one) for one in _OF_CONTACTS]
        order = list(RecordClass)
        return sorted([*contacts, *self.shelves.every()], key=lambda shelf: order.index(shelf.record_class))

    async def passing(self, record_class: RecordClass) -> Due:
        return await self.shelves.passing(record_class)
