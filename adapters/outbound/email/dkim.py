"""DKIM signatures (RFC 6376, RFC 8463), relaxed in headers and body."""

import base64
import hashlib
import re
from datetime import datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from adapters.outbound.email.mime import Mail

# Each is listed once more than it occurs, so that none can be added behind our back (RFC 6376 section 8.15);
# RFC 8058 section 4 wants both unsubscribe headers covered.
_COVERED = (
    b"From",
    b"To",
    b"Subject",
    b"Date",
    b"Message-ID",
    b"Reply-To",
    b"MIME-Version",
    b"Content-Type",
    b"Content-Transfer-Encoding",
    b"List-Unsubscribe",
    b"List-Unsubscribe-Post",
    b"Auto-Submitted",
)
_SPACES = re.compile(rb"[ \t]+")
_SPACE_AT_END = re.compile(rb"[ \t]+(?=\r\n)")
_LEAST_BITS = 1024  # RFC 8301 section 3.2
_LINE = 72


class KeyUnusable(Exception):
    """The key is not one DKIM signs with. Never shows it."""


class DkimSigner:
    def __init__(self, *, domain: str, selector: str, pem: bytes) -> None:
        """Raises KeyUnusable."""
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise KeyUnusable("The DKIM key is not an unencrypted private key in PEM.") from None
        if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
            raise KeyUnusable("A DKIM key is RSA or Ed25519.")
        if isinstance(key, RSAPrivateKey) and key.key_size < _LEAST_BITS:
            raise KeyUnusable(f"An RSA key for DKIM has at least {_LEAST_BITS} bits, better 2048.")
        self._key = key
        algorithm = "rsa-sha256" if isinstance(key, RSAPrivateKey) else "ed25519-sha256"
        self._start = f"v=1; a={algorithm}; c=relaxed/relaxed; d={domain};\r\n s={selector};".encode()

    @property
    def slow(self) -> bool:
        """An RSA signature takes a millisecond, an Ed25519 one a twentieth of that."""
        return isinstance(self._key, RSAPrivateKey)

    def __call__(self, mail: Mail, at: datetime) -> bytes:
        """The header that goes before all others."""
        names, signed = _selected(mail.headers)
        body_hash = base64.b64encode(hashlib.sha256(relaxed_body(mail.body)).digest())
        value = b"%b t=%d; bh=%b;\r\n h=%b;\r\n b=" % (self._start, at.timestamp(), body_hash, _list(names))
        signature = base64.b64encode(self._sign(signed + b"dkim-signature:" + value.replace(b"\r\n ", b" ")))
        lines = [signature[start : start + _LINE] for start in range(0, len(signature), _LINE)]
        return b"DKIM-Signature: " + value + b"\r\n ".join(lines) + b"\r\n"

    def _sign(self, data: bytes) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), SHA256())
        return self._key.sign(hashlib.sha256(data).digest())


def _selected(headers: tuple[tuple[bytes, bytes], ...]) -> tuple[list[bytes], bytes]:
    """The names of `h=`, and the headers they stand for in their relaxed form (RFC 6376 section 3.4.2)."""
    present = dict(headers)
    names = [name for covered in _COVERED for name in ([covered, covered] if covered in present else [covered])]
    relaxed = [
        b"%b:%b\r\n" % (name.lower(), _SPACES.sub(b" ", present[name].replace(b"\r\n", b"")).strip())
        for name in _COVERED
        if name in present
    ]
    return names, b"".join(relaxed)


def _list(names: list[bytes]) -> bytes:
    lines = [b""]
    for name in names:
        if len(lines[-1]) + len(name) + 1 > _LINE:
            lines.append(b"")
        lines[-1] += name + b":"
    return b"\r\n ".join(lines)[:-1]


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376 section 3.4.4; quick where there is nothing to relax."""
    if b" \r\n" in body or b"\t" in body:
        body = _SPACE_AT_END.sub(b"", body)
    if b"  " in body or b"\t" in body:
        body = _SPACES.sub(b" ", body)
    stripped = body.rstrip(b"\r\n")
    return stripped + b"\r\n" if stripped else b""
