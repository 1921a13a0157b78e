"""The door mail comes in by: for our addresses alone, never losing one, and never busy with what is meant to harm."""

import asyncio
import contextlib

import pytest
from structlog.testing import capture_logs

from adapters.inbound.mail.listener import AlreadyListening, Bind, MailListener
from application.mail_in.receive import ReceiveMail
from bootstrap.mail_in import listening
from bootstrap.settings import Settings, SettingsUnusable
from tests.mail_in.conftest import DOMAIN, PAT, Scene
from tests.postgres.sending.business import OFFERS

PATIENCE = 30


class Caller:
    """A mail server, or somebody who says he is one."""

    def __init__(self, reader, writer) -> None:
        self.reader, self.writer = reader, writer

    async def answer(self) -> str:
        """All lines of one answer."""
        lines = []
        while True:
            line = (await asyncio.wait_for(self.reader.readline(), PATIENCE)).decode().rstrip()
            lines.append(line)
            if line[3:4] != "-":
                return "\n".join(lines)

    async def say(self, text: str | bytes) -> str:
        data = text if isinstance(text, bytes) else text.encode()
        self.writer.write(data + b"\r\n")
        return await self.answer()

    async def offer(self, *recipients: str, mail: bytes, hello: str = "LHLO mx.example") -> list[str]:
        """What is answered to the mail: in LMTP for each recipient."""
        assert (await self.say(hello)).startswith("250")
        assert (await self.say("MAIL FROM:<pat@example.com> BODY=8BITMIME")).startswith("250")
        for recipient in recipients:
            assert (await self.say(f"RCPT TO:<{recipient}>")).startswith("250"), recipient
        assert (await self.say("DATA")).startswith("354")
        first = await self.say(mail + b"\r\n.")
        others = [await self.answer() for _ in recipients[1:]] if hello.startswith("LHLO") else []
        return [first, *others]


@contextlib.asynccontextmanager
async def calling(port: int):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    caller = Caller(reader, writer)
    yield caller
    writer.close()


def listener(business, **options) -> MailListener:
    return MailListener(
        receive_mail=business[ReceiveMail], mail_tokens=business.ports.mail_tokens(), domain=DOMAIN, **options
    )


@pytest.fixture
async def door(scene):
    open_ = await listener(scene.business).start(Bind.parse("127.0.0.1:0"))
    yield open_
    await open_.close()


@pytest.fixture
async def caller(door):
    async with calling(door.port) as caller:
        assert (await caller.answer()).startswith("220 mail.acme.example")
        yield caller


async def test_by_lmtp_every_recipient_is_answered(scene, mail, caller):
    other = await scene.sent("sam@example.com")
    answers = await caller.offer(mail.unsubscribes, other.unsubscribes, mail=b"Subject: unsubscribe\r\n\r\n")
    assert answers == ["250 2.0.0 Taken"] * 2
    assert (await scene.standing())[-1] == (await scene.standing("sam@example.com"))[-1] == ("revoked", OFFERS)


async def test_by_smtp_the_mail_is_answered_once(scene, mail, caller):
    answers = await caller.offer(mail.unsubscribes, scene.complaints, mail=b"\r\n", hello="EHLO mx.example")
    assert answers == ["250 2.0.0 Taken"]
    assert (await scene.standing())[-1] == ("revoked", OFFERS)


async def test_a_bounce_has_no_sender(scene, mail, caller):
    await caller.say("LHLO mx.example")
    assert (await caller.say("MAIL FROM:<>")).startswith("250")
    assert (await caller.say(f"RCPT TO:<{mail.bounces.upper()}>")).startswith("250")
    await caller.say("DATA")
    data = scene.corpus("qmail-no-mailbox", mail, mail.bounces)
    assert await caller.say(data + b"\r\n.") == "250 2.0.0 Taken"
    assert await scene.suppressed() == [("hard_bounce", "brand", None)]


@pytest.mark.parametrize(
    ("recipient", "answer"),
    [
        (f"unsub+{'a' * 58}@{DOMAIN}", "550 5.1.1"),
        (f"postmaster@{DOMAIN}", "550 5.1.1"),
        (f"{'x' * 300}@{DOMAIN}", "550 5.1.1"),
        (f"complaints@{DOMAIN}.evil.example", "550 5.1.2"),
        ("complaints@example.com", "550 5.1.2"),
        ("complaints", "550 5.1.2"),
        (f"unsüb@{DOMAIN}", "550 5.1.1"),
    ],
)
async def test_what_is_no_address_of_ours_is_refused_at_once(caller, recipient, answer):
    await caller.say("LHLO mx.example")
    await caller.say("MAIL FROM:<pat@example.com> SMTPUTF8")
    assert (await caller.say(f"RCPT TO:<{recipient}>")).startswith(answer)
    assert (await caller.say("DATA")).startswith("503")


