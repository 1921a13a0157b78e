"""What outlives an erasure."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.addresses import Address
from domain.compliance.codes import Signals, failures_after_resend, step_up_needed
from domain.compliance.deadlines import NoDeadline, deadline
from domain.compliance.delivery_reports import too_many_soft
from domain.compliance.obligations import ERASURE
from domain.compliance.receipts import DPV_STATUS, IncompleteRecord, iso27560_mandatory, require_complete
from domain.compliance.retention import (
    SuppressionsAreForBlocking,
    beyond_what_is_kept,
    evidence_kept_until,
    index_is_keyed,
    key_is_spent,
    require_suppression_purpose,
)
from domain.compliance.suppressions import advisory_variant, versions_to_try

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("codes", "last", "until"),
    [
        ({"US", "US-NY"}, date(2026, 2, 28), date(2031, 2, 28)),
        ({"DE", "EU"}, date(2026, 2, 28), date(2029, 12, 31)),
        ({"GB", "UK"}, date(2028, 2, 29), date(2034, 2, 28)),
        ({"DE", "EU", "US"}, date(2026, 2, 28), date(2031, 2, 28)),
        ({"unknown"}, date(2026, 2, 28), date(2031, 2, 28)),
    ],
)
def test_evidence_is_kept_until_claims_are_barred(codes, last, until):
    assert evidence_kept_until(codes).until(last) == until


@pytest.mark.parametrize("codes", [{"DE", "EU"}, {"US", "US-NY"}])
def test_consent_to_calls_is_kept_five_years(codes):
    assert evidence_kept_until(codes, "voice_live").years == 5


def test_a_rule_without_a_period_sets_no_deadline():
    with pytest.raises(NoDeadline):
        deadline("CORE-SUP-01", date(2026, 11, 23))


def test_the_suppression_store_serves_one_purpose():
    require_suppression_purpose("suppress")
    with pytest.raises(SuppressionsAreForBlocking):
        require_suppression_purpose("marketing")


def test_a_suppression_holds_nothing_about_the_person():
    assert beyond_what_is_kept(["token", "channel", "scope", "date", "name", "email"]) == ["email", "name"]


def test_an_index_needs_a_secret():
    assert index_is_keyed("HMAC-SHA-256")
    assert not index_is_keyed("sha512(salt+phone)")


def test_a_key_is_replaced_before_it_is_spent():
    assert not key_is_spent(2**28 - 1)
    assert key_is_spent(2**28)


def test_an_erasure_keeps_the_token_and_the_restricted_evidence_only():
    assert ERASURE.keeps == ("suppression_token", "consent_evidence_restricted")
    assert "data key" in ERASURE.removes


def test_keys_are_tried_newest_first():
    assert versions_to_try(3, [1, 2, 2]) == [3, 2, 1]


@pytest.mark.parametrize(
    ("address", "variant"),
    [
        ("p.a.t+news@gmail.com", "pat@gmail.com"),
        ("pat@googlemail.com", "pat@gmail.com"),
        ("pat@gmail.com", None),
        ("p.a.t@example.com", None),
        ("+12125550101", None),
    ],
)
def test_one_mailbox_has_one_advisory_form(address, variant):
    found = advisory_variant(Address.parse(address))
    assert (found.value if found else None) == variant


def test_the_fifth_soft_bounce_in_a_month_is_the_last():
    bounces = [MONDAY - timedelta(days=days) for days in (0, 5, 10, 29)]
    assert not too_many_soft(bounces, MONDAY)
    assert not too_many_soft([*bounces, MONDAY - timedelta(days=30)], MONDAY)
    assert too_many_soft([*bounces, MONDAY - timedelta(days=29)], MONDAY)


def test_an_incomplete_record_is_not_given_out():
    mandatory = iso27560_mandatory()
    require_complete(mandatory, mandatory)
    with pytest.raises(IncompleteRecord, match="privacy_notice"):
        require_complete(set(mandatory) - {"privacy_notice"}, mandatory)


def test_the_gdpr_asks_for_more_than_the_standard():
    assert set(iso27560_mandatory(gdpr=True)) - set(iso27560_mandatory()) >= {"lawful_basis", "privacy_rights"}


def test_every_standing_of_a_consent_has_its_w3c_word():
    assert all(word.startswith("dpv:") for word in DPV_STATUS.values())
    assert DPV_STATUS["withdrawn"] == "dpv:ConsentWithdrawn"


def test_a_new_code_buys_no_new_guesses():
    assert failures_after_resend(4) == 4


def test_a_line_that_changed_hands_asks_for_more_than_a_code():
    assert step_up_needed(Signals(sim_changed=True))
    assert not step_up_needed(Signals())
