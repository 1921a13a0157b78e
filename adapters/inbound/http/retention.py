from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from adapters.inbound.injected import Injected
from application.retention.holds import ListHolds, NewHold, PlaceHold, ReleaseHold
from application.retention.plan import PlanRetention, RetentionPlan
from application.retention.ports import Run
from application.retention.run import RetentionReports, StartRetention
from domain.access import Actor, Permission
from domain.retention.holds import HoldOn, LegalHold

_HOLD = {
    "on": "contact",
    "subject_id": "0193a7b2-7c4e-7d3a-9f10-2b1c3d4e5f60",
    "reason": "Smith v. Acme, file 17",
}
_RELEASE = {"reason": "Settled"}


class RetentionReport(Struct, frozen=True, kw_only=True):
    """One run. `removed` counts by class what went; without `finished_at` it is under way. `held`: a hold on everything
    stood, so nothing went.
    """

    id: UUID
    day: date
    started_at: datetime
    started_by: str
    finished_at: datetime | None
    held: bool
    removed: dict[str, int]


class RetentionReportList(Struct, frozen=True, kw_only=True):
    items: Sequence[RetentionReport]


class ShownHold(Struct, frozen=True, kw_only=True):
    """It stands until `released_at` is set."""

    id: UUID
    on: HoldOn
    subject_id: UUID | None
    reason: str
    placed_at: datetime
    placed_by: str
    released_at: datetime | None
    released_by: str | None


class ShownHolds(Struct, frozen=True, kw_only=True):
    items: Sequence[ShownHold]


class Release(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class RetentionController(Controller):
    path = "/api/v1/retention"
    tags = ["retention"]

    @get("/plan", opt={"permission": Permission.READ_RETENTION})
    async def plan_retention(self, actor: Injected[Actor], plan_retention: Injected[PlanRetention]) -> RetentionPlan:
        """What the next run would remove, class by class, with the period, the rule behind it, and what is held.
        Nothing is changed by asking.
        """
        return await plan_retention(actor)

    @get("/runs", opt={"permission": Permission.READ_RETENTION})
    async def list_runs(
        self, actor: Injected[Actor], retention_reports: Injected[RetentionReports]
    ) -> RetentionReportList:
        """What the latest hundred runs removed, the newest first."""
        return RetentionReportList(items=[_report(run) for run in await retention_reports(actor)])

    @post("/runs", status_code=202, opt={"permission": Permission.WRITE_HOLDS})
    async def start_run(self, actor: Injected[Actor], start_retention: Injected[StartRetention]) -> RetentionReport:
        """Begin a run now, beside those of each night; a worker goes on with it."""
        return _report(await start_retention(actor))

    @get("/holds", opt={"permission": Permission.READ_RETENTION})
    async def list_holds(self, actor: Injected[Actor], list_holds: Injected[ListHolds]) -> ShownHolds:
        """All legal holds, those that stand first."""
        return ShownHolds(items=[_shown(hold) for hold in await list_holds(actor)])

    @post("/holds", opt={"permission": Permission.WRITE_HOLDS, "example": _HOLD})
    async def place_hold(
        self, data: JSONBody[NewHold], actor: Injected[Actor], place_hold: Injected[PlaceHold]
    ) -> ShownHold:
        """Hold a contact, a program or everything: nothing of it goes, whatever its age, until the hold is released."""
        return _shown(await place_hold(data, actor))

    @post(
        "/holds/{hold_id:uuid}/actions/release",
        status_code=200,
        opt={"permission": Permission.WRITE_HOLDS, "example": _RELEASE},
    )
    async def release_hold(
        self,
        hold_id: FromPath[UUID],
        data: JSONBody[Release],
        actor: Injected[Actor],
        release_hold: Injected[ReleaseHold],
    ) -> ShownHold:
        """End a hold: what is over goes with the next run."""
        return _shown(await release_hold(hold_id, data.reason, actor))


def _report(run: Run) -> RetentionReport:
    return RetentionReport(
        id=run.id,
        day=run.day,
        started_at=run.started_at,
        started_by=run.started_by,
        finished_at=run.finished_at,
        held=run.held,
        removed={name: count for name, count in run.removed.items() if count},
    )


def _shown(hold: LegalHold) -> ShownHold:
    return ShownHold(**{name: getattr(hold, name) for name in ShownHold.__struct_fields__})
