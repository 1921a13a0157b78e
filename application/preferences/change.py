"""Say no to some, to all, or yes again to one: by whoever has just proved that the address is theirs."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from application.consent.ports import Ledger, Point, SealedEntry
from application.consent.recording import Agreement, Captured, Recording
from application.consent.withdraw import revocation
from application.messages.notices import Notices, NoticeTo
from application.ports import Clock, Transaction
from application.preferences.choices import Standing, Standings
from application.preferences.evidence import Browser, of_agreement, of_refusal
from application.preferences.visits import Visit
from application.secrets import Digests, Vault
from domain.access import SYSTEM
from domain.channels import SenderIncomplete
from domain.consent.ledger import Status
from domain.errors import DomainError
from domain.forms import Shown
from domain.preferences import Choice, Choices, ShownOtherwise
from domain.preferences import Standing as On
from domain.programs import ProgramNotActive
from domain.suppression import Reason
from domain.templates.notices import Notice


class Wish(Struct, frozen=True, kw_only=True):
    """Programs by slug. `agree` has with each what stood beside its box. `everything` outweighs the rest; `reason` is
    optional and kept word for word.
    """

    stop: frozenset[str] = frozenset()
    agree: Mapping[str, Shown] = {}
    everything: bool = False
    reason: str | None = None

    @property
    def empty(self) -> bool:
        return not (self.stop or self.agree or self.everything)

    def __repr__(self) -> str:
        return "Wish(…)"


class Changed(Struct, frozen=True, kw_only=True):
    """What is otherwise than before; `choices` is how it stands now."""

    choices: Choices
    stopped: tuple[Choice, ...] = ()
    agreed: tuple[Choice, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePreferences:
    standings: Standings
    recording: Recording
    notices: Notices
    ledger: Ledger
    vault: Vault
    digests: Digests
    transaction: Transaction
    clock: Clock

    async def __call__(self, visit: Visit, wish: Wish, page: Browser) -> Changed:
        """All of it or nothing. Wishing for what is so already changes nothing. Raises ShownOtherwise, and whatever
        keeps a consent from being recorded.
        """
        now = self.clock.now()
        async with self.transaction():
            before = await self.standings(visit, locale=page.locale, now=now)
            if wish.everything:
                stopped = await self._stop_everything(visit, before, wish, page, now)
                agreed: tuple[Captured, ...] = ()
            else:
                agreeing = _agreeing(before.choices, wish)
                stopped = await self._stop(before, wish, page, now)
                agreed = await self._agree(visit, agreeing, page, now)
            after = await self.standings(visit, locale=page.locale, now=now)
        named = [after.choices.of(one.program.slug) for one in agreed]
        return Changed(
            choices=after.choices,
            stopped=stopped,
            agreed=tuple(one for one in named if one is not None),
            everything=wish.everything,
        )

    async def _stop_everything(
        self, visit: Visit, before: Standing, wish: Wish, page: Browser, now: datetime
    ) -> tuple[Choice, ...]:
        """Somebody we do not know is not made a contact by saying no."""
        if before.choices.all_stopped:
            return ()
        if before.point is None:
            tokens = self.digests.suppression(visit.address, live=visit.live)
            await self.ledger.suppress(tokens, visit.channel, Reason.OPT_OUT, program_id=None, at=now)
        else:
            await self.ledger.append([self._no(before.point, None, wish, page, now)])
        return tuple(one for one in before.choices.choices if one.may_stop)

    async def _stop(self, before: Standing, wish: Wish, page: Browser, now: datetime) -> tuple[Choice, ...]:
        stopped = tuple(one for one in before.choices.choices if one.may_stop and one.program.slug in wish.stop)
        if before.point is not None:
            await self.ledger.append([self._no(before.point, one, wish, page, now) for one in stopped])
        return stopped

    def _no(self, point: Point, choice: Choice | None, wish: Wish, page: Browser, now: datetime) -> SealedEntry:
        return revocation(
            of_refusal(page, wish.reason, everything=choice is None),
            point,
            choice.program.id if choice else None,
            choice.program.slug if choice else None,
            by=SYSTEM,
            now=now,
            vault=self.vault,
        )

    async def _agree(
        self, visit: Visit, agreeing: Mapping[str, Shown], page: Browser, now: datetime
    ) -> tuple[Captured, ...]:
        if not agreeing:
            return ()
        agreements = [
            Agreement(
                address=visit.address,
                program=slug,
                channel=visit.channel,
                evidence=of_agreement(shown, visit, page, now),
                status=Status.CONFIRMED,
                at=now,
            )
            for slug, shown in agreeing.items()
        ]
        captured = []
        for one in await self.recording(agreements, replace(SYSTEM, live=visit.live), now):
            if isinstance(one, DomainError):
                raise one
            captured.append(one)
        await self._confirm(captured, visit, page, now)
        return tuple(captured)

    async def _confirm(self, captured: Sequence[Captured], visit: Visit, page: Browser, now: datetime) -> None:
        """A program that cannot send now has the consent all the same, and says nothing of it."""
        for one in captured:
            notice = NoticeTo(
                kind=Notice.OPT_IN_CONFIRMATION, address=visit.address, program=one.program.slug, locale=page.locale
            )
            with suppress(ProgramNotActive, SenderIncomplete):
                await self.notices.write([notice], live=visit.live, now=now)


def _agreeing(choices: Choices, wish: Wish) -> dict[str, Shown]:
    """Raises ShownOtherwise: nobody agrees to words they did not see."""
    found: dict[str, Shown] = {}
    for slug, shown in wish.agree.items():
        choice = choices.of(slug)
        if choice is not None and choice.standing is On.ON:
            continue
        offer = choice.offer if choice else None
        [box] = shown.boxes
        if offer is None or (box.name, box.disclosure_hash) != (offer.name, offer.disclosure.hash):
            raise ShownOtherwise("The words have changed since they were shown.")
        found[slug] = shown
    return found
