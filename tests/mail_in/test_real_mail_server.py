"""Mail out by a real server and back by it: what it cannot deliver, what a machine answers, what a provider reports."""

# ruff: noqa: ARG002 - what aiosmtpd calls, as it calls it

import asyncio
import contextlib
from dataclasses import dataclass, field
from email.utils import make_msgid

import aiosmtplib
import pytest
from aiosmtpd.lmtp import LMTP

from adapters.inbound.mail.listener import Bind, MailListener
from application.mail_in.receive import ReceiveMail
from application.mail_in.taken import Became
from domain.errors import Unavailable
from tests.mail_in.conftest import DOMAIN, PAT, SAM, Scene
from tests.mail_in.postfix import own_folder, postfix
from tests.postgres.sending.business import OFFERS

AWAY = "away@example.com"
PATIENCE = 60
_REPORT = b"""From: <feedback@provider.example.net>\r
To: <complaints@mail.acme.example>\r
Subject: complaint\r
Message-ID: <feedback.1@provider.example.net>\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r
\r
--b\r
Content-Type: message/feedback-report\r
\r
Feedback-Type: abuse\r
User-Agent: Provider/1\r
Version: 1\r
\r
--b\r
Content-Type: message/rfc822\r
\r
%b\r
--b--\r
"""


@dataclass
class Watched:
    """The use case, and what became of each mail in turn; the database is away for the first `away` of them."""

    receive: ReceiveMail
    away: int = 0
    became: "asyncio.Queue[Became]" = field(default_factory=asyncio.Queue)

    async def __call__(self, mail, to):
        if self.away:
            self.away -= 1
            await self.became.put(None)
            raise Unavailable("The database does not answer.")
        taken = await self.receive(mail, to)
        await self.became.put(taken.became)
        return taken

    async def next(self) -> Became:
        return await asyncio.wait_for(self.became.get(), PATIENCE)


class Mailbox:
    """Somebody's mailbox behind the mail server: keeps what comes, and answers it if nobody is there."""

    def __init__(self) -> None:
        self.server_port = 0
        self.away = False
        self.mails: asyncio.Queue[bytes] = asyncio.Queue()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await self.mails.put(envelope.content)
        if self.away:
            answer = (
                f"From: <{AWAY}>\r\nTo: <{envelope.mail_from}>\r\nSubject: Auto: From Acme\r\n"
                f"Auto-Submitted: auto-replied (vacation)\r\nMessage-ID: {make_msgid(domain='example.com')}\r\n"
                "\r\nI am out of the office. Please stop writing until Monday.\r\n"
            )
            await handed(self.server_port, answer.encode(), "", envelope.mail_from)
        return "250 2.0.0 kept"

    @contextlib.asynccontextmanager
    async def open(self):
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: LMTP(self, hostname="mailbox.example", loop=loop), "127.0.0.1")
        yield f"lmtp:inet:127.0.0.1:{server.sockets[0].getsockname()[1]}"
        server.close()


async def handed(port: int, mail: bytes, sender: str, recipient: str) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as smtp:
        await smtp.mail(sender)
        await smtp.rcpt(recipient)
        await smtp.data(mail)


@dataclass
class Rig:
    scene: Scene
    watched: Watched
    mailbox: Mailbox
    port: int

    async def sent_to(self, person: str) -> None:
        await self.scene.business.send(person)
        await self.scene.business.work()


@pytest.fixture(params=["tcp", "socket"])
async def rig(request, start, clock):
    async with contextlib.AsyncExitStack() as stack:
        root = stack.enter_context(own_folder())
        mailbox = Mailbox()
        mailbox_at = await stack.enter_async_context(mailbox.open())
        answering = Mailbox()
        answering.away = True
        answering_at = await stack.enter_async_context(answering.open())
        watched = Watched(None)
        tokens = start().ports.mail_tokens()
        listener = MailListener(receive_mail=watched, mail_tokens=tokens, domain=DOMAIN)
        (root / "run").mkdir(mode=0o755)
        socket = str(root / "run/lmtp")
        listening = await listener.start(Bind.parse(socket if request.param == "socket" else "127.0.0.1:0"))
        stack.push_async_callback(listening.close)
        product = f"lmtp:unix:{socket}" if request.param == "socket" else f"lmtp:inet:127.0.0.1:{listening.port}"
        port = await stack.enter_async_context(postfix(root, product=product, away=answering_at, mailbox=mailbox_at))
        answering.server_port = port
        business = start(email_carrier="smtp", smtp_host="127.0.0.1", smtp_port=port, smtp_security="none")
        watched.receive = business[ReceiveMail]
        await business.open()
        await business.agree(PAT, SAM, AWAY)
        yield Rig(Scene(business, clock), watched, mailbox, port)


async def test_what_comes_back_by_a_real_mail_server_is_understood(rig):
    scene = rig.scene
    await rig.sent_to(PAT)
    assert await rig.watched.next() is Became.HARD_BOUNCE
    assert await scene.suppressed(PAT) == [("hard_bounce", "brand", None)]
    assert await scene.may_send(PAT) == "blocked"

    before = await scene.standing(AWAY)
    await rig.sent_to(AWAY)
    assert await rig.watched.next() is Became.AUTOMATIC
    assert await scene.standing(AWAY) == before
    assert await scene.suppressed(AWAY) == []

    await rig.sent_to(SAM)
    mail = await asyncio.wait_for(rig.mailbox.mails.get(), PATIENCE)
    assert b"\r\nList-Unsubscribe: <https://optin.example/u/" in mail
    await handed(rig.port, _REPORT % mail, "feedback@provider.example.net", f"complaints@{DOMAIN}")
    assert await rig.watched.next() is Became.COMPLAINT
    assert await scene.suppressed(SAM) == [("complaint", "category", "marketing")]
    assert await scene.may_send(SAM) == "blocked"
    assert await scene.may_send(AWAY) == "queued"


async def test_an_unsubscribe_that_comes_while_the_database_is_away_comes_again(rig):
    await rig.sent_to(SAM)
    mail = await asyncio.wait_for(rig.mailbox.mails.get(), PATIENCE)
    address = mail.partition(b"<mailto:")[2].partition(b"?")[0].decode()
    rig.watched.away = 2
    wanted = f"From: <{SAM}>\r\nTo: <{address}>\r\nMessage-ID: <1@example.com>\r\nSubject: unsubscribe\r\n\r\n"
    await handed(rig.port, wanted.encode(), SAM, address)
    assert [await rig.watched.next() for _ in range(3)] == [None, None, Became.OPT_OUT]
    assert (await rig.scene.standing(SAM))[-1] == ("revoked", OFFERS)


async def test_the_mail_server_refuses_for_us_what_no_address_of_ours_is(rig):
    made_up = f"unsub+{'a' * 58}@{DOMAIN}"
    await handed(rig.port, f"From: <{SAM}>\r\nTo: <{made_up}>\r\n\r\nhello\r\n".encode(), SAM, made_up)
    bounced = await asyncio.wait_for(rig.mailbox.mails.get(), PATIENCE)
    assert b"Status: 5.1.1" in bounced
    assert rig.watched.became.empty()
