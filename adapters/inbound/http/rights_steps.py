from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from adapters.inbound.http.rights_requests import PATH, ShownRequest, shown
from adapters.inbound.injected import Injected
from application.privacy.fulfil import CompleteRequest
from application.privacy.identify import CheckIdentity, SendIdentityCode
from application.privacy.requests import AdvanceRequest, LiftRestriction, Note
from domain.access import Actor, Permission
from domain.privacy.requests import Step
from domain.verification.challenge import Status

_REMARK = {"note": "By letter of the same day."}
_WHERE = {"contact_point_id": "0193a7b2-7c4e-7d3a-9f10-2b1c3d4e5f60"}


class Because(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    note: Note


class Remark(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    note: Note | None = None


class WhereTo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A contact point of the contact; without one, the first."""

    contact_point_id: UUID | None = None


class GivenCode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: Annotated[str, Meta(min_length=1, max_length=32)]


class SentCode(Struct, frozen=True, kw_only=True):
    to: str
    expires_at: datetime


class CheckedCode(Struct, frozen=True, kw_only=True):
    status: Status
    request: ShownRequest


def _with_remark(step: Step, name: str, said: str | None = None) -> HTTPRouteHandler:
    """Something staff did, with a word about it if they like."""

    async def advance(
        self: Controller,  # noqa: ARG001
        request_id: FromPath[UUID],
        data: JSONBody[Remark],
        actor: Injected[Actor],
        advance_request: Injected[AdvanceRequest],
    ) -> ShownRequest:
        return shown(await advance_request(request_id, step, data.note, actor))

    return _handler(advance, step, name, said, _REMARK)


def _with_reason(step: Step, name: str, said: str, example: str) -> HTTPRouteHandler:
    """Something staff did, and have to say why."""

    async def advance(
        self: Controller,  # noqa: ARG001
        request_id: FromPath[UUID],
        data: JSONBody[Because],
        actor: Injected[Actor],
        advance_request: Injected[AdvanceRequest],
    ) -> ShownRequest:
        return shown(await advance_request(request_id, step, data.note, actor))

    return _handler(advance, step, name, said, {"note": example})


def _handler(
    advance: Callable[..., Any], step: Step, name: str, said: str | None, example: dict[str, str]
) -> HTTPRouteHandler:
    """The description of the API has its names and words from here."""
    advance.__name__, advance.__doc__ = name, said
    opt = {"permission": Permission.WRITE_RIGHTS, "example": example}
    return post(f"/{step}", status_code=200, opt=opt)(advance)


class RightsStepsController(Controller):
    path = f"{PATH}/{{request_id:uuid}}/actions"
    tags = ["rights"]

    acknowledge = _with_remark(Step.ACKNOWLEDGE, "acknowledge_rights_request", "The person was told that it came in.")
    attest = _with_reason(
        Step.ATTEST, "attest_identity", "Staff know who asks, and say how.", "Showed a passport at the counter."
    )
    begin = _with_remark(Step.BEGIN, "begin_rights_request")
    extend = _with_reason(
        Step.EXTEND,
        "extend_rights_request",
        "Once, as far as the law allows; the person is to be told within the first period.",
        "Three systems have to be searched; told them today.",
    )
    pause = _with_reason(
        Step.PAUSE,
        "pause_rights_request",
        "The clock stands still while the person is asked something, where the law says so.",
        "Asked which of two accounts is meant.",
    )
    resume = _with_remark(Step.RESUME, "resume_rights_request", "They have answered; the clock goes on.")
    refuse = _with_reason(
        Step.REFUSE,
        "refuse_rights_request",
        "The person is to be told why, and where they may complain.",
        "The third within a month (GDPR 12(5)).",
    )

    @post("/send_code", status_code=200, opt={"permission": Permission.WRITE_RIGHTS, "example": _WHERE})
    async def send_identity_code(
        self,
        request_id: FromPath[UUID],
        data: JSONBody[WhereTo],
        actor: Injected[Actor],
        send_identity_code: Injected[SendIdentityCode],
    ) -> SentCode:
        """Send a code to an address on record, which whoever asks is to read back."""
        sent = await send_identity_code(request_id, data.contact_point_id, actor)
        return SentCode(to=sent.to, expires_at=sent.expires_at)

    @post("/check_code", status_code=200, opt={"permission": Permission.WRITE_RIGHTS, "example": {"code": "123456"}})
    async def check_identity_code(
        self,
        request_id: FromPath[UUID],
        data: JSONBody[GivenCode],
        actor: Injected[Actor],
        check_identity: Injected[CheckIdentity],
    ) -> CheckedCode:
        """The code they read back. Approved, they are identified."""
        checked = await check_identity(request_id, data.code, actor)
        return CheckedCode(status=checked.status, request=shown(checked.request))

    @post(
        "/complete",
        status_code=200,
        opt={"permission": Permission.WRITE_RIGHTS, "example": {"note": "They confirmed it by phone."}},
    )
    async def complete_rights_request(
        self,
        request_id: FromPath[UUID],
        data: JSONBody[Because],
        actor: Injected[Actor],
        complete_request: Injected[CompleteRequest],
    ) -> ShownRequest:
        """An erasure erases and a restriction restricts, before the answer; an erasure cannot be undone."""
        return shown(await complete_request(request_id, data.note, actor))

    @post(
        "/lift",
        status_code=200,
        opt={"permission": Permission.WRITE_RIGHTS, "example": {"note": "What was disputed is settled; told them."}},
    )
    async def lift_restriction(
        self,
        request_id: FromPath[UUID],
        data: JSONBody[Because],
        actor: Injected[Actor],
        lift_restriction: Injected[LiftRestriction],
    ) -> ShownRequest:
        """A restriction ends; the person is to be told before."""
        return shown(await lift_restriction(request_id, data.note, actor))
