from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta, Struct, field

from adapters.inbound.http.pages import After, Limit, Page, cursor_of, id_in, page
from adapters.inbound.injected import Injected
from application.replies.ports import Listed
from application.replies.review import ReplyQueries, ResolveReply, RevealReply, SeenReply
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.ids import ContactId, MessageId, ReplyId
from domain.replies import Status

PATH = "/api/v1/replies"


class ReplyLinks(Struct, frozen=True, kw_only=True):
    self: str
    contact: str | None
    message: str | None
    answer: str | None


class ReplyAnswer(Struct, frozen=True, kw_only=True):
    """What somebody wrote back, without their words. `from` is masked; `pattern` says what was recognised, in words of
    ours, and `rule` by which rule. `message_id` is the message it seems to answer.
    """

    id: ReplyId
    status: Status
    channel: Channel
    received_at: datetime
    from_: str | None = field(name="from")
    to: str | None
    program: str | None
    contact_id: ContactId | None
    message_id: MessageId | None
    classification: str | None
    rule: str | None
    pattern: str | None
    language: str | None
    media: int
    resolved_at: datetime | None
    resolved_by: str | None
    links: ReplyLinks


class Reveal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class Revealed(Struct, frozen=True, kw_only=True):
    id: ReplyId
    text: str


class RepliesController(Controller):
    path = PATH
    tags = ["replies"]

    @get(opt={"permission": Permission.READ_REPLIES})
    async def list_replies(
        self,
        actor: Injected[Actor],
        reply_queries: Injected[ReplyQueries],
        status: Annotated[Status | None, QueryParameter(description="`unclear` is the review queue.")] = None,
        limit: Limit = 50,
        after: After = None,
    ) -> Page[ReplyAnswer]:
        """What people wrote back, newest first."""
        listed = Listed(status=status, before=id_in(after), limit=limit + 1)
        found = [_shown(one) for one in await reply_queries.page(listed, actor)]
        return page(found, limit, PATH, lambda reply: cursor_of(reply.id), kept={"status": status})

    @get("/{reply_id:uuid}", opt={"permission": Permission.READ_REPLIES})
    async def get_reply(
        self, reply_id: FromPath[UUID], actor: Injected[Actor], reply_queries: Injected[ReplyQueries]
    ) -> ReplyAnswer:
        return _shown(await reply_queries.one(ReplyId(reply_id), actor))

    @post(
        "/{reply_id:uuid}/actions/reveal",
        status_code=200,
        opt={"permission": Permission.REVEAL_REPLIES, "example": {"reason": "Is it an opt-out?"}},
    )
    async def reveal_reply(
        self,
        reply_id: FromPath[UUID],
        data: JSONBody[Reveal],
        actor: Injected[Actor],
        reveal_reply: Injected[RevealReply],
    ) -> Revealed:
        """The words themselves, for a reason; the audit trail keeps who asked, and why."""
        return Revealed(id=ReplyId(reply_id), text=await reveal_reply(ReplyId(reply_id), data.reason, actor))

    @post("/{reply_id:uuid}/actions/opt_out", status_code=200, opt={"permission": Permission.RESOLVE_REPLIES})
    async def opt_out_by_reply(
        self, reply_id: FromPath[UUID], actor: Injected[Actor], resolve_reply: Injected[ResolveReply]
    ) -> ReplyAnswer:
        """It was an opt-out: from everything, at once."""
        return _shown(await resolve_reply(ReplyId(reply_id), "opt_out", actor))

    @post("/{reply_id:uuid}/actions/dismiss", status_code=200, opt={"permission": Permission.RESOLVE_REPLIES})
    async def dismiss_reply(
        self, reply_id: FromPath[UUID], actor: Injected[Actor], resolve_reply: Injected[ResolveReply]
    ) -> ReplyAnswer:
        """It was none: marketing goes on, unless another reply of theirs still waits."""
        return _shown(await resolve_reply(ReplyId(reply_id), "dismiss", actor))


def _shown(one: SeenReply) -> ReplyAnswer:
    reply = one.reply
    return ReplyAnswer(
        id=reply.id,
        status=reply.status,
        channel=reply.channel,
        received_at=reply.received_at,
        from_=one.sender,
        to=one.to,
        program=one.program,
        contact_id=reply.contact_id,
        message_id=reply.message_id,
        classification=reply.classification,
        rule=reply.rule,
        pattern=reply.pattern,
        language=reply.language,
        media=reply.media,
        resolved_at=reply.resolved_at,
        resolved_by=reply.resolved_by,
        links=ReplyLinks(
            self=f"{PATH}/{reply.id}",
            contact=f"/api/v1/contacts/{reply.contact_id}" if reply.contact_id else None,
            message=f"/api/v1/messages/{reply.message_id}" if reply.message_id else None,
            answer=f"/api/v1/messages/{reply.answer_id}" if reply.answer_id else None,
        ),
    )
