from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Struct
from msgspec.structs import replace

from adapters.inbound.http import pages
from adapters.inbound.http.pages import After, Limit
from adapters.inbound.injected import Injected
from adapters.inbound.together import Together
from application.consent.reading import ProgramNames
from application.messages.drafting import SendMessage
from application.messages.follow_up import CancelMessage
from application.messages.ports import Page, Step
from application.messages.queries import MessageQueries, Seen
from application.messages.send_with_consent import Receipt, SendWithConsent
from domain.access import Actor, Permission
from domain.ids import MessageId
from domain.messages import Message, Status

PATH = "/api/v1/messages"
_EXAMPLE = {
    "to": "+12125550101",
    "channel": "sms",
    "program": "weekly-offers",
    "content": {"text": "20% off today. Reply STOP to opt out. Acme"},
    "on_no_consent": "hold",
    "reference": "order-17",
}


class Self(Struct, frozen=True):
    self: str


class MessageAnswer(Struct, frozen=True, kw_only=True):
    """`decision` says why, with the citation; see `/api/v1/decisions` for its parts."""

    id: UUID
    status: Status
    to: str
    channel: str
    program_id: UUID
    category: str
    reference: str | None
    template: str | None
    created_at: datetime
    due_at: datetime
    expires_at: datetime | None
    detail: str | None
    links: Self
    decision: msgspec.Raw


class MessageDetail(MessageAnswer, frozen=True, kw_only=True):
    timeline: Sequence[Step]


class SendTogether:
    """Requests that arrive together share one gather, one insert and one commit."""

    def __init__(self, send_with_consent: SendWithConsent) -> None:
        self._send = send_with_consent
        self._together: Together[tuple[SendMessage, Actor, UUID | None], Receipt] = Together(self._run)

    async def __call__(self, command: SendMessage, by: Actor, seed: UUID | None) -> Receipt:
        return await self._together((command, by, seed))

    async def close(self) -> None:
        await self._together.close()

    async def _run(self, items: Sequence[tuple[SendMessage, Actor, UUID | None]]) -> list[Receipt | Exception]:
        """Each actor's in a batch of their own, whatever the requests they came by: a key without the scope fails
        alone.
        """
        answers: list[Receipt | Exception] = [RuntimeError("unanswered")] * len(items)
        by_actor: dict[Actor, list[int]] = defaultdict(list)
        for place, (_, by, _) in enumerate(items):
            by_actor[replace(by, origin=None)].append(place)
        for by, places in by_actor.items():
            try:
                commands, seeds = [items[place][0] for place in places], [items[place][2] for place in places]
                requests = [_request_of(items[place][1]) for place in places]
                results: Sequence[Receipt | Exception] = await self._send(commands, by, seeds=seeds, requests=requests)
            except Exception as error:  # noqa: BLE001 - it is these callers' to handle, and no other's
                results = [error] * len(places)
            for place, result in zip(places, results, strict=True):
                answers[place] = result
        return answers


class MessagesController(Controller):
    path = PATH
    tags = ["messages"]

    @post("/send_with_consent", opt={"permission": Permission.SEND_MESSAGES, "example": _EXAMPLE})
    async def send_with_consent(
        self,
        data: JSONBody[SendMessage],
        actor: Injected[Actor],
        send_together: Injected[SendTogether],
        seed: Injected[UUID | None],
    ) -> MessageAnswer:
        """Send now if the contact agreed and the law allows it; otherwise wait, ask first, or refuse, and say why."""
        receipt = await send_together(data, actor, seed)
        return MessageAnswer(**_parts(receipt.message, receipt.to.masked, receipt.decision))

    @get("/{message_id:uuid}", opt={"permission": Permission.READ_MESSAGES})
    async def get_message(
        self, message_id: FromPath[UUID], actor: Injected[Actor], message_queries: Injected[MessageQueries]
    ) -> MessageDetail:
        """What became of it, step by step, and why."""
        return _detail(await message_queries.one(MessageId(message_id), actor))

    @get(opt={"permission": Permission.READ_MESSAGES})
    async def list_messages(
        self,
        actor: Injected[Actor],
        message_queries: Injected[MessageQueries],
        program_names: Injected[ProgramNames],
        status: FromQuery[Status | None] = None,
        program: FromQuery[str | None] = None,
        reference: FromQuery[str | None] = None,
        limit: Limit = 50,
        after: After = None,
    ) -> pages.Page[MessageAnswer]:
        """Newest first."""
        wanted = Page(
            status=status,
            program_id=await program_names.id_of(program) if program is not None else None,
            reference=reference,
            before=pages.id_in(after),
            limit=limit + 1,
        )
        found = await message_queries.page(wanted, actor)
        answers = [MessageAnswer(**_parts(seen.message, seen.to, seen.decision)) for seen in found]
        kept = {"status": status, "program": program, "reference": reference}
        return pages.page(answers, limit, PATH, lambda one: pages.cursor_of(one.id), kept=kept)

    @post("/{message_id:uuid}/actions/cancel", status_code=200, opt={"permission": Permission.SEND_MESSAGES})
    async def cancel_message(
        self,
        message_id: FromPath[UUID],
        actor: Injected[Actor],
        cancel_message: Injected[CancelMessage],
        message_queries: Injected[MessageQueries],
    ) -> MessageDetail:
        """Take back a message that still waits."""
        await cancel_message(MessageId(message_id), actor)
        return _detail(await message_queries.one(MessageId(message_id), actor))


def _detail(seen: Seen) -> MessageDetail:
    return MessageDetail(**_parts(seen.message, seen.to, seen.decision), timeline=seen.timeline)


def _parts(message: Message, to: str, decision: bytes) -> dict[str, Any]:
    return {
        "id": message.id,
        "status": message.status,
        "to": to,
        "channel": message.channel,
        "program_id": message.program_id,
        "category": message.category,
        "reference": message.reference,
        "template": message.template,
        "created_at": message.created_at,
        "due_at": message.due_at,
        "expires_at": message.expires_at,
        "detail": message.detail,
        "links": Self(f"{PATH}/{message.id}"),
        "decision": msgspec.Raw(decision),
    }


def _request_of(by: Actor) -> str | None:
    return by.origin.request_id if by.origin else None
