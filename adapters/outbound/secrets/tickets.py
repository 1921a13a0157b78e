"""Tickets: a signed text (HMAC-SHA-256), so that a form needs neither cookie nor session."""

import base64
import binascii
import hashlib
import hmac
import secrets

import msgspec

from adapters.outbound.secrets.ring import Ring
from adapters.outbound.secrets.turning import PerVersion
from application.access.tickets import Ticket, Tickets

_MAC_BYTES = 32
_SALT_BYTES = 12
_LONGEST = 2000
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Ticket)


class SignedTickets(Tickets):
    """Signs under the key in use and reads under any."""

    def __init__(self, ring: Ring) -> None:
        # A key for each use: the ring's serves links as well.
        self._keys = PerVersion(ring, "tokens", lambda key: hmac.digest(key, b"tickets", hashlib.sha256))
        self._aliases = PerVersion(ring, "tokens", lambda key: hmac.digest(key, b"aliases", hashlib.sha256))

    def sign(self, ticket: Ticket) -> str:
        said = secrets.token_bytes(_SALT_BYTES) + _encoder.encode(ticket)
        return base64.urlsafe_b64encode(_mac(self._keys[0], said) + said).decode()

    def read(self, text: str) -> Ticket | None:
        if len(text) > _LONGEST:
            return None
        try:
            raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error):
            return None
        mac, said = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        # Every key is tried, so that the time tells nothing.
        known = [hmac.compare_digest(mac, _mac(key, said)) for key in self._keys]
        return _decoder.decode(said[_SALT_BYTES:]) if any(known) else None

    def alias(self, text: str) -> str:
        return hmac.digest(self._aliases[-1], text.encode(), hashlib.sha256)[:16].hex()


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, said, hashlib.sha256)
