"""Sending while months of messages are removed, against sending alone.

`OPTIN_BENCH_RETENTION` is how many old messages there are; `make bench` takes a hundred thousand, and
`OPTIN_BENCH_RETENTION=1000000 python -m tests.bench retention` the million.
"""

import asyncio
import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.outbound.postgres.partitions import Partitions
from application.messages.send_with_consent import SendWithConsent
from application.retention.run import RunRetention, StartRetention
from domain.ids import floor_id
from tests.bench.product import BY, fill, messages, product
from tests.bench.report import Report
from tests.installation import SetClock

_OLD = int(os.environ.get("OPTIN_BENCH_RETENTION", "100000"))
_PEOPLE, _SLICE, _MONTHS = 2_000, 100, 6
_AT_LEAST = 4.0
_BODY = "insert into message_bodies select id, $1, '', '' from old"
_MESSAGES = """
insert into messages (id, contact_id, contact_point_id, program_id, sender_id, live, channel, category, status,
    on_no_consent, created_at, updated_at, due_at)
select id, gen_random_uuid(), gen_random_uuid(), $1, $2, true, 'sms', 'transactional', 'delivered', 'deny', at, at, at
from old
"""
_JOURNAL = "insert into message_journal (message_id, at, status) select id, at, 'delivered' from old"
# Ids as they would have been: the time, and the number in place of chance.
_OLD_IDS = """
create temp table old on commit drop as
select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8000'
        || lpad(to_hex($3::bigint + n), 12, '0'))::uuid as id, at
from (select n, $1::timestamptz + n * interval '10 milliseconds' as at from generate_series(1, $2::int) n) as made
"""


def run(report: Report) -> None:
    with product() as made:
        alone, during, removing = made.run(_measured)
    report.rate(f"removing {_OLD:,} old messages", _OLD / removing)
    report.rate("messages accepted while they are removed", during, floor=alone, ratio=0.8)


async def _measured(ports: Any, use_cases: dict[type, Any]) -> tuple[float, float, float]:
    await fill(use_cases, 0, _PEOPLE)
    await _history(ports)
    send = use_cases[SendWithConsent]
    for start in range(0, _PEOPLE, _SLICE):
        await send(messages(start, _SLICE), BY)
    await use_cases[StartRetention](BY)
    # Alone before and after, so that a machine's moods weigh on both alike.
    quiet = await _sending(send, lambda elapsed: elapsed >= _AT_LEAST)
    task = asyncio.create_task(_removing(use_cases[RunRetention]))
    busy = await _sending(send, lambda _: task.done())
    removing = task.result()
    after = await _sending(send, lambda elapsed: elapsed >= _AT_LEAST)
    alone = (quiet[0] + after[0]) / (quiet[1] + after[1])
    during = busy[0] / busy[1]
    async with ports.transaction()():
        left = await ports.database().connection.fetchval(
            "select count(*) from messages where id < $1", floor_id(datetime.now(UTC) - timedelta(days=365))
        )
    if left:
        raise RuntimeError(f"{left} old messages were not removed.")
    return alone, during, removing


async def _sending(send: Any, over: Any) -> tuple[int, float]:
    sent, began = 0, time.monotonic()
    while not sent or not over(time.monotonic() - began):
        await send(messages(sent % _PEOPLE, _SLICE), BY)
        sent += _SLICE
    return sent, time.monotonic() - began


async def _removing(remove: Any) -> float:
    began = time.monotonic()
    while await remove():
        pass
    return time.monotonic() - began


async def _history(ports: Any) -> None:
    """Months of ten years ago, in partitions of their own."""
    database = ports.database()
    async with ports.transaction()():
        [program] = await database.connection.fetch("select id, sender_id from programs limit 1")
    for month in range(_MONTHS):
        first = datetime(2016, 1 + month, 1, tzinfo=UTC)
        await Partitions(database, SetClock(first))()
        async with ports.transaction()():
            connection = database.connection
            await connection.execute(_OLD_IDS, first, _OLD // _MONTHS, month << 32)
            await connection.execute(_MESSAGES, program["id"], program["sender_id"])
            await connection.execute(_BODY, b"x" * 200)
            await connection.execute(_JOURNAL)
