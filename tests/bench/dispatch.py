"""From the queue to the sandbox: claim, judge again, begin, hand off, record."""

import time

from application.messages.send_with_consent import SendWithConsent
from tests.bench.product import BY, fill, messages, product
from tests.bench.report import Report

_COUNT = 20_000


def run(report: Report) -> None:
    with product() as made:

        async def queue(_, use_cases):
            await fill(use_cases, 0, _COUNT)
            for start in range(0, _COUNT, 500):
                await use_cases[SendWithConsent](messages(start, 500), BY)

        made.run(queue)
        worker = made.process("bootstrap", "worker")
        try:
            taken, seconds = made.run(_drained)
        finally:
            worker.terminate()
            worker.wait()
        report.at_least("from queue to sandbox", taken / seconds, 5_000)


async def _drained(ports, _):
    """Between the first and the last hand-off, as the sandbox saw them."""
    over = time.monotonic() + 120
    while time.monotonic() < over:
        async with ports.transaction()():
            left = await ports.database().connection.fetchval("select exists (select from outbox)")
        if not left:
            break
        await ports.wakeups().wait(seconds=0.2)
    async with ports.transaction()():
        row = await ports.database().connection.fetchrow(
            "select count(*) as taken, extract(epoch from max(at) - min(at))::float8 as seconds from sandbox_messages"
        )
    return row["taken"], row["seconds"]