async def test_while_the_database_is_away_the_mail_is_to_come_again(scene, mail, start):
    nowhere = start(database_url="postgresql+asyncpg://optin@127.0.0.1:9/optin")
    open_ = await listener(nowhere).start(Bind.parse("127.0.0.1:0"))
    async with calling(open_.port) as caller:
        await caller.answer()
        assert await caller.offer(mail.unsubscribes, mail=b"\r\n") == ["451 4.3.0 Try again later"]
        assert await caller.offer(mail.unsubscribes, mail=b"\r\n", hello="EHLO mx") == ["451 4.3.0 Try again later"]
    await open_.close()
    assert ("revoked", OFFERS) not in await scene.standing()


async def test_what_nobody_foresaw_is_logged_without_a_word_of_the_mail_and_comes_again(mail, start):
    async def breaks(received, to):
        raise RuntimeError(received.subject)

    tokens = start().ports.mail_tokens()
    open_ = await MailListener(receive_mail=breaks, mail_tokens=tokens, domain=DOMAIN).start(Bind("127.0.0.1"))
    with capture_logs() as logs:
        async with calling(open_.port) as caller:
            await caller.answer()
            answers = await caller.offer(mail.unsubscribes, mail=b"Subject: my secret\r\n\r\n")
            assert answers == ["451 4.3.0 Try again later"]
            assert (await caller.say("MAIL FROM:<")).startswith(("451", "501", "553"))
    await open_.close()
    assert {"kind": "RuntimeError", "event": "unexpected", "log_level": "error"} in logs
    assert "secret" not in str(logs)


async def test_the_order_of_commands_is_kept(mail, caller):
    assert (await caller.say("DATA")).startswith("503")
    await caller.say("LHLO mx.example")
    await caller.say("MAIL FROM:<pat@example.com>")
    await caller.say(f"RCPT TO:<{mail.unsubscribes}>")
    assert (await caller.say("DATA now")).startswith("501")


async def test_lines_no_standard_allows_are_taken(scene, mail, caller):
    data = b"Subject: " + b"x" * 200_000 + b"\r\n\r\n" + b"y" * 300_000
    assert await caller.offer(mail.unsubscribes, mail=data) == ["250 2.0.0 Taken"]
    assert (await scene.standing())[-1] == ("revoked", OFFERS)


async def test_a_mail_of_more_than_ten_megabytes_is_refused_and_the_next_is_taken(scene, mail, caller):
    assert "250-SIZE 10485760" in await caller.say("LHLO mx.example")
    assert (await caller.say("MAIL FROM:<pat@example.com> SIZE=20000000")).startswith("552")
    too_big = b"Subject: a\r\n\r\n" + (b"z" * 70 + b"\r\n") * 160_000
    assert (await caller.offer(mail.unsubscribes, mail=too_big))[0].startswith("552 5.3.4")
    assert await caller.offer(mail.unsubscribes, mail=b"\r\n") == ["250 2.0.0 Taken"]


async def test_a_dot_at_the_beginning_of_a_line_and_bare_line_feeds_end_no_mail(scene, mail, caller):
    data = b"Subject: hi\n.\nQUIT\r\n\r\n..\r\n.hidden\nRCPT TO:<a@example.com>"
    assert await caller.offer(mail.replies, mail=data) == ["250 2.0.0 Taken"]
    assert (await caller.say("NOOP")).startswith("250")


async def test_recipients_are_limited(mail, caller):
    await caller.say("LHLO mx.example")
    await caller.say("MAIL FROM:<pat@example.com>")
    answers = [await caller.say(f"RCPT TO:<{mail.unsubscribes}>") for _ in range(101)]
    assert {answer[:3] for answer in answers[:100]} == {"250"}
    assert answers[100].startswith("452 4.5.3")


async def test_a_flood_of_commands_ends_the_conversation(caller):
    answers = [await caller.say("NOOP") for _ in range(1_001)]
    assert answers[-1].startswith("421")
    assert await asyncio.wait_for(caller.reader.read(), PATIENCE) == b""


async def test_a_flood_of_nonsense_ends_the_conversation(caller):
    caller.writer.write(b"GET / HTTP/1.1\r\n" * 10)
    last = await asyncio.wait_for(caller.reader.read(), PATIENCE)
    assert last.endswith(b"goodbye.\r\n")


