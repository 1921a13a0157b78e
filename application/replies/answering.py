"""The one answer due to a reply, through the same gate as any other message; never so many that two machines go on
answering each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct

from application.messages.notices import Notices, NoticeTo
from application.programs.ports import Programs
from application.replies.ports import Replies
from application.replies.surroundings import Surroundings
from domain.compliance.replies.reply import CONFIRMATION_SECONDS
from domain.consent.ledger import ONE_CATEGORY, Consent, Fact, Status
from domain.errors import DomainError
from domain.ids import MessageId, ProgramId
from domain.messages import Message
from domain.programs import Category
from domain.templates.notices import KINDS, Notice

_A_DAY, _A_WHILE, _AN_HOUR = timedelta(days=1), timedelta(minutes=5), timedelta(hours=1)
_MOST_IN_A_DAY, _MOST_HELP_IN_A_WHILE, _MOST_HELP_IN_A_DAY = 20, 3, 10
_MOST_STRANGERS_IN_AN_HOUR = 100
_CONFIRMED_WITHIN = timedelta(seconds=CONFIRMATION_SECONDS)
_HELP = KINDS[Notice.HELP].category


class Due(Struct, frozen=True, kw_only=True):
    """An answer to write. The entry it follows from names it already, so it is known before it is written."""

    kind: Notice
    message_id: MessageId


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Needs an open transaction."""

    replies: Replies
    notices: Notices
    programs: Programs

    async def may(self, kind: Notice, around: Surroundings, now: datetime) -> bool:
        """Whoever asks again and again has had their answer: it may be a machine that answers ours."""
        known = around.known
        if around.program is None:
            return False
        if known is None:
            strangers = await self.replies.strangers(around.sender.id, since=now - _AN_HOUR)
            return kind is Notice.HELP and strangers <= _MOST_STRANGERS_IN_AN_HOUR
        had = await self.replies.answers(known.contact_id, known.contact_point_id, since=now - _A_DAY)
        if kind is not Notice.HELP:
            return len(had) < _MOST_IN_A_DAY
        helped = [at for category, at in had if category == _HELP]
        lately = [at for at in helped if at > now - _A_WHILE]
        return len(helped) < _MOST_HELP_IN_A_DAY and len(lately) < _MOST_HELP_IN_A_WHILE

    async def write(
        self, due: Due, around: Surroundings, entry: Fact | None, locale: str | None, *, live: bool, now: datetime
    ) -> Message | None:
        """None if it cannot be written: what the reply does stands all the same."""
        if around.program is None:
            return None
        wanted = NoticeTo(
            kind=due.kind,
            address=around.address,
            program=around.program,
            values=await self._values(due.kind, around, entry),
            locale=locale,
            expires_at=now + _CONFIRMED_WITHIN if due.kind is Notice.OPT_OUT_CONFIRMATION else None,
            message_id=due.message_id,
        )
        try:
            [written] = await self.notices.write([wanted], live=live, now=now)
        except DomainError:
            return None
        return written

    async def _values(self, kind: Notice, around: Surroundings, entry: Fact | None) -> dict[str, str]:
        named: Iterable[ProgramId] = ()
        if kind is Notice.RESUBSCRIBED and entry is not None:
            named = _given_back(around.facts, entry)
        if kind is Notice.OPT_OUT_CONFIRMATION and entry is not None and not entry.to_everything:
            named = _left(around.facts, entry)
        programs = await self.programs.find_many(list(named)) if named else {}
        if entry is not None and entry.facts.scope == ONE_CATEGORY:
            programs = {key: one for key, one in programs.items() if one.category is Category.MARKETING}
        names = ", ".join(sorted(program.name for program in programs.values()))
        return {"programs": names} if names else {}


def _given_back(facts: Iterable[Fact], start: Fact) -> list[ProgramId]:
    """Where the contact stands again as before they left."""
    before = list(facts)
    found = []
    for program_id in _named(before):
        then = Consent(program_id=program_id, channel=start.channel).replay(before)
        now = Consent(program_id=program_id, channel=start.channel).replay([*before, start])
        if then.status is Status.REVOKED and now.status is not Status.REVOKED:
            found.append(program_id)
    return found


def _left(facts: Iterable[Fact], no: Fact) -> list[ProgramId]:
    return [no.program_id] if no.program_id is not None else list(_named(facts))


def _named(facts: Iterable[Fact]) -> dict[ProgramId, None]:
    return dict.fromkeys(fact.program_id for fact in facts if fact.program_id is not None)
