"""Send a message if the contact agreed to it; otherwise ask first where the law lets us, and hold it until they do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from application.compliance.attempts import decode_facts
from application.compliance.policy import Policies, Policy
from application.consent.ports import Ledger
from application.contacts.enrolment import Enrolment
from application.messages.drafting import Draft, Drafting, SendMessage, parse
from application.messages.judging import Setting, as_json, decide, pack_inspection, placed
from application.messages.opt_in_request import OptInRequest, OptInRequests
from application.messages.ports import Asked, Known, Messages, Recipients, Stored, Written
from application.ports import Clock, Transaction
from application.secrets import Digests, Vault
from domain.access import Actor, Permission
from domain.addresses import Address
from domain.compliance.decisions import Decision
from domain.errors import DomainError
from domain.ids import MessageId
from domain.messages import Message, Status


class Receipt(Struct, frozen=True, kw_only=True):
    message: Message
    to: Address
    decision: bytes


class Judged(Struct, frozen=True, kw_only=True):
    draft: Draft
    written: Written
    decision: Decision
    setting: Setting

    @property
    def wants_opt_in(self) -> bool:
        return self.written.message.status is Status.HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class SendWithConsent:
    recipients: Recipients
    messages: Messages
    ledger: Ledger
    drafting: Drafting
    opt_in_requests: OptInRequests
    policies: Policies
    vault: Vault
    digests: Digests
    transaction: Transaction
    clock: Clock

    async def __call__(
        self,
        commands: Sequence[SendMessage],
        by: Actor,
        *,
        seeds: Sequence[UUID | None] | None = None,
        requests: Sequence[str | None] | None = None,
    ) -> list[Receipt | DomainError]:
        """In the order given, each standing or falling alone. A seed names the message: repeated after a crash, the
        request finds the one it already made. `requests` are the ids of those that share this one.
        """
        by.must(Permission.SEND_MESSAGES)
        now = self.clock.now()
        seeds = seeds or [None] * len(commands)
        requests = requests or [by.origin.request_id if by.origin else None] * len(commands)
        answers: list[Receipt | DomainError | Draft] = [
            parse(command, seed, now, request_id=request)
            for command, seed, request in zip(commands, seeds, requests, strict=True)
        ]
        places = [place for place, one in enumerate(answers) if isinstance(one, Draft)]
        drafts = [one for one in answers if isinstance(one, Draft)]
        async with self.transaction():
            judged = await self._looked_again(await self._judged(drafts, by, now), now)
            receipts = await self._written(judged, now)
        for place, receipt in zip(places, receipts, strict=True):
            answers[place] = receipt
        return [one for one in answers if not isinstance(one, Draft)]

    async def _judged(self, drafts: Sequence[Draft], by: Actor, now: datetime) -> list[Judged | DomainError]:
        asked = [self._asked(draft, by) for draft in drafts]
        found = await self.recipients.gather(asked, now=now)
        drafted = await self.drafting(drafts, found)
        enrolment = Enrolment(recipients=self.recipients, vault=self.vault)
        wanted = [draft.address if isinstance(draft, Draft) else None for draft in drafted]
        known = await enrolment.complete(asked, found, wanted, live=by.live, at=now)
        policy = self.policies.current()
        judged: list[Judged | DomainError] = []
        for draft, one, point in zip(drafted, found, known, strict=True):
            if isinstance(draft, DomainError):
                judged.append(draft)
            elif one.program is not None and one.sender is not None and point is not None:
                message = draft.message(point, one.program, one.sender, live=by.live, now=now)
                content, inspection = self.drafting.finish(draft, message, one.program, one.sender, point.data_key)
                setting = Setting.of(draft.address, point, one, inspection)
                judged.append(self._judge(draft, message, content, setting, policy, now, by.id))
        return judged

    async def _looked_again(
        self, judged: Sequence[Judged | DomainError], now: datetime
    ) -> Sequence[Judged | DomainError]:
        """Whoever a message is to wait for may have agreed, or been asked, while we looked at the rules: once nobody
        else decides about them, their messages are judged by what stands there then.
        """
        waiting = [one for one in judged if isinstance(one, Judged) and one.wants_opt_in]
        if not waiting:
            return judged
        present = await self.recipients.hold([one.setting.known for one in waiting], now=now)
        by_point = {known.contact_point_id: known for known in present}
        policy = self.policies.current()
        return [
            self._judged_by(by_point[one.setting.known.contact_point_id], one, policy, now)
            if isinstance(one, Judged) and one.wants_opt_in
            else one
            for one in judged
        ]

    def _judged_by(self, present: Known, judged: Judged, policy: Policy, now: datetime) -> Judged:
        if present.history == judged.setting.known.history:
            return judged
        setting = replace(judged.setting, known=present, facts=decode_facts(present.history))
        written = judged.written
        return self._judge(judged.draft, written.message, written.content, setting, policy, now, written.by)

    def _asked(self, draft: Draft, by: Actor) -> Asked:
        return Asked(
            digests=self.digests.index(draft.address, live=by.live),
            tokens=self.digests.suppression(draft.address, live=by.live),
            program=draft.command.program,
        )

    def _judge(
        self,
        draft: Draft,
        message: Message,
        content: bytes,
        setting: Setting,
        policy: Policy,
        now: datetime,
        by: str,
    ) -> Judged:
        decision = decide(message, setting, policy, max(now, message.due_at))
        written = Written(
            message=placed(message, decision, now),
            content=content,
            inspection=pack_inspection(setting.inspection),
            decision=as_json(decision),
            by=by,
            request_id=draft.request_id,
        )
        return Judged(draft=draft, written=written, decision=decision, setting=setting)

    async def _written(self, judged: Sequence[Judged | DomainError], now: datetime) -> list[Receipt | DomainError]:
        fresh = [one for one in judged if isinstance(one, Judged)]
        repeated = await self._repeated([one for one in fresh if one.draft.seed])
        fresh = [one for one in fresh if one.written.message.id not in repeated]
        waiting = {
            (one.setting.known.contact_point_id, one.setting.program.id): one for one in fresh if one.wants_opt_in
        }
        asking = await self._asking(list(waiting.values()), now)
        await self.messages.add([one.written for one in fresh] + [request.written for request in asking])
        await self.ledger.append([request.entry for request in asking])
        return [one if isinstance(one, DomainError) else _receipt(one, repeated) for one in judged]

    async def _asking(self, waiting: Sequence[Judged], now: datetime) -> list[OptInRequest]:
        policy, texts = (
            self.policies.current(),
            await self.opt_in_requests.texts(one.draft.address.channel for one in waiting),
        )
        asked = (
            self.opt_in_requests.ask(
                one.written.message, one.setting, policy, texts, locale=one.draft.command.locale, now=now
            )
            for one in waiting
        )
        return [request for request in asked if request is not None]

    async def _repeated(self, seeded: Sequence[Judged]) -> dict[MessageId, Stored]:
        stored = await self.messages.existing([one.written.message.id for one in seeded]) if seeded else []
        return {one.message.id: one for one in stored}


def _receipt(judged: Judged, repeated: Mapping[MessageId, Stored]) -> Receipt:
    """What was there already answers for itself."""
    before = repeated.get(judged.written.message.id)
    if before is not None:
        return Receipt(message=before.message, to=judged.draft.address, decision=before.decision)
    return Receipt(message=judged.written.message, to=judged.draft.address, decision=judged.written.decision)
