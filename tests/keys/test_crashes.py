"""Whoever turns keys may be killed at any instant: the next one goes on."""

import asyncio
import multiprocessing
import os
import signal
from datetime import timedelta

import pytest

from application.contacts.write import CreateContact, Lookup, LookUpContact, NewContact
from application.keys.turn_keys import TurnKeys
from application.keys.watch_keys import WatchKeys
from bootstrap.use_cases import build
from domain.keys import SETTLING
from tests.installation import SetClock
from tests.keys.scene import process_on
from tests.postgres.sending.business import people

PEOPLE = people(500)
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])
STEPS = (
    "contacts.data_key",
    "audit_records.sealed",
    "contact_points.digest",
    "contacts.reference_digest",
    "suppressions.token",
)


class KilledIn:
    """The steps as they are; in one of them, the process is gone in the second batch, with its transaction open."""

    def __init__(self, rework, step: str) -> None:
        self.rework, self.step, self.batches = rework, step, 0

    def steps(self):
        return tuple(Killing(self, step) if step.name == self.step else step for step in self.rework.steps())


class Killing:
    def __init__(self, killer: KilledIn, step) -> None:
        self.killer, self.inner, self.purpose, self.name = killer, step, step.purpose, step.name

    async def batch(self, cursor):
        found = await self.inner.batch(cursor)
        self.killer.batches += 1
        if self.killer.batches == 2 or found.cursor is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    async def left(self, version):
        return await self.inner.left(version)


def killed_in(step: str, url: str, file, at) -> None:
    async def work() -> None:
        business = process_on(url, file, SetClock(at))
        turn = build(TurnKeys, business.ports, {"rework": KilledIn(business.ports.rework(), step)})
        await business[WatchKeys]()
        while await turn():
            pass

    asyncio.run(work())


async def ended(process) -> int | None:
    process.start()
    await asyncio.to_thread(process.join, 60)
    return process.exitcode


@pytest.mark.parametrize("step", STEPS)
async def test_killed_in_the_middle_of_a_step_the_next_goes_on(scene, step):
    business = await scene.process(watching=False)
    await business.open()
    await business.agree(*PEOPLE)
    await business[CreateContact](NewContact(addresses=("pat@example.com",), reference="customer-17"), business.actor)
    scene.rotate()
    await business[WatchKeys]()
    scene.clock.pass_by(timedelta(seconds=2))
    while await business[TurnKeys]():
        pass
    await business[WatchKeys]()
    scene.clock.pass_by(SETTLING)
    await business[WatchKeys]()
    victim = _processes.Process(target=killed_in, args=(step, scene.url, scene.file, scene.clock.at))
    assert await ended(victim) == -signal.SIGKILL
    assert await scene.under_way(business) != []
    scene.clock.pass_by(timedelta(seconds=31))
    await scene.turn(business)
    assert await scene.under_way(business) == []
    assert await business.ask("select distinct digest_version from contact_points") == [(2,)]
    assert await business.ask("select distinct substr(data_key, 1, 2) from contacts") == [(b"\0\2",)]
    found = await business[LookUpContact](Lookup(reference="customer-17"), business.actor)
    assert [point.address.value for point in found.points] == ["pat@example.com"]
    await business.send(*PEOPLE)
    assert await business.statuses() == {"queued": len(PEOPLE)}


async def test_a_version_that_was_added_and_then_forgotten_is_used_all_the_same(scene):
    """The command wrote the ring and was killed before it said a word to anyone."""
    scene.rotate("tokens", "signing")
    business = await scene.process(watching=False)
    scene.clock.pass_by(timedelta(seconds=2))
    assert business.ports.ring().newest("tokens")[0] == 2
    assert (await scene.versions(business))["signing"] == 2
