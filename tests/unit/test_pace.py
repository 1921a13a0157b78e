"""A sender never goes faster than its rate, and never slower than it may."""

from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from application.messages.pace import Pace
from domain.ids import SenderId

ACME, OTHER = SenderId(UUID(int=1)), SenderId(UUID(int=2))


def test_the_first_message_leaves_at_once():
    assert Pace().take(ACME, 20, now=100.0) == 0


def test_messages_of_one_sender_are_spaced_evenly():
    pace = Pace()
    assert [round(pace.take(ACME, 20, now=100.0), 6) for _ in range(4)] == [0, 0.05, 0.1, 0.15]


def test_senders_do_not_wait_for_each_other():
    pace = Pace()
    pace.take(ACME, 1, now=100.0)
    assert pace.take(OTHER, 1, now=100.0) == 0


def test_a_pause_is_not_made_up_for_by_a_flood():
    pace = Pace(burst=3)
    assert [round(pace.take(ACME, 10, now=0.0), 6) for _ in range(5)] == [0, 0, 0, 0.1, 0.2]
    assert [round(pace.take(ACME, 10, now=60.0), 6) for _ in range(5)] == [0, 0, 0, 0.1, 0.2]


def test_a_new_rate_holds_from_the_next_message():
    pace = Pace()
    pace.take(ACME, 1, now=0.0)
    assert pace.take(ACME, 100, now=0.0) == 1
    assert round(pace.take(ACME, 100, now=0.0), 6) == 1.01


@given(rate=st.integers(1, 1000), pauses=st.lists(st.floats(0, 2), min_size=2, max_size=60))
def test_no_two_messages_are_closer_than_the_rate_allows(rate, pauses):
    pace, now, left = Pace(), 0.0, []
    for pause in pauses:
        now += pause
        left.append(now + pace.take(ACME, rate, now))
    assert all(later - earlier >= 1 / rate - 1e-9 for earlier, later in pairwise(left))
