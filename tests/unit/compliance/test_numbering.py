"""Where a number belongs."""

from pathlib import Path

import pytest

from domain.numbering.plan import Line, country_zones, number_plan, region_zones
from tests.compliance.test_catalogue import _TABLE
from tests.compliance.written import written

_PARAMETERS = _TABLE["parameters"]
_NANP = next(rule for rule in _TABLE["rules"] if rule["id"] == "CORE-JUR-02")["parameters"]


@pytest.mark.parametrize(("area_code", "zones"), sorted(_PARAMETERS["npa_multi_tz"]["table"].items()))
def test_an_area_code_split_between_zones_has_all_of_them(area_code, zones):
    assert set(number_plan(f"+1{area_code}5550101").zones) >= set(zones)


@pytest.mark.parametrize(("overlay", "base"), sorted(_PARAMETERS["npa_overlay_inherit"]["table"].items()))
def test_an_overlay_has_the_zones_of_the_code_it_overlies(overlay, base):
    own, inherited = number_plan(f"+1{overlay}5550101"), number_plan(f"+1{base}5550101")
    assert set(own.zones) >= set(inherited.zones)
    assert own.country == inherited.country


@pytest.mark.parametrize("area_code", _NANP["nongeographic_npas"])
def test_a_number_without_a_place_proves_no_residence(area_code):
    plan = number_plan(f"+1{area_code}5550101")
    assert (plan.country, plan.regions, plan.zones) == (None, (), ())


@pytest.mark.parametrize("area_code", _NANP["us_territory_npas"])
def test_us_territories_are_under_us_law(area_code):
    assert number_plan(f"+1{area_code}5550101").country == "US"


@pytest.mark.parametrize(
    ("number", "country", "regions"),
    [
        ("+12125550101", "US", ("NY",)),
        ("+14165550101", "CA", ("ON",)),
        ("+19025550101", "CA", ("NS", "PE")),
        ("+18675550101", "CA", ("NT", "NU", "YT")),
        ("+18765550101", "JM", ()),
        ("+18095550101", "DO", ()),
        ("+12425550101", "BS", ()),
        ("+33612345678", "FR", ()),
        ("+4915112345678", "DE", ()),
    ],
)
def test_a_number_names_its_country_and_regions(number, country, regions):
    plan = number_plan(number)
    assert (plan.country, plan.regions) == (country, regions)


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("+18005550199", Line.TOLL_FREE),
        ("+19005550101", Line.PREMIUM_RATE),
        ("+15215550101", Line.PERSONAL),
        ("+442079460018", Line.FIXED),
        ("+447700900123", Line.MOBILE),
        ("+12225550101", Line.UNASSIGNED),
        ("+12120550101", Line.UNASSIGNED),
        ("+1212555010", Line.UNASSIGNED),
        ("+447700", Line.UNASSIGNED),
        ("+999123456789", Line.UNASSIGNED),
        ("+443001234567", Line.OTHER),
    ],
)
def test_a_number_tells_its_kind_of_line(number, line):
    assert number_plan(number).line is line


def test_a_country_of_one_zone_has_that_zone():
    assert number_plan("+353851234567").zones == ("Europe/Dublin",)


def test_a_mobile_of_a_wide_country_may_be_in_any_zone():
    assert {"Australia/Sydney", "Australia/Perth"} <= set(number_plan("+61400000000").zones)


def test_a_region_has_the_zones_of_its_area_codes():
    assert set(region_zones("US", "TX")) >= {"America/Chicago"}
    assert set(region_zones("US", "AZ")) == {"America/Phoenix", "America/Denver"}


def test_an_unknown_region_has_the_zones_of_its_country():
    assert region_zones("FR", None) == ("Europe/Paris",)
    assert country_zones("XX") == ()


def test_the_reviewed_vectors_know_the_same_zones():
    document = written(Path("tests/compliance/vectors.yaml"))
    for vector in document["vectors"]:
        contact = vector["given"].get("contact") or {}
        if "number_meta" in contact and "phone" in contact:
            assert set(number_plan(contact["phone"]).zones) == set(contact["number_meta"]["candidate_tz"]), vector["id"]
