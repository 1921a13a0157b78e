"""What can still be proved of somebody who was erased: that it was recorded, and not changed since; not who it was."""

from uuid import UUID

import pytest

from application.privacy.erase import EraseContact
from domain.access import SYSTEM
from tests.http.dossiers import ADDRESS, CONSENT, WANTED, Opened, sealed, verified


@pytest.fixture
async def erased(api, process, weekly_offers):
    """The consent of somebody who was erased since."""
    answer = await api.post("/api/v1/consents", json=CONSENT)
    assert answer.status_code == 201, answer.text
    consent = answer.json()
    await sealed(process)
    await process.use_cases[EraseContact](UUID(consent["contact_id"]), "their request", SYSTEM)
    return consent


async def test_the_proof_still_leads_to_a_signed_root_and_names_nobody(api, erased):
    answer = await api.get(f"/api/v1/consents/{erased['id']}/proof")
    assert answer.status_code == 200, answer.text
    proof = answer.json()
    [entry] = [one for one in proof["entries"] if one["status"] == "granted"]
    assert (proof["address"], entry["evidence"], entry["unchanged"]) == (None, None, True)
    assert entry["proof"]["checkpoint"] is not None
    for personal in (ADDRESS, "Pat Doe", "203.0.113.7"):
        assert personal not in answer.text


async def test_the_consent_is_read_without_an_address(api, erased):
    answer = await api.get(f"/api/v1/consents/{erased['id']}")
    assert (answer.status_code, answer.json()["address"]) == (200, "erased")


async def test_the_test_world_knows_nothing_of_it(api, process, erased):
    other = await process.issue(live=False)
    headers = {"Authorization": f"Bearer {other.secret}"}
    assert (await api.get(f"/api/v1/consents/{erased['id']}/proof", headers=headers)).status_code == 404


async def test_a_dossier_of_the_address_tells_what_stayed_and_holds(api, tmp_path, erased):
    answer = await api.post("/api/v1/dossiers", json=WANTED)
    assert answer.status_code == 200, answer.text
    dossier = Opened(answer.content)
    granted = [one for one in dossier.lines("entries.jsonl") if one["fact"]["status"] == "granted"]
    assert [(one["evidence"], one["evidence_left_out"]) for one in granted] == [(None, "erased")]
    assert b"Pat Doe" not in b"".join(dossier.files.values())
    (tmp_path / "verify.py").write_bytes(dossier.files["verify.py"])
    assert verified(tmp_path, dossier.data)[0] == 0
