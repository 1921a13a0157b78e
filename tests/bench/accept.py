"""Sends accepted over HTTP, beside the same server inserting one row and committing."""

import asyncio
from statistics import median

from tests.bench.load import flood, requests
from tests.bench.product import fill, messages, product
from tests.bench.report import Report

_CONTACTS = 5_000
_ROUNDS, _SECONDS, _CLIENTS = 3, 4, 32


def run(report: Report) -> None:
    with product() as made:

        async def prepare(ports, use_cases):
            async with ports.transaction()():
                await ports.database().connection.execute(
                    "create table bench_floor (id uuid primary key, body text not null, at timestamptz not null)"
                )
            await fill(use_cases, 0, _CONTACTS)

        made.run(prepare)
        commands = messages(0, _CONTACTS)
        accept = requests("/api/v1/messages/send_with_consent", made.key, commands)
        floor = requests("/api/v1/bench/floor", made.key, commands)
        # The queue is another process's work: here the way in is measured.
        with made.serving(OPTIN_WORKER="false") as (url, _):
            asyncio.run(flood(url, accept, clients=_CLIENTS, seconds=2))
            asyncio.run(flood(url, floor, clients=_CLIENTS, seconds=1))
            pairs = [
                (
                    asyncio.run(flood(url, floor, clients=_CLIENTS, seconds=_SECONDS)),
                    asyncio.run(flood(url, accept, clients=_CLIENTS, seconds=_SECONDS)),
                )
                for _ in range(_ROUNDS)
            ]
        report.rate(
            f"accepted over HTTP, {_CLIENTS} clients (floor: one insert)",
            median(accepted for _, accepted in pairs),
            floor=median(floors for floors, _ in pairs),
            ratio=1.0,
        )
