"""Mail leaves through one mail server, over kept connections, signed where there is a key."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from adapters.outbound.email.connection import Connection, Dropped, SmtpServer
from adapters.outbound.email.dkim import DkimSigner
from adapters.outbound.email.mime import Mail, build
from application.messages.carriers import Carrier, NotNow, Outgoing, Taken
from application.ports import Clock


class SmtpCarrier(Carrier):
    def __init__(self, server: SmtpServer, clock: Clock, signers: Sequence[DkimSigner] = ()) -> None:
        self._server = server
        self._clock = clock
        self._signers = signers
        self._tls_context = server.tls_context()
        self._places = asyncio.Semaphore(server.connections)
        self._idle: list[Connection] = []
        self._closed = False
        self._reaper: asyncio.TimerHandle | None = None
        self._threads = ThreadPoolExecutor(4, "dkim") if any(signer.slow for signer in signers) else None

    async def send(self, outgoing: Outgoing) -> Taken:
        at = self._clock.now()
        mail = build(outgoing, at)
        text = b"%b%b\r\n%b" % (await self._signatures(mail, at), mail.head(), mail.body)
        async with self._places:
            return Taken(provider_id=await self._hand_over(mail, text))

    async def test(self) -> None:
        """Connects and logs in as for a mail, and sends none. Raises NotNow."""
        connection = await Connection.open(self._server, self._tls_context)
        try:
            await connection.greet()
        finally:
            connection.part()

    async def close(self) -> None:
        """Mails on their way are finished first by whoever sends them; their connections are not kept."""
        self._closed = True
        if self._reaper is not None:
            self._reaper.cancel()
        while self._idle:
            self._idle.pop().part()
        if self._threads is not None:
            self._threads.shutdown(wait=False)

    async def _hand_over(self, mail: Mail, text: bytes) -> str | None:
        """A kept connection may have been closed by the server meanwhile; a fresh one that drops has had its chance."""
        while True:
            connection = self._kept()
            kept = connection is not None
            if connection is None:
                connection = await Connection.open(self._server, self._tls_context)
            try:
                return await connection.hand_over(mail, text)
            except Dropped:
                if not kept:
                    raise NotNow("smtp-dropped", "The mail server closed the connection.") from None
            finally:
                self._keep(connection)

    def _kept(self) -> Connection | None:
        """The one used last, so that those too many grow idle and are parted with."""
        self._reap()
        while self._idle:
            connection = self._idle.pop()
            if connection.usable:
                return connection
        return None

    def _keep(self, connection: Connection) -> None:
        if self._closed or not connection.usable:
            connection.part()
            return
        loop = asyncio.get_running_loop()
        connection.idle_since = loop.time()
        self._idle.append(connection)
        if self._reaper is None:
            self._reaper = loop.call_later(self._server.idle_timeout, self._reap)

    def _reap(self) -> None:
        if self._reaper is not None:
            self._reaper.cancel()
            self._reaper = None
        loop = asyncio.get_running_loop()
        while self._idle and loop.time() - self._idle[0].idle_since >= self._server.idle_timeout:
            self._idle.pop(0).part()
        if self._idle:
            due = self._idle[0].idle_since + self._server.idle_timeout
            self._reaper = loop.call_at(due, self._reap)

    async def _signatures(self, mail: Mail, at: datetime) -> bytes:
        """RSA in threads: `cryptography` lets go of the interpreter while it signs."""
        signed = []
        for sign in self._signers:
            if sign.slow and self._threads is not None:
                signed.append(await asyncio.get_running_loop().run_in_executor(self._threads, sign, mail, at))
            else:
                signed.append(sign(mail, at))
        return b"".join(signed)
