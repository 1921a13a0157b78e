"""Rules that oblige the product rather than a message: each names the code that meets it and the test that shows it."""

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.rules import enforced_elsewhere, not_applicable

_REPLIES, _REPLIES_TEST = "domain.compliance.replies.classify", "tests/compliance/test_cases.py"
_TEST = "tests/unit/compliance/test_retention.py"


class _Keeps(Struct, frozen=True, kw_only=True):
    keep: tuple[str, ...]


class Erasure(Struct, frozen=True, kw_only=True):
    """What an erasure removes and what alone it may leave."""

    removes: tuple[str, ...] = ("addresses", "attributes", "message bodies", "look-up digests", "data key")
    keeps: tuple[str, ...] = catalogue.parameters("EU-GDPR-17", _Keeps).keep


ERASURE = Erasure()

for _rule in ("SMS-KW-I18N", "PRV-TWILIO-01", "PRV-TWILIO-03", "PRV-TWILIO-08"):
    enforced_elsewhere(_rule, where=_REPLIES, test=_REPLIES_TEST)
for _rule in ("EU-GDPR-17", "PII-05"):
    enforced_elsewhere(_rule, where="domain.compliance.obligations.ERASURE", test=_TEST)
not_applicable(
    "EU-GDPR-30",
    reason="The record of processing is the controller's document; the documentation describes the product for it.",
)
not_applicable(
    "EU-GDPR-32",
    reason="Security is a property of the whole installation: encryption, keys and access are tested with their code.",
)
not_applicable(
    "PII-02",
    reason="A principle the other rules follow: tokens are personal data in access, export and breach handling.",
)
