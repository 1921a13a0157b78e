"""The whole product on a fresh database: the ports of the shipped container, with a clock the test sets."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from dependency_injector.providers import Object

from adapters.outbound.secrets.ring import KeyRing
from application.ports import Clock
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import build_all
from domain.access import EVERYTHING, Actor

T = TypeVar("T")
# A Monday afternoon in New York: no window of any pack is closed.
AFTERNOON = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


@dataclass
class SetClock(Clock):
    at: datetime = AFTERNOON

    def now(self) -> datetime:
        return self.at

    def pass_by(self, time: timedelta) -> None:
        self.at += time


@dataclass
class Installation:
    ports: Ports
    clock: SetClock
    use_cases: dict[type, Any]
    actor: Actor = field(default_factory=lambda: Actor(id="key:test", permissions=EVERYTHING))

    def __getitem__(self, use_case: type[T]) -> T:
        found: T = self.use_cases[use_case]
        return found


def installation_on(database_url: str, data_dir: Path, ring: KeyRing | None = None, **settings: Any) -> Installation:
    keys = (ring or KeyRing.generate()).dump().decode()
    ports = Ports(settings=Settings(database_url=database_url, data_dir=data_dir, keys=keys, **settings))
    clock = SetClock()
    ports.clock.override(Object(clock))
    return Installation(ports=ports, clock=clock, use_cases=build_all(ports))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def installation(database_url: str, tmp_path: Path) -> AsyncIterator[Installation]:
    installed = installation_on(database_url, tmp_path)
    yield installed
    await installed.ports.carriers().close()
    await installed.ports.wakeups().close()
    await installed.ports.repeats().close()
    await installed.ports.database().close()
