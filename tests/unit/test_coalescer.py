"""What callers that share a run may rely on."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar

import pytest
from anyio.lowlevel import checkpoint

from application.coalescer import Coalescer, CoalescerClosed

pytestmark = pytest.mark.anyio


class Doubling:
    """Doubles numbers; each run waits until the test lets it go."""

    def __init__(self, *, held: bool = False) -> None:
        self.batches: list[list[int]] = []
        self.started = asyncio.Condition()
        self.gate = asyncio.Event()
        if not held:
            self.gate.set()

    async def __call__(self, items: Sequence[int]) -> Sequence[int | Exception]:
        async with self.started:
            self.batches.append(list(items))
            self.started.notify_all()
        await self.gate.wait()
        return [ValueError("negative") if item < 0 else item * 2 for item in items]

    async def runs(self, count: int) -> None:
        async with self.started:
            await self.started.wait_for(lambda: len(self.batches) >= count)


async def turns(count: int = 3) -> None:
    """Let everything that is ready run."""
    for _ in range(count):
        await checkpoint()


async def test_a_lone_caller_is_served_at_once():
    doubling = Doubling()
    double = Coalescer(doubling, wait=3600)
    assert await double(21) == 42
    assert doubling.batches == [[21]]


async def test_callers_that_arrive_in_the_same_moment_share_one_run():
    doubling = Doubling()
    double = Coalescer(doubling)
    assert await asyncio.gather(*(double(number) for number in range(100))) == [number * 2 for number in range(100)]
    assert doubling.batches == [list(range(100))]


async def test_callers_that_arrive_while_a_run_is_under_way_share_the_next():
    doubling = Doubling(held=True)
    double = Coalescer(doubling, at_once=1)
    first = asyncio.create_task(double(1))
    await doubling.runs(1)
    later = [asyncio.create_task(double(number)) for number in (2, 3, 4)]
    await turns()
    assert doubling.batches == [[1]]
    doubling.gate.set()
    assert await asyncio.gather(first, *later) == [2, 4, 6, 8]
    assert doubling.batches == [[1], [2, 3, 4]]


async def test_no_run_is_larger_than_the_most_it_may_be():
    doubling = Doubling()
    double = Coalescer(doubling, most=10)
    assert await asyncio.gather(*(double(number) for number in range(25))) == [number * 2 for number in range(25)]
    assert [len(batch) for batch in doubling.batches] == [10, 10, 5]


async def test_with_room_for_another_run_nobody_waits_longer_than_the_wait():
    doubling = Doubling(held=True)
    double = Coalescer(doubling, wait=0.001, at_once=2)
    first = asyncio.create_task(double(1))
    await doubling.runs(1)
    others = [asyncio.create_task(double(number)) for number in (2, 3)]
    await asyncio.wait_for(doubling.runs(2), 5)
    assert doubling.batches == [[1], [2, 3]]
    doubling.gate.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6]


async def test_a_full_batch_does_not_wait():
    doubling = Doubling(held=True)
    double = Coalescer(doubling, most=2, wait=3600, at_once=2)
    first = asyncio.create_task(double(1))
    await doubling.runs(1)
    others = [asyncio.create_task(double(number)) for number in (2, 3)]
    await asyncio.wait_for(doubling.runs(2), 5)
    doubling.gate.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6]


async def test_one_bad_item_fails_alone():
    double = Coalescer(Doubling())
    good, bad, also_good = await asyncio.gather(double(1), double(-1), double(3), return_exceptions=True)
    assert (good, also_good) == (2, 6)
    assert isinstance(bad, ValueError)


async def test_what_the_run_raises_reaches_everyone_and_the_next_run_is_served():
    async def run(items: Sequence[int]) -> Sequence[int | Exception]:
        if 1 in items:
            raise ConnectionError("no database")
        return items

    echo = Coalescer(run)
    answers = await asyncio.gather(echo(1), echo(2), return_exceptions=True)
    assert [type(answer) for answer in answers] == [ConnectionError, ConnectionError]
    assert await echo(3) == 3


async def test_a_run_that_answers_too_few_is_an_error_for_all():
    async def run(items: Sequence[int]) -> Sequence[int | Exception]:
        return items[1:]

    echo = Coalescer(run)
    answers = await asyncio.gather(echo(1), echo(2), return_exceptions=True)
    assert [type(answer) for answer in answers] == [RuntimeError, RuntimeError]


async def test_a_caller_that_gives_up_before_its_run_is_left_out_of_it():
    doubling = Doubling(held=True)
    double = Coalescer(doubling, at_once=1)
    first = asyncio.create_task(double(1))
    await doubling.runs(1)
    impatient, patient = asyncio.create_task(double(2)), asyncio.create_task(double(3))
    await turns()
    impatient.cancel()
    await turns()
    doubling.gate.set()
    assert await asyncio.gather(first, patient) == [2, 6]
    assert doubling.batches == [[1], [3]]
    assert impatient.cancelled()


async def test_a_caller_that_gives_up_during_its_run_costs_the_others_nothing():
    doubling = Doubling(held=True)
    double = Coalescer(doubling)
    impatient, patient = asyncio.create_task(double(1)), asyncio.create_task(double(2))
    await doubling.runs(1)
    impatient.cancel()
    await turns()
    doubling.gate.set()
    assert await patient == 4
    assert doubling.batches == [[1, 2]]


async def test_closing_serves_whoever_waits_and_refuses_whoever_comes_after():
    doubling = Doubling(held=True)
    double = Coalescer(doubling, at_once=1)
    tasks = [asyncio.create_task(double(1))]
    await doubling.runs(1)
    tasks.append(asyncio.create_task(double(2)))
    await turns()
    closing = asyncio.create_task(double.close())
    await turns()
    with pytest.raises(CoalescerClosed):
        await double(3)
    doubling.gate.set()
    await closing
    assert [task.result() for task in tasks] == [2, 4]


async def test_closing_does_not_wait_for_callers_that_gave_up():
    doubling = Doubling(held=True)
    double = Coalescer(doubling, wait=3600, at_once=2)
    first = asyncio.create_task(double(1))
    await doubling.runs(1)
    impatient = asyncio.create_task(double(2))
    await turns()
    impatient.cancel()
    doubling.gate.set()
    await double.close()
    assert (first.result(), doubling.batches) == (2, [[1]])


async def test_closing_with_only_callers_that_gave_up_is_quiet():
    doubling = Doubling()
    double = Coalescer(doubling)
    impatient = asyncio.create_task(double(1))
    await checkpoint()
    impatient.cancel()
    await double.close()
    assert doubling.batches == []


async def test_closing_an_idle_one_twice_is_quiet():
    double = Coalescer(Doubling())
    await double.close()
    await double.close()
    with pytest.raises(CoalescerClosed):
        await double(1)


async def test_a_run_sees_nobodys_context():
    open_transaction: ContextVar[str] = ContextVar("open_transaction", default="none")
    seen: list[str] = []

    async def run(items: Sequence[int]) -> Sequence[int | Exception]:
        seen.append(open_transaction.get())
        return items

    open_transaction.set("the caller's")
    assert await Coalescer(run)(1) == 1
    assert seen == ["none"]


async def test_a_run_that_is_torn_down_cancels_its_callers():
    doubling = Doubling(held=True)
    double = Coalescer(doubling)
    caller = asyncio.create_task(double(1))
    await doubling.runs(1)
    (running,) = double._running
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
