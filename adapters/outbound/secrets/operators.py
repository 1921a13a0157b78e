"""Keyed digests (HMAC-SHA-256) by which staff, their recovery codes and what is counted of sign-ins are found again."""

import hashlib
import hmac

from adapters.outbound.secrets.ring import Ring
from domain.addresses import Address
from domain.ids import OperatorId

_USE = b"operators"


class OperatorDigests:
    """Newest key version first; counts are kept under the newest alone."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring

    def email(self, email: Address) -> list[bytes]:
        return self._all("index", f"email|{email.value}")

    def company(self, issuer: str, subject: str) -> list[bytes]:
        return self._all("index", f"company|{len(issuer)}|{issuer}|{subject}")

    def recovery(self, operator_id: OperatorId, code: str) -> list[bytes]:
        return self._all("tokens", f"recovery|{operator_id}|{code}")

    def subject(self, subject: str) -> bytes:
        return self._all("index", f"tries|{subject}")[0]

    def _all(self, purpose: str, text: str) -> list[bytes]:
        """Under keys derived for this use alone."""
        keys = [hmac.digest(key, _USE, hashlib.sha256) for key in self._ring.versions(purpose).values()]
        return [hmac.digest(key, text.encode(), hashlib.sha256) for key in keys]
