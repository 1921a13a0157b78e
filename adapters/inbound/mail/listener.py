"""Where mail comes in: for addresses of ours and no others, acknowledged when what it does is committed."""

import asyncio
import os
import re
import socket
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from msgspec import Struct
from prometheus_client import Counter

from adapters.inbound.mail.reading import read_mail
from adapters.inbound.mail.session import Conversation, Door, Sessions
from application.mail_in.ports import MailTokens
from application.mail_in.receive import ReceiveMail
from application.mail_in.taken import Became
from domain.errors import Unavailable
from domain.mail_in.addresses import MailAddress, UnknownMailAddress

_MOST_CONVERSATIONS = 50
_MOST_RECIPIENTS = 100
_PATIENCE = 10.0
_BIND = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<host>[^\s:/\[\]]*)):(?P<port>\d{1,5})")
_TAKEN = "250 2.0.0 Taken"
_NOBODY = "550 5.1.1 No such mailbox"
_ELSEWHERE = "550 5.1.2 No mail for that domain here"
_TOO_MANY = "452 4.5.3 Too many recipients"
_LATER = "451 4.3.0 Try again later"
_log = structlog.get_logger("mail")

RECEIVED = Counter("mail_received", "Mails that came in, by what became of them.", ["became"])
REFUSED = Counter("mail_refused", "Mails and recipients that were refused, or put off.", ["why"])


class Bind(Struct, frozen=True):
    """Where to listen: a host and port, or the path of a socket."""

    host: str = ""
    port: int = 0
    path: str = ""

    @classmethod
    def parse(cls, text: str) -> "Bind":
        """Raises ValueError."""
        if "/" in text:
            return cls(path=text.removeprefix("unix:"))
        found = _BIND.fullmatch(text)
        if found is None or int(found["port"]) > 65_535:
            raise ValueError("neither host:port nor the path of a socket")
        return cls(host=found["v6"] or found["host"] or "127.0.0.1", port=int(found["port"]))


class AlreadyListening(Exception):
    """Another process has this socket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailListener:
    receive_mail: ReceiveMail
    mail_tokens: MailTokens
    domain: str
    most: int = _MOST_CONVERSATIONS

    async def start(self, bind: Bind) -> "Listening":
        """Raises OSError, AlreadyListening."""
        loop, sessions = asyncio.get_running_loop(), Sessions(self.most)
        door = Door(rcpt=self._rcpt, take=self._take, broke=_broke)

        def conversation() -> Conversation:
            return Conversation(door, sessions, hostname=self.domain, loop=loop)

        if not bind.path:
            return Listening(server=await loop.create_server(conversation, bind.host, bind.port), sessions=sessions)
        _free(bind.path)
        server = await loop.create_unix_server(conversation, bind.path)
        # Whoever may enter the folder may bring mail: the mail server runs as somebody else.
        os.chmod(bind.path, 0o666)  # noqa: PTH101, S103
        return Listening(server=server, sessions=sessions, path=bind.path)

    def _rcpt(self, address: str, before: Sequence[str]) -> str:
        if len(before) >= _MOST_RECIPIENTS:
            REFUSED.labels("too_many_recipients").inc()
            return _TOO_MANY
        local_part, _, domain = address.rpartition("@")
        if domain.lower().rstrip(".") != self.domain:
            REFUSED.labels("other_domain").inc()
            return _ELSEWHERE
        if self._address(local_part) is None:
            REFUSED.labels("unknown_mailbox").inc()
            return _NOBODY
        return "250 2.1.5 Ok"

    async def _take(self, content: bytes, sender: str, recipient: str) -> str:
        local_part = recipient.rpartition("@")[0]
        to = self._address(local_part)
        if to is None:
            return _NOBODY
        mail = read_mail(content, sender=sender, recipient=local_part)
        try:
            taken = await self.receive_mail(mail, to)
        except Unavailable:
            REFUSED.labels("put_off").inc()
            return _LATER
        RECEIVED.labels(taken.became).inc()
        tell = _log.warning if taken.became is Became.SENDER_ALERT else _log.info
        tell(
            "mail",
            became=taken.became,
            code=taken.code,
            message=str(taken.message_id) if taken.message_id else None,
            contact_point=str(taken.contact_point_id) if taken.contact_point_id else None,
        )
        return _TAKEN

    def _address(self, local_part: str) -> MailAddress | None:
        try:
            return self.mail_tokens.open(local_part)
        except UnknownMailAddress:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    server: asyncio.Server
    sessions: Sessions
    path: str = ""

    @property
    def port(self) -> int:
        return int(self.server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        self.server.close()
        await self.sessions.close(patience=_PATIENCE)
        await self.server.wait_closed()
        if self.path:
            _remove(self.path)


def _free(path: str) -> None:
    """What a process left that is no more is cleared away; a file that is no socket, or somebody listens at, is not."""
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISSOCK(mode):
        try:
            with socket.socket(socket.AF_UNIX) as caller:
                caller.connect(path)
        except ConnectionError:
            _remove(path)
            return
    raise AlreadyListening("it is taken.")


def _remove(path: str) -> None:
    Path(path).unlink(missing_ok=True)


def _broke(error: Exception) -> None:
    REFUSED.labels("unexpected").inc()
    # The kind and never the message, which may quote what a person wrote.
    _log.error("unexpected", kind=type(error).__qualname__)
