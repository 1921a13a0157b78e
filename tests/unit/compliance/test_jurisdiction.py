"""Whose law applies to a contact."""

from datetime import date

import pytest

from domain.addresses import Address
from domain.compliance.attempt import Recipient, Residence
from domain.compliance.jurisdiction import whereabouts
from tests.unit.compliance.cases import phone

TODAY = date(2026, 11, 23)
CALIFORNIAN = {"country": "US", "region": "CA", "tz": "America/Los_Angeles"}


def _zones(recipient):
    return [zone.key for zone in whereabouts(recipient, TODAY).zones]


def test_declared_and_number_are_taken_together():
    place = whereabouts(phone("+13055550101", **CALIFORNIAN), TODAY)
    assert {"US-CA", "US-FL"} <= place.codes
    assert [zone.key for zone in place.zones] == ["America/Los_Angeles", "America/New_York"]


def test_two_reasons_for_one_place_are_both_named():
    place = whereabouts(phone("+12125550101", country="US", region="NY", tz="America/New_York"), TODAY)
    assert [found.because for found in place.jurisdictions] == ["declared residence and area code 212"]


def test_a_verified_residence_stands_alone():
    place = whereabouts(phone("+12125550101", **CALIFORNIAN, verified=True, verified_at=date(2026, 1, 1)), TODAY)
    assert place.codes == {"US", "US-CA"}
    assert [zone.key for zone in place.zones] == ["America/Los_Angeles"]


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("+13055550101", "FL"),
        ("+14055550101", "OK"),
        ("+13015550101", "MD"),
        ("+15035550101", "OR"),
        ("+12065550101", "WA"),
    ],
)
def test_some_states_presume_residence_from_the_area_code_all_the_same(number, state):
    place = whereabouts(phone(number, **CALIFORNIAN, verified=True, verified_at=date(2026, 1, 1)), TODAY)
    assert f"US-{state}" in place.codes
    assert [zone.key for zone in place.zones] == ["America/Los_Angeles"]


@pytest.mark.parametrize(
    ("verified_at", "stands"), [(date(2025, 11, 23), True), (date(2025, 11, 22), False), (None, False)]
)
def test_a_verification_lasts_twelve_months(verified_at, stands):
    place = whereabouts(phone("+12125550101", **CALIFORNIAN, verified=True, verified_at=verified_at), TODAY)
    assert ("US-NY" not in place.codes) is stands


def test_nothing_known_is_a_jurisdiction_of_its_own():
    place = whereabouts(Recipient(email=Address.parse("pat@example.org")), TODAY)
    assert (place.codes, place.packs, place.country, place.unknown) == ({"unknown"}, ("strict",), None, True)


def test_a_country_without_a_pack_is_judged_strictly():
    assert "unknown" in whereabouts(phone("+18765550101"), TODAY).codes


def test_where_the_consent_came_from_counts():
    place = whereabouts(Recipient(email=Address.parse("pat@example.org"), ip_country="DE"), TODAY)
    assert {"DE", "EU"} <= place.codes
    assert [zone.key for zone in place.zones] == ["Europe/Berlin", "Europe/Busingen"]


def test_where_the_consent_came_from_does_not_outweigh_a_verified_residence():
    declared = Residence(country="US", region="NY", verified=True, verified_at=TODAY)
    assert "DE" not in whereabouts(Recipient(declared=declared, ip_country="DE"), TODAY).codes


def test_a_time_zone_without_a_place_is_one_more_clock_and_no_jurisdiction():
    told = Recipient(phone=Address.parse("+12125550101"), time_zone="Asia/Tokyo")
    assert _zones(told) == ["America/New_York", "Asia/Tokyo"]
    assert whereabouts(told, TODAY).codes == {"US", "US-NY"}


def test_a_time_zone_alone_leaves_the_place_unknown():
    place = whereabouts(Recipient(email=Address.parse("pat@example.org"), time_zone="Europe/Berlin"), TODAY)
    assert (place.codes, [zone.key for zone in place.zones]) == ({"unknown"}, ["Europe/Berlin"])


def test_a_time_zone_takes_no_clock_from_where_the_consent_came_from():
    told = Recipient(email=Address.parse("pat@example.org"), ip_country="FR", time_zone="Asia/Tokyo")
    assert _zones(told) == ["Europe/Paris", "Asia/Tokyo"]


def test_a_declared_state_without_a_zone_has_the_zones_of_the_state():
    assert set(_zones(phone("+12125550101", country="US", region="TX"))) >= {"America/Chicago", "America/New_York"}


def test_a_declared_country_without_a_zone_leaves_the_zone_to_a_number_of_that_country():
    assert _zones(phone("+12125550101", country="US")) == ["America/New_York"]


def test_a_declared_country_without_a_zone_adds_its_zones_to_a_foreign_number():
    assert _zones(phone("+12125550101", country="FR")) == ["Europe/Paris", "America/New_York"]


def test_the_united_kingdom_goes_by_both_its_names():
    assert whereabouts(phone("+447700900123"), TODAY).codes == {"GB", "UK"}
    assert whereabouts(Recipient(declared=Residence(country="UK")), TODAY).codes == {"GB", "UK"}


def test_puerto_rico_is_under_us_law_by_either_code():
    assert whereabouts(Recipient(declared=Residence(country="PR")), TODAY).codes == {"US", "US-PR"}


def test_the_country_comes_before_the_state():
    assert whereabouts(phone("+13055550101"), TODAY).packs == ("us.federal", "us.fl")
