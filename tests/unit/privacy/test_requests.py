"""A request goes from received to done or refused, and its last day is the law's."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from domain.errors import Invalid
from domain.ids import RequestId
from domain.privacy.deadlines import reckoned, rescheduled, terms
from domain.privacy.reasons import must_say_why
from domain.privacy.requests import (
    CannotDoThat,
    Kind,
    NotIdentified,
    Proof,
    RequestClosed,
    RightsRequest,
    State,
    Step,
)

MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def request(kind=Kind.ACCESS, rule="EU-DSR-01"):
    return RightsRequest(
        id=RequestId(UUID(int=1)),
        live=True,
        kind=kind,
        rule=rule,
        calendar="none",
        zone="UTC",
        received_at=MONDAY,
        due_on=date(2026, 12, 23),
    )


def test_a_request_is_identified_begun_and_done():
    known = request().after(Step.ATTEST, MONDAY)
    assert (known.state, known.identified_by) == (State.IDENTIFIED, Proof.ATTESTED)
    done = known.after(Step.BEGIN, MONDAY).done(MONDAY + DAY)
    assert (done.state, done.closed_at) == (State.DONE, MONDAY + DAY)


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.OBJECTION, Kind.OPT_OUT_OF_SALE}))
def test_nothing_is_done_for_somebody_who_may_be_anybody(kind):
    with pytest.raises(NotIdentified):
        request(kind).done(MONDAY)


@pytest.mark.parametrize("kind", [Kind.OBJECTION, Kind.OPT_OUT_OF_SALE])
def test_a_no_to_marketing_or_to_a_sale_needs_no_proof(kind):
    assert request(kind).done(MONDAY).state is State.DONE


@pytest.mark.parametrize("step", sorted(Step))
def test_what_is_closed_stays_as_it_is(step):
    closed = request().after(Step.REFUSE, MONDAY)
    with pytest.raises(RequestClosed):
        closed.after(step, MONDAY)
    with pytest.raises(RequestClosed):
        closed.done(MONDAY)
    with pytest.raises(RequestClosed):
        closed.identified(Proof.CHALLENGE, MONDAY)


def test_nobody_begins_before_knowing_who_asks_or_identifies_twice():
    with pytest.raises(CannotDoThat):
        request().after(Step.BEGIN, MONDAY)
    with pytest.raises(CannotDoThat):
        request().after(Step.ATTEST, MONDAY).identified(Proof.CHALLENGE, MONDAY)


def test_it_is_acknowledged_once_and_extended_once():
    told = request().after(Step.ACKNOWLEDGE, MONDAY)
    assert told.after(Step.ACKNOWLEDGE, MONDAY + DAY) == told
    longer = rescheduled(told.after(Step.EXTEND, MONDAY))
    assert longer.due_on == date(2027, 2, 23)
    with pytest.raises(CannotDoThat):
        longer.after(Step.EXTEND, MONDAY)


def test_the_clock_stops_under_british_law_alone_and_only_once():
    with pytest.raises(CannotDoThat):
        request().after(Step.PAUSE, MONDAY)
    british = request(rule="UK-DSR-02")
    with pytest.raises(CannotDoThat):
        british.after(Step.RESUME, MONDAY)
    paused = british.after(Step.PAUSE, MONDAY)
    with pytest.raises(CannotDoThat):
        paused.after(Step.PAUSE, MONDAY)
    on = rescheduled(paused.after(Step.RESUME, MONDAY + 6 * DAY))
    assert (on.paused_at, on.paused_days, on.due_on) == (None, 6, date(2026, 12, 29))


@pytest.mark.parametrize("ended", [lambda one, at: one.identified(Proof.ATTESTED, at), RightsRequest.refused])
def test_a_clock_that_stands_still_goes_on_when_the_answer_is_there(ended):
    paused = request(rule="UK-DSR-02").after(Step.PAUSE, MONDAY)
    assert ended(paused, MONDAY + 3 * DAY).paused_days == 3


def test_a_restriction_is_lifted_once_and_nothing_else_is():
    stands = request(Kind.RESTRICTION).after(Step.ATTEST, MONDAY).done(MONDAY)
    lifted = stands.lifted(MONDAY + DAY)
    assert lifted.lifted(MONDAY + 2 * DAY) == lifted
    for other in (request(Kind.RESTRICTION), replace(stands, kind=Kind.ERASURE)):
        with pytest.raises(CannotDoThat):
            other.lifted(MONDAY)


@pytest.mark.parametrize(
    ("codes", "kind", "rule", "day"),
    [
        ({"EU", "DE"}, Kind.ACCESS, "EU-DSR-01", date(2026, 12, 23)),
        ({"EU", "FR"}, Kind.ERASURE, "EU-DSR-01", date(2026, 12, 23)),
        ({"UK", "GB"}, Kind.ERASURE, "UK-DSR-02", date(2026, 12, 23)),
        ({"US", "US-CA"}, Kind.ACCESS, "US-CCPA-01", date(2027, 1, 7)),
        ({"US", "US-NY"}, Kind.OPT_OUT_OF_SALE, "US-CCPA-02", date(2026, 12, 15)),
        ({"BR"}, Kind.ACCESS, "BR-LGPD-01", date(2026, 12, 8)),
        ({"US", "EU", "BR"}, Kind.ERASURE, "BR-LGPD-01", date(2026, 12, 8)),
        ({"unknown"}, Kind.ACCESS, "EU-DSR-01", date(2026, 12, 23)),
        ({"IN"}, Kind.ACCESS, "EU-DSR-01", date(2026, 12, 23)),
    ],
)
def test_the_earliest_day_of_any_law_they_may_invoke_counts(codes, kind, rule, day):
    found = terms(kind, codes, [ZoneInfo("UTC")], MONDAY)
    assert (found.rule, reckoned(found, MONDAY).day) == (rule, day)


def test_the_day_is_that_of_the_person():
    late = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    there = terms(Kind.ACCESS, {"US"}, [ZoneInfo("America/New_York")], late)
    assert reckoned(there, late).day == date(2027, 1, 7)
    assert reckoned(terms(Kind.ACCESS, {"US"}, [], late), late).day == date(2027, 1, 8)


@pytest.mark.parametrize("reason", [None, "", "   ", "x" * 501])
def test_a_reason_is_some_words(reason):
    with pytest.raises(Invalid):
        must_say_why(reason)
    assert must_say_why("  because ") == "because"
