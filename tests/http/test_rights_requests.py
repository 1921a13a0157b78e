"""What people ask about their data, over HTTP: taken in, proved, done, and nobody else's business."""

import io
import zipfile
from datetime import timedelta

import msgspec
import pytest

PAT, MAIL, SAM = "+12125550101", "pat@example.com", "+12125550102"
PATH = "/api/v1/rights-requests"
NOTE = {"note": "Showed a passport at the counter."}


@pytest.fixture
async def pat(api, make):
    return await make(api, "/api/v1/contacts", {"addresses": [PAT, MAIL], "reference": "customer-17"})


async def opened(api, kind="access", **about):
    answer = await api.post(PATH, json={"kind": kind, **(about or {"address": PAT})})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def act(api, request, action, body=None, status=200):
    answer = await api.post(f"{PATH}/{request['id']}/actions/{action}", json=body or {})
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_request_tells_its_law_and_its_last_day(api, pat):
    request = await opened(api, address=PAT, received_at="2026-11-02T15:00:00Z")
    assert request["contact_id"] == pat["id"]
    assert (request["rule"], request["due_on"], request["acknowledge_by"]) == ("US-CCPA-01", "2026-12-17", "2026-11-17")
    assert (await opened(api, address="a@stranger.example"))["contact_id"] is None
    told = (await api.get(f"{PATH}/{request['id']}")).json()
    assert [step["step"] for step in told["history"]] == ["opened"]


async def test_somebody_who_asks_is_identified_sees_what_is_held_and_is_done(api, pat):
    request = await opened(api)
    early = await api.get(f"{PATH}/{request['id']}/export", headers={"X-Reason": "They asked."})
    assert (early.status_code, early.json()["code"]) == (409, "not-identified")
    await act(api, request, "acknowledge")
    assert (await act(api, request, "attest", NOTE))["identified_by"] == "attested"
    await act(api, request, "begin")
    answer = await api.get(f"{PATH}/{request['id']}/export", headers={"X-Reason": "They asked."})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = msgspec.json.decode(archive.read("data.json"))
    assert {one["address"] for one in told["addresses"]} == {PAT, MAIL}
    assert (await act(api, request, "complete", NOTE))["state"] == "done"
    history = (await api.get(f"{PATH}/{request['id']}")).json()["history"]
    assert [step["step"] for step in history] == ["opened", "acknowledge", "attest", "begin", "done"]
    assert history[2]["note"] == NOTE["note"]


async def test_an_export_wants_a_reason(api, pat):
    request = await opened(api)
    await act(api, request, "attest", NOTE)
    for headers in ({}, {"X-Reason": ""}):
        assert (await api.get(f"{PATH}/{request['id']}/export", headers=headers)).status_code in (400, 422)


async def test_an_erasure_erases_and_leaves_a_request_without_words(api, pat, process):
    request = await opened(api, "erasure", contact_id=pat["id"], note="Pat Doe wrote a letter.")
    refused = await act(api, request, "complete", NOTE, status=409)
    assert refused["code"] == "not-identified"
    assert (await api.get(f"/api/v1/contacts/{pat['id']}")).status_code == 200
    await act(api, request, "attest", NOTE)
    assert (await act(api, request, "complete", NOTE))["state"] == "done"
    assert (await api.get(f"/api/v1/contacts/{pat['id']}")).status_code == 404
    history = (await api.get(f"{PATH}/{request['id']}")).json()["history"]
    assert [step["note"] for step in history] == [None] * 3
    assert (await act(api, request, "complete", NOTE, status=409))["code"] == "request-closed"
    later = await opened(api, "access", contact_id=pat["id"])
    await act(api, later, "attest", NOTE)
    answer = await api.get(f"{PATH}/{later['id']}/export", headers={"X-Reason": "They asked."})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = msgspec.json.decode(archive.read("data.json"))
    assert told["erased_at"] is not None
    assert told["contact"] is None
    assert await process.scalar("select count(*) from audit_records where action = 'contact.erased'") == 1


