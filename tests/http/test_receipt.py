"""Receipts of a consent, as the standards have them, made of what is on record and what was declared, and no more."""

import json

import pytest

from application.proof.iso27560 import fields_of
from domain.compliance.receipts import iso27560_mandatory, kantara_mandatory
from tests.http.dossiers import ADDRESS, CONSENT

DECLARED = {
    "jurisdiction": "US-NY",
    "storage_locations": ["US"],
    "retention_period": "P5Y",
    "recipients": ["Twilio Inc"],
    "special_categories": [],
}
FOR_GDPR = {
    "gdpr": True,
    "jurisdiction": "DE",
    "processing_locations": ["DE"],
    "geographic_restrictions": "EEA",
    "privacy_rights": "https://acme.example/rights",
    "authority": {"name": "BfDI", "url": "https://authority.example"},
}


@pytest.fixture
def declared():
    return DECLARED


@pytest.fixture
async def process(start, declared):
    return start(receipts=json.dumps(declared))


@pytest.fixture
async def consent(api, weekly_offers):
    changed = await api.patch("/api/v1/senders/acme", json={"privacy_url": "https://acme.example/privacy"})
    assert changed.status_code == 200, changed.text
    answer = await api.post("/api/v1/consents", json=CONSENT)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def receipt(api, consent, **params):
    return await api.get(f"/api/v1/consents/{consent['id']}/receipt", params=params)


async def test_an_iso_27560_record_has_every_mandatory_field(api, consent):
    answer = await receipt(api, consent)
    assert answer.status_code == 200, answer.text
    record = answer.json()
    assert set(iso27560_mandatory()) <= fields_of(record)
    assert record["schema_version"] == "https://w3id.org/dpv/schema/dpv-27560#record"
    assert (record["@type"], record["status"]) == ("dpv:ConsentRecord", "dpv:ConsentGiven")
    assert record["parties"][0]["party_name"] == "Acme Ltd"
    assert set(record["@context"]) >= {"dct", "dpv", "status"}


async def test_every_field_outside_the_context_is_the_standard_s_or_json_ld_s(api, consent):
    record = (await receipt(api, consent)).json()
    said = {name for name in fields_of(record) if not name.startswith("@")}
    assert said - set(record["@context"]) <= {
        "party_id",
        "party_email",
        "party_type",
        "party_role",
        "processing_method",
        "validity_duration",
        "entity_id",
        "event_type",
        "pii_optional",
        "special_pii_category",
        "parties",
        "party_url",
    }


async def test_a_kantara_receipt_has_every_mandatory_field(api, consent):
    answer = await receipt(api, consent, format="kantara")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert set(kantara_mandatory()) <= set(found)
    assert (found["version"], found["jurisdiction"]) == ("KI-CR-v1.1.0", "US-NY")
    assert found["services"][0]["purposes"][0]["thirdPartyName"] == "Twilio Inc"


async def test_it_names_the_person_by_an_id_alone(api, consent):
    for form in ("iso27560", "kantara"):
        text = (await receipt(api, consent, format=form)).text
        assert consent["contact_id"] in text
        for personal in (ADDRESS, "Pat Doe", "203.0.113.7"):
            assert personal not in text


@pytest.mark.parametrize("declared", [DECLARED | FOR_GDPR])
async def test_under_the_gdpr_it_says_more(api, consent):
    record = (await receipt(api, consent)).json()
    assert set(iso27560_mandatory(gdpr=True)) <= fields_of(record)
    assert record["schema_version"].endswith("#record-eu-gdpr")
    assert record["processing"]["lawful_basis"] == "eu-gdpr:A6-1-a"


@pytest.mark.parametrize("declared", [{}, {"gdpr": True}])
async def test_what_nobody_declared_is_named_and_never_made_up(api, consent, declared):
    answer = await receipt(api, consent)
    assert (answer.status_code, answer.json()["code"]) == (422, "incomplete-record")
    missing = {error["field"] for error in answer.json()["errors"]}
    assert {"jurisdiction", "storage_locations", "retention_period", "recipients"} <= missing
    assert ("authority" in missing) == declared.get("gdpr", False)


async def test_a_consent_recorded_without_its_language_has_none(api, consent):
    evidence = {"source": "first_party", "medium": "web_form"}
    bare = CONSENT | {"address": "+12125550102", "evidence": evidence}
    other = (await api.post("/api/v1/consents", json=bare)).json()
    answer = await receipt(api, other)
    assert [error["field"] for error in answer.json()["errors"]] == ["language"]


async def test_after_an_opt_out_it_says_withdrawn_and_as_of_says_given(api, consent):
    await api.post("/api/v1/consents/withdraw", json={"address": ADDRESS})
    now = (await receipt(api, consent)).json()
    then = (await receipt(api, consent, as_of=consent["since"])).json()
    assert (now["status"], then["status"]) == ("dpv:ConsentWithdrawn", "dpv:ConsentGiven")
    assert [event["event_state"] for event in now["events"]] == ["dpv:ConsentGiven", "dpv:ConsentWithdrawn"]


async def test_a_yes_after_the_opt_out_renews(api, consent):
    await api.post("/api/v1/consents/withdraw", json={"address": ADDRESS})
    again = await api.post("/api/v1/consents", json=CONSENT)
    assert again.status_code == 201, again.text
    assert (await receipt(api, consent)).json()["status"] == "dpv:RenewedConsentGiven"


async def test_another_format_there_is_not(api, consent):
    assert (await receipt(api, consent, format="pdf")).status_code == 422
