"""Codes and tokens as HMAC-SHA-256, bound to what they were made for, under keys derived for this use alone."""

import hashlib
import hmac

from adapters.outbound.secrets.ring import Ring
from adapters.outbound.secrets.turning import PerVersion
from application.verification.ports import Kept, Secrets

_ABSENT = bytes(hashlib.sha256().digest_size)


class RingSecrets(Secrets):
    """A rotated key still checks what it stamped. What is counted is counted under the one in use alone: a rotation
    begins the day's counts anew.
    """

    def __init__(self, ring: Ring) -> None:
        self._stamping = PerVersion(ring, "tokens", lambda key: _derived(key, b"challenges.secret"))
        self._counting = PerVersion(ring, "index", lambda key: _derived(key, b"challenges.counting"))

    def digest(self, what: str, text: str, *, live: bool) -> bytes:
        return hmac.digest(self._counting[0], f"{what}|{live:d}|{text}".encode(), hashlib.sha256)

    def stamp(self, secret: str, kept: Kept) -> bytes:
        return hmac.digest(self._stamping[0], _bound(secret, kept), hashlib.sha256)

    def matches(self, secret: str, kept: Kept) -> bool:
        bound, wanted, found = _bound(secret, kept), kept.secret or _ABSENT, False
        for key in self._stamping:
            found |= hmac.compare_digest(hmac.digest(key, bound, hashlib.sha256), wanted)
        return found and kept.secret is not None


def _derived(key: bytes, use: bytes) -> bytes:
    return hmac.digest(key, use, hashlib.sha256)


def _bound(secret: str, kept: Kept) -> bytes:
    """Each part ends where the next begins: ids and digests have one length, purpose and intent have no bar in them."""
    challenge = kept.challenge
    names = f"{challenge.purpose}|{challenge.intent}|{challenge.method}|".encode()
    return challenge.id.bytes + kept.digest + names + secret.encode("utf-8", "surrogatepass")
