"""What a mail server receives is what the standards say, whatever language it is in."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.outbound.email.mime import build
from application.messages.carriers import Effect, Refused
from domain.addresses import Address, Channel
from tests.unit.compliance.acme import ACME
from tests.unit.outgoing import NOON, email

pytestmark = pytest.mark.anyio

TEXTS = {
    "plain": "Hello Pat.\n\nSee you at noon.\n",
    "German": "Grüße aus Köln! Schönes Wochenende wünscht\nAcme\n",
    "emoji": "🎉🎊👩‍👩‍👧‍👦 " * 60,
    "Chinese": "您的订单已发货。预计明天送达。" * 30,
    "Hebrew": "שלום פט, ההזמנה שלך בדרך אליך.\n" * 10,
    "Arabic": "مرحبا، طلبك في الطريق إليك.\n" * 10,
    "a line without an end": "word " * 2000,
    "a word without an end": "x" * 5000,
    "lines that begin with a dot": ".\n..\n.hidden\n",
    "From at the start of a line": "From now on we open at eight.\nAnd so on.\n",
    "spaces at the end of lines": "one  \ntwo\t\n",
    "old line ends": "one\rtwo\r\nthree",
    "what looks like our boundary": "--=_0123456789abcdef\n",
    "control characters": "bell \x07 and null \x00\n",
}


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
async def test_text_arrives_as_written(mail_server, smtp, text):
    await smtp().send(email(text=text))
    (mail,), (raw,) = mail_server.mails, mail_server.raw
    assert lines_of(mail.get_content()) == lines_of(text)
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw.replace(b"\r\n", b"").count(b"\n") == raw.replace(b"\r\n", b"").count(b"\r") == 0
    assert raw.isascii()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
async def test_text_and_html_arrive_as_alternatives(mail_server, smtp, text):
    await smtp().send(email(text=text, html=f"<p>{text}</p>"))
    (mail,) = mail_server.mails
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = mail.iter_parts()
    assert [plain.get_content_type(), html.get_content_type()] == ["text/plain", "text/html"]
    assert lines_of(plain.get_content()) == lines_of(text)
    assert lines_of(html.get_content()) == lines_of(f"<p>{text}</p>")
    assert not mail.defects


async def test_plain_text_stays_readable_and_other_alphabets_stay_short(mail_server, smtp):
    for text in (
        "Hello.\n",
        "Grüße aus Köln und ein schönes Wochenende wünscht Ihr Team von Acme.\n",
        "您的订单已发货。\n",
    ):
        await smtp().send(email(text=text))
    encodings = [mail["Content-Transfer-Encoding"] for mail in mail_server.mails]
    assert encodings == ["7bit", "quoted-printable", "base64"]


SUBJECTS = [
    "20% off today",
    "Grüße aus Köln 🎉",
    "您的订单已发货。预计明天送达。" * 8,
    "שלום פט, ההזמנה שלך בדרך",
    "👩‍👩‍👧‍👦" * 20,
    "A long subject in plain words that goes on " * 5 + "end",
    "=?utf-8?b?SSBhbSBub3QgZW5jb2RlZA==?=",
    "two  spaces and one at the end ",
    "x" * 500,
    'Price: 5 < 6 & "quotes"',
]


@pytest.mark.parametrize("subject", SUBJECTS)
async def test_a_subject_arrives_as_written(mail_server, smtp, subject):
    await smtp().send(email(subject=subject))
    (mail,), (raw,) = mail_server.mails, mail_server.raw
    assert mail["Subject"] == subject
    assert max(map(len, raw.split(b"\r\n\r\n")[0].split(b"\r\n"))) <= 76


NAMES = [
    "Acme Ltd",
    "Acme, Inc.",
    'The "Best" \\ Shop',
    "Käserei Müller & Söhne GmbH",
    "株式会社アクメ" * 6,
    "=?utf-8?q?x?=",
]


@pytest.mark.parametrize("name", NAMES)
async def test_the_sender_is_named_as_it_is_called(mail_server, smtp, name):
    await smtp().send(email(sender=replace(ACME, legal_name=name)))
    phrase, address = parseaddr(message_from_bytes(mail_server.raw[0])["From"].replace("\r\n", ""))
    assert (str(make_header(decode_header(phrase))), address) == (name, "news@acme.example")
    assert mail_server.envelopes[0].mail_from == "news@acme.example"


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 22, 12, 0, 0, 654321, tzinfo=UTC)


async def test_a_mail_says_who_when_and_which_message_it_is(mail_server, smtp):
    outgoing = email(sender=replace(ACME, email_reply_to="help@acme.example"))
    taken = await smtp(clock=FixedClock()).send(outgoing)
    (mail,) = mail_server.mails
    assert parsedate_to_datetime(mail["Date"]) == NOON
    assert mail["Message-ID"] == f"<{outgoing.message_id}@acme.example>"
    assert (mail["To"], mail["Reply-To"]) == ("pat@example.com", "help@acme.example")
    assert mail["MIME-Version"] == "1.0"
    assert taken.provider_id == "4F1Q2z"


async def test_mail_one_can_unsubscribe_from_offers_one_click_and_a_mail_address(mail_server, smtp):
    url = "https://acme.example/u/" + "k3Xp" * 30
    await smtp().send(email(unsubscribe_url=url, unsubscribe_mailto="unsubscribe+k3Xp@acme.example"))
    (mail,) = mail_server.mails
    assert mail.get_all("List-Unsubscribe") == [f"<{url}>, <mailto:unsubscribe+k3Xp@acme.example>"]
    assert mail.get_all("List-Unsubscribe-Post") == ["List-Unsubscribe=One-Click"]
    assert mail["Auto-Submitted"] is None


async def test_a_mail_address_alone_does_not_promise_one_click(mail_server, smtp):
    await smtp().send(email(unsubscribe_mailto="mailto:unsubscribe+k3Xp@acme.example?subject=stop"))
    (mail,) = mail_server.mails
    assert mail["List-Unsubscribe"] == "<mailto:unsubscribe+k3Xp@acme.example?subject=stop>"
    assert mail["List-Unsubscribe-Post"] is None


async def test_machine_mail_says_so_and_no_machine_answers_it(mail_server, smtp):
    await smtp().send(email())
    (mail,) = mail_server.mails
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "poisoned",
    [
        {"subject": "Hello\r\nBcc: everyone@example.com"},
        {"subject": "Hello\nX: y"},
        {"subject": "Hello\x00"},
        {"sender": replace(ACME, legal_name="Acme\r\nBcc: everyone@example.com")},
        {"unsubscribe_url": "https://acme.example/u/1\r\nBcc: everyone@example.com"},
        {"unsubscribe_url": "https://acme.example/u/1>, <https://evil.example"},
        {"unsubscribe_mailto": "a@b.example, c@d.example\n"},
        {"text": "half a \ud83d character"},
    ],
)
async def test_nothing_can_be_smuggled_into_the_headers(mail_server, smtp, poisoned):
    with pytest.raises(Refused):
        await smtp().send(email(**poisoned))
    assert mail_server.envelopes == []


@pytest.mark.parametrize(
    "sender",
    [replace(ACME, email_from=None), replace(ACME, email_from="x"), replace(ACME, email_reply_to="a@b\r\nc: d")],
)
async def test_a_sender_without_a_usable_address_is_misconfigured(mail_server, smtp, sender):
    with pytest.raises(Refused) as refused:
        await smtp().send(email(sender=sender))
    assert refused.value.effect is Effect.SENDER_MISCONFIGURED
    assert mail_server.envelopes == []


async def test_an_international_domain_needs_nothing_special(mail_server, smtp):
    await smtp().send(email(to="pat@bücher.example"))
    assert mail_server.envelopes[0].rcpt_tos == ["pat@xn--bcher-kva.example"]
    assert mail_server.envelopes[0].smtp_utf8 is False


async def test_an_international_mailbox_is_written_as_it_is(mail_server, smtp):
    await smtp().send(email(to="günther@example.com"))
    (envelope,), (mail,) = mail_server.envelopes, mail_server.mails
    assert (envelope.rcpt_tos, envelope.smtp_utf8) == (["günther@example.com"], True)
    assert "To: günther@example.com\r\n".encode() in envelope.content
    assert lines_of(mail.get_content()) == ["Hello Pat."]


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
ANY_LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120)


@given(subject=ANY_LINE, text=ANY_TEXT, html=ANY_TEXT)
def test_any_text_survives(subject, text, html):
    mail = build(email(subject=subject, text=text, html=html), NOON)
    raw = mail.head() + b"\r\n" + mail.body
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert raw.endswith(b"\r\n")
    assert raw.isascii()


def test_an_address_is_never_part_of_what_is_thrown():
    address = Address.parse("pat@example.com", Channel.EMAIL)
    with pytest.raises(Refused) as refused:
        build(email(subject="a\nb", to=address.value), NOON)
    assert "pat" not in str(refused.value)
