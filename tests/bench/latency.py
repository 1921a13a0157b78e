"""How long a send takes to be accepted, and to reach its carrier, at a hundred a second; one process does all."""

import asyncio

from tests.bench.load import requests, steady
from tests.bench.product import fill, messages, product
from tests.bench.report import Report

_RATE, _SECONDS = 100, 15
_LAG = """
select extract(epoch from s.at - m.created_at)::float8 as lag
from sandbox_messages s join messages m on m.id = s.message_id where m.created_at > $1
"""


def run(report: Report) -> None:
    with product() as made:
        made.run(lambda _, use_cases: fill(use_cases, 0, 2_000))
        asked = requests("/api/v1/messages/send_with_consent", made.key, messages(0, 2_000))
        with made.serving() as (url, _):
            asyncio.run(steady(url, asked, rate=_RATE, seconds=3))
            warm = made.run(_now)
            took = asyncio.run(steady(url, asked, rate=_RATE, seconds=_SECONDS))
            lags = made.run(lambda ports, _: _lags(ports, warm, _RATE * _SECONDS))
        report.quantiles(f"accepted at {_RATE}/s", took, p99=25)
        report.quantiles(f"accepted to carrier at {_RATE}/s", lags, p99=1000)


async def _now(ports, _):
    return ports.clock().now()


async def _lags(ports, since, wanted):
    """All of them, once they have all arrived."""
    for _ in range(100):
        async with ports.transaction()():
            rows = await ports.database().connection.fetch(_LAG, since)
        if len(rows) >= wanted:
            break
        await asyncio.sleep(0.1)
    return [row["lag"] for row in rows]
