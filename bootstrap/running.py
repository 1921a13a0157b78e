"""What every command of `optin` begins and ends with."""

import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import uvloop

from application.keys.watch_keys import WatchKeys
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.start import installed
from bootstrap.stopping import signals
from bootstrap.use_cases import build

T = TypeVar("T")


@contextmanager
def ready() -> Iterator[Settings]:
    for name in Settings.unknown(os.environ):
        print(f"optin: there is no setting {name}; it is ignored.", file=sys.stderr)
    with installed(Settings.read(os.environ)) as settings:
        signals.check()
        yield settings


def run(ports: Ports, work: Callable[[], Awaitable[T]], watch: WatchKeys | None = None) -> T:
    """Work that looks at the ring again itself brings what it looks by: a process is one user of the ring, not two."""
    watch = watch or build(WatchKeys, ports, {})

    async def to_the_end() -> T:
        try:
            # A version that not everyone knows yet is not used here either.
            await watch()
            return await work()
        finally:
            await watch.end()
            await ports.database().close()

    return uvloop.run(to_the_end())
