"""What the ledger's words about everything do to a consent, and what they leave alone (ADR 18)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.addresses import Channel
from domain.consent.evidence import Evidence, Facts
from domain.consent.ledger import (
    AlreadyRevoked,
    Consent,
    Fact,
    Status,
    all_revoked,
    blocked_at_provider,
    words_about,
)
from domain.ids import EntryId, ProgramId, new_id

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OFFERS, ORDERS = ProgramId(new_id(NOON)), ProgramId(new_id(NOON))
ORDER_BACK = ("informational", "otp", "transactional")


def entry(status, minute, program=None, **facts):
    at = NOON + timedelta(minutes=minute)
    return Fact(
        id=EntryId(new_id(at)),
        program_id=program,
        brand="acme" if program else None,
        channel=Channel.SMS,
        status=status,
        at=at,
        recorded_at=at,
        facts=Facts(**facts),
    )


def offers(minute=0, status=Status.GRANTED):
    return entry(status, minute, OFFERS, categories=("marketing",))


def orders(minute=0, status=Status.GRANTED):
    return entry(status, minute, ORDERS, categories=("transactional",))


def stop(minute=1, **facts):
    return entry(Status.REVOKED, minute, scope="all", **facts)


def start(minute=2, sender="acme", back=ORDER_BACK):
    return entry(Status.RESTARTED, minute, to_sender=sender, categories=back)


def standing(program, *entries):
    return Consent(program_id=program, channel=Channel.SMS).replay(entries).status


def test_a_start_gives_orders_back_and_no_offers():
    history = [offers(), orders(), stop(), start()]
    assert standing(ORDERS, *history) is Status.GRANTED
    assert standing(OFFERS, *history) is Status.REVOKED


def test_a_start_gives_back_what_was_agreed_to_and_nothing_else():
    assert standing(ORDERS, stop(), start()) is Status.REVOKED
    assert standing(ORDERS, start()) is Status.NONE
    assert standing(ORDERS, orders(), start()) is Status.GRANTED


def test_a_start_to_another_sender_gives_nothing_back():
    assert standing(ORDERS, orders(), stop(), start(sender="beta")) is Status.REVOKED


def test_a_consent_that_does_not_say_what_it_is_for_does_not_come_back():
    assert standing(ORDERS, entry(Status.GRANTED, 0, ORDERS), stop(), start()) is Status.REVOKED


def test_a_stop_after_a_start_counts():
    assert standing(ORDERS, orders(), stop(1), start(2), stop(3)) is Status.REVOKED


def test_a_suspension_and_its_end_change_no_consent():
    suspended, resumed = entry(Status.SUSPENDED, 1, scope="category", category="marketing"), entry(Status.RESUMED, 2)
    for history in ([offers(), suspended], [offers(), suspended, resumed]):
        assert standing(OFFERS, *history) is Status.GRANTED
    assert words_about([offers(), suspended, resumed], OFFERS)[-1].status is Status.GRANTED


def test_a_no_to_one_category_leaves_the_others():
    no = entry(Status.REVOKED, 1, scope="category", category="marketing")
    assert standing(OFFERS, offers(), no) is Status.REVOKED
    assert standing(ORDERS, orders(), no) is Status.GRANTED
    assert standing(ORDERS, no) is Status.NONE
    assert not all_revoked([orders(), no])


def test_after_a_no_to_a_category_nobody_else_opts_in_to_it_again():
    consent = Consent(program_id=OFFERS, channel=Channel.SMS).replay(
        [entry(Status.REVOKED, 1, scope="category", category="marketing")]
    )
    later = NOON + timedelta(hours=1)
    with pytest.raises(AlreadyRevoked):
        consent.grant(Status.IMPORTED, Evidence(categories=("marketing",)), later)
    consent.grant(Status.IMPORTED, Evidence(categories=("transactional",)), later)
    assert consent.status is Status.NONE


def test_a_providers_block_is_on_record_until_somebody_says_yes():
    block = stop(1, source="provider")
    assert blocked_at_provider([orders(), block])
    assert blocked_at_provider([orders(), block, stop(2)])
    assert not blocked_at_provider([orders(), block, start(2)])
    assert not blocked_at_provider([orders(), block, orders(2)])
    assert not blocked_at_provider([orders(), stop()])


HISTORIES = st.lists(
    st.sampled_from([offers, orders, stop, start]).flatmap(lambda make: st.integers(0, 50).map(make)), max_size=8
)


@given(HISTORIES)
def test_after_a_stop_nothing_is_agreed_whatever_came_before(history):
    for program in (OFFERS, ORDERS):
        assert standing(program, *history, stop(60)) is Status.REVOKED


@given(HISTORIES, st.integers(0, 50))
def test_a_start_never_agrees_to_offers(history, minute):
    before = standing(OFFERS, *[one for one in history if one.status is not Status.RESTARTED])
    assert standing(OFFERS, *history, start(minute)) is before


@given(HISTORIES)
def test_everything_is_revoked_only_where_each_program_is(history):
    history.sort(key=lambda one: one.at)
    if all_revoked(history):
        assert {standing(program, *history) for program in (OFFERS, ORDERS)} == {Status.REVOKED}
