"""An address met for the first time becomes a contact of its own, with a key of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.contacts.sealing import seal_address
from application.messages.ports import Asked, Found, Known, NewPoint, Recipients
from application.overlap import Overlap, parts
from application.secrets import Vault, of_oldest
from domain.addresses import Address
from domain.ids import ContactId, ContactPointId, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    recipients: Recipients
    vault: Vault

    async def complete(
        self,
        asked: Sequence[Asked],
        found: Sequence[Found],
        wanted: Sequence[Address | None],
        *,
        live: bool,
        at: datetime,
    ) -> list[Known | None]:
        """Who is on record for each, enrolling whoever is wanted and new; an address named twice is one contact."""
        new: dict[Address, Sequence[bytes]] = {}
        for question, one, address in zip(asked, found, wanted, strict=True):
            if one.known is None and address is not None:
                new[address] = question.digests
        # Two transactions that enrol the same addresses in different orders would wait for each other.
        ordered = sorted(new.items(), key=lambda item: of_oldest(item[1]))
        async with Overlap[dict[bytes, Known]]() as writing:
            for part in parts(ordered):
                points = [self._new(address, digests, live=live, at=at) for address, digests in part]
                await writing.start(self._enrolled(points))
        by_digest = {digest: known for enrolled in writing.results for digest, known in enrolled.items()}
        return [
            one.known or (by_digest[new[address][0]] if address is not None else None)
            for one, address in zip(found, wanted, strict=True)
        ]

    async def _enrolled(self, points: Sequence[NewPoint]) -> dict[bytes, Known]:
        enrolled = await self.recipients.enrol(points)
        return {point.digest: known for point, known in zip(points, enrolled, strict=True)}

    def _new(self, address: Address, digests: Sequence[bytes], *, live: bool, at: datetime) -> NewPoint:
        point, key = ContactPointId(new_id(at)), self.vault.new_key()
        return NewPoint(
            contact_id=ContactId(new_id(at)),
            contact_point_id=point,
            live=live,
            channel=address.channel,
            digests=digests,
            address=seal_address(address, point, key.seal),
            data_key=key.wrapped,
            at=at,
        )
