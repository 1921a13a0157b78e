"""What stays of an address that is taken off its contact: who said no has said no, and an old link still works."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from application.consent.ports import FormerPoint, FormerPoints, Ledger
from application.secrets import Digests
from domain.consent.ledger import AGREED, Fact, Status
from domain.contacts import ContactPoint
from domain.ids import ProgramId
from domain.suppression import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Part of every use case that removes contact points. Nothing it keeps names anybody or can be read back."""

    ledger: Ledger
    former_points: FormerPoints
    digests: Digests

    async def __call__(self, points: Sequence[ContactPoint], *, live: bool, at: datetime) -> None:
        """Needs an open transaction, in which the points still stand."""
        for point in points:
            tokens = self.digests.suppression(point.address, live=live)
            noes = standing_noes(entry.fact for entry in await self.ledger.of_point(point.id))
            for program_id, since in noes.items():
                await self.ledger.suppress(tokens, point.channel, Reason.OPT_OUT, program_id=program_id, at=since)
            former = FormerPoint(contact_point_id=point.id, channel=point.channel, token=tokens[0], removed_at=at)
            await self.former_points.add(former)


def standing_noes(facts: Iterable[Fact]) -> dict[ProgramId | None, datetime]:
    """Since when each program was told no, and no yes after it; all programs under None. Facts come oldest first.

    A yes to one program takes nothing back that was said to all.
    """
    standing: dict[ProgramId | None, datetime] = {}
    for fact in facts:
        if fact.status is Status.REVOKED:
            standing[fact.program_id] = fact.at
        elif fact.status in AGREED:
            standing.pop(fact.program_id, None)
    return standing
