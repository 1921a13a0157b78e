import asyncio
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.outbound.postgres.database import Database
from application.access.ports import Allowance, RateLimits, UsedWindows

_WINDOW = 60
_SHARE = 100

_LEASE = """
with relaxed as materialized (select set_config('synchronous_commit', 'off', true)),
over as (delete from rate_windows where subject = $1 and "window" < $2)
insert into rate_windows as w (subject, "window", used) select $1, $2, $3::bigint from relaxed
on conflict (subject, "window") do update set used = w.used + excluded.used where w.used < $4
returning used
"""

_FORGET = """
with gone as (
    delete from rate_windows where ctid = any (array(select ctid from rate_windows where "window" < $1 limit $2))
    returning 1
)
select count(*) from gone
"""
_AT_ONCE = 10_000


@dataclass(slots=True)
class _Lease:
    """`left` of what this process took; `used` is what all of them took, when it last asked."""

    left: int = 0
    used: int = 0
    asking: "asyncio.Task[None] | None" = None


class PostgresRateLimits(RateLimits, UsedWindows):
    """Replicas share each whole minute. A process leases a hundredth of the limit at a time, so it asks the database
    once in so many requests, and all of them together never pass the limit.
    """

    def __init__(self, database: Database, limit: int) -> None:
        self._database = database
        self._limit = limit
        self._share = max(1, limit // _SHARE)
        self._window = 0
        self._leases: dict[str, _Lease] = {}

    async def take(self, subject: str, now: datetime) -> Allowance:
        window, passed = divmod(int(now.timestamp()), _WINDOW)
        if window != self._window:
            self._window = window
            self._leases = {}
        lease = self._leases.get(subject)
        if lease is None:
            lease = self._leases[subject] = _Lease()
        while lease.left == 0 and lease.used < self._limit:
            if lease.asking is None:
                lease.asking = asyncio.get_running_loop().create_task(
                    self._ask(subject, lease, window), context=Context()
                )
            await asyncio.shield(lease.asking)
        if lease.left == 0:
            return Allowance(False, self._limit, 0, _WINDOW - passed)
        lease.left -= 1
        return Allowance(True, self._limit, self._limit - lease.used + lease.left, _WINDOW - passed)

    async def forget(self, before: datetime) -> int:
        async with self._database.transaction():
            gone: int = await self._database.connection.fetchval(_FORGET, before, _AT_ONCE)
        return gone

    async def _ask(self, subject: str, lease: _Lease, window: int) -> None:
        start = datetime.fromtimestamp(window * _WINDOW, UTC)
        try:
            async with self._database.transaction():
                used = await self._database.connection.fetchval(_LEASE, subject, start, self._share, self._limit)
            if used is not None:
                lease.left += min(used, self._limit) - (used - self._share)
            lease.used = self._limit if used is None else min(used, self._limit)
        finally:
            lease.asking = None
