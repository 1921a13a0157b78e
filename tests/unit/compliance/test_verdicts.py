"""How one verdict comes of many findings, and what it tells."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from msgspec.structs import replace

from domain.addresses import Address
from domain.compliance import catalogue
from domain.compliance.attempt import Content, RecentSend, Suppressed
from domain.compliance.engine import SHIPPED, judge
from domain.compliance.packs import in_force
from domain.compliance.profile import STRICT, BelowThePack, overridden, tightened
from domain.compliance.quiet import next_federal_opening
from domain.compliance.rules import applied, rule
from domain.compliance.verdicts import Verdict
from domain.errors import Invalid
from tests.unit.compliance.cases import AFTERNOON, PEWC, STOP, attempt, phone

PEOPLE = Address.parse("+12125550101")
NIGHT = datetime(2026, 11, 24, 3, tzinfo=UTC)
SALE = RecentSend(at=AFTERNOON, subject="sale")


def test_a_lawful_text_goes_and_names_the_consent_it_rests_on():
    decision = judge(attempt())
    assert (decision.verdict, decision.rule, decision.allowed) == (Verdict.ALLOW, "US-TCPA-CONS-01", True)
    assert decision.evidence == ("entry-1",)
    assert decision.remedy is None


def test_a_bar_outweighs_a_missing_consent_and_the_hour():
    decision = judge(attempt(at=NIGHT, consents=(), suppression=(Suppressed(channel="sms"),)))
    assert (decision.verdict, decision.rule) == (Verdict.DENY, "CORE-SUP-01")
    assert {"US-TCPA-CONS-01", "US-TCPA-HRS-01"} <= set(decision.also_rules)
    assert decision.next_allowed_at is None


def test_a_missing_consent_outweighs_the_hour():
    decision = judge(attempt(at=NIGHT, consents=()))
    assert (decision.verdict, decision.next_allowed_at) == (Verdict.NEED_OPT_IN, None)


def test_the_earlier_stage_is_named_among_equals():
    decision = judge(attempt(ledger=(STOP,), content=Content(exclusive_optout=True)))
    assert decision.rule == "US-TCPA-REV-01"
    assert "US-TCPA-REV-05" in decision.also_rules


def test_the_state_is_named_before_the_country():
    decision = judge(attempt(recipient=phone("+13055550101"), at=NIGHT))
    assert decision.rule == "US-FL-02"
    assert "US-TCPA-HRS-01" in decision.also_rules


def test_where_nothing_forbids_and_nothing_permits_the_lattice_is_named():
    decision = judge(attempt(recipient=phone("+33612345678"), category="transactional", program="orders"))
    assert (decision.verdict, decision.rule) == (Verdict.ALLOW, "CORE-VERDICT-01")


def test_caps_and_hours_are_waited_for_together():
    sends = tuple(replace(SALE, at=datetime(2026, 11, 24, hour, tzinfo=UTC)) for hour in (2, 23, 23))
    decision = judge(
        attempt(recipient=phone("+13055550101"), at=datetime(2026, 11, 24, 23, 30, tzinfo=UTC), recent_sends=sends)
    )
    assert decision.next_allowed_at == datetime(2026, 11, 25, 13, tzinfo=UTC)


def test_an_hour_that_never_comes_is_said_to_be_none():
    profile = overridden({"marketing_hours": ("22:00", "23:00")})
    decision = judge(attempt(), profile=profile)
    assert (decision.verdict, decision.next_allowed_at, decision.remedy) == (
        Verdict.DEFER,
        None,
        "It cannot go as set.",
    )


def test_the_answer_tells_everything_and_names_nobody():
    wire = msgspec.json.decode(msgspec.json.encode(judge(attempt(at=NIGHT)).explained()))
    assert wire["citation"] == catalogue.entry("US-TCPA-HRS-01").citation.ref
    assert wire["jurisdictions"] == [
        {"country": "US", "region": "NY", "because": "declared residence and area code 212"}
    ]
    assert [time["zone"] for time in wire["local_times"]] == ["America/New_York"]
    assert wire["local_times"][0]["time"] == "2026-11-23T22:00:00-05:00"
    assert {"core@2026.1", "us.federal@2026.1"} <= set(wire["packs"])
    assert wire["next_allowed_at"] == "2026-11-24T13:00:00Z"
    assert "5550101" not in msgspec.json.encode(wire).decode()
    assert set(wire) == {
        "verdict", "rule", "title", "citation", "evaluated_at", "next_allowed_at", "remedy", "also_rules", "findings",
        "packs", "jurisdictions", "local_times", "evidence",
    }  # fmt: skip
    assert set(wire["findings"][0]) == {"rule", "verdict", "stage", "citation", "explanation", "inputs"}


def test_every_refusal_says_what_to_do():
    refused = [
        attempt(at=NIGHT),
        attempt(consents=()),
        attempt(ledger=(STOP,)),
        attempt(content=Content(exclusive_optout=True)),
    ]
    assert all(judge(one).remedy for one in refused)


def test_the_rules_of_another_day_can_be_asked():
    oregon = attempt(recipient=phone("+15035550101"), at=datetime(2026, 6, 2, 3, 30, tzinfo=UTC))
    assert judge(oregon).rule == "US-OR-01"
    assert judge(oregon, as_of=date(2025, 12, 31)).verdict is Verdict.ALLOW


def test_a_law_begins_with_the_day_where_the_contact_is():
    consents = (replace(PEWC, timestamp=datetime(2025, 6, 1, tzinfo=UTC)),)
    last_evening = attempt(
        recipient=phone("+15035550101"), consents=consents, at=datetime(2026, 1, 1, 4, 30, tzinfo=UTC)
    )
    assert judge(last_evening).verdict is Verdict.ALLOW
    assert judge(replace(last_evening, at=datetime(2026, 1, 2, 4, 30, tzinfo=UTC))).rule == "US-OR-01"


def test_packs_can_be_switched_off_and_on():
    florida = attempt(recipient=phone("+13055550101"), at=datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
    assert judge(florida, SHIPPED.without("us.fl")).verdict is Verdict.ALLOW
    assert judge(florida, SHIPPED.without("us.fl").with_("us.fl")).rule == "US-FL-02"


def test_an_emergency_that_sells_is_no_emergency_even_without_the_core_pack():
    warning = attempt(category="emergency", consents=(), content=Content(contains_promotion=True))
    assert judge(warning, SHIPPED.without("core")).rule != "US-TCPA-EMERG-01"


def test_an_edition_of_a_rule_ends_with_its_last_day():
    entry = applied["US-OR-01"].entry
    ended = replace(entry, citation=replace(entry.citation, until=date(2026, 6, 30)))
    oregon = replace(applied["US-OR-01"], entry=ended)
    assert in_force(oregon, date(2026, 6, 30))
    assert not in_force(oregon, date(2026, 7, 1))
    assert repr(oregon) == "Rule(US-OR-01)"


def test_a_rule_is_applied_by_one_function():
    with pytest.raises(ValueError, match="twice"):
        rule("US-OR-01")(lambda *_: None)


def test_a_carrier_that_refused_for_the_hour_takes_it_in_the_next_window():
    assert next_federal_opening(PEOPLE, AFTERNOON) == datetime(2026, 11, 24, 13, tzinfo=UTC)
    assert next_federal_opening(PEOPLE, NIGHT) == datetime(2026, 11, 24, 13, tzinfo=UTC)


def test_an_opt_out_bars_without_any_pack():
    assert judge(attempt(ledger=(STOP,)), SHIPPED.without(*SHIPPED.names)).rule == "CORE-SUP-01"


def test_a_profile_may_be_tightened():
    assert tightened({"marketing_hours": ("09:00", "20:00")}).marketing_window is not None
    assert tightened({"double_opt_in_countries": ["DE", "AT", "unknown", "FR"]}).double_opt_in_countries >= {"FR"}
    assert tightened({}) == STRICT


@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        ({"assume_texts_are_regulated_calls": False}, "US-TCPA-CONS-01"),
        ({"quiet_hours_apply_with_consent": False}, "US-TCPA-HRS-01"),
        ({"revocation_scope": "nothing"}, "US-TCPA-REV-08"),
        ({"start_restores": "everything"}, "US-TCPA-REV-12"),
        ({"optout_effective": "ten_days"}, "US-TCPA-REV-03"),
        ({"quiet_hour_interval": "closed"}, "CORE-TZ-03"),
        ({"unknown_jurisdiction": "us_only"}, "CORE-JUR-03"),
        ({"double_opt_in_countries": ["DE"]}, "DE-UWG-01"),
        ({"unsubscribe_token_expiry": 30}, "EML-8058-05"),
        ({"inactivity_reconfirm_months_eu": 36}, "DE-UWG-03"),
        ({"inactivity_reconfirm_months_eu": "never"}, "DE-UWG-03"),
    ],
)
def test_a_profile_is_never_milder_than_a_rule(setting, rule):
    with pytest.raises(BelowThePack) as refused:
        tightened(setting)
    assert refused.value.rule == rule
    assert rule in refused.value.detail


def test_a_setting_nobody_knows_is_refused():
    with pytest.raises(Invalid, match="no policy setting"):
        tightened({"colour": "blue"})
