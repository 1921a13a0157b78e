"""What holds for every attempt, whatever it is."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.addresses import Address
from domain.compliance import catalogue
from domain.compliance.attempt import (
    Attempt,
    Content,
    Dnc,
    LedgerEvent,
    PendingOptIn,
    RecentSend,
    Recipient,
    Relationship,
    Residence,
    Sender,
    Suppressed,
    Tenant,
)
from domain.compliance.engine import SHIPPED, judge
from domain.compliance.verdicts import GRAVITY, Verdict
from domain.consent.evidence import ConsentType, Evidence, Grant

# Hypothesis puts the zone to a naive instant itself.
_EARLIEST, _LATEST = datetime(2026, 1, 1), datetime(2027, 12, 31)  # noqa: DTZ001
INSTANTS = st.datetimes(_EARLIEST, _LATEST, timezones=st.just(UTC))
DAYS = st.dates(min_value=date(2023, 1, 1), max_value=date(2027, 12, 31))
PHONES = st.sampled_from([
    "+12125550101", "+13055550101", "+17135550101", "+18505550101", "+19075550101", "+14165550101", "+18675550101",
    "+18765550101", "+18005550199", "+447700900123", "+33612345678", "+4915112345678", "+61412345678", "+6581234567",
    "+919812345678", "+5511912345678", "+27821234567",
])  # fmt: skip
RESIDENCES = st.none() | st.builds(
    Residence,
    country=st.sampled_from(["US", "CA", "DE", "AT", "FR", "GB", "LU", "AU", "JM"]),
    region=st.sampled_from([None, "NY", "FL", "TX", "CA", "ON"]),
    tz=st.sampled_from([None, "America/New_York", "Europe/Berlin"]),
    verified=st.booleans(),
    verified_at=st.none() | DAYS,
)
EVIDENCE = st.builds(
    Evidence,
    type=st.sampled_from(list(ConsentType)),
    source=st.sampled_from([None, "first_party", "purchased"]),
    affirmative_act=st.sampled_from([None, "checkbox_checked", "pre_ticked"]),
    disclosure_text_verbatim=st.sampled_from([None, "I agree."]),
    categories=st.sampled_from([("marketing",), ("informational", "transactional"), ("otp",), ()]),
    sellers_named=st.sampled_from([(), ("acme",), ("other",)]),
    not_condition_of_purchase_disclosed=st.booleans(),
    autodialer_disclosed=st.booleans(),
    request_mailing_address=st.sampled_from([None, "1 Main St"]),
    request_sender_name=st.sampled_from([None, "Acme Ltd"]),
    request_contact=st.sampled_from([None, "https://acme.example"]),
    withdrawal_statement=st.booleans(),
    bundled_with_terms=st.booleans(),
    doi_confirmed_at=st.none() | INSTANTS,
    sms_handset_confirmed=st.booleans(),
)
GRANTS = st.builds(
    Grant,
    id=st.just("entry"),
    timestamp=st.none() | INSTANTS,
    channels=st.sampled_from([("sms",), ("email",), ("sms", "email")]),
    program=st.sampled_from([None, "promo", "orders"]),
    brand=st.sampled_from([None, "acme", "other"]),
    facts=EVIDENCE.map(Evidence.facts),
)
OPT_OUTS = st.builds(
    LedgerEvent,
    type=st.sampled_from(["revoked", "objection"]),
    at=INSTANTS,
    via=st.sampled_from([None, "sms_keyword", "sms_free_text", "unsub_link", "agent"]),
    scope=st.sampled_from([None, "all", "program"]),
    in_reply_to_program=st.sampled_from([None, "promo", "orders"]),
    in_reply_to_category=st.sampled_from([None, "exempted_informational"]),
)
EVENTS = OPT_OUTS | st.builds(
    LedgerEvent,
    type=st.sampled_from(["opt_in_keyword", "optout_confirmation_sent"]),
    at=INSTANTS,
    clarification=st.booleans(),
)
ATTEMPTS = st.builds(
    Attempt,
    recipient=st.builds(
        Recipient,
        phone=PHONES.map(Address.parse),
        email=st.just(Address.parse("pat@example.com")),
        declared=RESIDENCES,
        kind=st.sampled_from(["individual", "organisation"]),
    ),
    sender=st.builds(
        Sender,
        id=st.just("S-PROMO"),
        brand=st.just("acme"),
        provider=st.sampled_from(["generic_no_autoreply", "twilio"]),
        number_type=st.sampled_from(["10dlc", "short_code", "toll_free"]),
    ),
    tenant=st.builds(Tenant, tx_registration=st.sampled_from([None, "registered"])),
    channel=st.sampled_from(["sms", "email", "voice_live"]),
    category=st.sampled_from([
        "marketing", "informational", "transactional", "otp", "emergency", "optout_confirmation", "doi_request",
        "consent_request", "transactional_cem",
    ]),
    program=st.sampled_from(["promo", "orders"]),
    at=INSTANTS,
    consents=st.lists(GRANTS, max_size=2).map(tuple),
    ledger=st.lists(EVENTS, max_size=2).map(tuple),
    suppression=st.lists(st.builds(Suppressed, channel=st.sampled_from(["sms", "email"])), max_size=1).map(tuple),
    recent_sends=st.lists(st.builds(RecentSend, at=INSTANTS), max_size=4).map(tuple),
    pending_optin=st.none() | st.builds(PendingOptIn, requested_at=INSTANTS),
    relationship=st.builds(
        Relationship,
        type=st.sampled_from([None, "purchase", "inquiry", "soft_opt_in", "referral", "donation"]),
        date=st.none() | DAYS,
        context=st.sampled_from([None, "sale", "negotiation"]),
        same_controller=st.booleans(),
        own_similar=st.booleans(),
        objection_offered_at_collection=st.booleans(),
    ),
    dnc=st.builds(Dnc, national_listed=st.sampled_from([None, True, False]), registry_version_date=st.none() | DAYS),
    content=st.builds(Content, contains_promotion=st.booleans(), has_unsubscribe=st.booleans()),
)  # fmt: skip
PACKS = st.sampled_from([pack.pack for pack in catalogue.packs().values()])
MOST = settings(max_examples=300, deadline=None)


def _gravity(decision):
    return GRAVITY[decision.verdict]


@MOST
@given(attempt=ATTEMPTS)
def test_judging_is_pure(attempt):
    assert judge(attempt) == judge(attempt)


@MOST
@given(attempt=ATTEMPTS, packs=st.sets(PACKS), another=PACKS)
def test_another_pack_never_makes_a_verdict_milder(attempt, packs, another):
    without = SHIPPED.without(*SHIPPED.names).with_(*packs - {another})
    assert _gravity(judge(attempt, without.with_(another))) >= _gravity(judge(attempt, without))


@MOST
@given(attempt=ATTEMPTS, opt_out=OPT_OUTS)
def test_another_opt_out_never_makes_a_verdict_milder(attempt, opt_out):
    """But for the confirmation of an opt-out, which needs one."""
    if attempt.category == "optout_confirmation":
        return
    assert _gravity(judge(replace(attempt, ledger=(*attempt.ledger, opt_out)))) >= _gravity(judge(attempt))


@MOST
@given(
    attempt=ATTEMPTS, match=st.builds(Suppressed, reason=st.sampled_from(["legal", "litigator", "erasure", "manual"]))
)
def test_a_suppressed_brand_is_never_written_to(attempt, match):
    assert judge(replace(attempt, suppression=(match,))).verdict is Verdict.DENY


@MOST
@given(attempt=ATTEMPTS)
def test_a_message_is_not_held_back_at_the_instant_named_and_always_before(attempt):
    decision = judge(attempt)
    if decision.verdict is not Verdict.DEFER or decision.next_allowed_at is None:
        return
    due = decision.next_allowed_at
    assert due > attempt.at
    assert judge(replace(attempt, at=due)).verdict is not Verdict.DEFER
    assert judge(replace(attempt, at=due - timedelta(microseconds=1))).verdict is not Verdict.ALLOW
    step = (due - attempt.at) / 17
    for count in range(1, 17):
        assert judge(replace(attempt, at=attempt.at + step * count)).verdict is not Verdict.ALLOW


@MOST
@given(attempt=ATTEMPTS)
def test_every_refusal_names_a_rule_with_its_source(attempt):
    decision = judge(attempt)
    explained = decision.explained()
    if decision.verdict is not Verdict.ALLOW:
        assert explained.citation
        assert explained.title
        assert any(
            finding.rule == decision.rule and finding.verdict is decision.verdict for finding in explained.findings
        )


@MOST
@given(attempt=ATTEMPTS)
def test_marketing_by_text_or_mail_never_goes_without_a_rule_that_permits_it(attempt):
    attempt = replace(
        attempt, category="marketing", channel="email" if attempt.channel == "voice_live" else attempt.channel
    )
    decision = judge(attempt)
    assert decision.verdict is not Verdict.ALLOW or decision.rule != "CORE-VERDICT-01"
