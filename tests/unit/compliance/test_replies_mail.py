"""A person's own words in a mail or a text, and mail that no person wrote."""

from datetime import UTC, datetime

import pytest

from domain.compliance.replies import Classification, Mailbox, Reading, Reply, classify
from domain.compliance.replies.mail import own_words

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def read(text: str, **around: object) -> Reading:
    return classify(Reply(text=text, received_at=AT, **{"channel": "email", **around}))


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"auto-submitted": "Auto-Generated; owner-email=pat@example.com"},
        {"Precedence": "bulk"},
        {"Precedence": "LIST"},
        {"precedence": "auto_reply"},
        {"X-Auto-Response-Suppress": "All"},
        {"Return-Path": "<>"},
        {"Return-Path": ""},
        {"Content-Type": "multipart/report; report-type=delivery-status; boundary=x"},
        {"Content-Type": "message/delivery-status"},
    ],
)
def test_automatic_mail_changes_nothing_and_is_not_answered(headers):
    reading = read("Please unsubscribe me", headers=headers)
    assert (reading.classification, reading.rule) == (Classification.NO_CHANGE, "EML-AUTO-01")
    assert (reading.effect, reading.reply.send) == ("none", None)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Auto-Submitted": "no"},
        {"Auto-Submitted": "No (sent by hand)"},
        {"Precedence": "first-class"},
        {"Return-Path": "<pat@example.com>"},
        {"Content-Type": "multipart/alternative; boundary=x"},
    ],
)
def test_mail_a_person_sent_is_read(headers):
    assert read("Please unsubscribe me", headers=headers).effect == "opt_out"


@pytest.mark.parametrize("headers", [{"Return-Path": "<>"}, {"Auto-Submitted": "auto-replied"}])
def test_a_bounce_or_a_vacation_notice_is_no_opt_out_in_the_unsubscribe_mailbox_either(headers):
    assert read("", mailbox=Mailbox.UNSUBSCRIBE, headers=headers).rule == "EML-AUTO-01"


QUOTES = (
    "> Unsubscribe or stop",
    "On Mon, Nov 23, 2026 at 9:00 AM Acme <news@acme.example> wrote:\nUnsubscribe",
    "On Mon, Nov 23, 2026 at 9:00 AM Acme\n<news@acme.example> wrote:\nUnsubscribe",
    "Le lun. 23 nov. 2026 à 09:00, Acme a écrit :\nSe désabonner",
    "El lun, 23 nov 2026 a las 9:00, Acme escribió:\nDarse de baja",
    "Am Mo., 23. Nov. 2026 um 09:00 Uhr schrieb Acme:\nHier abmelden",
    "Em seg., 23 de nov. de 2026 às 09:00, Acme escreveu:\nSair da lista",
    "Il giorno lun 23 nov 2026 alle ore 09:00 Acme ha scritto:\nDisiscriviti",
    "Op ma 23 nov 2026 om 09:00 schreef Acme:\nAfmelden",
    "-----Original Message-----\nUnsubscribe",
    "-----Ursprüngliche Nachricht-----\nAbmelden",
    "________________________________\nUnsubscribe",
    "From: Acme <news@acme.example>\nUnsubscribe",
    "De : Acme\nSe désabonner",
)
ENDINGS = (
    "Sent from my iPhone",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "Von meinem iPhone gesendet",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Get Outlook for iOS",
    "-- \nPat Doe\nUnsubscribe consultant",
    "- Pat",
    "— Pat Doe",
    "This email and any attachments are confidential. If it is not for you, delete it and stop reading.",
    "Confidentiality notice: delete this message if you are not the recipient.",
)


@pytest.mark.parametrize("quote", QUOTES)
def test_what_the_writer_quotes_is_not_what_they_say(quote):
    assert own_words(f"Thank you, see you there!\n\n{quote}").strip() == "Thank you, see you there!"
    assert read(f"Thank you, see you there!\n\n{quote}").effect == "none"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_signature_is_no_part_of_the_reply(ending):
    assert own_words(f"STOP\n\n{ending}").strip() == "STOP"
    assert read(f"STOP\r\n\r\n{ending}", channel="sms").rule == "US-TCPA-REV-01"


def test_a_reply_that_only_quotes_says_nothing():
    assert own_words("> stop") == ""
    assert own_words("On Mon, Acme wrote:\n> stop") == ""


def test_a_line_the_mail_program_broke_is_one_sentence():
    text = "Hello, I have been thinking about this and I no longer wish to\nreceive your newsletter."
    assert read(text).effect == "opt_out"


@pytest.mark.parametrize(
    "text",
    [
        "Liked “20% off today. Reply STOP to opt out. Acme”",
        "Laughed at “Stop scrolling, start saving!”",
        'Emphasized "Reply STOP to end"',
        "A aimé « -20 % aujourd'hui. STOP au 36111 »",
    ],
)
def test_a_reaction_quotes_our_words_and_not_the_persons(text):
    assert read(text, channel="sms").classification is Classification.NOT_REVOCATION


def test_a_thumb_down_is_a_doubt():
    reading = read("Disliked “20% off today. Reply STOP to opt out.”", channel="sms")
    assert reading.classification is Classification.SUSPEND_AND_REVIEW
