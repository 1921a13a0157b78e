"""Who may see and change the choices of an address: whoever reads what is sent there."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.contacts.sealing import open_address
from application.ports import Clock, Transaction
from application.preferences.evidence import Browser, of_asking
from application.preferences.ports import Preferences
from application.preferences.visits import LASTS, Visit, Visits
from application.secrets import Vault
from application.verification.verification import Ask, Started, Verification
from domain.addresses import Address
from domain.ids import ProgramId
from domain.links import Link
from domain.verification.challenge import Intent, NoProgramForCodes, NoSuchVerification, Status

# In the words of VER-05: a code by mail shows that the address is read, and no more is needed here.
_PURPOSE = "confirm_address"


class Tried(Struct, frozen=True, kw_only=True):
    """`visit` is there once the code was right."""

    status: Status
    visit: Visit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForCode:
    """The same answer and the same work for every address; whatever depends on it happens later (VER-08). `shown` is
    what stood beside the field or button: on it the code may be sent.
    """

    verification: Verification
    preferences: Preferences
    visits: Visits
    vault: Vault
    transaction: Transaction
    clock: Clock

    async def __call__(self, text: str, browser: Browser, shown: str) -> str:
        """The visit, sealed. Raises InvalidAddress, NoProgramForCodes."""
        return await self._asked(Address.parse(text), browser, shown)

    async def again(self, visit: str, browser: Browser, shown: str) -> str:
        """The code asked for before is void, and the tries it cost stay spent. Raises VisitOver, NoProgramForCodes."""
        before = self.visits.open(visit, proved=False, now=self.clock.now())
        return await self._asked(
            before.address, browser, shown, live=before.live, named=before.named, program_id=before.program_id
        )

    async def by_link(self, link: Link, browser: Browser, shown: str) -> str | None:
        """To the address the message went to, which is not shown; None if it is there no more."""
        async with self.transaction():
            reached = await self.preferences.reached(link.contact_point_id)
        if reached is None:
            return None
        seal = self.vault.unwrap(reached.data_key).seal
        address = open_address(reached.address, reached.contact_point_id, reached.channel, seal)
        return await self._asked(address, browser, shown, live=reached.live, named=False, program_id=link.program_id)

    async def _asked(
        self,
        address: Address,
        browser: Browser,
        shown: str,
        *,
        live: bool = True,
        named: bool = True,
        program_id: ProgramId | None = None,
    ) -> str:
        now = self.clock.now()
        ask = Ask(
            address=address,
            purpose=_PURPOSE,
            intent=Intent.PREFERENCES,
            shown=of_asking(shown, browser),
            locale=browser.locale,
            ip=browser.ip,
        )
        async with self.transaction():
            started = await self._started(ask, program_id, live=live, now=now)
        return self.visits.seal(
            Visit(
                value=address.value,
                channel=address.channel,
                live=live,
                challenge_id=started.id,
                asked_at=now,
                until=now + LASTS,
                named=named,
                program_id=program_id,
            )
        )

    async def _started(self, ask: Ask, program_id: ProgramId | None, *, live: bool, now: datetime) -> Started:
        """From the brand the person knows, if it still writes."""
        if program_id is not None:
            with suppress(NoProgramForCodes):
                return await self.verification.start(replace(ask, program=str(program_id)), live=live, now=now)
        return await self.verification.start(ask, live=live, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class TryCode:
    verification: Verification
    visits: Visits
    transaction: Transaction
    clock: Clock

    async def __call__(self, visit: str, code: str) -> Tried:
        """Raises VisitOver. What a wrong code costs is written down, so nothing is raised for it."""
        now = self.clock.now()
        opened = self.visits.open(visit, proved=False, now=now)
        async with self.transaction():
            status = await self._checked(opened.challenge_id, code, live=opened.live, now=now)
        if status is not Status.APPROVED:
            return Tried(status=status)
        return Tried(status=status, visit=replace(opened, proved_at=now, until=now + LASTS))

    async def _checked(self, challenge_id: UUID, code: str, *, live: bool, now: datetime) -> Status:
        try:
            checked = await self.verification.check(challenge_id, code, intent=Intent.PREFERENCES, live=live, now=now)
        except NoSuchVerification:
            return Status.EXPIRED
        return checked.status
