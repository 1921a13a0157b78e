"""Checkpoints are signed with Ed25519 (RFC 8032), by the signing key in use."""

from collections.abc import Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from adapters.outbound.secrets.ring import Ring
from adapters.outbound.secrets.turning import PerVersion
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


class RingSigner(Signer):
    """A key is named after its public half, so that a signature finds its key wherever it is carried."""

    def __init__(self, ring: Ring) -> None:
        self._keys = PerVersion(ring, "signing", Ed25519PrivateKey.from_private_bytes)

    def sign(self, data: bytes) -> Signature:
        key = self._keys[0]
        return Signature(key_id=key_id(key.public_key().public_bytes_raw()), signature=key.sign(data))

    def genuine(self, signature: Signature, data: bytes) -> bool | None:
        return KnownKeys(self.public_keys()).genuine(signature, data)

    def public_keys(self) -> Mapping[str, bytes]:
        public = [key.public_key().public_bytes_raw() for key in self._keys]
        return {key_id(one): one for one in public}


def key_id(public: bytes) -> str:
    return sha256(public).hexdigest()[:16]
