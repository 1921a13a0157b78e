"""What a mail server refuses, delays or leaves open becomes the right answer; no connection is lost or kept dirty."""

import asyncio

import pytest

from adapters.outbound.email.connection import SmtpServer
from application.messages.carriers import Effect, NotNow, NoWord, Refused
from tests.contracts.authority import Authority
from tests.contracts.mail_server import FickleServer, MailServer
from tests.unit.outgoing import email

pytestmark = pytest.mark.anyio

TOO_LONG_FOR_ANY_BUFFER = "word\n" * 3_000_000


# Refusals


@pytest.mark.parametrize(
    ("reply", "code", "effect"),
    [
        ("550 5.1.1 <pat@example.com> user unknown", "smtp-5.1.1", Effect.ADDRESS_DEAD),
        ("550 5.1.10 null MX", "smtp-5.1.10", Effect.ADDRESS_DEAD),
        ("550 5.2.1 mailbox disabled", "smtp-5.2.1", Effect.ADDRESS_DEAD),
        ("550 5.7.17 new owner", "smtp-5.7.17", Effect.ADDRESS_DEAD),
        ("556 5.1.10 no mail here", "smtp-5.1.10", Effect.ADDRESS_DEAD),
        ("550 no such user", "smtp-550", Effect.ADDRESS_DEAD),
        ("550 5.1.0 address rejected", "smtp-5.1.0", Effect.ADDRESS_DEAD),
        ("552 5.2.2 mailbox full", "smtp-5.2.2", Effect.NONE),
        ("550 5.7.1 blocked by policy", "smtp-5.7.1", Effect.NONE),
        ("550 5.7.26 unauthenticated", "smtp-5.7.26", Effect.SENDER_MISCONFIGURED),
        ("554 5.4.14 hop count", "smtp-5.4.14", Effect.NONE),
        ("554 no", "smtp-554", Effect.NONE),
    ],
)
async def test_a_recipient_refused_for_good_is_refused_with_what_that_means(mail_server, smtp, reply, code, effect):
    mail_server.refusals["pat"] = reply
    with pytest.raises(Refused) as refused:
        await smtp().send(email())
    assert (refused.value.code, refused.value.effect) == (code, effect)
    assert "pat" not in str(refused.value)


@pytest.mark.parametrize(
    ("reply", "effect"),
    [
        ("550 5.7.1 relaying denied", Effect.SENDER_MISCONFIGURED),
        ("550 5.1.8 bad sender domain", Effect.SENDER_MISCONFIGURED),
        ("553 not yours", Effect.SENDER_MISCONFIGURED),
        ("552 5.3.4 too large", Effect.NONE),
    ],
)
async def test_a_sender_refused_for_good_is_misconfigured(mail_server, smtp, reply, effect):
    mail_server.sender_refusal = reply
    with pytest.raises(Refused) as refused:
        await smtp().send(email())
    assert refused.value.effect is effect


async def test_a_mail_refused_after_it_was_read_does_not_condemn_its_address(mail_server, smtp):
    mail_server.verdicts["pat"] = "550 looks like spam"
    with pytest.raises(Refused) as refused:
        await smtp().send(email())
    assert refused.value.effect is Effect.NONE


@pytest.mark.parametrize(
    ("reply", "recipient_only"),
    [
        ("450 4.7.1 greylisted, come back in five minutes", True),
        ("451 try later", True),
        ("452 4.2.2 mailbox full", True),
        ("451 4.3.0 queue file write error", False),
        ("454 4.7.0 no TLS now", True),
        ("503 bad sequence", False),
    ],
)
async def test_a_recipient_not_taken_now_is_tried_later(mail_server, smtp, reply, recipient_only):
    mail_server.refusals["pat"] = reply
    with pytest.raises(NotNow) as later:
        await smtp().send(email())
    assert later.value.recipient_only is recipient_only


async def test_after_a_refusal_the_connection_serves_the_next_mail(mail_server, smtp):
    mail_server.refusals |= {"gone": "550 5.1.1 unknown", "later": "450 4.7.1 greylisted"}
    mail_server.verdicts["spam"] = "554 5.6.0 no"
    carrier = smtp(connections=1)
    for name in ("gone", "later", "spam"):
        with pytest.raises((Refused, NotNow)):
            await carrier.send(email(to=f"{name}@example.com"))
    await carrier.send(email())
    assert (mail_server.connections, len(mail_server.envelopes)) == (1, 1)
    assert mail_server.envelopes[0].rcpt_tos == ["pat@example.com"]


