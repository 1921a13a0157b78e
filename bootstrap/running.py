"""What every command of `optin` begins and ends with."""

import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import uvloop

from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.start import installed
from bootstrap.stopping import signals

T = TypeVar("T")


@contextmanager
def ready() -> Iterator[Settings]:
    for name in Settings.unknown(os.environ):
        print(f"optin: there is no setting {name}; it is ignored.", file=sys.stderr)
    with installed(Settings.read(os.environ)) as settings:
        signals.check()
        yield settings


def run(ports: Ports, work: Callable[[], Awaitable[T]]) -> T:
    async def to_the_end() -> T:
        try:
            return await work()
        finally:
            await ports.database().close()

    return uvloop.run(to_the_end())
