"""From settings to an installation that can work: database, schema, key ring, the templates it comes with."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from adapters.outbound.postgres.ring_check import RingCheck
from adapters.outbound.secrets.ring import RingUnusable
from application.compliance.record_policy import RecordPolicy
from application.keys.watch_keys import WatchKeys
from application.templates.provide import ProvideTemplates
from bootstrap.embedded.server import EmbeddedServer
from bootstrap.keys import make_ring
from bootstrap.migrate import upgrade
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import build


@contextmanager
def installed(settings: Settings) -> Iterator[Settings]:
    """The settings with a database that is there, migrated and readable. Raises DatabaseUnavailable, RingUnusable."""
    if settings.database_url:
        _prepare(settings)
        yield settings
        return
    with EmbeddedServer(settings.data_dir) as server:
        settings = replace(settings, database_url=server.url())
        _prepare(settings)
        yield settings


def _prepare(settings: Settings) -> None:
    upgrade(settings.database_url)
    asyncio.run(_check(settings))


async def _check(settings: Settings) -> None:
    """A database is sealed with one ring for good; another one, however it came about, stops the start."""
    ports = Ports(settings=settings)
    ports.policies()
    check = RingCheck(ports.database())
    try:
        make_ring(settings, ports.egress(), fresh=not await check.sealed())
        if not await check.readable(ports.vault().deployment("ring_check")):
            raise RingUnusable("This key ring is not the one the database is sealed with; restore it from its backup.")
        watch = build(WatchKeys, ports, {})
        await watch.begin()
        await watch()
        await watch.end()
        await ports.partitions()()
        await build(ProvideTemplates, ports, {})()
        await build(RecordPolicy, ports, {})()
    finally:
        await ports.database().close()
