"""What the owner of an address is shown: that address, whatever else its contact may have."""

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from application.consent.ports import Ledger, Point
from application.messages.ports import Asked, Recipients
from application.ports import Clock, Transaction
from application.preferences.ports import Preferences
from application.preferences.visits import Visit
from application.secrets import Digests
from domain.consent.ledger import Status
from domain.ids import ProgramId
from domain.preferences import Choices, choices_of


class Standing(Struct, frozen=True, kw_only=True):
    """The choices, and the contact point they are of: none for an address that is nobody's."""

    choices: Choices
    point: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """Part of the use cases below: reads inside the transaction they opened."""

    recipients: Recipients
    ledger: Ledger
    preferences: Preferences
    digests: Digests

    async def __call__(self, visit: Visit, *, locale: str, now: datetime) -> Standing:
        """Whoever is on record stays as they are until the transaction ends."""
        asked = Asked(
            digests=self.digests.index(visit.address, live=visit.live),
            tokens=self.digests.suppression(visit.address, live=visit.live),
            program="",
        )
        [found] = await self.recipients.gather([asked], now=now)
        point = await self.ledger.point(found.known.contact_point_id) if found.known else None
        entries = await self.ledger.of_point(point.contact_point_id) if point else []
        facts = [entry.fact for entry in entries]
        named = {fact.program_id for fact in facts if fact.status is not Status.CODE_ASKED} | {
            one.program_id for one in found.suppressions
        }
        programs = await self.preferences.programs(
            point.contact_point_id if point else None, [one for one in (*named, visit.program_id) if one is not None]
        )
        programs.sort(key=lambda one: _place(one[0].id, visit.program_id))
        choices = choices_of(visit.channel, programs, facts, found.suppressions, locale=locale, now=now)
        return Standing(choices=choices, point=point)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadChoices:
    standings: Standings
    transaction: Transaction
    clock: Clock

    async def __call__(self, visit: Visit, *, locale: str) -> Choices:
        async with self.transaction():
            standing = await self.standings(visit, locale=locale, now=self.clock.now())
        return standing.choices


def _place(program_id: ProgramId, first: ProgramId | None) -> int:
    """What somebody came for stands first; the others keep their order."""
    return 0 if program_id == first else 1