async def test_evidence_of_an_erased_person_is_shown_to_whoever_may_for_a_reason(api, pat, process):
    request = await opened(api, "erasure")
    await act(api, request, "attest", NOTE)
    await act(api, request, "complete", NOTE)
    asked = {"address": PAT, "reason": "A letter of their lawyer."}
    shown = (await api.post("/api/v1/restricted-evidence/lookup", json=asked)).json()
    assert {one["address"] for one in shown["items"]} == {PAT}
    assert all(one["unchanged"] for one in shown["items"])
    key = await process.issue("rights:*", "contacts:*")
    headers = {"Authorization": f"Bearer {key.secret}"}
    answer = await api.post("/api/v1/restricted-evidence/lookup", json=asked, headers=headers)
    assert answer.status_code == 403
    missing = await api.post("/api/v1/restricted-evidence/lookup", json=asked | {"address": SAM})
    assert (missing.status_code, missing.json()["code"]) == (404, "nothing-kept")


@pytest.mark.parametrize("scopes", [("rights:read",), ("contacts:*",), ("rights:write",)])
async def test_a_key_does_what_its_scopes_say(api, pat, process, scopes):
    request = await opened(api, "erasure")
    await act(api, request, "attest", NOTE)
    headers = {"Authorization": f"Bearer {(await process.issue(*scopes)).secret}"}
    done = await api.post(f"{PATH}/{request['id']}/actions/complete", json=NOTE, headers=headers)
    assert done.status_code == 403
    read = await api.get(f"{PATH}/{request['id']}", headers=headers)
    assert read.status_code == (200 if "rights:read" in scopes else 403)
    assert (await api.get(f"/api/v1/contacts/{pat['id']}")).status_code == 200


async def test_the_other_world_knows_nothing_of_a_request_or_of_its_contact(api, pat, process):
    request = await opened(api)
    await act(api, request, "attest", NOTE)
    headers = {"Authorization": f"Bearer {(await process.issue(live=False)).secret}", "X-Reason": "Why not."}
    for path in ("", "/export"):
        assert (await api.get(f"{PATH}/{request['id']}{path}", headers=headers)).status_code == 404
    for action in ("begin", "complete", "refuse", "send_code", "check_code", "lift"):
        body = {"check_code": {"code": "123456"}, "send_code": {}}.get(action, NOTE)
        answer = await api.post(f"{PATH}/{request['id']}/actions/{action}", json=body, headers=headers)
        assert answer.status_code == 404, action
    answer = await api.post(PATH, json={"kind": "erasure", "contact_id": pat["id"]}, headers=headers)
    assert answer.status_code == 404
    assert (await api.get(PATH, headers=headers)).json()["items"] == []
    stranger = await api.post(PATH, json={"kind": "erasure", "address": PAT}, headers=headers)
    assert stranger.json()["contact_id"] is None


async def test_a_code_goes_to_an_address_of_the_contact_and_to_no_other(api, pat, make, weekly_offers, process):
    await api.post("/api/v1/programs/weekly-offers/actions/activate")
    sam = await make(api, "/api/v1/contacts", {"addresses": [SAM]})
    request = await opened(api, contact_id=pat["id"])
    theirs = {"contact_point_id": sam["contact_points"][0]["id"]}
    assert (await act(api, request, "send_code", theirs, status=409))["code"] == "cannot-do-that"
    assert (await act(api, request, "check_code", {"code": "000000"}, status=409))["code"] == "cannot-do-that"
    mine = {"contact_point_id": pat["contact_points"][1]["id"]}
    assert (await act(api, request, "send_code", mine))["to"] == "p***@example.com"
    checked = await act(api, request, "check_code", {"code": "000000"})
    assert (checked["status"], checked["request"]["state"]) == ("pending", "received")
    assert await process.scalar("select intent from challenges") == "rights"


async def test_what_is_due_is_listed_the_most_urgent_first(api, pat, clock):
    late = await opened(api, "access", address="a@stranger.example")
    soon = await opened(api, "objection")
    done = await opened(api, "opt_out_of_sale")
    await act(api, done, "complete", NOTE)
    assert (await api.get(f"{PATH}/due", params={"within_days": 0})).json()["items"] == []
    due = (await api.get(f"{PATH}/due", params={"within_days": 90})).json()["items"]
    assert [one["id"] for one in due] == [soon["id"], late["id"]]
    clock.ahead = timedelta(days=60)
    assert len((await api.get(f"{PATH}/due", params={"within_days": 0})).json()["items"]) == 2


