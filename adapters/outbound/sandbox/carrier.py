"""The carrier that carries nothing away: both channels' default, and the only one a test key ever meets."""

import asyncio
from collections.abc import Awaitable, Callable

from adapters.outbound.postgres.database import Database
from adapters.outbound.sandbox.kept import KeptMessages
from adapters.outbound.sandbox.recipients import ending_for
from application.messages.carriers import Carrier, Effect, NoWord, Outgoing, Refused, Taken
from application.messages.mail_headers import mail_headers
from application.ports import Clock
from application.sandbox.ports import SandboxMessage
from application.secrets import Seal
from domain.addresses import Channel
from domain.errors import DomainError, Unavailable


class SandboxCarrier(Carrier):
    def __init__(
        self,
        database: Database,
        seal: Seal,
        clock: Clock,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._kept = KeptMessages(database, seal)
        self._clock = clock
        self._pause = pause

    async def send(self, outgoing: Outgoing) -> Taken:
        ending = ending_for(outgoing)
        ending.must_be_taken(outgoing)
        message = self._message(outgoing)
        if ending.seconds:
            await self._pause(ending.seconds)
        try:
            await self._kept.keep(message, live=outgoing.live)
        except Unavailable:
            raise NoWord("sandbox-database", "The sandbox's database went away.") from None
        return Taken(provider_id=f"sandbox-{outgoing.message_id}", status=ending.status, detail=ending.detail)

    async def close(self) -> None:
        await self._kept.close()

    def _message(self, outgoing: Outgoing) -> SandboxMessage:
        """As a real carrier would pass it on. Raises Refused."""
        content, at = outgoing.content, self._clock.now()
        headers: dict[str, str] = {}
        if outgoing.channel is Channel.EMAIL:
            headers = mail_headers(outgoing, at)
        return SandboxMessage(
            message_id=outgoing.message_id,
            channel=outgoing.channel,
            to=outgoing.to.value,
            from_=headers.get("From") or _origin(outgoing),
            subject=content.subject,
            text=content.text,
            html=content.html,
            headers=headers,
            at=at,
        )


def _origin(outgoing: Outgoing) -> str:
    try:
        return outgoing.sender.address_for(outgoing.channel)
    except DomainError:
        raise Refused(
            "sender-address",
            f"The sender {outgoing.sender.slug} has no address to send from.",
            effect=Effect.SENDER_MISCONFIGURED,
        ) from None
