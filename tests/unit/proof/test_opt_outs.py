"""How long after an opt-out something still left that it forbade."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.addresses import Channel
from domain.consent.evidence import Facts
from domain.consent.ledger import Fact, Status
from domain.proof import Sent, opt_outs

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OFFERS, ORDERS = UUID(int=1), UUID(int=2)


def fact(status, seconds, program=OFFERS, **facts):
    at = NOON + timedelta(seconds=seconds)
    return Fact(
        id=UUID(int=1000 + seconds),
        program_id=program,
        channel=Channel.SMS,
        status=status,
        at=at,
        recorded_at=at,
        facts=Facts(**facts),
    )


def sent(seconds, program=OFFERS, category="marketing"):
    at = NOON + timedelta(seconds=seconds)
    return Sent(message_id=UUID(int=seconds), program_id=program, category=category, at=at)


YES, NO = fact(Status.GRANTED, 0), fact(Status.REVOKED, 100)


def test_without_an_opt_out_there_is_nothing_to_tell():
    assert opt_outs([YES], [sent(10)]) == ()


def test_what_left_before_it_is_no_matter():
    [told] = opt_outs([YES, NO], [sent(99), sent(100)])
    assert (told.messages_after, told.last_message_id, told.seconds) == (0, None, None)


def test_the_last_that_left_after_it_tells_the_latency():
    [told] = opt_outs([YES, NO], [sent(130), sent(103), sent(190)])
    assert (told.messages_after, told.last_message_id, told.seconds) == (3, UUID(int=190), 90)


def test_messages_of_another_program_were_not_forbidden():
    [told] = opt_outs([NO], [sent(130, ORDERS)])
    assert told.messages_after == 0


def test_a_no_to_everything_forbids_every_program():
    [told] = opt_outs([fact(Status.REVOKED, 100, None)], [sent(130, ORDERS)])
    assert (told.program, told.messages_after) == (None, 1)


def test_a_no_to_a_category_forbids_that_category_alone():
    no = fact(Status.REVOKED, 100, None, scope="category", category="marketing")
    [told] = opt_outs([no], [sent(130), sent(140, ORDERS, "transactional")])
    assert (told.category, told.messages_after, told.seconds) == ("marketing", 1, 30)


@pytest.mark.parametrize("status", [Status.GRANTED, Status.CONFIRMED, Status.RESTARTED])
def test_after_the_next_yes_messages_may_go(status):
    [told] = opt_outs([NO, fact(status, 120)], [sent(110), sent(130)])
    assert (told.messages_after, told.seconds) == (1, 10)


def test_a_yes_to_another_program_gives_nothing_back():
    [told] = opt_outs([NO, fact(Status.GRANTED, 120, ORDERS)], [sent(130)])
    assert told.messages_after == 1


def test_the_message_that_confirmed_it_is_told_apart():
    no = fact(Status.REVOKED, 100, confirmed=str(UUID(int=104)))
    [told] = opt_outs([no], [sent(104)])
    assert (told.messages_after, told.confirmed_after_seconds) == (0, 4)


def test_each_opt_out_is_told_of_oldest_first():
    told = opt_outs([fact(Status.REVOKED, 300), YES, NO], [sent(350)])
    assert [one.seconds for one in told] == [250, 50]
