"""A consent receipt of the Kantara Initiative, version 1.1."""

from typing import Any

from application.proof.stated import Stated
from domain.compliance.receipts import KANTARA_VERSION, kantara_mandatory, require_complete

_PII = {"sms": "telephone number", "email": "email address"}


def kantara(stated: Stated) -> dict[str, Any]:
    """Raises IncompleteRecord."""
    special = list(stated.practice.special_categories or ())
    receipt = {
        "version": KANTARA_VERSION,
        "jurisdiction": stated.practice.jurisdiction,
        "consentTimestamp": int(stated.given.at.timestamp()),
        "collectionMethod": stated.given.facts.medium,
        "consentReceiptID": str(stated.consent_id),
        "language": stated.given.facts.language,
        "piiPrincipalId": str(stated.contact_id),
        "piiControllers": [_controller(stated)],
        "policyUrl": stated.notice,
        "services": [{"service": stated.program.name, "purposes": [_purpose(stated)]}],
        "sensitive": bool(special),
        "spiCat": special,
    }
    present = [name for name, value in receipt.items() if value is not None]
    require_complete(present, kantara_mandatory())
    return receipt


def _controller(stated: Stated) -> dict[str, Any]:
    sender = stated.sender
    said = {
        "piiController": sender.legal_name,
        "onBehalf": False,
        "contact": sender.support,
        "address": sender.postal_address,
        "email": sender.email_reply_to or sender.email_from,
        "piiControllerUrl": stated.notice,
    }
    return {name: value for name, value in said.items() if value is not None}


def _purpose(stated: Stated) -> dict[str, Any]:
    recipients = stated.practice.recipients or ()
    said: dict[str, Any] = {
        "purpose": stated.program.purpose,
        "purposeCategory": [stated.program.category],
        "consentType": "EXPLICIT" if stated.given.facts.affirmative_act else "IMPLICIT",
        "piiCategory": [_PII[stated.consent.channel]],
        "primaryPurpose": True,
        "termination": stated.withdrawal,
        "thirdPartyDisclosure": bool(recipients),
    }
    return {**said, "thirdPartyName": ", ".join(recipients)} if recipients else said
