"""Consent records others can read: ISO/IEC TS 27560, the Kantara receipt, and the W3C words for where a consent
stands.
"""

import re
from collections.abc import Collection

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.rules import enforced_elsewhere
from domain.errors import Invalid

_WHERE, _TEST = "domain.compliance.receipts", "tests/compliance/test_cases.py"
_ISO: dict[str, dict[str, str]] = catalogue.tables().tables["iso27560_fields"]
_KANTARA: list[str] = catalogue.tables().tables["kantara_fields"]
# Optional in the standard, owed under the GDPR: the record's legal basis, and what a person needs to act on it.
_GDPR = frozenset({
    "lawful_basis", "collection_method", "processing_method", "processing_locations", "geographic_restrictions",
    "privacy_rights", "authority_party", "pii_optional", "special_pii_category", "party_role",
})  # fmt: skip
_OPTIONAL = "(optional)"
_DURATION = re.compile(r"P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?")

KANTARA_VERSION = "KI-CR-v1.1.0"
DPV_STATUS = {
    "requested": "dpv:ConsentRequested",
    "given": "dpv:ConsentGiven",
    "refused": "dpv:ConsentRefused",
    "withdrawn": "dpv:ConsentWithdrawn",
    "expired": "dpv:ConsentExpired",
    "invalidated": "dpv:ConsentInvalidated",
    "revoked": "dpv:ConsentRevoked",
    "unknown": "dpv:ConsentUnknown",
    "renewed": "dpv:RenewedConsentGiven",
    "deferred": "dpv:ConsentRequestDeferred",
}


class IncompleteRecord(Invalid):
    """A record that lacks a mandatory field proves less than it seems to, and is not given out."""


class Authority(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom people may complain to."""

    name: str
    url: str


class Practice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a receipt says of the installation and no record tells: whoever runs it declares it, and what is None is
    never made up. `recipients` and `special_categories` may be declared empty; a retention period is an ISO 8601
    duration. With `gdpr`, records follow the profile of the GDPR, which wants all of it.
    """

    gdpr: bool = False
    jurisdiction: str | None = None
    storage_locations: tuple[str, ...] | None = None
    retention_period: str | None = None
    recipients: tuple[str, ...] | None = None
    special_categories: tuple[str, ...] | None = None
    processing_locations: tuple[str, ...] | None = None
    geographic_restrictions: str | None = None
    privacy_rights: str | None = None
    authority: Authority | None = None

    def __post_init__(self) -> None:
        if self.retention_period is not None and not _DURATION.fullmatch(self.retention_period):
            raise Invalid("Give a duration as ISO 8601 has it, such as P6Y.", field="retention_period")


def iso27560_mandatory(*, gdpr: bool = False) -> list[str]:
    """In the order of the standard."""
    return [
        field
        for section in _ISO.values()
        for field, need in section.items()
        if need.startswith("mandatory") or (gdpr and field in _GDPR)
    ]


def kantara_mandatory() -> list[str]:
    """The top-level fields of the receipt."""
    return [field.partition("[")[0].strip() for field in _KANTARA if _OPTIONAL not in field]


def require_complete(present: Collection[str], mandatory: list[str]) -> None:
    """Raises IncompleteRecord."""
    if missing := [field for field in mandatory if field not in present]:
        raise IncompleteRecord(f"The record lacks {', '.join(missing)}.", field="record")


enforced_elsewhere("REC-27560-01", where=f"{_WHERE}.iso27560_mandatory", test=_TEST)
enforced_elsewhere("REC-KANTARA-01", where=f"{_WHERE}.kantara_mandatory", test=_TEST)
enforced_elsewhere("REC-DPV-01", where=f"{_WHERE}.DPV_STATUS", test=_TEST)
