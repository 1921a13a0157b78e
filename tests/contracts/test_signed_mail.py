"""Mail is signed so that a receiver can verify it: the verifier here is dkimpy."""

import base64

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from adapters.outbound.email.dkim import DkimSigner, KeyUnusable, relaxed_body
from tests.unit.outgoing import email

pytestmark = pytest.mark.anyio

RSA = rsa.generate_private_key(65537, 2048)
ED25519 = ed25519.Ed25519PrivateKey.generate()


def pem(key, encryption=None) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


def signer(key=RSA, selector: str = "s1") -> DkimSigner:
    return DkimSigner(domain="acme.example", selector=selector, pem=pem(key))


def dns(name, timeout=5):
    assert name == b"s1._domainkey.acme.example."
    public = RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


@pytest.fixture
async def signed(mail_server, smtp):
    """What the server received of a message, signed with RSA."""
    carrier = smtp(signers=[signer()])

    async def send(**message) -> bytes:
        await carrier.send(email(**message))
        return mail_server.raw[-1]

    return send


MESSAGES = [
    {},
    {"text": "one  \n\ttwo   three\n\n\n\n"},
    {"text": ".\n..\n"},
    {"text": "Grüße 🎉\n" * 200, "html": "<p>您的订单已发货</p>\n" * 200, "subject": "Grüße 🎉 " * 20},
    {"unsubscribe_url": "https://acme.example/u/" + "k" * 200, "unsubscribe_mailto": "stop@acme.example"},
    {"to": "günther@example.com"},
]


@pytest.mark.parametrize("message", MESSAGES)
async def test_a_receiver_can_verify_the_signature(signed, message):
    assert dkim.verify(await signed(**message), dnsfunc=dns)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Hello Pat", b"Hello Eve"),
        (b"Subject: 20%", b"Subject: 90%"),
        (b"From: Acme", b"From: Evil"),
        (b"List-Unsubscribe-Post: List", b"List-Unsubscribe-Post: list"),
        (b"https://acme.example/u/1", b"https://evil.example/u/1"),
        (b"\r\n\r\n", b"\r\nSubject: another\r\n\r\n"),
        (b"\r\n\r\n", b"\r\nFrom: eve@evil.example\r\n\r\n"),
        (b"\r\n\r\n", b"\r\nReply-To: eve@evil.example\r\n\r\n"),
        (b"\r\n\r\n", b"\r\nList-Unsubscribe: <https://evil.example>\r\n\r\n"),
    ],
)
async def test_whatever_is_changed_or_added_on_the_way_breaks_it(signed, before, after):
    raw = await signed(unsubscribe_url="https://acme.example/u/1")
    assert before in raw
    assert not dkim.verify(raw.replace(before, after, 1), dnsfunc=dns)


async def test_both_unsubscribe_headers_are_covered(signed):
    (field,) = [line for line in _unfolded(await signed(unsubscribe_url="https://acme.example/u/1")) if b"; h=" in line]
    covered = field.partition(b"; h=")[2].partition(b";")[0].replace(b" ", b"").lower().split(b":")
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"from", b"to", b"subject", b"date"} <= set(covered)
    assert covered.count(b"from") == covered.count(b"subject") == 2


class PublicKey:
    """The verifier would ask another library for Ed25519; this asks the one at hand."""

    def __init__(self) -> None:
        self.holds = True

    def verify(self, digest: bytes, signature: bytes) -> None:
        try:
            ED25519.public_key().verify(signature, digest)
        except InvalidSignature:
            self.holds = False


def _ed25519_holds(raw: bytes) -> bool:
    verifier, key = dkim.DKIM(raw), PublicKey()
    name, value = verifier.headers[0]
    tags = dkim.util.parse_tag_value(value)
    assert (name, tags[b"a"]) == (b"DKIM-Signature", b"ed25519-sha256")
    verifier.pk, verifier.keysize, verifier.ktag, verifier.seqtlsrpt = key, 256, b"ed25519", False
    covered = [field.strip().lower() for field in tags[b"h"].split(b":")]
    return verifier.verify_sig_process(tags, covered, (name, value), None) and key.holds


async def test_an_ed25519_signature_verifies_too(mail_server, smtp):
    await smtp(signers=[signer(ED25519, "s2"), signer()]).send(email(text="one  \n\ttwo\n"))
    (raw,) = mail_server.raw
    assert _ed25519_holds(raw)
    assert not _ed25519_holds(raw.replace(b"Subject: 20%", b"Subject: 90%"))
    assert dkim.DKIM(raw).verify(idx=1, dnsfunc=dns)


@pytest.mark.parametrize(
    "unusable",
    [
        b"",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",  # pragma: allowlist secret
        pem(ec.generate_private_key(ec.SECP256R1())),
        pem(RSA, BestAvailableEncryption(b"secret")),
        pem(RSA)[: len(pem(RSA)) // 2],
    ],
)
def test_a_key_dkim_cannot_sign_with_is_refused_at_the_start_and_not_shown(unusable):
    with pytest.raises(KeyUnusable) as refused:
        DkimSigner(domain="acme.example", selector="s1", pem=unusable)
    assert "BEGIN" not in str(refused.value)


@pytest.mark.parametrize(
    ("body", "relaxed"),
    [
        # RFC 6376 section 3.4.5 and 3.4.4
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),
        (b"\r\n\r\n", b""),
        (b"", b""),
        (b"a\r\n", b"a\r\n"),
    ],
)
def test_bodies_are_relaxed_as_the_standard_shows(body, relaxed):
    assert relaxed_body(body) == relaxed


def _unfolded(raw: bytes) -> list[bytes]:
    return raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").split(b"\r\n")
