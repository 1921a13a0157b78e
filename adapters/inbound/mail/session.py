"""One conversation with the mail server in front of us, in LMTP (RFC 2033) or SMTP (RFC 5321), as it greets us."""

# ruff: noqa: N802 - what aiosmtpd calls, as it calls it

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiosmtpd.smtp import SMTP, Envelope, Session

from adapters.inbound.mail.reading import KEPT

LARGEST = 10 * 1024 * 1024
_LONGEST_LINE = 64 * 1024
_IDLE_SECONDS = 300
# Of one command in one conversation: a mail server keeps it for many mails, and begins anew where it meets this.
_MOST_COMMANDS = 1_000
_TOO_BIG = "552 5.3.4 More than we take"
_LATER = "451 4.3.0 Try again later"
# It repeats what was sent, addresses and all.
logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)

Rcpt = Callable[[str, Sequence[str]], str]
Take = Callable[[bytes, str, str], Awaitable[str]]


class Door:
    """What a conversation asks of the product: whether somebody is at home, and to take a mail in."""

    def __init__(self, *, rcpt: Rcpt, take: Take, broke: Callable[[Exception], None]) -> None:
        self._rcpt = rcpt
        self._take = take
        self._broke = broke

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self._rcpt(address, envelope.rcpt_tos)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_exception(self, error: Exception) -> str:
        """What nobody foresaw is no reason to lose a mail."""
        self._broke(error)
        return _LATER

    async def take(self, content: bytes, sender: str, recipient: str) -> str:
        try:
            return await self._take(content, sender, recipient)
        except Exception as error:  # noqa: BLE001 - the other recipients of the mail are none the worse
            return await self.handle_exception(error)


class Conversation(SMTP):
    """Differs from the library's where that would lose mail: it refuses long lines, and keeps the whole of each mail
    in memory. Here only what will be read is kept.
    """

    line_length_limit = _LONGEST_LINE

    def __init__(self, door: Door, sessions: "Sessions", *, hostname: str, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            door,
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            hostname=hostname,
            ident="OptIn Manager",
            timeout=_IDLE_SECONDS,
            command_call_limit=_MOST_COMMANDS,
            loop=loop,
        )
        self._door = door
        self._sessions = sessions
        self._admitted = False
        self._lmtp = False
        self.taking = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not self._sessions.admit(self):
            if isinstance(transport, asyncio.WriteTransport):
                transport.write(b"421 4.3.2 Too many connections\r\n")
            transport.close()
            return
        self._admitted = True
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if self._admitted:
            super().data_received(data)

    def eof_received(self) -> bool | None:
        return super().eof_received() if self._admitted else False

    def connection_lost(self, error: Exception | None) -> None:
        if self._admitted:
            self._sessions.ended(self)
            super().connection_lost(error)

    def hang_up(self) -> None:
        if self.transport is not None:
            self.transport.close()

    async def smtp_LHLO(self, hostname: str) -> None:
        self._lmtp = True
        await super().smtp_EHLO(hostname)

    async def smtp_EHLO(self, hostname: str) -> None:
        self._lmtp = False
        await super().smtp_EHLO(hostname)

    async def smtp_DATA(self, arg: str) -> None:
        if await self.check_helo_needed():
            return
        envelope = self.envelope
        if envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 No recipients")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        content, size = await self._text()
        self.taking = True
        try:
            answers = await self._taken(content, size, envelope)
        finally:
            self.taking = False
        self._set_rset_state()  # type: ignore[no-untyped-call]
        await self.push("\r\n".join(answers if self._lmtp else [max(answers, key=_first_put_off)]))
        if self._sessions.closing:
            self.hang_up()

    async def _taken(self, content: bytes, size: int, envelope: Envelope) -> list[str]:
        """LMTP answers for every recipient; SMTP once, so that the mail comes again if it was not taken for all."""
        if size > LARGEST:
            return [_TOO_BIG] * len(envelope.rcpt_tos)
        sender = envelope.mail_from or "<>"
        return [await self._door.take(content, sender, recipient) for recipient in envelope.rcpt_tos]

    async def _text(self) -> tuple[bytes, int]:
        """As much of the mail as is read, and how long it is. It ends at a line with one dot between two CRLF."""
        kept, size, new_line = bytearray(), 0, True
        while True:
            try:
                piece: bytes = await self._reader.readuntil(b"\r\n")
                whole = True
            except asyncio.LimitOverrunError as overrun:
                piece = await self._reader.read(overrun.consumed)
                whole = False
            if new_line and piece == b".\r\n":
                return bytes(kept), size
            size += len(piece)
            if len(kept) < KEPT:
                kept += piece[1:] if new_line and piece.startswith(b".") else piece
            new_line = whole


def _first_put_off(answer: str) -> tuple[bool, str]:
    """Of several answers the one that makes the mail come again; or else the worst."""
    return answer.startswith("4"), answer


class Sessions:
    """All conversations under way, so many at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: set[Conversation] = set()
        self._all_ended = asyncio.Event()
        self._all_ended.set()
        self.closing = False

    def admit(self, conversation: Conversation) -> bool:
        if self.closing or len(self._open) >= self._most:
            return False
        self._open.add(conversation)
        self._all_ended.clear()
        return True

    def ended(self, conversation: Conversation) -> None:
        self._open.discard(conversation)
        if not self._open:
            self._all_ended.set()

    async def close(self, *, patience: float) -> None:
        """A mail being taken is finished, and answered."""
        self.closing = True
        for conversation in list(self._open):
            if not conversation.taking:
                conversation.hang_up()
        try:
            await asyncio.wait_for(self._all_ended.wait(), patience)
        except TimeoutError:
            for conversation in list(self._open):
                conversation.hang_up()
