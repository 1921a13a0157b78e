"""Which program an address of ours stands for, by what of its id there was room for."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.consent.ports import Ledger
from domain.ids import ProgramId
from domain.mail_in.addresses import ProgramTail


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPrograms:
    ledger: Ledger

    async def of(self, tail: ProgramTail) -> Sequence[ProgramId | None]:
        """Hardly ever more than one; all of them together, as None, where there is none. In an open transaction."""
        return [one for one in await self.ledger.program_slugs() if tail.fits(one)] or [None]
