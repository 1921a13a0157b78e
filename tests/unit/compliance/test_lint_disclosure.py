"""What a consent text may not say, and what each law wants said in it."""

import pytest

from domain.addresses import Channel
from domain.compliance.content import agreement
from domain.compliance.lint_disclosure import lint_disclosure
from domain.compliance.verdicts import Verdict
from tests.unit.compliance.acme import ACME, WEEKLY_OFFERS, text

WHOLE = (
    "I agree to receive recurring automated marketing text messages (up to 4 messages a month) from Acme at the number "
    "provided. Consent is not a condition of purchase. Msg & data rates may apply. Reply STOP to opt out, HELP for "
    "help. Terms and Privacy Policy: https://acme.example/legal"
)
SPANISH = (
    "Acepto recibir mensajes de texto automatizados con ofertas de Acme, hasta 4 mensajes al mes. El consentimiento no "
    "es una condición de compra. Pueden aplicarse tarifas de mensajes y datos. Responda STOP para cancelar, AYUDA para "
    "obtener ayuda. Términos y privacidad: https://acme.example/legal"
)
CANADIAN = (
    "Yes, I want to receive offers from Acme Ltd by email. You can withdraw your consent at any time. "
    "Acme Ltd, 12 King Street, Toronto, https://acme.example"
)
GERMAN = "Ich möchte den Newsletter der Acme mit Angeboten per E-Mail erhalten und kann das jederzeit widerrufen."


def in_us(words, **more):
    return lint_disclosure(words, jurisdictions=["US"], channel=Channel.SMS, **more)


def faults(lints):
    return {lint.rule: lint.verdict for lint in lints if lint.found}


def lacks(lints, rule):
    return next((lint.lacks for lint in lints if lint.rule == rule), ())


def test_an_exclusive_way_out_is_refused_in_any_text():
    lints = lint_disclosure("You may opt out only by texting STOP.")
    assert [(lint.rule, lint.verdict) for lint in lints] == [("US-TCPA-REV-05", Verdict.DENY)]
    assert lints[0].message.startswith("Do not name one way")


def test_one_way_out_among_others_is_fine_in_terms():
    assert lint_disclosure("Reply STOP to opt out at any time.") == ()


@pytest.mark.parametrize("words", [WHOLE, SPANISH])
def test_a_whole_text_lacks_nothing_in_the_us(words):
    assert in_us(words, sender=ACME, program=WEEKLY_OFFERS) == ()
    assert lint_disclosure(words) == ()


@pytest.mark.parametrize(
    ("left_out", "rule", "name"),
    [
        ("automated ", "US-TCPA-CONS-02", "autodialer_disclosed"),
        ("Consent is not a condition of purchase. ", "US-TCPA-CONS-02", "not_condition_of_purchase_disclosed"),
        ("from Acme ", "US-TCPA-CONS-02", "seller_identity"),
        ("marketing ", "US-TCPA-CONS-02", "advertising"),
        ("I agree to receive", "US-TCPA-CONS-02", "affirmative_act"),
        ("(up to 4 messages a month) ", "CTIA-10", "frequency"),
        ("Msg & data rates may apply. ", "CTIA-10", "msg_and_data_rates"),
        ("HELP for help", "CTIA-10", "help"),
        ("Reply STOP to opt out, ", "CTIA-10", "stop"),
        ("Terms and ", "CTIA-10", "terms_url"),
        ("from Acme ", "CTIA-10", "brand"),
    ],
)
def test_each_thing_us_law_and_carriers_want_said_is_missed(left_out, rule, name):
    words = WHOLE.replace(left_out, "").replace("https://acme.example/legal", "")
    lints = in_us(words, sender=ACME)
    assert name in lacks(lints, rule)
    assert all(lint.verdict is Verdict.NEED_OPT_IN for lint in lints)


def test_a_remedy_says_what_to_write():
    lints = in_us(WHOLE.replace("Msg & data rates may apply. ", ""))
    assert [lint.message for lint in lints] == ["Also say that message and data rates may apply."]


def test_a_call_to_action_without_a_place_is_read_as_shown_in_the_us():
    lints = lint_disclosure("By entering your number you agree to receive offers.")
    assert {lint.rule for lint in lints} == {"US-TCPA-CONS-02", "CTIA-10", "A2P-04"}


def test_a_consent_to_texts_speaks_of_texts():
    assert lacks(in_us("I agree to receive reminders.", category="informational"), "A2P-04") == ("channel",)
    assert in_us("I agree to receive reminders by SMS.", category="informational") == ()


def test_where_codes_are_asked_for_rates_and_terms_are_shown():
    lints = in_us("We text you a code.", category="otp")
    assert lacks(lints, "PRV-TWILIO-06") == ("msg_and_data_rates", "terms_url", "privacy_url")


def test_states_bring_the_law_of_their_country():
    assert lacks(lint_disclosure("Acme texts", jurisdictions=["US-FL"]), "CTIA-10")


def in_canada(words):
    return lint_disclosure(words, jurisdictions=["CA"], channel=Channel.EMAIL, sender=ACME)


def test_canada_wants_to_know_who_where_and_how_to_withdraw():
    assert in_canada(CANADIAN) == ()
    lints = in_canada("I want to receive things.")
    assert lacks(lints, "CA-CASL-02") == (
        "purpose",
        "sender_name",
        "mailing_address",
        "one_of_phone_email_web",
        "withdrawal_statement",
    )