async def test_an_international_mailbox_needs_a_server_that_takes_it(smtp):
    async with MailServer().running() as plain:
        carrier = smtp(port=plain.port)
        with pytest.raises(Refused) as refused:
            await carrier.send(email(to="günther@example.com"))
        await carrier.send(email())
        assert (refused.value.code, len(plain.envelopes)) == ("smtp-utf8", 1)


# Broken connections


@pytest.mark.parametrize("stage", ["connect", "EHLO", "MAIL", "RCPT", "DATA", "text"])
async def test_what_breaks_before_the_end_of_the_mail_was_certainly_not_taken(smtp, stage):
    async with FickleServer({stage: "drop"}).running() as server:
        with pytest.raises(NotNow):
            await smtp(port=server.port).send(email(text=TOO_LONG_FOR_ANY_BUFFER if stage == "text" else "Hello."))
        assert server.taken == []


async def test_what_breaks_after_the_end_of_the_mail_nobody_knows(smtp):
    async with FickleServer({".": "drop"}).running() as server:
        with pytest.raises(NoWord):
            await smtp(port=server.port).send(email())
        assert (server.runs, len(server.taken)) == (1, 1)


@pytest.mark.parametrize("stage", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
async def test_a_server_that_falls_silent_is_waited_for_and_then_tried_later(smtp, stage):
    async with FickleServer({stage: "silence"}).running() as server:
        with pytest.raises(NotNow):
            await smtp(port=server.port, timeout=0.05).send(email())


async def test_a_server_that_stops_reading_is_not_waited_for_for_ever(smtp):
    async with FickleServer({"text": "silence"}).running() as server:
        with pytest.raises(NotNow):
            await smtp(port=server.port, timeout=0.05).send(email(text=TOO_LONG_FOR_ANY_BUFFER))


async def test_silence_after_the_end_of_the_mail_leaves_it_open(smtp):
    async with FickleServer({".": "silence"}).running() as server:
        with pytest.raises(NoWord):
            await smtp(port=server.port, answer_timeout=0.05).send(email())


@pytest.mark.parametrize("answer", ["354 what?", "not a reply at all"])
async def test_an_answer_that_is_none_leaves_it_open(smtp, answer):
    async with FickleServer({".": answer}).running() as server:
        with pytest.raises(NoWord):
            await smtp(port=server.port).send(email())


@pytest.mark.parametrize("stage", ["connect", "EHLO", "MAIL", "RCPT", "DATA", "."])
async def test_a_server_that_is_closing_is_tried_later(smtp, stage):
    async with FickleServer({stage: "421 4.3.2 shutting down"}).running() as server:
        with pytest.raises(NotNow) as later:
            await smtp(port=server.port).send(email())
        assert later.value.recipient_only is False


async def test_nobody_listening_is_tried_later(smtp):
    async with FickleServer({}).running() as server:
        port = server.port
    with pytest.raises(NotNow) as later:
        await smtp(port=port).send(email())
    assert later.value.code == "smtp-unreachable"


async def test_a_kept_connection_the_server_has_dropped_is_replaced_unnoticed(smtp):
    async with FickleServer({}).running() as server:
        carrier = smtp(port=server.port)
        await carrier.send(email())
        server.hang_up()
        await carrier.send(email())
        assert (server.runs, len(server.taken)) == (2, 2)


async def test_a_kept_connection_that_breaks_at_the_next_mail_is_replaced_unnoticed(smtp):
    async with FickleServer({}, mails_each=1).running() as server:
        carrier = smtp(port=server.port)
        await asyncio.gather(carrier.send(email()), carrier.send(email()))
        await carrier.send(email())
        assert (server.runs, len(server.taken)) == (3, 3)


# Connections kept


async def test_mails_one_after_the_other_share_a_connection(mail_server, smtp):
    carrier = smtp()
    for _ in range(5):
        await carrier.send(email())
    assert (mail_server.connections, len(mail_server.envelopes)) == (1, 5)


async def test_mails_at_the_same_time_use_no_more_connections_than_allowed(mail_server, smtp):
    carrier = smtp(connections=3)
    await asyncio.gather(*(carrier.send(email(to=f"pat{number}@example.com")) for number in range(30)))
    assert mail_server.connections == 3
    assert {envelope.rcpt_tos[0] for envelope in mail_server.envelopes} == {f"pat{n}@example.com" for n in range(30)}


async def test_a_connection_is_replaced_after_so_many_mails(mail_server, smtp):
    carrier = smtp(messages_per_connection=2)
    for _ in range(5):
        await carrier.send(email())
    assert (mail_server.connections, len(mail_server.envelopes)) == (3, 5)


async def test_an_idle_connection_is_not_used_again(mail_server, smtp):
    carrier = smtp(idle_timeout=0.0)
    for _ in range(3):
        await carrier.send(email())
    assert mail_server.connections == 3


@pytest.mark.parametrize(
    "script",
    [{"EHLO": "silence"}, {"RCPT": "silence"}, {".": "silence"}, {"RCPT": "550 5.1.1 no", "RSET": "silence"}],
    ids=["hello", "envelope", "answer", "reset"],
)
async def test_a_sending_that_is_given_up_leaves_no_half_finished_connection(smtp, script):
    async with FickleServer(script, times=1).running() as server:
        carrier = smtp(port=server.port, connections=1)
        given_up = asyncio.create_task(carrier.send(email()))
        await asyncio.wait([given_up], timeout=0.05)
        given_up.cancel()
        await asyncio.wait([given_up])
        await carrier.send(email())
        assert (server.runs, len(server.taken)) == (2, 2 if "." in script else 1)


# Encryption and login


async def test_with_starttls_the_mail_is_encrypted_and_the_server_verified(smtp, authority):
    async with MailServer().running(tls_context=authority.server_context(), require_starttls=True) as server:
        await smtp(port=server.port, security="starttls", ca_file=str(authority.certificate)).send(email())
        assert [envelope.over_tls for envelope in server.envelopes] == [True]


async def test_with_tls_from_the_start_too(smtp, authority):
    async with MailServer().running(implicit_tls=authority.server_context()) as server:
        await smtp(port=server.port, security="tls", ca_file=str(authority.certificate)).send(email())
        assert [envelope.over_tls for envelope in server.envelopes] == [True]


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("fault", ["unknown authority", "another name"])
async def test_a_server_that_cannot_prove_its_name_gets_no_mail(smtp, authority, tmp_path, security, fault):
    trusted = Authority(tmp_path, "Another authority") if fault == "unknown authority" else authority
    context = authority.server_context("127.0.0.1" if fault == "unknown authority" else "mx.example")
    tls = {"tls_context": context} if security == "starttls" else {"implicit_tls": context}
    async with MailServer().running(**tls) as server:
        with pytest.raises(NotNow) as later:
            await smtp(port=server.port, security=security, ca_file=str(trusted.certificate)).send(email())
        assert (later.value.code, server.envelopes) == ("smtp-tls", [])


async def test_a_server_without_starttls_is_never_used_in_clear(mail_server, smtp, authority):
    with pytest.raises(NotNow):
        await smtp(security="starttls", ca_file=str(authority.certificate)).send(email())
    assert mail_server.envelopes == []


async def test_login_happens_under_encryption(smtp, authority):
    server = MailServer()
    options = {"tls_context": authority.server_context(), "authenticator": server.authenticate, "auth_required": True}
    async with server.running(**options):
        settings = {"port": server.port, "security": "starttls", "ca_file": str(authority.certificate)}
        await smtp(**settings, username="acme", password="correct horse").send(email())
        assert (server.logins, len(server.envelopes)) == ([("acme", True)], 1)


async def test_a_login_that_fails_is_the_operators_to_mend_and_no_mail_is_lost(smtp, authority):
    server = MailServer()
    options = {"tls_context": authority.server_context(), "authenticator": server.authenticate, "auth_required": True}
    async with server.running(**options):
        settings = {"port": server.port, "security": "starttls", "ca_file": str(authority.certificate)}
        with pytest.raises(NotNow) as later:
            await smtp(**settings, username="acme", password="battery staple").send(email())
        assert (later.value.code, later.value.recipient_only) == ("smtp-5.7.8", False)


def test_credentials_are_never_sent_in_clear_and_never_shown():
    with pytest.raises(ValueError, match="STARTTLS or TLS"):
        SmtpServer(host="mx.example", port=25, security="none", username="acme", password="correct horse")
    assert "horse" not in repr(SmtpServer(host="mx.example", port=587, username="acme", password="correct horse"))


async def test_an_authority_that_cannot_be_read_is_noticed_at_the_start(smtp):
    with pytest.raises(FileNotFoundError):
        smtp(security="tls", ca_file="/nowhere/ca.pem")
