"""The worker's rounds: side by side, at once when something is heard, at least every second, and to the end."""

import asyncio
from contextlib import suppress

from adapters.inbound.worker.loop import Worker
from application.messages.ports import Wakeups
from bootstrap.worker import build_worker
from domain.messages import Status
from tests.postgres.sending.business import people

PATIENCE = 20


async def nothing(seconds):
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), seconds)


class Quiet(Wakeups):
    """Nothing is ever heard; or the database cannot even be asked."""

    def __init__(self, trouble=None):
        self.trouble, self.asked = trouble, 0

    async def wait(self, *, seconds):
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        await nothing(seconds)

    def withdrawn(self, contact_point_id, *, since):
        raise NotImplementedError


class Heard(Quiet):
    """Something is heard all the time."""

    async def wait(self, *, seconds):
        self.asked += 1
        await nothing(seconds / 1000)


async def run(worker, until):
    working = asyncio.create_task(worker())
    async with asyncio.timeout(PATIENCE):
        await until.wait()
    worker.stop()
    async with asyncio.timeout(PATIENCE):
        await working


async def test_a_long_queue_does_not_keep_what_was_held_waiting(business):
    released, rounds = asyncio.Event(), []

    async def busy():
        await business.ask("select pg_notify('optin_agreed', '')")
        return 0 if released.is_set() else 1

    async def follow():
        rounds.append(1)
        if len(rounds) == 5:
            released.set()
        return 0

    await run(Worker(wakeups=business.ports.wakeups(), rounds=(busy, follow)), released)
    assert len(rounds) >= 5


async def test_a_round_that_fails_is_tried_again_and_stops_no_other(capfd):
    again, tries, others = asyncio.Event(), [], []

    async def fails():
        tries.append(1)
        if len(tries) == 2:
            again.set()
        raise ValueError("+12125550101")

    async def other():
        others.append(1)
        return 0

    await run(Worker(wakeups=Heard(), rounds=(fails, other)), again)
    assert len(tries) >= 2
    assert others
    told = capfd.readouterr()
    assert "2125550101" not in told.out + told.err


async def test_a_database_that_cannot_be_heard_is_asked_every_second_and_not_all_the_time():
    twice, rounds = asyncio.Event(), []
    wakeups = Quiet(trouble=OSError("away"))

    async def one():
        rounds.append(asyncio.get_running_loop().time())
        if len(rounds) == 2:
            twice.set()
        return 0

    await run(Worker(wakeups=wakeups, rounds=(one,)), twice)
    assert rounds[1] - rounds[0] > 0.9
    assert wakeups.asked <= 3


async def test_a_worker_that_is_stopped_finishes_its_round():
    begun, go_on, ended = asyncio.Event(), asyncio.Event(), []

    async def long():
        begun.set()
        await go_on.wait()
        ended.append(1)
        return 1

    worker = Worker(wakeups=Quiet(), rounds=(long,))
    working = asyncio.create_task(worker())
    await begun.wait()
    worker.stop()
    go_on.set()
    await working
    assert ended == [1]


async def test_what_is_accepted_leaves_and_what_is_agreed_to_is_released(start, business):
    """The shipped worker, in a process of its own, woken by what others commit."""
    pat, sam = people(2)
    await business.agree(pat)
    worker_side = start()
    worker = build_worker(worker_side.ports, worker_side.use_cases)
    working = asyncio.create_task(worker())
    [now] = await business.send(pat)
    [held] = await business.send(sam)
    await business.agree(sam)
    async with asyncio.timeout(PATIENCE):
        while {await business.status(now), await business.status(held)} != {Status.SENT}:
            pass
    worker.stop()
    await working
    assert sorted(await business.handed()) == sorted([now, held])
