"""Local parts of our addresses: AES-SIV (RFC 5297) over ids only, in base32, for mail systems may change the case.

`unsub` and not `unsubscribe`: 64 characters (RFC 5321 section 4.5.3.1.1) hold no more beside point and program.
"""

import base64
import hashlib
import hmac
import re
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from adapters.outbound.secrets.ring import Ring
from adapters.outbound.secrets.turning import PerVersion
from application.mail_in.ports import MailTokens
from domain.ids import ContactPointId, MessageId
from domain.mail_in.addresses import BounceOf, Complaints, MailAddress, ProgramTail, UnknownMailAddress, Way, WayOf

_COMPLAINTS, _BOUNCE = "complaints", "bounce"
_WAYS = {Way.UNSUBSCRIBE: "unsub", Way.REPLY: "reply"}
_KINDS = {word: way for way, word in _WAYS.items()}
# Octets of an id, and of a point with its program's tail; each with the 16 of SIV.
_LENGTHS = {_BOUNCE: 16, **dict.fromkeys(_KINDS, 20)}
_TOKEN = re.compile(r"[a-z2-7]{1,58}")


class SivMailTokens(MailTokens):
    """Seals under the key in use and opens under any; for what it was sealed for, and nothing else."""

    def __init__(self, ring: Ring) -> None:
        self._ciphers = PerVersion(ring, "tokens", lambda key: AESSIV(hmac.digest(key, b"mail", hashlib.sha512)))

    def seal(self, address: MailAddress) -> str:
        match address:
            case Complaints():
                return _COMPLAINTS
            case BounceOf(message_id=message_id):
                return self._sealed(_BOUNCE, message_id.bytes)
            case WayOf(way=way, contact_point_id=point, program=program):
                return self._sealed(_WAYS[way], point.bytes + program.octets)

    def open(self, local_part: str) -> MailAddress:
        word, _, token = local_part.lower().partition("+")
        if word == _COMPLAINTS:
            return Complaints()
        plain = self._opened(word, token)
        if plain is None:
            raise UnknownMailAddress("No mail comes in by this address.")
        if word == _BOUNCE:
            return BounceOf(message_id=MessageId(UUID(bytes=plain)))
        point = ContactPointId(UUID(bytes=plain[:16]))
        return WayOf(way=_KINDS[word], contact_point_id=point, program=ProgramTail(plain[16:]))

    def _sealed(self, word: str, plain: bytes) -> str:
        sealed = self._ciphers[0].encrypt(plain, [word.encode()])
        return f"{word}+{base64.b32encode(sealed).decode().rstrip('=').lower()}"

    def _opened(self, word: str, token: str) -> bytes | None:
        raw = _raw(token)
        if raw is None or len(raw) - 16 != _LENGTHS.get(word):
            return None
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(raw, [word.encode()])
            except InvalidTag:
                continue
        return None


def _raw(token: str) -> bytes | None:
    """None unless it is written the one way it can be: the last letter's spare bits are nought."""
    if not _TOKEN.fullmatch(token):
        return None
    padded = token.upper() + "=" * (-len(token) % 8)
    try:
        raw = base64.b32decode(padded)
    except ValueError:
        return None
    return raw if base64.b32encode(raw).decode() == padded else None
