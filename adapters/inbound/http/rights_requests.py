from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter
from msgspec import Struct

from adapters.inbound.http.pages import After, Limit, Page, cursor_of, id_in, page
from adapters.inbound.injected import Injected
from application.privacy.fulfil import ExportForRequest
from application.privacy.ports import Listed
from application.privacy.requests import NewRequest, OpenRequest, RequestQueries, Told
from domain.access import Actor, Permission
from domain.ids import ContactId, RequestId
from domain.privacy.reasons import LONGEST_REASON
from domain.privacy.requests import Kind, Proof, RightsRequest, State

PATH = "/api/v1/rights-requests"
Reason = Annotated[
    str, HeaderParameter(name="X-Reason", min_length=1, max_length=LONGEST_REASON, description="Why, for the trail.")
]


class RequestLinks(Struct, frozen=True, kw_only=True):
    self: str
    contact: str | None


class ShownRequest(Struct, frozen=True, kw_only=True):
    """`rule` is the law its deadline comes from; `due_on` the last day to answer, `acknowledge_by` to confirm that it
    came in.
    """

    id: RequestId
    kind: Kind
    state: State
    contact_id: ContactId | None
    rule: str
    received_at: datetime
    due_on: date
    acknowledge_by: date | None
    acknowledged_at: datetime | None
    identified_at: datetime | None
    identified_by: Proof | None
    extended: bool
    paused_at: datetime | None
    paused_days: int
    closed_at: datetime | None
    lifted_at: datetime | None
    links: RequestLinks


class RequestWithHistory(ShownRequest, frozen=True, kw_only=True):
    history: Sequence[Told]


class Items(Struct, frozen=True, kw_only=True):
    items: Sequence[ShownRequest]


class RightsRequestsController(Controller):
    path = "/api/v1"
    tags = ["rights"]

    @post(
        "/rights-requests",
        opt={
            "permission": Permission.WRITE_RIGHTS,
            "example": {"kind": "access", "address": "+12125550101"},
        },
    )
    async def open_rights_request(
        self,
        data: JSONBody[NewRequest],
        actor: Injected[Actor],
        open_request: Injected[OpenRequest],
        seed: Injected[UUID | None],
    ) -> ShownRequest:
        """Somebody asks for something about their data. The answer says by when it is due, and under which law."""
        return shown(await open_request(data, actor, seed=seed))

    @get("/rights-requests", opt={"permission": Permission.READ_RIGHTS})
    async def list_rights_requests(
        self,
        actor: Injected[Actor],
        request_queries: Injected[RequestQueries],
        contact_id: Annotated[UUID | None, QueryParameter(description="Those about one contact.")] = None,
        open_only: Annotated[bool, QueryParameter(description="Those neither done nor refused.")] = False,
        limit: Limit = 50,
        after: After = None,
    ) -> Page[ShownRequest]:
        """All requests, newest first."""
        before = id_in(after)
        listed = Listed(
            contact_id=ContactId(contact_id) if contact_id else None,
            open_only=open_only,
            before=RequestId(before) if before else None,
            limit=limit + 1,
        )
        found = [shown(one) for one in await request_queries.page(listed, actor)]
        kept = {"contact_id": str(contact_id) if contact_id else None, "open_only": "true" if open_only else None}
        return page(found, limit, PATH, lambda request: cursor_of(request.id), kept=kept)

    @get("/rights-requests/due", opt={"permission": Permission.READ_RIGHTS})
    async def list_due_rights_requests(
        self,
        actor: Injected[Actor],
        request_queries: Injected[RequestQueries],
        within_days: Annotated[int, QueryParameter(ge=0, le=366, description="How far to look ahead.")] = 7,
    ) -> Items:
        """What is to be answered or acknowledged soon, or should have been; the most urgent first, at most 500."""
        return Items(items=[shown(one) for one in await request_queries.due(within_days, actor)])

    @get("/rights-requests/{request_id:uuid}", opt={"permission": Permission.READ_RIGHTS})
    async def get_rights_request(
        self, request_id: FromPath[UUID], actor: Injected[Actor], request_queries: Injected[RequestQueries]
    ) -> RequestWithHistory:
        """With its history."""
        seen = await request_queries.one(request_id, actor)
        return RequestWithHistory(**_fields(seen.request), history=seen.history)

    @get(
        "/rights-requests/{request_id:uuid}/export",
        media_type="application/zip",
        opt={"permission": Permission.EXPORT_CONTACTS},
    )
    async def export_for_rights_request(
        self,
        request_id: FromPath[UUID],
        actor: Injected[Actor],
        export_for_request: Injected[ExportForRequest],
        reason: Reason,
    ) -> Response[bytes]:
        """Everything held about the contact: `data.json` with its `schema.json`, and `index.html` for people."""
        archive = await export_for_request(request_id, reason, actor)
        headers = {
            "Content-Disposition": f'attachment; filename="{archive.name}"',
            "Cache-Control": "no-store",
        }
        return Response(archive.content, media_type="application/zip", headers=headers)


def _fields(request: RightsRequest) -> dict[str, Any]:
    contact = f"/api/v1/contacts/{request.contact_id}" if request.contact_id else None
    names = [name for name in ShownRequest.__struct_fields__ if name != "links"]
    own = {name: getattr(request, name) for name in names}
    return {**own, "links": RequestLinks(self=f"{PATH}/{request.id}", contact=contact)}


def shown(request: RightsRequest) -> ShownRequest:
    return ShownRequest(**_fields(request))
