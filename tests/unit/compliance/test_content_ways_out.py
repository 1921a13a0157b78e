"""What a text says about leaving, and whether it leaves only one way."""

import pytest

from domain.compliance.content import elements, ways_out
from domain.compliance.content.exclusive import exclusive_way_out, exclusive_way_out_of_consent
from domain.compliance.content.phrases import wording
from tests.unit.compliance.acme import text

STOPS = """
Reply STOP to opt out
Txt STOP to end
STOP2END
Stop: 36180
STOP SMS au 36180
Opt-out: reply STOP
To unsubscribe, reply with the word "STOP".
Reply HELP for help, STOP to cancel.
Responde STOP para cancelar
Envía BAJA para no recibir más
Répondez STOP pour vous désabonner
Antworten Sie mit STOP, um sich abzumelden
Abmeldung: STOP an 12345
""".strip().splitlines()
GOES_ON = """
Don't stop believing
Non-stop flights from $20
Bus stop at Main St is closed
The bus will stop to the left
Reply YES to confirm
""".strip().splitlines()
ONE_WAY_OUT = """
You may opt out only by texting STOP.
The only way to unsubscribe is to reply STOP.
Texting STOP is the only way to opt out.
Opt-out requests are accepted exclusively via our website.
Our exclusive opt-out method is texting STOP.
To stop messages you must reply STOP.
Only by replying STOP can you revoke your consent.
Reply STOP to opt out. No other method of opting out will be accepted.
You cannot opt out except by texting STOP.
Opt out by texting STOP; other methods will not be processed.
To unsubscribe, you must email help@acme.example.
We do not accept opt-outs by email.
Opt-out requests must be submitted in writing.
Only texts with the word STOP will be treated as opt out.
Opting out can only be requested by email.
The only permitted way to unsubscribe is to reply STOP.
To unsubscribe text STOP, which is the sole accepted method.
Solo puede darse de baja enviando STOP.
Puede darse de baja únicamente respondiendo STOP.
Vous pouvez vous désabonner uniquement en envoyant STOP.
Vous ne pouvez vous désabonner qu'en envoyant STOP.
Le seul moyen de vous désinscrire est d'envoyer STOP.
Sie können sich nur per SMS mit STOP abmelden.
Die Abmeldung ist ausschließlich per SMS möglich.
""".strip().splitlines()
MANY_WAYS_OUT = """
Reply STOP to opt out at any time, or contact us in any other reasonable way.
You may opt out at any time by replying STOP, by email or by phone.
Texting STOP is not the only way to opt out.
You can opt out by texting STOP, not only from this number.
We only text once a week. Reply STOP to opt out.
You must be 18 to join. Reply STOP to opt out.
You can withdraw consent at any time by any reasonable means.
Puede darse de baja en cualquier momento enviando STOP.
Vous pouvez vous désabonner à tout moment en envoyant STOP ou par email.
Sie können Ihre Einwilligung jederzeit widerrufen, nicht nur per SMS.
""".strip().splitlines()
CANCELS_SOMETHING_ELSE = """
To cancel your appointment you must call us 24 hours ahead.
Cancellations are accepted only by phone.
You can withdraw cash only at our branch.
Votre colis peut être retiré uniquement en magasin.
Der Widerruf Ihrer Bestellung ist nur schriftlich möglich.
Puede cancelar su cita solo por teléfono.
""".strip().splitlines()


@pytest.mark.parametrize("words", STOPS)
def test_an_instruction_to_stop_is_found(words):
    assert ways_out.stop_instruction(text(words))


@pytest.mark.parametrize("words", GOES_ON)
def test_the_word_alone_is_no_instruction(words):
    assert not ways_out.stop_instruction(text(words))


@pytest.mark.parametrize(
    "words",
    [
        "https://acme.example/u/AbCdEf123456",
        "Opt out here https://acme.example/o",
        "https://acme.example/unsubscribe?x=1",
        "Manage https://acme.example/preferences/abc",
        "https://x.example/a Unsubscribe",
        "Abmelden: https://acme.example/a",
        "Darse de baja: acme.example/b",
    ],
)
def test_a_link_to_leave_is_found(words):
    assert ways_out.leaving_link(text(words))


