"""What goes wrong with one message, one carrier or the database costs the others nothing."""

import asyncio

import pytest

from application.messages.dispatch import Dispatch
from application.messages.follow_up import ReleaseHeld
from domain.messages import Status
from tests.postgres.sending.business import people
from tests.postgres.sending.carriers import ToldCarrier

CUT = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
"""
WAITING = "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


@pytest.fixture
def carrier():
    return ToldCarrier()


@pytest.fixture
async def business(start, carrier):
    business = start(carriers=lambda _: carrier)
    await business.open()
    return business


SPOIL = {
    "address": "update contact_points p set address = decode('00', 'hex') from messages m "
    "where m.id = $1 and p.id = m.contact_point_id",
    "content": "update message_bodies set content = decode('00', 'hex') where message_id = $1",
    "key": "update contacts c set data_key = decode('0001', 'hex') from messages m "
    "where m.id = $1 and c.id = m.contact_id",
}


@pytest.mark.parametrize("part", SPOIL)
async def test_a_message_that_cannot_be_read_keeps_nobody_waiting(business, carrier, part):
    pat, sam = people(2)
    await business.agree(pat, sam)
    broken, other = await business.send(pat, sam)
    await business.ask(SPOIL[part], broken)
    await business.work()
    assert [await business.status(broken), await business.status(other)] == [Status.DEFERRED, Status.SENT]
    business.pass_by(hours=2)
    await business.work()
    assert [one.message_id for one in carrier.given] == [other]
    assert await business.ask("select detail from messages where id = $1", broken) == [("unreadable",)]


async def test_a_held_message_that_cannot_be_read_holds_up_no_other(business, carrier):
    pat, sam = people(2)
    broken, other = await business.send(pat, sam)
    await business.ask(SPOIL["address"], broken)
    await business.agree(pat, sam)
    await business.work(ReleaseHeld)
    assert [await business.status(broken), await business.status(other)] == [Status.HELD, Status.QUEUED]


async def test_one_senders_trouble_lets_another_finish_the_round(business, carrier):
    """The round ends when all of it has ended, so that nothing of it goes on beside the next one."""
    everybody = [*people(3), "pat@example.com"]
    await business.agree(*everybody)
    await business.send(*everybody)
    broken = business.another(Dispatch, reached=_once("begun"))
    with pytest.raises(InterruptedError):
        await broken()
    assert await business.statuses() in ({"sent": 1, "sending": 3}, {"sent": 3, "sending": 1})


def _once(step):
    steps = [step]

    def reached(now):
        if now in steps:
            steps.remove(now)
            raise InterruptedError

    return reached


async def test_an_outcome_survives_the_database_going_away_while_it_is_recorded(start, business, carrier):
    [pat] = people(1)
    await business.agree(pat)
    [message] = await business.send(pat)
    database = start().ports.database()
    held, tasks = asyncio.Event(), []

    async def in_the_way():
        async with database.transaction():
            await database.connection.execute("select from messages for update")
            held.set()
            for _ in range(5_000):
                if found := await database.connection.fetch(WAITING):
                    return await database.connection.execute("select pg_terminate_backend($1)", found[0]["pid"])
            raise AssertionError("Nobody waits.")

    async def meanwhile(_):
        tasks.append(asyncio.create_task(in_the_way()))
        await held.wait()

    carrier.meanwhile = meanwhile
    await business[Dispatch]()
    await asyncio.gather(*tasks)
    assert await business.status(message) == Status.SENT
    assert len(carrier.given) == 1


async def test_connections_that_were_cut_are_made_again(start, business, carrier):
    [pat] = people(1)
    await business.agree(pat)
    [message] = await business.send(pat)
    other = start()
    carrier.meanwhile = lambda _: other.ask(CUT)
    await business[Dispatch]()
    assert await business.status(message) == Status.SENT
