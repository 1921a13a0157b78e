"""What the author of a template is told before anybody is sent it."""

import pytest
from msgspec.structs import replace

from domain.addresses import Channel
from domain.compliance.lint import Lint, in_order, lint_template
from domain.compliance.verdicts import Verdict
from domain.messages import Content
from tests.unit.compliance.acme import ACME, NAMED, WEEKLY_OFFERS


def of_text(words, category="marketing", sender=ACME):
    content = Content(text=words)
    return lint_template(content, channel=Channel.SMS, category=category, sender=sender, program=WEEKLY_OFFERS)


def of_mail(words, *, subject="Hello", html=None, category="marketing", sender=ACME):
    content = Content(subject=subject, text=words, html=html)
    return lint_template(content, channel=Channel.EMAIL, category=category, sender=sender, program=WEEKLY_OFFERS)


def named(lints):
    return {lint.rule: lint for lint in lints}


def barred(lints):
    return [lint.rule for lint in lints if lint.verdict is not Verdict.ALLOW]


def test_a_marketing_text_with_brand_and_way_out_lacks_nothing():
    assert barred(of_text("Acme: {{ percent }}% off today, {{ name }}. Reply STOP to opt out.")) == []


def test_a_text_must_say_who_writes_and_how_to_leave():
    found = named(of_text("{{ percent }}% off today"))
    assert found["PRV-TWILIO-07"].message == "Say who writes: put Acme into the text."
    assert found["CA-CASL-09"].lacks == ("unsubscribe",)


def test_a_variable_that_leads_out_is_a_way_out():
    assert barred(of_text("Acme: {% if vip %}hi{% endif %} news. Leave: {{ unsubscribe_url }}")) == []


def test_without_a_sender_no_name_is_missed():
    found = named(of_text("News today. Reply STOP to opt out.", sender=None))
    assert found == {}


def test_the_first_message_is_advised_to_say_more():
    advice = named(of_text("Acme: hello. Reply STOP to opt out."))["CTIA-02"]
    assert advice.verdict is Verdict.ALLOW
    assert advice.lacks == ("customer_care_contact_or_HELP", "recurring_and_frequency", "msg_and_data_rates")
    assert "msg and data rates" in advice.message


def test_a_text_that_tells_everything_gets_no_advice():
    words = "Acme: 4 msgs/month. Msg & data rates may apply. Reply HELP for help, STOP to opt out."
    assert of_text(words) == ()


def test_the_confirmation_of_an_opt_in_must_say_it_all():
    lint = named(of_text("Acme: welcome! Reply STOP to opt out.", "optin_confirmation"))["CTIA-02"]
    assert (lint.verdict, "msg_and_data_rates" in lint.lacks) == (Verdict.DENY, True)


def test_an_answer_to_help_tells_no_frequency():
    words = "Acme: help@acme.example. Reply STOP to opt out. Msg & data rates may apply."
    assert of_text(words, "help_reply") == ()
    assert named(of_text("Acme: hello", "help_reply"))["CTIA-04"].verdict is Verdict.DENY


def test_a_text_may_not_leave_one_way_out():
    lint = of_text("Acme: you may opt out only by texting STOP. Reply STOP to opt out.")[0]
    assert (lint.rule, lint.verdict, lint.found) == ("US-TCPA-REV-05", Verdict.DENY, ("opt out only by",))


def test_a_name_that_nobody_can_reply_to_says_so_and_gives_another_way():
    lint = named(of_text("News today", sender=NAMED))["US-TCPA-REV-11"]
    assert lint.lacks == ("one_way_disclosure", "alternative_optout")
    told = "News. Do not reply. To opt out call +1 212 555 0100"
    assert "US-TCPA-REV-11" not in named(of_text(told, sender=NAMED))


