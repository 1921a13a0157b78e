"""When a message a carrier could not take is tried again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.backoff import Backoff

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BACKOFF = Backoff(attempts=6, first=timedelta(seconds=30), cap=timedelta(minutes=5), max_age=timedelta(hours=1))


def next_try(attempt: int, *, chance: float = 0.999999, age: timedelta = timedelta(), **more):
    at = BACKOFF.next_try(attempt=attempt, created_at=NOON - age, now=NOON, chance=chance, **more)
    return at and round((at - NOON).total_seconds())


def test_the_longest_wait_doubles_up_to_the_cap():
    assert [next_try(attempt) for attempt in (1, 2, 3, 4, 5)] == [30, 60, 120, 240, 300]


def test_the_jitter_is_full():
    assert [next_try(3, chance=chance) for chance in (0.0, 0.25, 0.5)] == [0, 30, 60]


def test_the_last_attempt_is_the_last():
    assert next_try(6) is None


def test_a_message_too_old_by_then_is_given_up():
    assert next_try(2, age=timedelta(minutes=58)) == 60
    assert next_try(2, age=timedelta(minutes=59, seconds=30)) is None


def test_the_carrier_may_ask_for_longer():
    assert next_try(1, chance=0.0, retry_after=timedelta(minutes=10)) == 600
    assert next_try(5, retry_after=timedelta(seconds=1)) == 300


def test_a_carrier_that_asks_for_more_than_a_message_lives_gets_no_other_try():
    assert next_try(1, retry_after=timedelta(days=2)) is None


@given(
    attempt=st.integers(1, 10_000),
    chance=st.floats(0, 1, exclude_max=True),
    age=st.timedeltas(timedelta(), timedelta(hours=2)),
)
def test_a_next_try_is_never_in_the_past_nor_after_the_message_is_too_old(attempt, chance, age):
    at = Backoff(attempts=20_000).next_try(attempt=attempt, created_at=NOON - age, now=NOON, chance=chance)
    assert at is not None
    assert NOON <= at <= NOON + timedelta(hours=1)
