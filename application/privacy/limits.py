"""Restriction and objection: a contact stays on record and is not written to, or not for marketing."""

from dataclasses import dataclass
from datetime import datetime

from application.consent.ports import Ledger
from application.consent.withdraw import revocation
from application.privacy.ports import Restrictions
from application.secrets import Digests, Vault
from domain.access import Actor
from domain.addresses import Address
from domain.consent.evidence import Evidence
from domain.consent.ledger import ONE_CATEGORY, Fact, Status
from domain.ids import ContactId
from domain.programs import Category
from domain.suppression import Reason

_BY_OBJECTION = "objection"
_OBJECTED = Evidence(source="first_party", via=_BY_OBJECTION, scope=ONE_CATEGORY, category=Category.MARKETING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limiting:
    """Needs an open transaction."""

    restrictions: Restrictions
    ledger: Ledger
    vault: Vault
    digests: Digests

    async def restrict(self, contact_id: ContactId, at: datetime) -> None:
        """Whatever is on its way to them is stopped; the gate knows of it from the commit on."""
        await self.restrictions.restrict(contact_id, at)

    async def lift(self, contact_id: ContactId) -> None:
        await self.restrictions.restrict(contact_id, None)

    async def object(self, contact_id: ContactId, by: Actor, *, now: datetime) -> None:
        """To marketing, on every address: absolute, until they themselves say otherwise (GDPR 21(3))."""
        entries = []
        for point in await self.ledger.points(contact_id, live=by.live):
            held = await self.ledger.point(point.contact_point_id)
            facts = [entry.fact for entry in await self.ledger.of_point(point.contact_point_id)]
            if held is not None and not _objected(facts):
                entries.append(revocation(_OBJECTED, held, None, None, by=by, now=now, vault=self.vault))
        await self.ledger.append(entries)

    async def object_unknown(self, address: Address, *, live: bool, now: datetime) -> None:
        """Somebody nobody knows leaves a token, and becomes no contact."""
        tokens = self.digests.suppression(address, live=live)
        await self.ledger.suppress(
            tokens, address.channel, Reason.OPT_OUT, program_id=None, at=now, category=Category.MARKETING
        )

    async def erase_unknown(self, address: Address, *, live: bool, now: datetime) -> None:
        """Of them nothing is held; and whoever imports them later does not write to them."""
        tokens = self.digests.suppression(address, live=live)
        await self.ledger.suppress(tokens, address.channel, Reason.ERASURE, program_id=None, at=now)


def _objected(facts: list[Fact]) -> bool:
    """And nothing said since."""
    return bool(facts) and facts[-1].status is Status.REVOKED and facts[-1].facts.via == _BY_OBJECTION
