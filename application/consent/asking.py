"""Whoever asked for something is asked once to confirm it: the request to confirm goes out with what is recorded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from application.consent.recording import Captured
from application.messages.notices import Notices, NoticeTo
from domain.addresses import Channel
from domain.compliance.link_requests import pending_for
from domain.consent.ledger import Status
from domain.errors import DomainError
from domain.ids import EntryId, MessageId
from domain.messages import Message
from domain.templates.notices import Notice

Asked: TypeAlias = Mapping[EntryId, Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    notices: Notices

    async def __call__(
        self,
        captured: Sequence[Captured],
        *,
        live: bool,
        now: datetime,
        kind: Notice = Notice.DOUBLE_OPT_IN,
        values: Mapping[str, str] | None = None,
        locale: str | None = None,
    ) -> Asked:
        """By the entry that records the request, the message that asks; whether it goes is for the rules to say. To be
        called within the transaction that recorded the requests.
        """
        wanted: dict[str, list[NoticeTo]] = defaultdict(list)
        for one in captured:
            entry = one.consent.entries[-1]
            if entry.status is Status.REQUESTED and entry.facts.asked_in == str(entry.id):
                wanted[one.program.slug].append(_request(one, entry.id, kind, values or {}, locale, now))
        asked: dict[EntryId, Message] = {}
        for notices in wanted.values():
            try:
                written = await self.notices.write(notices, live=live, now=now)
            except DomainError:
                # The program or its sender cannot write now; what the person asked for stays on record.
                continue
            asked |= {EntryId(message.id): message for message in written}
        return asked


def _request(
    captured: Captured, entry: EntryId, kind: Notice, values: Mapping[str, str], locale: str | None, now: datetime
) -> NoticeTo:
    """The message bears the id of the entry it asks about, so that a request repeated finds both."""
    return NoticeTo(
        kind=kind,
        address=captured.address,
        program=captured.program.slug,
        values=values,
        locale=locale,
        expires_at=now + pending_for(_channel(captured)),
        message_id=MessageId(entry),
    )


def _channel(captured: Captured) -> Channel:
    return captured.address.channel