@pytest.mark.parametrize(
    ("category", "rule", "verdict"),
    [
        ("transactional", "CORE-MIX-01", Verdict.NEED_OPT_IN),
        ("informational", "CORE-MIX-01", Verdict.NEED_OPT_IN),
        ("otp", "VER-11", Verdict.NEED_OPT_IN),
        ("emergency", "US-TCPA-EMERG-01", Verdict.DENY),
        ("optout_confirmation", "US-TCPA-REV-06", Verdict.DENY),
        ("doi_request", "DE-UWG-02", Verdict.DENY),
    ],
)
def test_promotion_where_none_belongs_is_named(category, rule, verdict):
    lint = of_text("Acme: your code is 1234, 20% off your next order", category)[0]
    assert (lint.rule, lint.verdict, lint.found) == (rule, verdict, ("20% off",))


def test_a_receipt_is_fine_as_it_is():
    assert of_text("Acme: payment of {{ amount }} received. Thank you.", "transactional") == ()


def test_topics_carriers_refuse_are_named_in_plain_words():
    lint = named(of_text("Acme: casino night. Reply STOP to opt out."))["CTIA-09"]
    assert (lint.verdict, lint.message) == (Verdict.DENY, "Take out what carriers refuse: gambling.")


def test_topics_for_adults_reach_only_those_of_verified_age():
    lint = named(of_text("Acme: craft beer tonight. Reply STOP to opt out."))["CTIA-09"]
    assert (lint.verdict, lint.found) == (Verdict.DENY, ("alcohol",))
    assert "age was verified" in lint.message


def test_selling_firearms_is_refused_whatever_the_age():
    lints = [lint for lint in of_text("Acme: ammo in stock. Reply STOP to opt out.") if lint.rule == "CTIA-09"]
    assert [lint.found for lint in lints] == [("firearms",)]


def test_a_shortened_link_is_advised_against():
    lint = named(of_text("Acme: news https://bit.ly/{{ code }} Reply STOP to opt out."))["CTIA-09"]
    assert (lint.verdict, lint.found) == (Verdict.ALLOW, ("bit.ly",))


def test_a_code_says_how_long_it_is_good_for_and_to_keep_it():
    lint = of_text("Acme: your code is {{ code }} https://acme.example/c", "otp")[0]
    assert (lint.lacks, lint.found) == (("expiry", "never_share"), ("acme.example",))
    assert of_text("Acme: your code is {{ code }}. It expires in 10 minutes. Never share it.", "otp") == ()


def test_marketing_mail_lacks_nothing_the_product_adds_itself():
    assert of_mail("{{ percent }}% off", html="<p>{{ percent }}% off</p>") == ()
    assert of_mail("20% off", sender=None) == ()


def test_marketing_mail_needs_a_sender_with_an_address():
    assert barred(of_mail("20% off", sender=replace(ACME, postal_address=" "))) == ["US-CANSPAM-04"]


def test_a_subject_must_not_pretend_an_answer():
    assert named(of_mail("20% off", subject="Re: your order"))["US-CANSPAM-02"].found == ("re: your order",)


def test_leaving_mail_takes_no_account_and_no_money():
    assert of_mail("Log in to your account to unsubscribe")[0].found == ("login",)
    assert of_mail("There is a fee to unsubscribe")[0].found == ("fee",)


def test_mail_about_an_order_that_sells_in_its_subject_is_advertising():
    lints = of_mail("Your order has shipped.", subject="20% off", category="transactional")
    assert barred(lints) == ["EML-8058-01", "US-CANSPAM-10", "CORE-MIX-01"]


def test_mail_that_sells_below_the_order_is_advertising_only_elsewhere():
    lints = of_mail("Your order has shipped. 20% off socks.", category="transactional")
    assert barred(lints) == ["EML-8058-01", "CORE-MIX-01"]


def test_mail_about_an_order_alone_is_fine():
    assert of_mail("Your order has shipped.", category="transactional") == ()
    assert of_mail("20% off", category="consent_request") == ()


def test_the_gravest_comes_first_and_a_fault_before_a_lack():
    lack = Lint(rule="CTIA-10", verdict=Verdict.NEED_OPT_IN, message="", lacks=("stop",))
    fault = Lint(rule="A2P-04", verdict=Verdict.NEED_OPT_IN, message="", found=("uncheck",))
    bar = Lint(rule="EML-8058-01", verdict=Verdict.DENY, message="", lacks=("one_click",))
    assert in_order([lack, fault, bar]) == (bar, fault, lack)
