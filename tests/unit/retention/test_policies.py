"""How long records are kept, and what an administrator may set of it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from msgspec.structs import replace

from bootstrap.retention import retention_hour_of, retention_policies_of
from bootstrap.settings import Settings, SettingsUnusable
from domain.errors import Invalid
from domain.ids import HoldId
from domain.retention.holds import AlreadyReleased, HoldOn, LegalHold, must_name
from domain.retention.periods import NoPeriod, Period
from domain.retention.policies import DEFAULTS, PeriodForbidden, RecordClass, policies

NIGHT = datetime(2028, 2, 29, 4, tzinfo=UTC)


def policy(wanted, record_class):
    return next(one for one in policies(wanted) if one.record_class == record_class)


@pytest.mark.parametrize("text", ["P5Y", "P1Y6M", "P24M", "P30D", "P1Y2M3D"])
def test_a_period_is_read_and_told_as_iso_8601_writes_it(text):
    period = Period.parse(text)
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize("text", ["", "P", "5Y", "P0D", "P-1Y", "PT5H", "P1.5Y", "P999Y", "P5Yx"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(NoPeriod):
        Period.parse(text)


def test_a_period_ends_where_the_calendar_has_no_such_day_with_the_month():
    assert Period.parse("P1Y").before(NIGHT) == datetime(2027, 2, 28, tzinfo=UTC)
    assert Period.parse("P1M").after(datetime(2028, 1, 31, 23, tzinfo=UTC)) == datetime(2028, 3, 1, tzinfo=UTC)


def test_every_class_of_record_has_one_policy_and_says_why():
    assert [one.record_class for one in DEFAULTS] == list(RecordClass)
    assert all(one.basis and one.keeps for one in DEFAULTS)


@pytest.mark.parametrize(
    "wanted",
    [
        {"messages": "P5Y"},
        {"message_bodies": "P30D"},
        {"unconfirmed_requests": "P31D"},
        {"rights_requests": "P23M"},
        {"contacts_without_consent": "P4Y"},
        {"consent_evidence": "P11Y"},
        {"consent_evidence": {"US": "P11Y"}},
        {"suppressions": "P1Y"},
        {"message_bodies": "P8Y"},
    ],
)
def test_a_period_that_a_rule_forbids_is_refused(wanted):
    with pytest.raises(PeriodForbidden):
        policies(wanted)


@pytest.mark.parametrize("wanted", [{"message": "P8Y"}, {"messages": 8}, {"messages": {"US": "P8Y"}}])
def test_what_cannot_be_read_is_refused(wanted):
    with pytest.raises(Invalid):
        policies(wanted)


def test_within_the_bounds_an_administrator_decides():
    assert str(policy({"replies": "P8Y"}, "replies").period) == "P8Y"
    assert str(policy({"unconfirmed_requests": "P14D"}, "unconfirmed_requests").period) == "P14D"
    assert str(policy({"consent_evidence": {"US": "P10Y"}}, "consent_evidence").places["US"]) == "P10Y"


def test_what_was_set_is_looked_at_on_start():
    assert retention_policies_of(Settings()) == DEFAULTS
    with pytest.raises(PeriodForbidden, match="is kept between"):
        retention_policies_of(Settings(retention='{"messages": "P1Y"}'))
    with pytest.raises(SettingsUnusable, match="OPTIN_RETENTION"):
        retention_policies_of(Settings(retention="six years"))


@pytest.mark.parametrize("hour", [-1, 24])
def test_the_hour_is_one_of_the_day(hour):
    assert retention_hour_of(Settings()) == 3
    with pytest.raises(SettingsUnusable, match="OPTIN_RETENTION_HOUR"):
        retention_hour_of(Settings(retention_hour=hour))


def test_a_hold_is_released_once_and_tells_nobody_why_it_stands():
    hold = LegalHold(
        id=HoldId(uuid4()),
        on=HoldOn.EVERYTHING,
        subject_id=None,
        reason="Smith v. Acme",
        placed_at=NIGHT,
        placed_by="key:1",
    )
    assert "Smith" not in repr(hold)
    released = hold.released("key:2", NIGHT)
    assert released == replace(hold, released_by="key:2", released_at=NIGHT)
    with pytest.raises(AlreadyReleased):
        released.released("key:2", NIGHT)


@pytest.mark.parametrize(("on", "subject"), [(HoldOn.EVERYTHING, uuid4()), (HoldOn.CONTACT, None)])
def test_a_hold_names_what_it_is_on(on, subject):
    with pytest.raises(Invalid):
        must_name(on, subject)
