"""What a contact is, whoever makes it."""

from datetime import UTC, datetime, timedelta

import pytest

from application.contacts.parting import standing_noes
from domain.addresses import Channel
from domain.consent.ledger import Fact, Status
from domain.contacts import Residence, parse_time_zone
from domain.errors import Invalid
from domain.ids import EntryId, ProgramId, new_id

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


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


def said(*words):
    """Entries an hour apart, each of a program (or all) and a status."""
    return [
        Fact(
            id=EntryId(new_id(NOW)),
            program_id=program,
            channel=Channel.SMS,
            status=status,
            at=NOW + timedelta(hours=hour),
            recorded_at=NOW,
        )
        for hour, (program, status) in enumerate(words)
    ]


OFFERS, NEWS = ProgramId(new_id(NOW)), ProgramId(new_id(NOW))


@pytest.mark.parametrize(
    ("words", "noes"),
    [
        ([], {}),
        ([(OFFERS, Status.GRANTED)], {}),
        ([(OFFERS, Status.GRANTED), (OFFERS, Status.REVOKED)], {OFFERS: 1}),
        ([(OFFERS, Status.REVOKED), (OFFERS, Status.REQUESTED)], {OFFERS: 0}),
        ([(OFFERS, Status.REVOKED), (OFFERS, Status.CONFIRMED)], {}),
        ([(OFFERS, Status.REVOKED), (NEWS, Status.GRANTED), (None, Status.REVOKED)], {OFFERS: 0, None: 2}),
        ([(None, Status.REVOKED), (OFFERS, Status.GRANTED)], {None: 0}),
    ],
)
def test_a_no_stands_until_the_same_program_hears_yes(words, noes):
    assert standing_noes(said(*words)) == {program: NOW + timedelta(hours=hour) for program, hour in noes.items()}
