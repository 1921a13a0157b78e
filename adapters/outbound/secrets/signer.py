"""Checkpoints are signed with Ed25519 (RFC 8032), by the newest signing key of the ring."""

from collections.abc import Mapping
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.outbound.secrets.ring import KeyRing
from application.audit.ports import Signature, Signer


class RingSigner(Signer):
    """A key is named after its public half, so that a signature finds its key wherever it is carried."""

    def __init__(self, ring: KeyRing) -> None:
        keys = [Ed25519PrivateKey.from_private_bytes(seed) for seed in ring.versions("signing").values()]
        self._newest = keys[0]
        self._public = {
            key_id(key.public_key().public_bytes_raw()): key.public_key().public_bytes_raw() for key in keys
        }
        self._key_id = next(iter(self._public))

    def sign(self, data: bytes) -> Signature:
        return Signature(key_id=self._key_id, signature=self._newest.sign(data))

    def public_keys(self) -> Mapping[str, bytes]:
        return self._public


def key_id(public: bytes) -> str:
    return sha256(public).hexdigest()[:16]