async def test_connections_are_limited_and_come_free_again(scene):
    open_ = await listener(scene.business, most=2).start(Bind.parse("127.0.0.1:0"))
    async with calling(open_.port) as first, calling(open_.port) as second:
        assert (await first.answer()).startswith("220")
        assert (await second.answer()).startswith("220")
        async with calling(open_.port) as third:
            assert (await third.answer()).startswith("421 4.3.2")
        await second.say("QUIT")
        assert await asyncio.wait_for(second.reader.read(), PATIENCE) == b""
        async with calling(open_.port) as fourth:
            assert (await fourth.answer()).startswith("220")
    await open_.close()


async def test_commands_may_come_all_at_once(scene, mail, caller):
    assert "250-PIPELINING" in await caller.say("LHLO mx.example")
    commands = f"MAIL FROM:<{PAT}>\r\nRCPT TO:<{mail.unsubscribes}>\r\nDATA\r\nSubject: x\r\n\r\n.\r\nQUIT"
    answers = [await caller.say(commands), *[await caller.answer() for _ in range(4)]]
    assert [answer[:3] for answer in answers] == ["250", "250", "354", "250", "221"]
    assert (await scene.standing())[-1] == ("revoked", OFFERS)


async def test_a_mail_being_taken_is_answered_before_the_product_stops(scene, mail):
    started, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(received, to):
        started.set()
        await go_on.wait()
        return await scene.business[ReceiveMail](received, to)

    door = MailListener(receive_mail=slowly, mail_tokens=scene.business.ports.mail_tokens(), domain=DOMAIN)
    open_ = await door.start(Bind.parse("127.0.0.1:0"))
    port = open_.port
    async with calling(port) as idle, calling(port) as busy:
        await idle.answer()
        await busy.answer()
        offered = asyncio.create_task(busy.offer(mail.unsubscribes, mail=b"\r\n"))
        await started.wait()
        closing = asyncio.create_task(open_.close())
        assert await asyncio.wait_for(idle.reader.read(), PATIENCE) == b""
        go_on.set()
        assert await offered == ["250 2.0.0 Taken"]
        await closing
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_a_socket_left_by_a_process_that_died_is_taken_over_and_a_living_ones_is_not(scene, tmp_path):
    path = str(tmp_path / "lmtp")
    (await asyncio.start_unix_server(lambda *_: None, path)).close()
    first = await listener(scene.business).start(Bind.parse(path))
    with pytest.raises(AlreadyListening):
        await listener(scene.business).start(Bind.parse(f"unix:{path}"))
    await first.close()
    assert not (tmp_path / "lmtp").exists()
    (tmp_path / "lmtp").write_text("somebody's letter")
    with pytest.raises(AlreadyListening):
        await listener(scene.business).start(Bind.parse(path))
    assert (tmp_path / "lmtp").read_text() == "somebody's letter"


@pytest.mark.parametrize("text", ["2424", "host:port", "a b:25", "127.0.0.1:70000", "::1:24"])
async def test_where_to_listen_must_be_readable(start, text):
    business = start(lmtp_bind=text)
    with pytest.raises(SettingsUnusable, match="OPTIN_LMTP_BIND"):
        async with listening(business.ports, business.use_cases)(None):
            pytest.fail("It listens nowhere.")


def test_where_to_listen_is_a_port_or_a_socket():
    assert Bind.parse("127.0.0.1:2424") == Bind("127.0.0.1", 2424)
    assert Bind.parse("[::1]:24") == Bind("::1", 24)
    assert Bind.parse(":24") == Bind("127.0.0.1", 24)
    assert Bind.parse("unix:/run/optin/lmtp") == Bind.parse("/run/optin/lmtp") == Bind(path="/run/optin/lmtp")


def test_listening_needs_a_domain_to_listen_for():
    with pytest.raises(SettingsUnusable, match="OPTIN_MAIL_DOMAIN"):
        Settings(lmtp_bind="127.0.0.1:2424")
    for domain in ("acme", "Mail.Acme.example", "acme..example", "-a.example", "a" * 190 + ".example", "mäil.example"):
        with pytest.raises(SettingsUnusable, match="OPTIN_MAIL_DOMAIN"):
            Settings(mail_domain=domain)


async def test_without_the_setting_nothing_listens_and_mail_goes_out_as_before(start, clock):
    business = start(mail_domain="")
    await business.open()
    await business.agree(PAT)
    headers = (await Scene(business, clock).sent()).headers
    assert "mailto:" not in headers["List-Unsubscribe"]
    assert "Reply-To" not in headers
    async with listening(business.ports, business.use_cases)(None):
        assert business.ports.settings().lmtp_bind == ""
