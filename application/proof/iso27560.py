"""A consent record of ISO/IEC TS 27560:2023 as JSON-LD, in the terms of the W3C's Data Privacy Vocabulary.

Keys are the standard's fields; the context says which term each is.
"""

from datetime import UTC, datetime
from typing import Any

from application.proof.stated import Stated
from domain.compliance.receipts import iso27560_mandatory, require_complete
from domain.consent.ledger import Fact
from domain.programs import Category

_SCHEMA = "https://w3id.org/dpv/schema/dpv-27560#record"
_PURPOSES = {Category.MARKETING: "dpv:DirectMarketing"}
_PII = {"sms": "pd:TelephoneNumber", "email": "pd:EmailAddress"}
_ID = {"@type": "@id"}
CONTEXT: dict[str, Any] = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "schema_version": {"@id": "dct:conformsTo", **_ID},
    "record_id": "dct:identifier",
    "pii_principal_id": "dpv:hasDataSubject",
    "status": {"@id": "dpv:hasConsentStatus", **_ID},
    "processing": "dpv:hasProcess",
    "privacy_notice": {"@id": "dpv:hasNotice", **_ID},
    "language": "dct:language",
    "purpose": "dct:description",
    "purpose_type": {"@id": "dpv:hasPurpose", **_ID},
    "lawful_basis": {"@id": "dpv:hasLegalBasis", **_ID},
    "pii_information": "dpv:hasPersonalData",
    "pii_controllers": "dpv:hasDataController",
    "collection_method": "dpv:hasDataSource",
    "storage_locations": "dpv:hasStorageCondition",
    "retention_period": "dpv:hasDuration",
    "processing_locations": "dpv:hasLocation",
    "service": "dpv:hasService",
    "jurisdiction": "dpv:hasJurisdiction",
    "recipient_third_parties": "dpv:hasRecipient",
    "withdrawal_method": "dpv:isExercisedAt",
    "privacy_rights": {"@id": "dpv:hasRight", **_ID},
    "authority_party": "dpv:hasAuthority",
    "pii_type": "@type",
    "party_name": "dpv:hasName",
    "party_address": "dpv:hasAddress",
    "party_contact": "dpv:hasContact",
    "events": "dpv:hasActivity",
    "event_time": "dct:date",
    "event_state": {"@id": "dpv:hasConsentStatus", **_ID},
}


def iso27560(stated: Stated) -> dict[str, Any]:
    """Raises IncompleteRecord."""
    gdpr = stated.practice.gdpr
    record = {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{stated.consent_id}",
        "@type": "dpv:ConsentRecord",
        "schema_version": f"{_SCHEMA}-eu-gdpr" if gdpr else _SCHEMA,
        "record_id": str(stated.consent_id),
        "pii_principal_id": str(stated.contact_id),
        "status": stated.status,
        "processing": _processing(stated),
        "parties": [_controller(stated)],
        "events": [_event(fact, state, stated) for fact, state in stated.events],
    }
    require_complete(fields_of(record), iso27560_mandatory(gdpr=gdpr))
    return record


def fields_of(record: Any) -> set[str]:
    """The names of all that is said, wherever it stands."""
    if isinstance(record, list):
        return set().union(*map(fields_of, record))
    if not isinstance(record, dict):
        return set()
    inside = (fields_of(value) for name, value in record.items() if name != "@context")
    return {name for name, value in record.items() if value is not None}.union(*inside)


def _processing(stated: Stated) -> dict[str, Any]:
    practice, program = stated.practice, stated.program
    said = {
        "privacy_notice": stated.notice,
        "language": stated.given.facts.language,
        "purpose": program.purpose,
        "purpose_type": _PURPOSES.get(program.category),
        "lawful_basis": "eu-gdpr:A6-1-a" if practice.gdpr else "dpv:Consent",
        "pii_information": [_pii(stated)],
        "pii_controllers": [str(stated.sender.id)],
        "collection_method": stated.given.facts.medium,
        "processing_method": f"Sending messages by {stated.consent.channel}, {program.frequency}.",
        "storage_locations": practice.storage_locations,
        "retention_period": practice.retention_period,
        "processing_locations": practice.processing_locations,
        "geographic_restrictions": practice.geographic_restrictions,
        "service": program.name,
        "jurisdiction": practice.jurisdiction,
        "recipient_third_parties": practice.recipients,
        "withdrawal_method": stated.withdrawal,
        "privacy_rights": practice.privacy_rights,
        "authority_party": _authority(stated),
    }
    return {name: value for name, value in said.items() if value is not None}


def _pii(stated: Stated) -> dict[str, Any]:
    """The address, without which nothing can be sent to it."""
    said: dict[str, Any] = {"pii_type": _PII[stated.consent.channel], "pii_optional": False}
    if stated.practice.special_categories is not None:
        said["special_pii_category"] = stated.practice.special_categories
    return said


def _controller(stated: Stated) -> dict[str, Any]:
    sender = stated.sender
    said = {
        "party_id": str(sender.id),
        "party_name": sender.legal_name,
        "party_address": sender.postal_address,
        "party_contact": sender.support,
        "party_email": sender.email_reply_to or sender.email_from,
        "party_type": "dpv:DataController",
        "party_role": "dpv:DataController",
    }
    return {name: value for name, value in said.items() if value is not None}


def _authority(stated: Stated) -> dict[str, Any] | None:
    authority = stated.practice.authority
    return {"party_name": authority.name, "party_url": authority.url} if authority else None


def _event(fact: Fact, state: str, stated: Stated) -> dict[str, Any]:
    return {
        "event_time": _written(fact.at),
        "validity_duration": f"until {_written(fact.expires_at)}" if fact.expires_at else "until withdrawn",
        "entity_id": str(stated.contact_id),
        "event_type": "dpv:ExpressedConsent" if fact.facts.affirmative_act else "dpv:Consent",
        "event_state": state,
    }


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
