"""Processes of one installation that share a ring in a file, with clocks that agree."""

import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from dependency_injector.providers import Object

from adapters.outbound.secrets.providers.here import FileRing
from adapters.outbound.secrets.ring import KeyRing
from application.keys.look import LookAtKeys
from application.keys.turn_keys import TurnKeys
from application.keys.watch_keys import WatchKeys
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import build_all
from bootstrap.watching import watching_keys
from domain.access import EVERYTHING, Actor
from domain.keys import SETTLING, Purpose
from tests.installation import SetClock
from tests.postgres.sending.business import Business

EVERY = tuple(Purpose)


@dataclass
class GoingClock(SetClock):
    """Goes on by itself, and further when a test says so."""

    since: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.since)


def process_on(url: str, file: Path, clock, **settings) -> Business:
    ports = Ports(settings=Settings(database_url=url, data_dir=file.parent, keys_file=str(file), **settings))
    ports.clock.override(Object(clock))
    actor = Actor(id="key:test", permissions=EVERYTHING)
    return Business(ports=ports, ring=KeyRing.load(file), clock=clock, use_cases=build_all(ports), actor=actor)


class Scene:
    def __init__(self, url: str, folder: Path, clock) -> None:
        self.url, self.file, self.clock = url, folder / "keys.json", clock
        KeyRing.create(self.file)
        self.stack = AsyncExitStack()

    async def process(self, *, watching: bool = True, **settings) -> Business:
        process = process_on(self.url, self.file, self.clock, **settings)
        self.stack.push_async_callback(process.close)
        await process[WatchKeys].begin()
        if watching:
            await self.stack.enter_async_context(watching_keys(process.use_cases)(None))
        else:
            await process[WatchKeys]()
        return process

    def rotate(self, *purposes: str) -> None:
        FileRing(self.file).change(lambda ring: ring.with_new(purposes or EVERY))

    async def turn(self, *processes: Business) -> None:
        """Until nothing is under way, by the processes given in turn; what has to settle has settled."""
        for _ in range(2):
            for process in processes:
                await process[WatchKeys]()
        self.clock.pass_by(timedelta(seconds=2))
        while await processes[0][TurnKeys]():
            pass
        for process in processes:
            await process[WatchKeys]()
        self.clock.pass_by(SETTLING)
        for process in processes:
            await process[WatchKeys]()
        while await processes[0][TurnKeys]():
            pass
        for process in processes:
            await process[WatchKeys]()

    async def under_way(self, process: Business) -> list[str]:
        return [one.standing.purpose for one in await process[LookAtKeys]() if one.under_way]

    async def versions(self, process: Business) -> dict[str, int]:
        return {one.standing.purpose: one.standing.current for one in await process[LookAtKeys]()}


@asynccontextmanager
async def scene_on(url: str, folder: Path, clock):
    scene = Scene(url, folder, clock)
    async with scene.stack:
        yield scene
