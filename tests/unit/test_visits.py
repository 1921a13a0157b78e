"""What travels between two pages in a hidden field: nobody can read it, make it, keep it or carry it elsewhere."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.vault import RingVault
from application.preferences.visits import LASTS, Visit, VisitOver, Visits
from domain.addresses import Channel

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ASKED = Visit(
    value="pat@example.com",
    channel=Channel.EMAIL,
    live=True,
    challenge_id=UUID(int=7),
    asked_at=NOON,
    until=NOON + LASTS,
)
PROVED = replace(ASKED, proved_at=NOON + timedelta(minutes=1))


def visits_of(ring: KeyRing) -> Visits:
    return Visits(visit_seal=RingVault(ring).deployment("preferences"))


RING = KeyRing.generate()
VISITS = visits_of(RING)


@pytest.mark.parametrize("visit", [ASKED, PROVED])
def test_a_visit_comes_back_as_it_was(visit):
    assert VISITS.open(VISITS.seal(visit), proved=visit.proved_at is not None, now=NOON) == visit


def test_nothing_of_a_visit_can_be_read_in_it():
    sealed = VISITS.seal(ASKED)
    assert b"pat" not in base64.urlsafe_b64decode(sealed + "==")
    assert VISITS.seal(ASKED) != sealed
    assert "pat" not in f"{ASKED} {ASKED!r}"


def test_what_is_not_proved_opens_nothing_that_needs_proof_nor_the_other_way_round():
    for visit, proved in ((ASKED, True), (PROVED, False)):
        with pytest.raises(VisitOver):
            VISITS.open(VISITS.seal(visit), proved=proved, now=NOON)


@pytest.mark.parametrize("visit", [ASKED, PROVED])
def test_a_visit_is_over_after_half_an_hour(visit):
    proved, sealed = visit.proved_at is not None, VISITS.seal(visit)
    assert VISITS.open(sealed, proved=proved, now=NOON + LASTS - timedelta(seconds=1))
    with pytest.raises(VisitOver):
        VISITS.open(sealed, proved=proved, now=NOON + LASTS)


def test_no_bit_of_a_visit_can_be_turned():
    raw = base64.urlsafe_b64decode(VISITS.seal(PROVED) + "==")
    for bit in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[bit // 8] ^= 1 << bit % 8
        with pytest.raises(VisitOver):
            VISITS.open(base64.urlsafe_b64encode(turned).decode().rstrip("="), proved=True, now=NOON)


def test_a_visit_cut_short_or_made_up_is_none():
    sealed = VISITS.seal(PROVED)
    for text in ("", "A", "=", "\0", "é", sealed[:-1], sealed[1:], sealed + "A", "A" * 200, "A" * 100_000):
        with pytest.raises(VisitOver):
            VISITS.open(text, proved=True, now=NOON)


def test_a_visit_of_another_installation_or_of_another_use_of_the_key_is_none():
    other = visits_of(KeyRing.generate())
    elsewhere = Visits(visit_seal=RingVault(RING).deployment("challenges"))
    for made in (other, elsewhere):
        with pytest.raises(VisitOver):
            VISITS.open(made.seal(PROVED), proved=True, now=NOON)
