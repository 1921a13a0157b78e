"""The review queue: what nobody could read for sure waits for a person, and marketing waits with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from msgspec import Struct

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.consent.ports import Ledger
from application.contacts.sealing import open_address
from application.ports import Clock, Transaction
from application.replies.effects import Effects
from application.replies.ports import Listed, Replies, StoredReply
from application.replies.sealing import open_text
from application.secrets import Unsealable, Vault
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.audit.record import Subject
from domain.consent.evidence import Evidence
from domain.errors import Conflict, Invalid
from domain.ids import ReplyId
from domain.replies import ReceivedReply, Status

_ERASED = "erased"
_LONGEST_REASON = 500
_BY_REPLY = {Channel.SMS: "sms_free_text", Channel.EMAIL: "unsub_reply"}
Decided = Literal["opt_out", "dismiss"]
_STATUS: dict[Decided, Status] = {"opt_out": Status.OPTED_OUT, "dismiss": Status.DISMISSED}


class NothingToShow(Conflict):
    """No word of this reply is kept, or its contact was erased."""


class SeenReply(Struct, frozen=True, kw_only=True):
    """`sender` is who wrote, masked, or the word erased; None for somebody nobody knows. `to` is the slug of the
    sender written to. What they wrote is not here: to see it is an act of its own.
    """

    reply: ReceivedReply
    sender: str | None
    to: str | None
    program: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyQueries:
    replies: Replies
    vault: Vault
    transaction: Transaction

    async def page(self, page: Listed, by: Actor) -> list[SeenReply]:
        """Newest first."""
        by.must(Permission.READ_REPLIES)
        async with self.transaction():
            found = await self.replies.page(page, live=by.live)
        return [seen(stored, self.vault) for stored in found]

    async def one(self, reply_id: ReplyId, by: Actor) -> SeenReply:
        """Raises NoSuchReply."""
        by.must(Permission.READ_REPLIES)
        async with self.transaction():
            return seen(await self.replies.get(reply_id, live=by.live), self.vault)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealReply:
    """Shows what somebody wrote to whoever may see it and says why; the audit trail knows of it before they do."""

    replies: Replies
    trail: Trail
    vault: Vault
    transaction: Transaction
    clock: Clock

    async def __call__(self, reply_id: ReplyId, reason: str, by: Actor) -> str:
        """Raises NoSuchReply, NothingToShow, Invalid."""
        by.must(Permission.REVEAL_REPLIES)
        reason, now = reason.strip(), self.clock.now()
        if not 0 < len(reason) <= _LONGEST_REASON:
            raise Invalid(f"Say why, in at most {_LONGEST_REASON} characters.", field="reason")
        async with self.transaction():
            words = words_of(await self.replies.get(reply_id, live=by.live), self.vault)
            if words is None:
                raise NothingToShow("No word of this reply is kept.")
            subject = Subject(kind="reply", id=str(reply_id))
            await self.trail.record([noted(by, "reply.revealed", subject, now, reason=reason)])
        return words


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveReply:
    replies: Replies
    ledger: Ledger
    effects: Effects
    trail: Trail
    vault: Vault
    transaction: Transaction
    clock: Clock

    async def __call__(self, reply_id: ReplyId, decided: Decided, by: Actor) -> SeenReply:
        """An opt-out holds before the answer; a dismissal lets marketing go on once nothing else of theirs waits. The
        same decision again changes nothing. Raises NoSuchReply, AlreadyResolved.
        """
        by.must(Permission.RESOLVE_REPLIES)
        now = self.clock.now()
        async with self.transaction():
            stored = await self.replies.get(reply_id, live=by.live)
            resolved = stored.reply.resolved(_STATUS[decided], by.id, now)
            if resolved is not stored.reply:
                await self.replies.keep(resolved, None)
                await self._followed(stored, decided, by, now)
                before, after = {"status": stored.reply.status}, {"status": resolved.status}
                subject = Subject(kind="reply", id=str(reply_id))
                record = noted(by, "reply.resolved", subject, now, before=before, after=after)
                await self.trail.record([record])
            return seen(await self.replies.get(reply_id, live=by.live), self.vault)

    async def _followed(self, stored: StoredReply, decided: Decided, by: Actor, now: datetime) -> None:
        reply = stored.reply
        point = await self.ledger.point(reply.contact_point_id) if reply.contact_point_id else None
        if point is None:
            return
        evidence = Evidence(
            source="first_party",
            via=_BY_REPLY[reply.channel],
            to_sender=stored.sender,
            in_reply_to_program=stored.program,
            statement=words_of(stored, self.vault),
        )
        if decided == "opt_out":
            await self.effects.revoke(point, evidence, by.id, now=now)
        elif await self.replies.unclear(point.contact_point_id) == 0:
            await self.effects.resume(point, evidence, by.id, now=now)


def seen(stored: StoredReply, vault: Vault) -> SeenReply:
    return SeenReply(reply=stored.reply, sender=_masked(stored, vault), to=stored.sender, program=stored.program)


def words_of(stored: StoredReply, vault: Vault) -> str | None:
    if stored.text is None or stored.data_key is None:
        return None
    try:
        return open_text(stored.text, stored.reply.id, vault.unwrap(stored.data_key).seal)
    except Unsealable:
        return None


def _masked(stored: StoredReply, vault: Vault) -> str | None:
    reply = stored.reply
    if reply.contact_point_id is None:
        return None
    if stored.address is None or stored.data_key is None:
        return _ERASED
    try:
        seal = vault.unwrap(stored.data_key).seal
        return open_address(stored.address, reply.contact_point_id, reply.channel, seal).masked
    except Unsealable:
        return _ERASED
