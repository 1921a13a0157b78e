"""Whatever a mail's bytes are, reading them ends soon, breaks nothing, and makes nobody leave."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.inbound.mail.reading import read_mail
from domain.compliance.delivery_reports import Bounce
from domain.mail_in.bounces import read_bounce
from domain.mail_in.mail import RecipientReport

CORPUS = sorted((Path(__file__).parents[2] / "mail_in/corpus").glob("*.eml"))
SECONDS = 2


def read(data: bytes, sender: str = "pat@example.com"):
    return read_mail(data, sender=sender, recipient="reply+token")


@given(st.binary(max_size=2_000))
def test_bytes_of_any_kind_are_a_mail_that_says_nothing(data):
    mail = read(data, sender="")
    assert mail.feedback is None
    bounced = read_bounce(mail)
    assert bounced is None or bounced.kind is Bounce.NONE


@settings(max_examples=300)
@given(st.sampled_from(CORPUS), st.data())
def test_a_damaged_report_is_read_as_far_as_it_goes(path, data):
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    mail = read(bytes(whole), sender="<>")
    assert len(mail.identity) == 32
    read_bounce(mail)


@given(
    st.lists(
        st.builds(RecipientReport, action=st.text(max_size=20), status=st.text(max_size=20), diagnostic=st.text()),
        max_size=5,
    )
)
def test_a_report_that_states_no_permanent_failure_kills_no_address(reports):
    mail = read(b"")
    hard = {report.action.casefold() for report in reports} - {"", "failed"}
    bounced = read_bounce(type(mail)(sender="", identity=b"", reports=tuple(reports)))
    assert bounced is not None
    if hard or not reports:
        assert bounced.kind is not Bounce.HARD


def _nested(depth: int) -> bytes:
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(depth))
    return opened + b"\r\nstop\r\n"


BOMBS = {
    "parts in parts in parts": _nested(20_000),
    "mails in mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * 20_000,
    "parts without end": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 200_000,
    "headers without end": b"a: b\r\n" * 500_000,
    "one header without end": b"Subject: " + b"=?utf-8?q?a?= " * 200_000,
    "folded without end": b"Subject: a\r\n" + b" b\r\n" * 500_000,
    "recipients without end": b'Content-Type: multipart/report; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: message/delivery-status\r\n\r\n" + b"Action: failed\r\nStatus: 5.1.1\r\n\r\n" * 100_000,
    "parameters without end": b"Content-Type: text/plain" + b"; a*0=b" * 200_000,
    "markup without end": b"Content-Type: text/html\r\n\r\n" + b"<div <!-- <a href='" * 100_000,
    "one line": b"x" * 10_000_000,
    "addresses in addresses": b"From: " + b"(" * 500_000 + b"<a@example.com>\r\n\r\n",
    "unpacked, it is large": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + b"QUFB\r\n" * 300_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_is_made_to_keep_us_busy_does_not(bomb):
    began = time.process_time()
    mail = read(BOMBS[bomb], sender="<>")
    read_bounce(mail)
    assert time.process_time() - began < SECONDS
    assert len(mail.text) <= 20_000


@pytest.mark.parametrize(
    "charset", ["utf-16", "punycode", "idna", "unicode_escape", "zlib", "hex", "no-such", "x" * 500, "\x00", "rot13"]
)
def test_a_charset_no_mail_is_written_in_is_not_asked_for(charset):
    mail = read(f"Content-Type: text/plain; charset={charset}\r\n\r\nstop \xe9\r\n".encode("latin-1"))
    assert mail.text.startswith("stop") or mail.text == ""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "koi8-r", "gb18030", "shift_jis"])
def test_charsets_people_write_in_are_read(charset):
    text = "stop" if charset in ("koi8-r", "gb18030", "shift_jis") else "café"
    mail = read(f"Content-Type: text/plain; charset={charset}\r\n\r\n{text}\r\n".encode(charset))
    assert mail.text.strip() == text


def test_headers_are_one_line_however_they_were_written():
    mail = read(b"Subject: =?utf-8?q?a=0D=0ABcc=3A_b?=\r\nFrom: a\r\n b\x00c\r\n\r\n")
    assert mail.subject == "a Bcc: b"
    assert "\n" not in mail.headers["from"]
    assert "\x00" not in mail.headers["from"]


def test_letters_beyond_ascii_are_read_in_a_header_nobody_encoded():
    assert read("Subject: Réponse automatique\r\n\r\n".encode()).subject == "Réponse automatique"


def test_the_envelope_counts_and_not_what_the_mail_says_of_it():
    assert read(b"Return-Path: <>\r\n\r\n").headers["return-path"] == "<pat@example.com>"
    assert read(b"Return-Path: <a@example.com>\r\n\r\n", sender="<>").headers["return-path"] == "<>"


def test_the_same_mail_is_known_again_and_to_another_address_it_is_another():
    once = b"Received: by one\r\nMessage-ID: <1@example.com>\r\n\r\nhello"
    again = b"Received: by another\r\nMessage-ID: <1@example.com>\r\n\r\nhello"
    assert read(once).identity == read(again).identity
    assert read(once).identity != read_mail(once, sender="", recipient="unsub+token").identity
    assert read(b"\r\nhello").identity != read(b"\r\nanother").identity


def test_encoded_delivery_status_is_decoded():
    fields = "QWN0aW9uOiBmYWlsZWQKU3RhdHVzOiA1LjEuMQo="  # pragma: allowlist secret
    mail = read(
        f'Content-Type: multipart/report; boundary="b"\r\n\r\n--b\r\nContent-Type: message/global-delivery-status\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{fields}\r\n--b--\r\n".encode()
    )
    assert mail.reports == (RecipientReport(action="failed", status="5.1.1"),)


def test_a_mail_shows_nothing_of_itself_where_it_is_printed():
    assert repr(read(b"Subject: secret\r\n\r\nsecret")) == "Mail(…)"


def test_a_part_that_is_an_attachment_is_not_what_was_written():
    mail = read(
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n'
        b"Content-Disposition: attachment\r\n\r\nstop\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n"
    )
    assert mail.text == "hello"


def test_words_that_speak_of_trying_later_kill_no_address():
    mail = read(b"From: MAILER-DAEMON@example.org\r\nSubject: failure notice\r\n\r\n421 try again in an hour\r\n")
    bounced = read_bounce(mail)
    assert bounced is not None
    assert (bounced.kind, bounced.status) == (Bounce.SOFT, "4.0.0")
