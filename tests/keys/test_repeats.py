"""One request has one effect while the secret turns that idempotency keys are found by."""

import asyncio
from datetime import timedelta

import pytest

from adapters.outbound.postgres.repeats import KEPT, RUNNING
from application.access.ports import Answer, Claim, InFlight, OtherRequest
from application.keys.turn_keys import TurnKeys
from application.keys.watch_keys import WatchKeys

REQUEST = (b"POST", b"/api/v1/senders", b"", b"{}")
ANSWER = Answer(status=201, headers=(("content-type", "application/json"),), body=b'{"slug": "acme"}')


@pytest.fixture
async def apart(scene):
    """Two processes while the turn is under way: the first uses the next version, the other still the one before."""
    processes = [await scene.process(watching=False), await scene.process(watching=False)]
    scene.rotate("idempotency")
    for process in processes:
        await process[WatchKeys]()
    await processes[0][TurnKeys]()
    await processes[0][WatchKeys]()
    assert [process.ports.ring().newest("idempotency")[0] for process in processes] == [2, 1]
    return processes


@pytest.fixture
def claim(scene):
    async def claimed(process, key="order-17", request=REQUEST):
        return await process.ports.repeats().claim("key:shop", key, request, scene.clock.now())

    return claimed


class Gate:
    """While it is shut everybody may look for claims, and nobody can write one."""

    def __init__(self, process) -> None:
        self.database = process.ports.database()

    async def held_back(self, *claims):
        """Starts these, and opens when all of them wait for something."""
        async with self.database.transaction():
            await self.database.connection.execute("lock table idempotency_keys in share mode")
            started = [asyncio.create_task(one) for one in claims]
            async with asyncio.timeout(10):
                while await self._waiting() < len(started):
                    await asyncio.wait(started, timeout=0.01)
        return await asyncio.gather(*started)

    async def _waiting(self) -> int:
        return await self.database.connection.fetchval(
            "select count(distinct pid) from pg_locks where not granted "
            "and pid in (select pid from pg_stat_activity where datname = current_database())"
        )


@pytest.mark.parametrize("first", [0, 1])
async def test_of_two_processes_that_are_asked_the_same_at_once_under_two_secrets_one_answers(
    scene, apart, claim, first
):
    gate = Gate(await scene.process(watching=False))
    outcomes = await gate.held_back(claim(apart[first]), claim(apart[1 - first]))
    assert sorted(type(one).__name__ for one in outcomes) == [Claim.__name__, InFlight.__name__]


async def test_many_that_are_asked_at_once_under_two_secrets_are_answered_once_each(apart, claim):
    keys = [f"order-{number}" for number in range(60)]
    there = [claim(apart[0], key) for key in keys]
    here = [claim(apart[1], key) for key in reversed(keys)]
    outcomes = await asyncio.gather(*there, *here)
    assert sum(isinstance(one, Claim) for one in outcomes) == len(keys)
    assert sum(isinstance(one, InFlight) for one in outcomes) == len(keys)


@pytest.mark.parametrize("first", [0, 1])
async def test_what_one_process_answered_the_other_answers_again(apart, claim, first):
    mine = await claim(apart[first])
    await apart[first].ports.repeats().finish(mine, ANSWER)
    other = apart[1 - first]
    assert await claim(other) == ANSWER
    assert await claim(other, request=(*REQUEST[:3], b"[]")) == OtherRequest()


async def test_what_a_crash_left_unanswered_is_taken_on_under_the_secret_it_was_claimed_with(scene, apart, claim):
    lost = await claim(apart[1])
    scene.clock.pass_by(RUNNING)
    again = await claim(apart[0])
    assert (again.seed, again.key) == (lost.seed, lost.key)
    await apart[0].ports.repeats().finish(again, ANSWER)
    assert await claim(apart[1]) == ANSWER


async def test_a_claim_that_ran_out_is_not_renewed_under_a_secret_that_goes(scene, apart, claim):
    """Renewed, it would be looked for under the older one for another day, and the older one is given up before."""
    early = await claim(apart[1])
    await apart[1].ports.repeats().finish(early, ANSWER)
    scene.clock.pass_by(KEPT + timedelta(minutes=1))
    late = await claim(apart[0])
    assert isinstance(late, Claim)
    assert late.key != early.key
    assert await claim(apart[0]) == InFlight()
