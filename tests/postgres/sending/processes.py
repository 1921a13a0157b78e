"""Other processes of the product, as `optin worker` would be: forked from one that has everything loaded."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from adapters.outbound.secrets.ring import KeyRing
from application.messages.dispatch import Dispatch
from bootstrap.worker import build_worker
from tests.installation import SetClock
from tests.postgres.sending.business import Business, WallClock, business_on

PATIENCE = 60
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


@dataclass(frozen=True)
class Place:
    """Where an installation is, in a form that can be handed to another process."""

    url: str
    data_dir: Path
    ring: bytes
    since: datetime | None
    at: datetime | None

    @classmethod
    def of(cls, business: Business) -> "Place":
        settings, clock = business.ports.settings(), business.clock
        since = clock.since if isinstance(clock, WallClock) else None
        at = clock.at if isinstance(clock, SetClock) else None
        return cls(settings.database_url, settings.data_dir, business.ring.dump(), since, at)

    @asynccontextmanager
    async def business(self):
        clock = WallClock(self.since) if self.since else SetClock(self.at)
        business = business_on(self.url, self.data_dir, KeyRing.parse(self.ring.decode()), clock=clock)
        try:
            yield business
        finally:
            await business.close()


def started(work: Callable[..., Any], place: Place, *arguments: Any) -> BaseProcess:
    process = _processes.Process(target=_run, args=(work, place, *arguments))
    process.start()
    return process


async def ended(process: BaseProcess) -> int | None:
    """Its exit code; minus the signal that ended it."""
    await asyncio.to_thread(process.join, PATIENCE)
    return process.exitcode


def _run(work: Callable[..., Any], place: Place, *arguments: Any) -> None:
    asyncio.run(work(place, *arguments))


async def drain(place: Place) -> None:
    """Work as the shipped worker does, until the queue is empty."""
    async with place.business() as business:
        worker = build_worker(business.ports, business.use_cases)

        async def stop_when_empty() -> int:
            if await business.ask("select exists (select from outbox)") == [(False,)]:
                worker.stop()
            return 0

        worker.rounds = (*worker.rounds, stop_when_empty)
        await worker()


async def crash(place: Place, step: str, number: int) -> None:
    """Work until the step is reached that many times, and be gone at that instant: nothing is tidied up."""
    reached = 0

    def told(now: str) -> None:
        nonlocal reached
        reached += now == step
        if reached == number:
            os.kill(os.getpid(), signal.SIGKILL)

    async with place.business() as business:
        dispatch = business.another(Dispatch, reached=told)
        while await dispatch():
            pass
