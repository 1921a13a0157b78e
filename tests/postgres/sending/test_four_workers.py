"""Four worker processes on one queue: each message leaves once, none after its person said no, all at the rate."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from application.messages.dispatch import Dispatch
from tests.installation import SetClock
from tests.postgres.sending.business import WallClock, people
from tests.postgres.sending.processes import Place, drain, ended, started

pytestmark = pytest.mark.xdist_group("the machine to itself")
# An opt-out is effective everywhere in less.
_PROMISED = timedelta(seconds=1)


@pytest.fixture
async def business(start):
    return start(clock=WallClock())


async def four_workers(business):
    place = Place.of(business)
    return [started(drain, place) for _ in range(4)]


async def test_two_thousand_messages_leave_once_each(business):
    await business.open()
    everybody = people(500)
    await business.agree(*everybody)
    messages = [message for _ in range(4) for message in await business.send(*everybody)]
    assert [await ended(worker) for worker in await four_workers(business)] == [0] * 4
    assert Counter(await business.handed()) == Counter(messages)
    assert await business.statuses() == {"sent": 2000}
    lines = await business.ask("select status, count(*) from message_journal group by 1 order by 1")
    assert lines == [("queued", 2000), ("sending", 2000), ("sent", 2000)]


async def test_nothing_leaves_after_its_person_said_no(business):
    await business.open(rate=300)
    everybody = people(300)
    await business.agree(*everybody)
    for _ in range(2):
        await business.send(*everybody)
    workers = await four_workers(business)
    while not await business.handed():
        assert any(worker.is_alive() for worker in workers)
    gone = {}
    for person in everybody[::-4]:
        [(point,)] = await business.ask(
            "select id from contact_points where digest = any($1)", business.digests(person)
        )
        await business.withdraw(person)
        gone[point] = business.clock.now()
    assert [await ended(worker) for worker in workers] == [0] * 4
    left = await business.ask(
        "select m.contact_point_id, s.at from sandbox_messages s join messages m on m.id = s.message_id"
    )
    late = [at - gone[point] for point, at in left if point in gone and at > gone[point]]
    assert max(late, default=timedelta()) < _PROMISED
    statuses = await business.statuses()
    assert statuses["blocked"] > 0
    assert statuses["blocked"] + statuses["sent"] == 600
    assert len(left) == statuses["sent"]
    assert max(Counter(await business.handed()).values()) == 1


async def test_together_they_keep_the_senders_rate(business):
    await business.open(rate=150)
    everybody = people(450)
    await business.agree(*everybody)
    await business.send(*everybody)
    began = business.clock.now()
    assert [await ended(worker) for worker in await four_workers(business)] == [0] * 4
    times = [at for (at,) in await business.ask("select at from sandbox_messages order by at")]
    assert len(times) == 450
    # One second's worth may go at once, the other two only as the seconds pass.
    for number, at in enumerate(times[150:], start=151):
        assert at - began >= timedelta(seconds=(number - 150) / 150)


async def test_however_many_look_at_once_a_second_has_its_share(start):
    dispatchers = [start(clock=SetClock()) for _ in range(4)]
    [business, *_] = dispatchers
    await business.open(rate=10)
    everybody = people(60)
    await business.agree(*everybody)
    await business.send(*everybody)
    handed = []
    for seconds in (0, 0, 0.5, 0.05, 0.06, 10, 0.29, 0.02):
        for one in dispatchers:
            one.pass_by(seconds=seconds)
        await asyncio.gather(*(one[Dispatch]() for one in dispatchers))
        await asyncio.gather(*(one[Dispatch]() for one in dispatchers))
        handed.append(len(await business.handed()))
    assert handed == [10, 10, 15, 15, 16, 26, 28, 29]
