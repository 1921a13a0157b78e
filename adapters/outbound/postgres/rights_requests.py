from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_new

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import own
from adapters.outbound.postgres.tables import rights_request_steps, rights_requests
from application.privacy.ports import HistoryStep, Listed, RightsRequests
from domain.ids import RequestId
from domain.privacy.requests import NoSuchRequest, RightsRequest

_MINE = rights_requests.c
_COLUMNS = [_MINE[name] for name in RightsRequest.__struct_fields__]


@dataclass(frozen=True)
class PostgresRightsRequests(RightsRequests):
    database: Database

    async def add(self, request: RightsRequest, address: bytes | None, step: HistoryStep) -> RightsRequest:
        values = {**own(request), "address": address}
        added = await self.database.execute(
            insert_new(rights_requests).values(values).on_conflict_do_nothing(index_elements=["id"])
        )
        if not added:
            return (await self.get(request.id, live=request.live))[0]
        await self._note(request.id, step)
        return request

    async def get(self, request_id: RequestId, *, live: bool) -> tuple[RightsRequest, bytes | None]:
        mine = select(*_COLUMNS, _MINE.address).where(_MINE.id == request_id, _MINE.live.is_(live)).with_for_update()
        found = await self.database.records(mine)
        if not found:
            raise NoSuchRequest("There is no such request.")
        row = dict(found[0])
        address = row.pop("address")
        return msgspec.convert(row, RightsRequest), address

    async def save(self, request: RightsRequest, step: HistoryStep) -> None:
        values = own(request, without=("id",))
        if request.closed_at is not None:
            values["address"] = None
        await self.database.execute(update(rights_requests).where(_MINE.id == request.id).values(values))
        await self._note(request.id, step)

    async def history(self, request_id: RequestId) -> list[HistoryStep]:
        steps = rights_request_steps.c
        columns = [steps[name] for name in HistoryStep.__struct_fields__]
        mine = select(*columns).where(steps.request_id == request_id).order_by(steps.position)
        return await self.database.rows(mine, HistoryStep)

    async def page(self, listed: Listed, *, live: bool) -> list[RightsRequest]:
        found = select(*_COLUMNS).where(_MINE.live.is_(live)).order_by(_MINE.id.desc()).limit(listed.limit)
        if listed.contact_id is not None:
            found = found.where(_MINE.contact_id == listed.contact_id)
        if listed.open_only:
            found = found.where(_MINE.closed_at.is_(None))
        if listed.before is not None:
            found = found.where(_MINE.id < listed.before)
        return await self.database.rows(found, RightsRequest)

    async def due(self, by: date, *, live: bool, most: int) -> list[RightsRequest]:
        to_acknowledge = and_(_MINE.acknowledged_at.is_(None), _MINE.acknowledge_by <= by)
        found = select(*_COLUMNS).where(
            _MINE.live.is_(live), _MINE.closed_at.is_(None), or_(_MINE.due_on <= by, to_acknowledge)
        )
        return await self.database.rows(found.order_by(_MINE.due_on, _MINE.id).limit(most), RightsRequest)

    async def _note(self, request_id: RequestId, step: HistoryStep) -> None:
        await self.database.execute(insert(rights_request_steps).values({**own(step), "request_id": request_id}))
