"""Answer a person's act: every message the product writes itself passes the same gate as any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from application.compliance.policy import Policies
from application.contacts.enrolment import Enrolment
from application.links.ports import Links
from application.messages.drafting import Drafting
from application.messages.judging import Setting, as_json, decide, pack_inspection, placed
from application.messages.ports import Asked, Found, Known, Messages, Recipients, Written
from application.secrets import Digests, Vault
from application.templates.notice_texts import NoticeTexts
from domain.addresses import Address, Channel
from domain.errors import Invalid
from domain.ids import MessageId, new_id
from domain.messages import Message, OnNoConsent, Status
from domain.programs import NoSuchProgram, Program
from domain.templates.notices import KINDS, Notice, filling, must_be_given
from domain.templates.template import Template


class NoticeTo(Struct, frozen=True, kw_only=True):
    """`program` is a slug or an id. A `message_id` names the notice: written again, it is the one already there.

    `values` are what `domain/templates/notices.py` says the notice needs or takes; `minutes` and `hours` follow from
    `expires_at`, after which the notice does not leave any more. `locale` is that of the page or the reply.
    """

    kind: Notice
    address: Address
    program: str
    values: Mapping[str, str] = {}
    locale: str | None = None
    expires_at: datetime | None = None
    message_id: MessageId | None = None


class _Draft(Struct, frozen=True, kw_only=True):
    """A notice whose program, sender and recipient are found."""

    wanted: NoticeTo
    found: Found
    known: Known
    program: Program
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    recipients: Recipients
    messages: Messages
    drafting: Drafting
    notice_texts: NoticeTexts
    links: Links
    policies: Policies
    vault: Vault
    digests: Digests

    async def write(self, wanted: Sequence[NoticeTo], *, live: bool, now: datetime) -> list[Message]:
        """In the order given, in the caller's transaction: queued, deferred or blocked as the rules say, never held.
        What the caller put on the ledger before counts. Raises NoSuchProgram, ProgramNotActive, SenderIncomplete,
        Invalid, and has then written nothing.
        """
        for one in wanted:
            must_be_given(one.kind, one.address.channel, _given(one, now))
        asked = [
            Asked(
                digests=self.digests.index(one.address, live=live),
                tokens=self.digests.suppression(one.address, live=live),
                program=one.program,
            )
            for one in wanted
        ]
        found = await self.recipients.gather(asked, now=now)
        for one, there in zip(wanted, found, strict=True):
            _must_be_possible(one, there)
        published = await self.notice_texts.of((one.kind, one.address.channel) for one in wanted)
        enrolment = Enrolment(recipients=self.recipients, vault=self.vault)
        addresses = [one.address for one in wanted]
        known = await enrolment.complete(asked, found, addresses, live=live, at=now)
        drafts = [
            _draft(one, there, point, live=live, now=now)
            for one, there, point in zip(wanted, found, known, strict=True)
            if point is not None
        ]
        written = [self._written(draft, published, now) for draft in drafts]
        return await self._added(wanted, written)

    def _written(self, draft: _Draft, published: Mapping[str, Template], now: datetime) -> Written:
        wanted, sender = draft.wanted, draft.found.sender
        if sender is None:
            raise NoSuchProgram("There is no such program.", field="program")
        given = _given(wanted, now) | links_for(wanted.kind, draft.message, self.links)
        composed = self.notice_texts.composed(
            wanted.kind,
            wanted.address.channel,
            filling(wanted.kind, draft.program, sender, given),
            locales=(draft.known.locale, wanted.locale),
            published=published,
        )
        inspection = self.drafting.inspected(composed.content, draft.message, draft.program, sender)
        setting = Setting.of(wanted.address, draft.known, draft.found, inspection)
        decision = decide(draft.message, setting, self.policies.current(), now)
        message = replace(placed(draft.message, decision, now), template=composed.origin)
        return Written(
            message=message,
            content=self.drafting.sealed(composed.content, message, draft.known.data_key),
            inspection=pack_inspection(inspection),
            decision=as_json(decision),
        )

    async def _added(self, wanted: Sequence[NoticeTo], written: Sequence[Written]) -> list[Message]:
        named: dict[MessageId, Written] = {}
        for one in written:
            named.setdefault(one.message.id, one)
        seeds = [one.message_id for one in wanted if one.message_id is not None]
        stored = await self.messages.existing(seeds) if seeds else []
        present = {one.message.id: one.message for one in stored}
        await self.messages.add([one for name, one in named.items() if name not in present])
        return [present.get(one.message.id) or named[one.message.id].message for one in written]


def links_for(notice: Notice, message: Message, links: Links) -> dict[str, str]:
    """By mail the ways out, and the way to confirm where that is asked for."""
    if message.channel is not Channel.EMAIL:
        return {}
    leading = message.contact_point_id, message.program_id, message.id
    found = {"unsubscribe_url": links.unsubscribe(*leading), "preferences_url": links.preferences(*leading)}
    return found | {"confirm": links.confirm(*leading)} if KINDS[notice].confirms else found


def _draft(wanted: NoticeTo, found: Found, known: Known, *, live: bool, now: datetime) -> _Draft:
    if found.program is None or found.sender is None:
        raise NoSuchProgram("There is no such program.", field="program")
    message = Message(
        id=wanted.message_id or MessageId(new_id(now)),
        contact_id=known.contact_id,
        contact_point_id=known.contact_point_id,
        program_id=found.program.id,
        sender_id=found.sender.id,
        channel=wanted.address.channel,
        category=KINDS[wanted.kind].category,
        status=Status.QUEUED,
        live=live,
        created_at=now,
        updated_at=now,
        due_at=now,
        expires_at=wanted.expires_at,
        on_no_consent=OnNoConsent.BLOCK,
    )
    return _Draft(wanted=wanted, found=found, known=known, program=found.program, message=message)


def _must_be_possible(wanted: NoticeTo, found: Found) -> None:
    """An answer goes out whatever became of the program; what begins something needs it at work."""
    if found.program is None or found.sender is None:
        raise NoSuchProgram("There is no such program.", field="program")
    if KINDS[wanted.kind].begins:
        found.program.must_serve(wanted.address.channel)
    found.sender.address_for(wanted.address.channel)


def _given(wanted: NoticeTo, now: datetime) -> dict[str, str]:
    if wanted.expires_at is None:
        return dict(wanted.values)
    left = wanted.expires_at - now
    if left <= timedelta(0):
        raise Invalid("The notice would be over before it is written.", field="expires_at")
    needs = KINDS[wanted.kind].needs
    times = {"minutes": ceil(left / timedelta(minutes=1)), "hours": ceil(left / timedelta(hours=1))}
    return {name: str(time) for name, time in times.items() if name in needs} | dict(wanted.values)