def test_the_address_of_the_sender_is_known_in_any_form():
    words = CANADIAN.replace("12 King Street, Toronto", "1 Main St., Springfield / IL 62701 / US")
    assert in_canada(words) == ()


def in_germany(words, **more):
    return lint_disclosure(words, jurisdictions=["DE"], channel=Channel.EMAIL, sender=ACME, locale="de-DE", **more)


def test_europe_wants_to_know_who_why_how_and_that_it_can_be_withdrawn():
    assert in_germany(GERMAN) == ()
    lints = in_germany("Ja, ich bin einverstanden.")
    assert lacks(lints, "EU-GDPR-01") == ("controllers", "purposes", "channel")
    assert lacks(lints, "EU-GDPR-03") == ("withdrawal_statement",)


def test_the_purpose_may_be_told_in_the_words_of_the_program():
    words = "I agree that Acme may send me spring flowers by email. I can withdraw at any time."
    assert lacks(in_germany(words), "EU-GDPR-01") == ("purposes",)
    from_program = lint_disclosure(
        "I agree that Acme may send me offers and discounts by text. I can withdraw at any time.",
        jurisdictions=["EU"],
        sender=ACME,
        program=WEEKLY_OFFERS,
    )
    assert from_program == ()


def test_without_a_channel_either_will_do():
    assert lint_disclosure("I agree to the newsletter by email and can withdraw", jurisdictions=["UK"]) == ()


def test_an_unknown_place_wants_the_strictest():
    lints = lint_disclosure("I agree", jurisdictions=["XX"], sender=ACME)
    assert lacks(lints, "CORE-JUR-03") == ("sender_name", "purpose", "mailing_address", "withdrawal_statement")
    assert lint_disclosure("I agree", jurisdictions=["unknown"], sender=ACME) == lints


def test_a_language_nobody_reads_here_is_left_to_people():
    lints = lint_disclosure("お知らせを受け取る", jurisdictions=["US"], locale="ja-JP")
    assert [(lint.rule, lint.verdict) for lint in lints] == [("CORE-PROOF-01", Verdict.ALLOW)]


@pytest.mark.parametrize(
    ("words", "us", "europe", "canada"),
    [
        ("By accepting our Terms you agree to receive text messages.", "A2P-04", "EU-GDPR-01", "CA-CASL-02"),
        ("I agree to the Terms and to receive marketing texts.", "A2P-04", "EU-GDPR-01", "CA-CASL-02"),
        ("Ich akzeptiere die AGB und den Empfang von Werbung per SMS.", "A2P-04", "EU-GDPR-01", "CA-CASL-02"),
        ("Uncheck this box if you do not want texts.", "A2P-04", "EU-GDPR-01", "CA-CASL-02"),
        ("If you do not wish to receive texts, tick this box.", "A2P-04", "EU-GDPR-01", "CA-CASL-02"),
        ("Consent is required to complete your purchase.", "US-TCPA-CONS-02", "EU-GDPR-01", None),
        ("You must agree to texts to create an account.", "US-TCPA-CONS-02", "EU-GDPR-01", None),
        ("We may share your number with our marketing partners.", "CTIA-06", "EU-GDPR-01", "CA-CASL-14"),
        ("Acme and its partners may text you.", "US-TCPA-CONS-02", "EU-GDPR-01", "CA-CASL-14"),
        ("This consent is irrevocable.", "US-TCPA-REV-05", "EU-GDPR-03", "CA-CASL-02"),
        ("We send offers and create a profile of you.", None, "EU-GDPR-01", None),
    ],
)
def test_what_no_consent_text_may_say_is_quoted(words, us, europe, canada):
    for place, rule in (("US", us), ("FR", europe), ("CA", canada)):
        found = faults(lint_disclosure(words, jurisdictions=[place]))
        assert set(found) == ({rule} if rule else set())


@pytest.mark.parametrize(
    "words",
    [
        "We do not share your number with third parties.",
        "Consent is not required to buy anything.",
        "If you do not wish to receive texts, reply STOP.",
        "I agree to receive texts. See our Terms.",
        "We create a profile of your car.",
    ],
)
def test_the_opposite_is_no_fault(words):
    assert faults(lint_disclosure(words, jurisdictions=["US", "FR", "CA"])) == {}


def test_an_account_before_leaving_mail_is_a_fault():
    words = "Log in to your account to unsubscribe."
    assert set(faults(lint_disclosure(words, jurisdictions=["US"], channel=Channel.EMAIL))) == {"US-CANSPAM-07"}


def test_a_fault_is_told_before_what_is_left_out():
    assert lint_disclosure("By accepting our Terms you agree to receive text messages from Acme.")[0].rule == "A2P-04"


@pytest.mark.parametrize(
    "words",
    [
        "12 King Street, Toronto",
        "P.O. Box 17",
        "12 rue de Rivoli",
        "Hauptstraße 5",
        "Calle Mayor, 3",
        "M5V 2T6",
        "Postfach 12",
    ],
)
def test_a_mailing_address_is_known_by_its_form(words):
    assert agreement.has_address(text(words))


def test_a_frequency_is_no_mailing_address():
    assert not agreement.has_address(text("up to 4 messages a month"))
