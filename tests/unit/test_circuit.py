"""A carrier that is down is left alone, and comes back by itself."""

import asyncio
from datetime import timedelta

import pytest

from adapters.outbound.circuit import CircuitBreaker, State
from application.messages.carriers import Carrier, CarrierFailed, NotNow, NoWord, Outgoing, Refused, Taken
from tests.unit.outgoing import sms

pytestmark = pytest.mark.anyio

DOWN = NotNow("down", "no connection")
WELL = Taken()


class ScriptedCarrier(Carrier):
    """Answers as told; keeps count of who came through."""

    def __init__(self) -> None:
        self.answer: Taken | CarrierFailed | asyncio.Future[Taken] = WELL
        self.asked: list[Outgoing] = []
        self.closed = False

    async def send(self, outgoing: Outgoing) -> Taken:
        self.asked.append(outgoing)
        answer = self.answer
        if isinstance(answer, CarrierFailed):
            raise answer
        return answer if isinstance(answer, Taken) else await answer

    async def close(self) -> None:
        self.closed = True


class Stage:
    """A breaker that opens at three failures for thirty seconds, its carrier, and a clock to turn."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.carrier = ScriptedCarrier()
        self.breaker = CircuitBreaker(self.carrier, lambda: self.now, failures=3, open_for=timedelta(seconds=30))

    async def send(self, answer=None) -> Taken | CarrierFailed:
        if answer is not None:
            self.carrier.answer = answer
        try:
            return await self.breaker.send(sms())
        except CarrierFailed as failure:
            return failure


@pytest.fixture
def stage():
    return Stage()


async def test_a_carrier_that_works_is_always_asked(stage):
    assert [await stage.send() for _ in range(10)] == [WELL] * 10
    assert (len(stage.carrier.asked), stage.breaker.state) == (10, State.CLOSED)


@pytest.mark.parametrize("failure", [DOWN, NoWord("broken", "connection lost")])
async def test_after_failures_in_a_row_the_carrier_is_left_alone(stage, failure):
    assert [await stage.send(failure) for _ in range(3)] == [failure] * 3
    stage.now += 10
    answer = await stage.send()
    assert isinstance(answer, NotNow)
    assert (answer.code, answer.retry_after) == ("carrier-down", timedelta(seconds=20))
    assert (len(stage.carrier.asked), stage.breaker.state) == (3, State.OPEN)


@pytest.mark.parametrize(
    "between", [WELL, Refused("21211", "no such number"), NotNow("greylisted", "later", recipient_only=True)]
)
async def test_an_answer_in_between_shows_that_the_carrier_works(stage, between):
    for answer in (DOWN, DOWN, between, DOWN, DOWN):
        await stage.send(answer)
    assert stage.breaker.state is State.CLOSED


async def test_recipients_who_have_to_wait_never_open_it(stage):
    for _ in range(20):
        await stage.send(NotNow("greylisted", "later", recipient_only=True))
    assert stage.breaker.state is State.CLOSED


async def test_after_the_pause_one_message_tries_and_closes_it(stage):
    for _ in range(3):
        await stage.send(DOWN)
    stage.now += 30
    assert stage.breaker.state is State.HALF_OPEN
    assert await stage.send(WELL) is WELL
    assert stage.breaker.state is State.CLOSED


async def test_after_the_pause_one_message_tries_and_opens_it_again(stage):
    for _ in range(3):
        await stage.send(DOWN)
    stage.now += 30
    assert await stage.send(DOWN) is DOWN
    assert stage.breaker.state is State.OPEN
    stage.now += 29
    assert await stage.send(WELL) is not WELL
    stage.now += 1
    assert await stage.send(WELL) is WELL


async def test_only_one_message_tries_at_a_time(stage):
    for _ in range(3):
        await stage.send(DOWN)
    stage.now += 30
    stage.carrier.answer = answer = asyncio.get_running_loop().create_future()
    probe, other = asyncio.create_task(stage.send()), asyncio.create_task(stage.send())
    assert isinstance(await other, NotNow)
    answer.set_result(WELL)
    assert await probe is WELL
    assert len(stage.carrier.asked) == 4


async def test_a_try_that_is_given_up_leaves_room_for_the_next(stage):
    for _ in range(3):
        await stage.send(DOWN)
    stage.now += 30
    stage.carrier.answer = asyncio.get_running_loop().create_future()
    probe = asyncio.create_task(stage.send())
    other = asyncio.create_task(stage.send())
    await other
    probe.cancel()
    await asyncio.wait([probe])
    assert await stage.send(WELL) is WELL


async def test_messages_on_their_way_when_it_opened_do_not_keep_it_open(stage):
    stage.carrier.answer = late = asyncio.get_running_loop().create_future()
    on_its_way = asyncio.create_task(stage.send())
    while not stage.carrier.asked:
        await asyncio.wait([on_its_way], timeout=0)
    for _ in range(3):
        await stage.send(DOWN)
    stage.now += 29
    late.set_exception(DOWN)
    assert await on_its_way is DOWN
    stage.now += 1
    assert stage.breaker.state is State.HALF_OPEN


async def test_a_carrier_that_asks_for_a_longer_pause_gets_it(stage):
    for _ in range(3):
        await stage.send(NotNow("429", "too many", retry_after=timedelta(minutes=5)))
    stage.now += 299
    assert stage.breaker.state is State.OPEN
    stage.now += 1
    assert stage.breaker.state is State.HALF_OPEN


async def test_closing_the_breaker_closes_its_carrier(stage):
    await stage.breaker.close()
    assert stage.carrier.closed
