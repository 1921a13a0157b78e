"""The proof of one consent, over HTTP, checked by whoever has only the answer."""

import base64
from hashlib import sha256

import pytest

from application.proof.verify import canonical, genuine, root_of_proof
from tests.http.dossiers import sealed

TEXT = "I agree to automated marketing texts from Acme. Not a condition of purchase."
CONSENT = {
    "address": "+12125550101",
    "program": "weekly-offers",
    "channel": "sms",
    "type": "PEWC",
    "evidence": {
        "source": "first_party",
        "medium": "web_form",
        "affirmative_act": "checkbox_checked",
        "disclosure_text_verbatim": TEXT,
        "ip": "203.0.113.7",
    },
}


@pytest.fixture
async def consent(api, weekly_offers):
    answer = await api.post("/api/v1/consents", json=CONSENT)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def proof_of(api, consent, **options):
    answer = await api.get(f"/api/v1/consents/{consent['id']}/proof", **options)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_it_shows_the_text_the_evidence_and_whose_it_is(api, consent):
    proof = await proof_of(api, consent)
    [entry] = proof["entries"]
    assert (proof["address"], proof["status"]) == ("+12125550101", "granted")
    assert (entry["evidence"]["disclosure_text_verbatim"], entry["evidence"]["ip"]) == (TEXT, "203.0.113.7")
    assert (entry["unchanged"], entry["recorded_by"].startswith("key:")) == (True, True)


async def test_it_leads_to_a_signed_root(api, process, consent):
    await sealed(process)
    proof = await proof_of(api, consent)
    [entry] = proof["entries"]
    line, leaf, signed = entry["proof"]["line"], entry["proof"]["leaf"], entry["proof"]["checkpoint"]
    assert sha256(line.encode()).hexdigest() == leaf["hash"]
    checkpoint = signed["checkpoint"]
    found = root_of_proof(
        sha256(b"\x00" + canonical(leaf)).digest(),
        entry["proof"]["number"] - checkpoint["first"],
        checkpoint["last"] - checkpoint["first"] + 1,
        [bytes.fromhex(step) for step in entry["proof"]["path"]],
    )
    assert found.hex() == checkpoint["root"]
    key = bytes.fromhex(proof["keys"][signed["key_id"]])
    assert genuine(key, base64.b64decode(signed["signature"]), b"optin-manager checkpoint v1\n" + canonical(checkpoint))


async def test_until_the_next_checkpoint_it_says_so(api, consent):
    [entry] = (await proof_of(api, consent))["entries"]
    assert entry["proof"]["checkpoint"] is None


async def test_the_opt_out_that_followed_is_in_it_and_as_of_leaves_it_out(api, consent):
    withdrawn = (await api.post("/api/v1/consents/withdraw", json={"address": "+12125550101"})).json()
    both = await proof_of(api, consent)
    assert [entry["status"] for entry in both["entries"]] == ["granted", "revoked"]
    before = await proof_of(api, consent, params={"as_of": consent["since"]})
    assert ([entry["status"] for entry in before["entries"]], before["status"]) == (["granted"], "granted")
    assert withdrawn["at"] > consent["since"]


async def test_that_it_was_shown_is_on_the_trail_with_the_reason_sealed(api, process, consent):
    await proof_of(api, consent, headers={"X-Reason": "complaint of Pat Doe"})
    async with process.ports.transaction()():
        [row] = await process.ports.database().connection.fetch(
            "select * from audit_records where action = 'consent.proved'"
        )
    assert row["subject_id"] == consent["contact_id"]
    assert "Pat Doe" not in str(dict(row))


async def test_a_key_without_the_scope_sees_nothing(process, consent):
    reader = await process.issue("consents:read")
    process.http.headers["Authorization"] = f"Bearer {reader.secret}"
    answer = await process.http.get(f"/api/v1/consents/{consent['id']}/proof")
    assert (answer.status_code, "+12125550101" in answer.text) == (403, False)


async def test_a_test_key_does_not_find_a_live_consent(process, consent):
    other = await process.issue(live=False)
    process.http.headers["Authorization"] = f"Bearer {other.secret}"
    assert (await process.http.get(f"/api/v1/consents/{consent['id']}/proof")).status_code == 404


async def test_how_the_address_was_proved_is_shown_while_it_is_on_record(api, weekly_offers):
    activated = await api.post("/api/v1/programs/weekly-offers/actions/activate")
    assert activated.status_code == 200, activated.text
    started = await api.post("/api/v1/verifications", json={"address": "+12125550101", "purpose": "opt_in"})
    assert started.status_code == 202, started.text
    confirmed = CONSENT | {"evidence": CONSENT["evidence"] | {"doi_token_id": started.json()["id"]}}
    consent = (await api.post("/api/v1/consents", json=confirmed)).json()
    [entry] = (await proof_of(api, consent))["entries"]
    assert (entry["verification"]["by"], entry["verification"]["id"]) == ("challenge", started.json()["id"])
    assert entry["verification"]["used_at"] is None


async def test_what_others_proved_by_means_of_their_own_is_no_verification_of_ours(api, weekly_offers):
    theirs = CONSENT | {"evidence": CONSENT["evidence"] | {"doi_token_id": "ticket 17"}}
    consent = (await api.post("/api/v1/consents", json=theirs)).json()
    [entry] = (await proof_of(api, consent))["entries"]
    assert entry["verification"] is None
