"""Mail servers on loopback: one that works, as aiosmtpd does, and one that breaks off where it is told to."""

# ruff: noqa: ARG002, N802 - what aiosmtpd calls, as it calls it

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope


class MailServer:
    """Takes mail for everybody but the local parts in `refusals`, which it answers at RCPT TO; `verdicts` at DATA."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self.envelopes: list[Envelope] = []
        self.logins: list[tuple[str, bool]] = []
        self.refusals: dict[str, str] = {}
        self.verdicts: dict[str, str] = {}
        self.sender_refusal: str | None = None

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.sender_refusal:
            return self.sender_refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if refusal := self.refusals.get(address.partition("@")[0]):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        if verdict := self.verdicts.get(envelope.rcpt_tos[0].partition("@")[0]):
            return verdict
        envelope.over_tls = server.transport.get_extra_info("sslcontext") is not None
        self.envelopes.append(envelope)
        return "250 2.0.0 Ok: queued as 4F1Q2z"

    def authenticate(self, server, session, envelope, mechanism, data) -> AuthResult:
        right = (data.login, data.password) == (b"acme", b"correct horse")
        self.logins.append((data.login.decode(), session.ssl is not None))
        return AuthResult(success=right, handled=False)

    @property
    def raw(self) -> list[bytes]:
        return [envelope.content for envelope in self.envelopes]

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for content in self.raw]

    @contextlib.asynccontextmanager
    async def running(self, *, implicit_tls: ssl.SSLContext | None = None, **options) -> AsyncIterator["MailServer"]:
        loop = asyncio.get_running_loop()

        def connected() -> SMTP:
            self.connections += 1
            return SMTP(self, hostname="mx.example", loop=loop, **options)

        server = await loop.create_server(connected, "127.0.0.1", ssl=implicit_tls)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()


class FickleServer:
    """Speaks just enough SMTP to break off: `script` gives, by the command's first word, a reply or what to do.

    `text` stands for the first octets of a mail, `.` for its end. `drop` closes the connection, `silence` neither
    reads nor answers any more. The script holds for the first `times` connections; `runs` counts them. Where
    `mails_each` is given, a connection is dropped at the mail after so many.
    """

    def __init__(self, script: Mapping[str, str], *, times: int = 1_000, mails_each: int = 1_000) -> None:
        self.port = 0
        self.runs = 0
        self.taken: list[bytes] = []
        self._script = script
        self._times = times
        self._mails_each = mails_each
        self._open: set[asyncio.StreamWriter] = set()
        self._over = asyncio.Event()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["FickleServer"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1")
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self._over.set()
            self.hang_up()

    def hang_up(self) -> None:
        """Closes every connection there is."""
        while self._open:
            self._open.pop().close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.runs += 1
        script = dict(self._script) if self.runs <= self._times else {}
        self._open.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._converse(reader, writer, script)
        writer.close()

    async def _converse(self, reader, writer, script: dict[str, str]) -> None:
        word, mails = "connect", 0
        while True:
            action = script.get(word) or _USUAL.get(word, "250 2.0.0 Ok")
            if action == "drop":
                writer.transport.abort()
                return
            if action == "silence":
                await self._over.wait()
                return
            if word == "text":
                self.taken.append(await reader.readuntil(b"\r\n.\r\n"))
                mails += 1
                word = "."
                if mails == self._mails_each:
                    script["MAIL"] = "drop"
                continue
            writer.write(action.encode() + b"\r\n")
            await writer.drain()
            if word == "DATA" and action.startswith("354"):
                word = "text"
            elif line := await reader.readline():
                word = line.split()[0].decode().upper()
            else:
                return


_USUAL = {
    "connect": "220 mx.example",
    "EHLO": "250 mx.example",
    "DATA": "354 go on",
    ".": "250 2.0.0 Ok: queued as F1CK13",
    "QUIT": "221 bye",
}