async def test_requests_are_listed_by_page_by_contact_and_while_they_are_open(api, pat):
    made = [(await opened(api, kind))["id"] for kind in ("access", "erasure", "objection")]
    await act(api, {"id": made[2]}, "complete", NOTE)
    await opened(api, address="a@stranger.example")
    first = (await api.get(PATH, params={"limit": 2, "contact_id": pat["id"]})).json()
    assert [one["id"] for one in first["items"]] == made[:0:-1]
    rest = (await api.get(first["links"]["next"])).json()
    assert [one["id"] for one in rest["items"]] == made[:1]
    still = (await api.get(PATH, params={"open_only": True, "contact_id": pat["id"]})).json()["items"]
    assert [one["id"] for one in still] == made[1::-1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "access"},
        {"kind": "access", "address": PAT, "contact_id": "0193a7b2-7c4e-7d3a-9f10-2b1c3d4e5f60"},
        {"kind": "forgiveness", "address": PAT},
        {"kind": "access", "address": "nobody"},
        {"kind": "access", "address": PAT, "received_at": "2999-01-01T00:00:00Z"},
        {"kind": "access", "address": PAT, "state": "identified"},
        {"kind": "access", "address": PAT, "identified_at": "2026-01-01T00:00:00Z"},
    ],
)
async def test_what_makes_no_sense_is_refused(api, wrong):
    assert (await api.post(PATH, json=wrong)).status_code in (404, 422)


async def test_a_reason_is_owed_for_what_the_person_will_ask_about(api, pat):
    request = await opened(api)
    for action in ("attest", "extend", "pause", "refuse", "complete", "lift"):
        await act(api, request, action, {}, status=422)
        await act(api, request, action, {"note": "  "}, status=422)


async def test_a_restricted_contact_is_on_record_and_written_to_by_nobody_until_it_is_lifted(api, pat, weekly_offers):
    await api.post("/api/v1/programs/weekly-offers/actions/activate")
    question = {"to": PAT, "program": "weekly-offers", "channel": "sms"}
    assert (await api.post("/api/v1/decisions", json=question)).json()["verdict"] == "need_opt_in"
    request = await opened(api, "restriction")
    await act(api, request, "attest", NOTE)
    fulfilled = await act(api, request, "complete", NOTE)
    told = (await api.post("/api/v1/decisions", json=question)).json()
    assert (told["verdict"], told["rule"]) == ("deny", "CORE-SUP-01")
    contact = f"/api/v1/contacts/{pat['id']}"
    assert (pat["restricted_at"], (await api.get(contact)).json()["restricted_at"]) == (None, fulfilled["closed_at"])
    # Correcting what is held does not lift it.
    assert (await api.patch(contact, json={"locale": "es"})).json()["restricted_at"] == fulfilled["closed_at"]
    assert (await act(api, request, "lift", NOTE))["lifted_at"] is not None
    assert (await api.get(contact)).json()["restricted_at"] is None
    assert (await api.post("/api/v1/decisions", json=question)).json()["verdict"] == "need_opt_in"


async def test_an_objection_holds_before_the_answer_and_needs_no_proof(api, pat, weekly_offers, process):
    await api.post("/api/v1/programs/weekly-offers/actions/activate")
    await opened(api, "objection")
    question = {"to": PAT, "program": "weekly-offers", "channel": "sms"}
    assert (await api.post("/api/v1/decisions", json=question)).json()["verdict"] == "deny"
    before = await process.scalar("select count(*) from consent_entries")
    await opened(api, "objection")
    assert await process.scalar("select count(*) from consent_entries") == before == 2
    await opened(api, "objection", address="a@stranger.example")
    assert await process.scalar("select category from suppressions") == "marketing"
    assert await process.scalar("select count(*) from contacts") == 1


async def test_a_stranger_who_wants_to_be_erased_leaves_a_token_alone(api, process):
    request = await opened(api, "erasure", address="a@stranger.example")
    await act(api, request, "attest", NOTE)
    await act(api, request, "complete", NOTE)
    assert await process.scalar("select reason from suppressions") == "erasure"
    assert await process.scalar("select address from rights_requests") is None
    assert await process.scalar("select count(*) from contacts") == 0
