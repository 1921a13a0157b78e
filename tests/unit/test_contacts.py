"""What a contact is, whoever makes it."""

import pytest

from domain.contacts import Residence, parse_time_zone
from domain.errors import Invalid


@pytest.mark.parametrize(("country", "region"), [("us", None), ("USA", None), ("US", "New York"), ("US", "ny")])
def test_a_residence_is_written_as_iso_3166_has_it(country, region):
    with pytest.raises(Invalid):
        Residence(country=country, region=region)
    assert Residence(country="US", region="NY").region == "NY"


@pytest.mark.parametrize("name", ["", "America", "EST", "Mars/Olympus", "../etc/passwd", "/etc/passwd", "a/\0", "US/"])
def test_a_time_zone_is_one_of_the_iana_database_that_means_a_place(name):
    with pytest.raises(Invalid):
        parse_time_zone(name)


@pytest.mark.parametrize("name", ["America/New_York", "Europe/London", "UTC"])
def test_a_time_zone_is_kept_as_it_is_named(name):
    assert parse_time_zone(name) == name
