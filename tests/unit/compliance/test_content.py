"""What the inspector finds in a message about to be sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.addresses import Channel
from domain.channels import NumberType
from domain.compliance.content import inspect, names
from domain.compliance.content.reading import Reading, plain, text_of
from domain.compliance.engine import judge
from domain.compliance.verdicts import Verdict
from domain.messages import Content, footed
from tests.unit.compliance.acme import ACME, LEAVE, NAMED, WEEKLY_OFFERS, mail, sms
from tests.unit.compliance.cases import attempt

CHOOSE = "https://optin.example/preferences/token"
EXAMPLE = "20% off today. Reply STOP to opt out. Acme"


def test_the_example_of_the_contract_may_go_to_who_agreed_in_writing():
    assert judge(attempt(content=sms(EXAMPLE))).verdict is Verdict.ALLOW


def test_the_example_of_the_contract_is_promotion_by_a_known_sender_with_a_way_out():
    seen = sms(EXAMPLE)
    assert (seen.contains_promotion, seen.has_identification, seen.has_unsubscribe) == (True, True, True)
    assert (seen.exclusive_optout, seen.topics, seen.elements) == (False, frozenset(), None)


def test_a_text_needs_the_address_or_a_place_where_it_is_to_be_read():
    assert not sms("Acme: hello").postal_address
    assert sms("Acme: hello https://acme.example").postal_address
    assert sms("Acme Ltd, 1 Main St. Springfield IL 62701 US").postal_address


def test_the_confirmation_of_an_opt_in_is_searched_for_what_it_must_say():
    whole = "Weekly offers by Acme: 4 msgs/month. Msg & data rates may apply. Reply HELP for help, STOP to opt out."
    assert sms(whole, "optin_confirmation").elements == {
        "program_name",
        "customer_care_contact_or_HELP",
        "STOP_instruction",
        "recurring_and_frequency",
        "msg_and_data_rates",
    }
    assert sms("Welcome!", "optin_confirmation").elements == frozenset()


@pytest.mark.parametrize("words", ["Questions? help@acme.example", "Help: https://x.example/", "See acme.example/help"])
def test_a_contact_stands_for_help(words):
    assert "customer_care_contact_or_HELP" in sms(words, "help_reply").elements


def test_the_frequency_may_be_told_in_the_words_of_the_program():
    assert "recurring_and_frequency" in sms("Expect a handful in spring", "optin_confirmation").elements


@pytest.mark.parametrize(
    ("legal_name", "slug", "words", "known"),
    [
        ("Acme Ltd", "acme", "Sale from ACME today", True),
        ("Acme Ltd", "acme", "Big sale today", False),
        ("Acme Ltd", "acme", "Macmelon", False),
        ("Acme Ltd", "acme", "Your weekly-offers are here", True),
        ("The Acme Widget Company, Inc.", "widgets", "Acme: hello", True),
        ("Bank of Springfield", "bos", "Bank notice", False),
        ("Bank of Springfield", "bos", "Bank of Springfield: notice", True),
        ("Müller & Söhne GmbH", "mueller", "MUELLER: Hallo", True),
        ("Müller & Söhne GmbH", "m-s", "Müller: Hallo", True),
        ("Acme Shop LLC", "as", "Hi from AcmeShop!", True),
        ("J. Doe", "jdoe", "J. Doe: hi", True),
        ("!!!", "default", "default hi", False),
    ],
)
def test_a_sender_is_known_by_the_names_people_use(legal_name, slug, words, known):
    assert sms(words, sender=replace(ACME, legal_name=legal_name, slug=slug)).has_identification is known


def test_a_name_where_the_number_would_be_identifies():
    assert sms("Hello", sender=NAMED).has_identification
    assert names.named_by_origin(NAMED)
    assert not sms("Hello", sender=replace(NAMED, sms_number_type=NumberType.LONG_CODE)).has_identification


def test_a_name_of_nothing_is_found_nowhere():
    assert names.proper_names(None, None).search("anything") is None
    assert names.spelled("").search("anything") is None


def test_footed_marketing_mail_has_all_it_needs():
    content = footed(Content(subject="News", text="Hello", html="<p>Hello</p>"), ACME, LEAVE, CHOOSE)
    seen = inspect(content, channel=Channel.EMAIL, category="marketing", program=WEEKLY_OFFERS, sender=ACME)
    assert (seen.postal_address, seen.has_unsubscribe, seen.one_click, seen.has_identification) == (True,) * 4


def test_a_way_out_of_one_part_of_a_mail_is_not_enough():
    assert not mail(f"Unsubscribe: {LEAVE}", html="<p>Hello</p>").has_unsubscribe
    assert mail(f"Unsubscribe: {LEAVE}", html=f'<a href="{LEAVE}">Leave</a>').has_unsubscribe


def test_mail_that_is_no_marketing_has_no_one_click_header():
    assert not mail("Hello", category="transactional").one_click


def test_a_sender_without_a_postal_address_shows_none():
    assert not mail("Hello", sender=replace(ACME, postal_address=" ")).postal_address


def test_mail_with_an_account_before_the_way_out_is_noticed():
    assert mail("Log in to your account to unsubscribe").unsub_requires_login
    assert not mail(f"Log in to your account to unsubscribe: {LEAVE}").unsub_requires_login
    assert mail("There is a fee to unsubscribe").unsub_fee


def test_telling_of_objecting_is_a_notice():
    assert mail("You may object to this at any time").objection_notice
    assert sms("Acme: you may object at any time").objection_notice
    assert not sms("Acme: hello").objection_notice


@pytest.mark.parametrize(
    ("subject", "words", "category", "deceptive"),
    [
        ("Re: your question", "20% off", "marketing", True),
        ("AW: Angebot", "20% off", "marketing", True),
        ("Re: your question", "Here is the answer", "transactional", False),
        ("Re: your question", "20% off", "transactional", True),
        ("Invoice #123", "20% off everything", "marketing", True),
        ("Invoice #123", "Your invoice is attached. 20% off", "marketing", False),
        ("Your account has been suspended", "big savings", "marketing", True),
        ("You've won!", "hello", "marketing", True),
        ("Return to Acme", "hello", "marketing", False),
        ("How to chase an overdue invoice", "tips", "marketing", False),
    ],
)
def test_a_subject_deceives_when_the_mail_does_not_hold_what_it_says(subject, words, category, deceptive):
    assert mail(words, subject=subject, category=category).subject_deceptive is deceptive


def test_a_subject_that_sells_makes_the_mail_advertising():
    seen = mail("Your order has shipped.", subject="20% off", category="transactional")
    assert (seen.subject_promotional, seen.contains_promotion, seen.transactional_first) == (True, True, True)


def test_an_offer_before_the_order_is_seen_to_come_first():
    assert mail("Your order has shipped. 20% off socks.", category="transactional").transactional_first
    assert not mail("20% off socks. Your order has shipped.", category="transactional").transactional_first


@pytest.mark.parametrize("subject", ["[Ad] News", "Werbung: Neues", "Publicité : soldes"])
def test_a_label_at_the_head_marks_advertising(subject):
    assert mail("Hello", subject=subject).ad_label


def test_a_sentence_marks_advertising_too():
    assert mail("Hello. This is an advertisement.").ad_label
    assert not mail("Hello", subject="Add a friend").ad_label


def test_the_singapore_label_stands_at_the_head():
    assert mail("Hello", subject="<ADV> News").adv_label
    assert sms("<ADV> News").adv_label
    assert not sms("News <ADV> ").adv_label


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Craft beer tonight at 8", "alcohol"),
        ("New vape flavors", "tobacco"),
        ("THC edibles in stock", "cannabis"),
        ("CBD gummies are in", "cbd"),
        ("Casino night: free spins", "gambling"),
        ("AR-15 ammo in stock", "firearms"),
        ("AR-15 ammo in stock", "firearms_noncommerce"),
        ("Hot singles near you", "sexually_explicit"),
        ("Heil Hitler", "hate"),
        ("Crystal meth", "illegal_drugs"),
        ("Payday loan approved in minutes", "high_risk_finance"),
        ("Compare quotes from top insurers", "third_party_lead_gen"),
        ("Work from home and earn $2000", "work_from_home"),
        ("Sportwetten Bonus", "gambling"),
        ("Préstamos rápidos sin aval", "high_risk_finance"),
        ("Look: https://bit.ly/abc", "public_link_shortener"),
        ("Look: tinyurl.com/abc", "public_link_shortener"),
    ],
)
def test_a_topic_carriers_refuse_is_named(words, topic):
    assert topic in sms(words).topics


@pytest.mark.parametrize(
    "words",
    [
        "Alcohol-free wipes have shipped",
        "Licorice is back",
        "Your acct XXX-1234 was charged",
        "Glocken läuten um 10",
        "You are scheduled to work from home tomorrow",
        "Your loan payment of $20 is due",
        "Quit tobacco today with our program",
        "Read https://acme.example/bit.ly/beer",
    ],
)
def test_a_word_that_only_sounds_like_a_topic_is_none(words):
    assert sms(words).topics == frozenset()


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("You were recommended to us by Jo Doe.", "referrer_named"),
        ("We got your consent, given by you to Widgets.", "third_party_holder_named"),
        ("Thanks for joining Acme!", "reconfirms_consent"),
        ("You are receiving this because you ticked a box", "reconfirms_consent"),
        ("Sie haben sich bei Acme angemeldet", "reconfirms_consent"),
        ("You may only opt out by texting STOP", "exclusive_optout"),
        ("Do not reply", "one_way_disclosure"),
        ("To opt out call +1 212 555 0100", "alternative_optout"),
    ],
)
def test_what_some_rules_want_said_is_found_where_it_is_said(words, fact):
    assert getattr(sms(words), fact) is True
    assert getattr(sms("Acme: hello"), fact) is False


def test_markup_is_read_as_people_see_it():
    html = (
        "<head><title>x</title><style>p{}</style></head><p>2<b>0</b>% off <img src='a' alt='Summer sale'> R&amp;D</p>"
    )
    assert plain(text_of(html)) == "20% off summer sale r&d"


def test_what_opens_and_never_closes_hides_the_rest():
    assert plain(text_of("Hello <!-- 20% off <p>there</p>")) == "hello"
    assert plain(text_of("a<!-- b -->c<!-- d -->e")) == "a c e"
    assert plain(text_of("a<script>b</script")) == "a"


def test_links_are_not_read_out():
    reading = Reading.of(
        Content(text="See https://www.acme.example/sale and mailto:a@example.com or this/that. www.x.example")
    )
    assert reading.spoken[0].words == "see and or this/that."
    assert "acme.example" in reading.hosts


def test_full_width_letters_and_zero_width_spaces_hide_nothing():
    assert sms("\uff12\uff10\uff05 \uff4f\uff46\uff46").contains_promotion
    assert sms("Acme: fla\u200bsh sa\u00adle").contains_promotion


def test_a_compound_is_found_by_what_it_begins_with():
    assert sms("Acme: Rabattaktionen im Laden").contains_promotion


@given(
    st.text(max_size=300),
    st.one_of(st.none(), st.text(max_size=300)),
    st.sampled_from(["marketing", "help_reply", "otp", "?"]),
)
def test_no_words_break_the_inspector(words, html, category):
    for channel in Channel:
        content = Content(subject=words, text=words, html=html)
        seen = inspect(content, channel=channel, category=category, program=WEEKLY_OFFERS, sender=ACME)
        assert seen == inspect(content, channel=channel, category=category, program=WEEKLY_OFFERS, sender=ACME)


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a href=", "<img alt=", "1", "a@", "1,1", "https://a.b/", "opt out only ", "a-"]
)
def test_hostile_words_cost_no_more_than_their_length(piece):
    """Were a pattern to look back or ahead without end, this would take minutes."""
    words = piece * (40_000 // len(piece))
    assert mail(words, html=words).has_identification
