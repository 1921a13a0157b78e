"""A key may ask so often a minute, whichever process it asks."""

import asyncio
from datetime import timedelta

import pytest

from adapters.outbound.postgres.rate_windows import PostgresRateLimits


@pytest.fixture
def minute(clock):
    """A minute begins."""
    now = clock.now()
    clock.ahead = timedelta(seconds=60 - now.second, microseconds=-now.microsecond)
    return clock


async def test_a_key_that_asks_too_often_is_told_when_to_go_on(start, minute):
    two = [start(rate_limit_per_minute=5), start(rate_limit_per_minute=5)]
    headers = {"Authorization": f"Bearer {(await two[0].issue()).secret}"}
    remaining = []
    for number in range(5):
        answer = await two[number % 2].http.get("/api/v1/senders", headers=headers)
        assert (answer.status_code, answer.headers["ratelimit-limit"]) == (200, "5")
        remaining.append(int(answer.headers["ratelimit-remaining"]))
    assert remaining == [4, 3, 2, 1, 0]
    for one in two:
        refused = await one.http.get("/api/v1/senders", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (429, "rate-limited")
        assert 55 <= int(refused.headers["retry-after"]) <= 60
        assert refused.headers["ratelimit-reset"] == refused.headers["retry-after"]
        assert refused.headers["ratelimit-remaining"] == "0"
    other = {"Authorization": f"Bearer {(await two[0].issue()).secret}"}
    assert (await two[0].http.get("/api/v1/senders", headers=other)).status_code == 200
    minute.ahead += timedelta(minutes=1)
    assert (await two[1].http.get("/api/v1/senders", headers=headers)).status_code == 200


@pytest.mark.parametrize("limit", [1, 7, 250, 1000])
async def test_processes_that_share_a_limit_never_pass_it_together(start, clock, limit):
    now = clock.now()
    limits = [PostgresRateLimits(start().database, limit) for _ in range(3)]
    taken = await asyncio.gather(*(limits[number % 3].take("key", now) for number in range(limit + 200)))
    allowed = sum(allowance.allowed for allowance in taken)
    assert allowed == limit


async def test_asking_is_free_within_what_a_process_has_leased(start, clock):
    process, now = start(), clock.now()
    limits = PostgresRateLimits(process.database, 100_000)
    first = await limits.take("key", now)
    for _ in range(999):
        await limits.take("key", now)
    assert first.remaining == 99_999
    assert await process.scalar("select used from rate_windows") == 1000


async def test_a_key_leaves_no_trail_of_minutes_that_are_over(start, clock):
    process, now = start(), clock.now()
    limits = PostgresRateLimits(process.database, 10)
    for minutes in range(5):
        await limits.take("key", now + timedelta(minutes=minutes))
    assert await process.scalar("select count(*) from rate_windows") == 1


async def test_what_was_counted_is_forgotten_an_hour_later(process, clock):
    await process.ports.rate_limits().take("somebody", clock.now())
    forget = process.ports.forget_windows()
    clock.ahead += timedelta(minutes=59)
    assert await forget() == 0
    await process.ports.rate_limits().take("somebody else", clock.now())
    clock.ahead += timedelta(minutes=2)
    assert await forget() == 1
    assert await process.scalar("select subject from rate_windows") == "somebody else"