def test_other_links_lead_elsewhere():
    assert not ways_out.leaving_link(text("Track it: https://acme.example/us/1 and https://acme.example/u/"))


def test_mail_may_be_left_by_answering_it():
    assert ways_out.leaving_by_mail(text("Reply to this mail with unsubscribe in the subject."))
    assert not ways_out.leaving_by_mail(text("Reply to this mail with any question."))


def test_a_call_is_a_way_out_that_needs_no_reply():
    assert ways_out.other_way_out(text("To opt out call +1 212 555 0100"))
    assert ways_out.other_way_out(text("Opt out: https://acme.example/o"))
    assert not ways_out.other_way_out(text("Reply STOP to opt out"))
    assert not ways_out.other_way_out(text("Call 212-555-0100 with questions"))


@pytest.mark.parametrize(
    "words",
    [
        "Do not reply to this message.",
        "Replies to this number are not monitored.",
        "This number cannot receive text messages",
        "No responda a este mensaje",
        "Ne pas répondre",
        "Bitte nicht antworten",
    ],
)
def test_a_number_that_cannot_hear_says_so(words):
    assert ways_out.says_one_way(text(words))


def test_being_asked_to_reply_is_two_way():
    assert not ways_out.says_one_way(text("Reply YES or NO. You have 3 messages not read"))


@pytest.mark.parametrize("words", ["Log in to your account to unsubscribe", "There is a fee to unsubscribe"])
def test_a_hurdle_before_leaving_is_quoted(words):
    assert ways_out.hurdle(text(words))


@pytest.mark.parametrize("words", ONE_WAY_OUT)
def test_a_single_way_out_is_found(words):
    assert exclusive_way_out(text(words))
    assert exclusive_way_out_of_consent(text(words))


@pytest.mark.parametrize("words", MANY_WAYS_OUT)
def test_one_way_among_others_is_no_single_way(words):
    assert exclusive_way_out(text(words)) is None
    assert exclusive_way_out_of_consent(text(words)) is None


@pytest.mark.parametrize("words", CANCELS_SOMETHING_ELSE)
def test_a_message_may_say_how_an_appointment_is_cancelled(words):
    assert exclusive_way_out(text(words)) is None


@pytest.mark.parametrize(
    "words",
    [
        "You must call 1-800-555-0100 to cancel.",
        "Der Widerruf ist nur schriftlich möglich.",
        "Consent may be revoked only in writing.",
    ],
)
def test_in_a_text_about_consent_cancelling_is_leaving(words):
    assert exclusive_way_out_of_consent(text(words))


@pytest.mark.parametrize(
    "words",
    [
        "4 msgs/month",
        "Up to 4 messages a month",
        "Msg frequency varies",
        "One message per request",
        "2-4 msgs/mo",
        "4 SMS al mes",
        "4 messages par mois",
        "bis zu 4 Nachrichten im Monat",
        "weekly newsletter updates",
    ],
)
def test_a_frequency_is_found_in_numbers_or_as_varying(words):
    assert elements.frequency(text(words), None)


def test_recurring_alone_is_no_frequency():
    assert not elements.frequency(text("Recurring messages, 4 items in your cart"), None)


@pytest.mark.parametrize(
    "words",
    [
        "Msg&data rates may apply",
        "Message and data rates may apply.",
        "Std msg rates apply",
        "Pueden aplicarse tarifas de mensajes y datos",
        "Des frais de messagerie et de données peuvent s'appliquer",
        "Es können Nachrichten- und Datengebühren anfallen",
    ],
)
def test_that_rates_may_apply_is_found(words):
    assert elements.rates(text(words))


def test_a_pattern_that_could_match_without_its_words_is_a_mistake():
    with pytest.raises(ValueError, match="can match without"):
        wording("LEAVE ~10 NOW", "NOW", needs="LEAVE", LEAVE="opt out", NOW="now")
