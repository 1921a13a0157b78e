"""Link tokens: AES-SIV (RFC 5297) over ids only. Deterministic, so nothing needs to be stored to know a token again.

A token is a format byte and the sealed ids in base64url (RFC 4648 §5), 88 characters, each of which matters.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from adapters.outbound.secrets.ring import Ring
from adapters.outbound.secrets.turning import PerVersion
from application.links.ports import PATHS, Links, Tokens
from domain.ids import ContactPointId, MessageId, ProgramId
from domain.links import Intent, Link, UnknownToken

_FORMAT = b"\x01"
_INTENTS = {Intent.UNSUBSCRIBE: b"u", Intent.CONFIRM: b"c", Intent.PREFERENCES: b"p"}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{88}")


class SivTokens(Tokens):
    """Seals under the key in use and opens under any: a key may be retired, but never removed."""

    def __init__(self, ring: Ring) -> None:
        # A key for this use alone: the ring's may serve other tokens.
        self._ciphers = PerVersion(ring, "tokens", lambda key: AESSIV(hmac.digest(key, b"links", hashlib.sha512)))

    def seal(self, link: Link) -> str:
        ids = link.contact_point_id.bytes + link.program_id.bytes + link.message_id.bytes
        sealed = self._ciphers[0].encrypt(_INTENTS[link.intent] + ids, [_FORMAT])
        return base64.urlsafe_b64encode(_FORMAT + sealed).decode()

    def open(self, token: str, intent: Intent) -> Link:
        plain = self._opened(token)
        if plain is None or plain[:1] != _INTENTS[intent]:
            raise UnknownToken("No link of this installation has this token.")
        return Link(
            contact_point_id=ContactPointId(UUID(bytes=plain[1:17])),
            program_id=ProgramId(UUID(bytes=plain[17:33])),
            message_id=MessageId(UUID(bytes=plain[33:49])),
            intent=intent,
        )

    def _opened(self, token: str) -> bytes | None:
        if not _TOKEN.fullmatch(token):
            return None
        raw = base64.urlsafe_b64decode(token)
        if raw[:1] != _FORMAT:
            return None
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(raw[1:], [_FORMAT])
            except InvalidTag:
                continue
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLinks(Links):
    tokens: Tokens
    url: str

    def unsubscribe(self, point: ContactPointId, program: ProgramId, message: MessageId) -> str:
        return self._address(point, program, message, Intent.UNSUBSCRIBE)

    def confirm(self, point: ContactPointId, program: ProgramId, message: MessageId) -> str:
        return self._address(point, program, message, Intent.CONFIRM)

    def preferences(self, point: ContactPointId, program: ProgramId, message: MessageId) -> str:
        return self._address(point, program, message, Intent.PREFERENCES)

    def _address(self, point: ContactPointId, program: ProgramId, message: MessageId, intent: Intent) -> str:
        link = Link(contact_point_id=point, program_id=program, message_id=message, intent=intent)
        return f"{self.url}{PATHS[intent]}/{self.tokens.seal(link)}"
