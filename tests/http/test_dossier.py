"""The dossier of one address, over HTTP, as whoever handles a complaint gets it."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from tests.http.dossiers import ADDRESS, CONSENT, TEXT, WANTED, Opened, dispatched, sealed
from tests.installation import AFTERNOON


@pytest.fixture
async def active(api, clock, weekly_offers):
    clock.ahead = AFTERNOON - datetime.now(UTC)
    answer = await api.post("/api/v1/programs/weekly-offers/actions/activate")
    assert answer.status_code == 200, answer.text


@pytest.fixture
async def consent(api, active):
    answer = await api.post("/api/v1/consents", json=CONSENT)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
async def message(api, process, consent):
    sent = {
        "to": ADDRESS,
        "channel": "sms",
        "program": "weekly-offers",
        "content": {"text": "20% off today. Reply STOP to opt out. Acme"},
    }
    answer = await api.post("/api/v1/messages/send_with_consent", json=sent)
    assert answer.status_code == 201, answer.text
    await dispatched(process)
    return answer.json()


async def dossier_of(api, wanted=WANTED, **options):
    answer = await api.post("/api/v1/dossiers", json=wanted, **options)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return Opened(answer.content)


async def test_it_holds_what_was_shown_and_agreed_to(api, consent):
    dossier = await dossier_of(api)
    [entry] = dossier.lines("entries.jsonl")
    assert (entry["fact"]["status"], entry["evidence"]["identity"], entry["unchanged"]) == ("granted", "Pat Doe", True)
    assert dossier.files[f"texts/{sha256(TEXT.encode()).hexdigest()}.txt"].decode() == TEXT
    assert dossier.json("contact.json")["address"] == ADDRESS


async def test_every_message_is_in_it_with_its_decision_and_what_became_of_it(api, message):
    [told] = (await dossier_of(api)).lines("messages.jsonl")
    assert told["message"]["id"] == message["id"]
    assert (told["decision"]["verdict"], told["content"]["text"]) == (
        "allow",
        "20% off today. Reply STOP to opt out. Acme",
    )
    assert told["journal"][0]["status"] == "queued"
    assert told["left_at"] is not None


async def test_an_opt_out_that_nothing_followed_says_so(api, message):
    await api.post("/api/v1/consents/withdraw", json={"address": ADDRESS})
    dossier = await dossier_of(api)
    [opt_out] = dossier.json("opt_outs.json")
    assert (opt_out["messages_after"], opt_out["seconds"]) == (0, None)
    assert [entry["fact"]["status"] for entry in dossier.lines("entries.jsonl")] == ["granted", "revoked"]


async def test_its_first_page_can_be_read_by_people(api, process, message):
    await sealed(process)
    page = (await dossier_of(api)).files["summary.html"].decode()
    assert TEXT in page
    assert '<html lang="en">' in page
    assert "weekly-offers" in page


async def test_a_key_that_may_not_reveal_addresses_gets_nobody_s_data(api, process, message):
    prover = await process.issue("consents:prove")
    dossier = await dossier_of(api, headers={"Authorization": f"Bearer {prover.secret}"})
    everything = b"".join(dossier.files.values()).decode()
    for personal in (ADDRESS, "Pat Doe", "203.0.113.7", "20% off today"):
        assert personal not in everything
    [entry] = dossier.lines("entries.jsonl")
    assert (entry["evidence"], entry["evidence_left_out"]) == (None, "not permitted")
    assert dossier.json("contact.json")["address"] == "+1 2**-***-0101"


async def test_that_it_was_made_is_on_the_trail_and_in_it_with_the_reason_sealed(api, process, consent):
    dossier = await dossier_of(api)
    made = [line["record"] for line in dossier.lines("trail.jsonl") if line["record"]["action"] == "dossier.made"]
    assert [one["subject"]["id"] for one in made] == [consent["contact_id"]]
    row = await process.scalar("select r::text from audit_records r where action = 'dossier.made'")
    assert "Pat Doe" not in row
    assert ADDRESS not in row


async def test_without_the_scope_there_is_none(api, process, consent):
    reader = await process.issue("consents:read", "addresses:reveal")
    answer = await api.post("/api/v1/dossiers", json=WANTED, headers={"Authorization": f"Bearer {reader.secret}"})
    assert (answer.status_code, ADDRESS in answer.text) == (403, False)


async def test_a_test_key_finds_nothing_of_the_live_world(api, process, consent):
    other = await process.issue(live=False)
    answer = await api.post("/api/v1/dossiers", json=WANTED, headers={"Authorization": f"Bearer {other.secret}"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "wanted", [{"address": ADDRESS}, {"address": ADDRESS, "reason": ""}, {"address": "x", "reason": "y"}]
)
async def test_without_an_address_and_a_reason_there_is_none(api, consent, wanted):
    assert (await api.post("/api/v1/dossiers", json=wanted)).status_code == 422


async def test_of_an_address_taken_off_its_contact_the_past_is_still_told(api, message, consent):
    await api.post("/api/v1/consents/withdraw", json={"address": ADDRESS})
    contact = f"/api/v1/contacts/{consent['contact_id']}"
    changed = await api.patch(contact, json={"add_addresses": ["pat@example.com"], "remove_addresses": [ADDRESS]})
    assert changed.status_code == 200, changed.text
    dossier = await dossier_of(api)
    assert dossier.lines("entries.jsonl")[0]["evidence"]["identity"] == "Pat Doe"
    assert [one["reason"] for one in dossier.json("suppressions.json")] == ["opt_out"]
    assert [point["state"] for point in dossier.json("contact.json")["contact_points"]] == ["removed"]
    assert len(dossier.lines("messages.jsonl")) == 1


async def test_the_same_past_makes_the_same_files(api, message):
    once, again = await dossier_of(api), await dossier_of(api)
    for name in ("entries.jsonl", "messages.jsonl", "opt_outs.json", "suppressions.json", "verify.py"):
        assert once.files[name] == again.files[name]
    assert once.names == [*sorted(once.names[:-2]), "manifest.json", "manifest.sig"]


async def test_asked_for_twice_with_one_key_it_is_the_same_and_is_made_once(api, process, message):
    asked = {"url": "/api/v1/dossiers", "json": WANTED, "headers": {"Idempotency-Key": "complaint-17"}}
    first, again = await api.post(**asked), await api.post(**asked)
    assert (first.status_code, again.headers["Idempotency-Replayed"]) == (200, "true")
    assert (again.content, again.headers["Content-Type"]) == (first.content, first.headers["Content-Type"])
    assert await process.scalar("select count(*) from audit_records where action = 'dossier.made'") == 1
