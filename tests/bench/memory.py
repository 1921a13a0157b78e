"""Peak memory of web and worker with ten thousand contacts and with ten times as many."""

import asyncio
import time
from pathlib import Path

import psutil

from application.messages.send_with_consent import SendWithConsent
from tests.bench.load import flood, requests
from tests.bench.product import BY, fill, messages, product
from tests.bench.report import Report

_FEW, _MANY = 10_000, 100_000
_MOST = 150


def run(report: Report) -> None:
    with product() as made:
        peaks = []
        for first, contacts in ((0, _FEW), (_FEW, _MANY)):
            made.run(lambda _, use_cases, first=first, contacts=contacts: fill(use_cases, first, contacts - first))
            peaks.append(_peaks(made, contacts))
        for place, what in enumerate(("web", "worker")):
            few, many = peaks[0][place], peaks[1][place]
            report.at_most(f"memory of the {what}, {_MANY:,} contacts", many, _MOST, " MB")
            report.at_most(f"  and against a tenth of them, {few:.0f} MB", many / few * 100, 110, " %")


def _peaks(made, contacts: int) -> tuple[float, float]:
    spread = [command for start in range(0, contacts, contacts // 20) for command in messages(start, 250)]
    asked = requests("/api/v1/messages/send_with_consent", made.key, spread)
    with made.serving(OPTIN_WORKER="false") as (url, pid):
        asyncio.run(flood(url, asked, clients=32, seconds=6))
        [server] = psutil.Process(pid).children() or [psutil.Process(pid)]
        web = _peak(server.pid)
    made.run(lambda _, use_cases: use_cases[SendWithConsent](spread[:1_000], BY))
    worker = made.process("bootstrap", "worker")
    try:
        made.run(_drained)
        peak = _peak(worker.pid)
    finally:
        worker.terminate()
        worker.wait()
    return web, peak


async def _drained(ports, _):
    over = time.monotonic() + 120
    while time.monotonic() < over:
        async with ports.transaction()():
            if not await ports.database().connection.fetchval("select exists (select from outbox)"):
                return
        await asyncio.sleep(0.2)


def _peak(pid: int) -> float:
    with Path(f"/proc/{pid}/status").open() as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
