"""Reading the trail over HTTP: who did what, from where only for a reason, and the roots above it."""

import pytest

from tests.http.conftest import made
from tests.http.dossiers import sealed

AUDIT, CHECKPOINTS = "/api/v1/audit", "/api/v1/checkpoints"


@pytest.fixture
async def changed(api, acme):
    """The sender Acme, changed twice."""
    for rate in (30, 40):
        answer = await api.patch("/api/v1/senders/acme", json={"rate_per_second": rate})
        assert answer.status_code == 200
    return acme


async def listed(api, **asked):
    answer = await api.get(AUDIT, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_change_is_found_by_what_it_was_done_to(api, changed):
    found = (await listed(api, subject=f"sender:{changed['id']}"))["items"]
    assert [record["action"] for record in found] == ["sender.changed", "sender.changed", "sender.created"]
    assert found[0]["changes"] == [{"field": "rate_per_second", "before": "30", "after": "40"}]


async def test_a_change_is_found_by_its_request(api, acme):
    answer = await api.patch(
        "/api/v1/senders/acme", json={"rate_per_second": 50}, headers={"X-Request-Id": "incident-42"}
    )
    [record] = (await listed(api, action="sender.changed"))["items"]
    assert record["request_id"] == answer.headers["x-request-id"] == "incident-42"
    assert record["actor"].startswith("key:")
    assert "ip" not in record


async def test_a_noun_finds_all_that_begin_with_it_and_nothing_else(api, changed):
    assert len((await listed(api, action="sender"))["items"]) == 3
    assert (await listed(api, action="send"))["items"] == []
    assert (await listed(api, action="sender%"))["items"] == []


async def test_actor_and_time_narrow_it_down(api, changed):
    [newest, *_] = (await listed(api, subject="sender"))["items"]
    assert len((await listed(api, actor=newest["actor"], subject="sender"))["items"]) == 3
    assert (await listed(api, actor="key:nobody"))["items"] == []
    assert (await listed(api, subject="sender", until=newest["at"]))["items"][0] != newest
    assert newest in (await listed(api, **{"from": newest["at"], "subject": "sender"}))["items"]
    assert (await listed(api, until="1900-01-01T00:00:00Z"))["items"] == []
    assert (await listed(api, **{"from": "9999-12-31T23:59:59+00:00"}))["items"] == []


async def test_pages_go_on_with_the_same_question(api, changed):
    first = await listed(api, subject="sender", limit=2)
    second = (await api.get(first["links"]["next"])).json()
    assert [len(first["items"]), len(second["items"]), second["links"]["next"]] == [2, 1, None]
    assert {record["id"] for record in first["items"]}.isdisjoint(record["id"] for record in second["items"])


async def test_from_where_it_was_done_is_told_for_a_reason_and_that_it_was_told_is_recorded(api, changed):
    [newest, *_] = (await listed(api, subject="sender"))["items"]
    asked = {"records": [newest["id"]], "reason": "An incident"}
    answer = await api.post(f"{AUDIT}/actions/reveal", json=asked)
    [shown] = answer.json()["items"]
    assert (shown["ip"], shown["reason"], shown["readable"]) == ("127.0.0.1", None, True)
    [told] = (await listed(api, subject=f"audit_record:{newest['id']}"))["items"]
    assert told["action"] == "audit_record.revealed"
    [why] = (await api.post(f"{AUDIT}/actions/reveal", json={**asked, "records": [told["id"]]})).json()["items"]
    assert why["reason"] == "An incident"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"records": [], "reason": "why"}, 422),
        ({"records": ["0190a7b4-0000-7000-8000-000000000001"], "reason": " "}, 422),
        ({"records": ["0190a7b4-0000-7000-8000-000000000001"], "reason": "why"}, 404),
        ({"records": ["0190a7b4-0000-7000-8000-000000000001"]}, 422),
    ],
)
async def test_nothing_is_revealed_without_a_reason_or_a_record(api, body, status):
    assert (await api.post(f"{AUDIT}/actions/reveal", json=body)).status_code == status


async def test_scopes_keep_apart_who_reads_and_who_sees_from_where(process, api, changed):
    [newest, *_] = (await listed(api, subject="sender"))["items"]
    reader = await process.issue("audit:read")
    headers = {"Authorization": f"Bearer {reader.secret}"}
    assert (await api.get(AUDIT, headers=headers)).status_code == 200
    asked = {"records": [newest["id"]], "reason": "curious"}
    assert (await api.post(f"{AUDIT}/actions/reveal", json=asked, headers=headers)).status_code == 403
    sender = await process.issue("messages:*")
    for path in (AUDIT, f"{AUDIT}/{newest['id']}", CHECKPOINTS, f"{CHECKPOINTS}/keys"):
        answer = await api.get(path, headers={"Authorization": f"Bearer {sender.secret}"})
        assert answer.status_code == 403


async def test_a_test_key_sees_what_test_keys_did_and_nothing_else(process, api, changed):
    tester = await process.issue(live=False)
    headers = {"Authorization": f"Bearer {tester.secret}"}
    contact = {"addresses": ["pat@example.com"]}
    assert (await api.post("/api/v1/contacts", json=contact, headers=headers)).status_code == 201
    found = (await api.get(AUDIT, headers=headers)).json()["items"]
    assert {record["live"] for record in found} == {False}
    [newest, *_] = (await listed(api, subject="sender"))["items"]
    assert (await api.get(f"{AUDIT}/{newest['id']}", headers=headers)).status_code == 404


async def test_a_sealed_record_leads_to_a_signed_root_and_the_key_is_named(process, api, changed):
    [newest, *_] = (await listed(api, subject="sender"))["items"]
    assert (await api.get(f"{AUDIT}/{newest['id']}")).json()["proof"]["checkpoint"] is None
    await sealed(process)
    proven = (await api.get(f"{AUDIT}/{newest['id']}")).json()
    [checkpoint] = (await api.get(CHECKPOINTS)).json()["items"]
    assert proven["record"] == newest
    assert proven["proof"]["checkpoint"] == checkpoint["signed"]
    assert checkpoint["signed"]["key_id"] in (await api.get(f"{CHECKPOINTS}/keys")).json()["keys"]
    assert (checkpoint["signed"]["checkpoint"]["previous"], checkpoint["anchored_at"]) == (None, None)


async def test_who_asked_for_a_message_stands_in_its_timeline(api, weekly_offers):
    await api.post("/api/v1/programs/weekly-offers/actions/activate")
    said = {"to": "+12125550101", "channel": "sms", "program": "weekly-offers", "content": {"text": "Acme: hello"}}
    sent = await made(api, "/api/v1/messages/send_with_consent", said)
    first = (await api.get(f"/api/v1/messages/{sent['id']}")).json()["timeline"][0]
    assert first["actor"].startswith("key:")
    assert first["request_id"]
