"""One kept connection to the mail server, and one mail handed over on it."""

import asyncio
import re
import socket
import ssl
from typing import Literal, cast

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPHeloError,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from aiosmtplib.protocol import SMTPProtocol
from msgspec import Struct

from adapters.outbound.egress import NoSuchHost, NotOutside, Resolve
from adapters.outbound.email.mime import Mail
from adapters.outbound.email.replies import Stage, failure
from application.messages.carriers import CarrierFailed, NotNow, NoWord, Refused

_QUEUE_ID = re.compile(r"queued as ([A-Za-z0-9._-]{1,64})", re.IGNORECASE)
_CLOSING = 421


class SmtpServer(Struct, frozen=True, kw_only=True):
    """Where mail is handed over, and how. Credentials never cross an unencrypted connection.

    `timeout` is for each step; `answer_timeout` for the answer to a whole mail, long because giving up on it too
    early makes duplicates (RFC 5321 section 4.5.3.2.6 wants ten minutes). With `resolve`, the connection goes to what
    that names; the certificate is still that of the host.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = ""
    ca_file: str = ""
    local_hostname: str = ""
    connections: int = 10
    messages_per_connection: int = 100
    idle_timeout: float = 30.0
    timeout: float = 30.0
    answer_timeout: float = 120.0
    resolve: Resolve | None = None

    def __post_init__(self) -> None:
        if self.username and self.security == "none":
            raise ValueError("With a user name, the mail server must be reached by STARTTLS or TLS.")

    def __repr__(self) -> str:
        return f"SmtpServer({self.host}:{self.port})"

    def tls_context(self) -> ssl.SSLContext | None:
        """Verifies name and chain, against `ca_file` alone where it is given."""
        return None if self.security == "none" else ssl.create_default_context(cafile=self.ca_file or None)


class Dropped(Exception):
    """The server closed the connection before the mail could be taken."""


class Connection:
    def __init__(self, server: SmtpServer, smtp: SMTP) -> None:
        self._server = server
        self._smtp = smtp
        self.handed_over = 0
        self.idle_since = 0.0

    @classmethod
    async def open(cls, server: SmtpServer, tls_context: ssl.SSLContext | None) -> "Connection":
        """Raises NotNow."""
        pinned = await _pinned(server)
        smtp = SMTP(
            hostname=server.host,
            port=server.port if pinned is None else None,
            sock=pinned,
            username=server.username or None,
            password=server.password or None,
            local_hostname=server.local_hostname or socket.gethostname(),
            timeout=server.timeout,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            tls_context=tls_context,
        )
        try:
            await smtp.connect()
            await _prepare(smtp)
        except SMTPResponseException as error:
            raise failure(Stage.SESSION, error.code, error.message) from None
        except (SMTPException, OSError) as error:
            if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
                raise NotNow("smtp-tls", "The mail server's certificate or TLS handshake failed.") from None
            raise NotNow("smtp-unreachable", "The mail server cannot be reached as configured.") from None
        return cls(server, smtp)

    async def greet(self) -> None:
        """NOOP: whoever answers it well has let us in, and nothing has changed. Raises NotNow."""
        try:
            reply = await self._smtp.noop()
        except SMTPResponseException as error:
            raise failure(Stage.SESSION, error.code, error.message) from None
        except (SMTPException, OSError):
            raise NotNow("smtp-dropped", "The mail server closed the connection.") from None
        if reply.code // 100 != 2:
            raise failure(Stage.SESSION, reply.code, reply.message)

    @property
    def usable(self) -> bool:
        return self._smtp.is_connected and self.handed_over < self._server.messages_per_connection

    def part(self) -> None:
        """Says QUIT and does not stay for the answer."""
        if self._smtp.is_connected:
            self._protocol.write(b"QUIT\r\n")
        self._smtp.close()

    async def hand_over(self, mail: Mail, text: bytes) -> str | None:
        """The id under which the server queued it. Raises Refused, NotNow, NoWord, and Dropped.

        The final dot goes out by itself, once all before it has left: what fails earlier has certainly not been taken.
        """
        try:
            await self._envelope(mail, len(text))
            await self._text(text)
        except CarrierFailed:
            await self._reset()
            raise
        except TimeoutError:
            self._smtp.close()
            raise NotNow("smtp-timeout", "The mail server did not answer in time.") from None
        except (SMTPException, OSError):
            self._smtp.close()
            raise Dropped from None
        except BaseException:
            self._smtp.close()
            raise
        return await self._last_word()

    async def _envelope(self, mail: Mail, size: int) -> None:
        options = [b"SIZE=%d" % size] if self._smtp.supports_extension("size") else []
        if mail.international:
            if not self._smtp.supports_extension("smtputf8"):
                raise Refused("smtp-utf8", "The mail server takes no addresses with letters beyond ASCII.")
            options += [b"BODY=8BITMIME", b"SMTPUTF8"]
        await self._command(Stage.MAIL, b"MAIL", b"FROM:<%b>" % mail.sender.encode(), *options)
        await self._command(Stage.RCPT, b"RCPT", b"TO:<%b>" % mail.recipient.encode())

    async def _command(self, stage: Stage, *words: bytes, wanted: int = 2) -> None:
        reply = await self._smtp.execute_command(*words)
        if reply.code == _CLOSING:
            raise SMTPServerDisconnected("421")
        if reply.code // 100 != wanted:
            raise failure(stage, reply.code, reply.message)

    async def _text(self, text: bytes) -> None:
        """Our lines all end in CRLF, so dot-stuffing is this one replacement (RFC 5321 section 4.5.2)."""
        await self._command(Stage.DATA, b"DATA", wanted=3)
        self._protocol.write(text.replace(b"\r\n.", b"\r\n.."))
        async with asyncio.timeout(self._server.timeout):
            await self._protocol._drain_helper()  # noqa: SLF001 - what asyncio's own StreamWriter.drain() calls

    async def _last_word(self) -> str | None:
        try:
            self._protocol.write(b".\r\n")
        except SMTPServerDisconnected:
            raise Dropped from None
        try:
            reply = await self._protocol.read_response(timeout=self._server.answer_timeout)
        except (SMTPException, OSError):
            self._smtp.close()
            raise NoWord("smtp-no-answer", "The connection broke after the mail was handed over.") from None
        except BaseException:
            self._smtp.close()
            raise
        if reply.code // 100 == 2:
            self.handed_over += 1
            queued = _QUEUE_ID.search(reply.message)
            return queued[1] if queued else None
        if reply.code == _CLOSING or reply.code < 400:
            self._smtp.close()
        if reply.code < 400:
            raise NoWord("smtp-no-answer", "The mail server answered the mail with something else.")
        raise failure(Stage.DATA, reply.code, reply.message)

    async def _reset(self) -> None:
        """The refused envelope is forgotten (RSET), or the connection is."""
        try:
            await self._smtp.rset()
        except (SMTPException, OSError):
            self._smtp.close()
        except BaseException:
            self._smtp.close()
            raise

    @property
    def _protocol(self) -> SMTPProtocol:
        if self._smtp.protocol is None:
            raise SMTPServerDisconnected("Connection lost")
        return self._smtp.protocol


async def _pinned(server: SmtpServer) -> socket.socket | None:
    """Connected to the address that was judged; whoever it is handed to closes it. Raises NotNow."""
    if server.resolve is None:
        return None
    try:
        address = await server.resolve(server.host, server.port)
    except (NotOutside, NoSuchHost) as refusal:
        raise NotNow("smtp-egress", refusal.detail) from None
    connected = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    connected.setblocking(False)
    try:
        async with asyncio.timeout(server.timeout):
            await asyncio.get_running_loop().sock_connect(connected, (address, server.port))
    except OSError:
        connected.close()
        raise NotNow("smtp-unreachable", "The mail server cannot be reached as configured.") from None
    except BaseException:
        connected.close()
        raise
    return connected


async def _prepare(smtp: SMTP) -> None:
    """After TLS and login the server may offer other extensions than before. No write counts as done while buffered."""
    try:
        if smtp.is_ehlo_or_helo_needed:
            try:
                await smtp.ehlo()
            except SMTPHeloError:
                await smtp.helo()
        if smtp.transport is not None:
            cast("asyncio.WriteTransport", smtp.transport).set_write_buffer_limits(high=0)
    except BaseException:
        smtp.close()
        raise
