"""Checkpoints are signed with Ed25519 (RFC 8032), by the newest signing key of the ring."""

from collections.abc import Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from adapters.outbound.secrets.ring import KeyRing
from application.audit.ports import Signature, Signer, Verifier


class KnownKeys(Verifier):
    """Verifies what any of these keys signed."""

    def __init__(self, public_keys: Mapping[str, bytes]) -> None:
        self._keys = {name: Ed25519PublicKey.from_public_bytes(key) for name, key in public_keys.items()}

    def genuine(self, signature: Signature, data: bytes) -> bool | None:
        key = self._keys.get(signature.key_id)
        if key is None:
            return None
        try:
            key.verify(signature.signature, data)
        except InvalidSignature:
            return False
        return True


class RingSigner(KnownKeys, Signer):
    """A key is named after its public half, so that a signature finds its key wherever it is carried."""

    def __init__(self, ring: KeyRing) -> None:
        keys = [Ed25519PrivateKey.from_private_bytes(seed) for seed in ring.versions("signing").values()]
        self._newest = keys[0]
        self._public = {
            key_id(key.public_key().public_bytes_raw()): key.public_key().public_bytes_raw() for key in keys
        }
        self._key_id = next(iter(self._public))
        super().__init__(self._public)

    def sign(self, data: bytes) -> Signature:
        return Signature(key_id=self._key_id, signature=self._newest.sign(data))

    def public_keys(self) -> Mapping[str, bytes]:
        return self._public


def key_id(public: bytes) -> str:
    return sha256(public).hexdigest()[:16]
