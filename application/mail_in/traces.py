"""Whom a mail is about that came back with it: a token of ours in its headers tells, however much was blacked out."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from msgspec import Struct

from application.links.ports import Tokens
from application.mail_in.ports import MailTokens
from application.mail_in.programs import MailPrograms
from application.messages.ports import Messages
from domain.ids import ContactPointId, MessageId, ProgramId
from domain.links import Intent, UnknownToken
from domain.mail_in.addresses import BounceOf, MailAddress, UnknownMailAddress, WayOf

_LINK = re.compile(r"/u/([A-Za-z0-9_-]{88})(?![A-Za-z0-9_-])")
_ADDRESS = re.compile(r"\b((?:bounce|unsub|reply)\+[a-z2-7]{52,58})@", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})@", re.IGNORECASE)


class About(Struct, frozen=True, kw_only=True):
    """Without a message, one that is no longer known, or that an address did not tell."""

    contact_point_id: ContactPointId
    program_id: ProgramId | None
    message_id: MessageId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTraces:
    tokens: Tokens
    mail_tokens: MailTokens
    mail_programs: MailPrograms
    messages: Messages

    async def follow(self, traces: Sequence[str]) -> About | None:
        """Tokens first; then our Message-ID, which is known to whoever had the mail. In an open transaction."""
        for trace in traces:
            for token in _LINK.findall(trace):
                with suppress(UnknownToken):
                    link = self.tokens.open(token, Intent.UNSUBSCRIBE)
                    return About(
                        contact_point_id=link.contact_point_id, program_id=link.program_id, message_id=link.message_id
                    )
            for local_part in _ADDRESS.findall(trace):
                with suppress(UnknownMailAddress):
                    if found := await self._behind(self.mail_tokens.open(local_part)):
                        return found
        for identity in (each for trace in traces for each in _MESSAGE_ID.findall(trace)):
            if found := await self.message(MessageId(UUID(identity))):
                return found
        return None

    async def message(self, message_id: MessageId) -> About | None:
        for message in await self.messages.lock([message_id]):
            return About(
                contact_point_id=message.contact_point_id, program_id=message.program_id, message_id=message.id
            )
        return None

    async def _behind(self, address: MailAddress) -> About | None:
        if isinstance(address, WayOf):
            program_id = (await self.mail_programs.of(address.program))[0]
            return About(contact_point_id=address.contact_point_id, program_id=program_id)
        return await self.message(address.message_id) if isinstance(address, BounceOf) else None
