"""What every answer carries, and what is written down about it."""

import re

import msgspec
import pytest


async def test_a_request_id_comes_back_if_it_is_sane_and_is_made_if_not(api):
    answer = await api.get("/api/v1/senders", headers={"X-Request-Id": "order-17.2"})
    assert answer.headers["x-request-id"] == "order-17.2"
    for odd in ("", "has space", "pat@example.com", "x" * 129, "-x"):
        answer = await api.get("/api/v1/senders", headers={"X-Request-Id": odd})
        assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-request-id"])


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/senders",
        "/api/v1/nothing",
        "/nothing",
        "/live",
        "/docs",
        "/metrics",
        "/preferences",
        "/u/x",
        "/sandbox",
        "/admin/api/session",
    ],
)
async def test_every_answer_is_guarded(api, path):
    answer = await api.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert len(answer.headers.get_list("content-security-policy")) == 1
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"]
    for name in ("cross-origin-resource-policy", "cross-origin-opener-policy", "permissions-policy", "x-robots-tag"):
        assert len(answer.headers.get_list(name)) == 1, name
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "strict-transport-security" not in answer.headers


async def test_behind_https_browsers_are_told_to_stay_there(start):
    process = start(public_url="https://optin.example")
    assert "max-age" in (await process.http.get("/live")).headers["strict-transport-security"]


async def test_the_log_knows_requests_by_their_ids_and_people_not_at_all(capfdbinary, api):
    await api.post("/api/v1/contacts", json={"addresses": ["pat@example.com"], "reference": "Pat Doe"})
    await api.post("/api/v1/contacts", json={"addresses": ["pat@example"], "Pat Doe": 1})
    await api.get("/api/v1/contacts/pat@example.com?after=Pat")
    log = capfdbinary.readouterr().out
    requests = [line for line in map(msgspec.json.decode, log.splitlines()) if line["event"] == "request"]
    assert [line["status"] for line in requests] == [201, 422, 404]
    assert [line["route"] for line in requests] == ["/api/v1/contacts", "/api/v1/contacts", "unmatched"]
    assert all(line["actor"].startswith("key:") and line["request_id"] for line in requests)
    assert b"pat" not in log.lower()


async def test_metrics_count_by_route_and_never_by_person(api):
    await api.get("/api/v1/senders/pat@example.com")
    await api.request("PAT", "/api/v1/senders")
    text = (await api.get("/metrics")).text
    assert 'http_request_duration_seconds_count{method="GET",route="/api/v1/senders/{ref}",status="404"}' in text
    assert 'method="other"' in text
    assert "pat" not in text.lower().replace("path", "").replace("patch", "")


async def test_a_process_is_ready_when_its_database_is(start, process):
    assert (await process.http.get("/live")).json()["status"] == "live"
    assert (await process.http.get("/ready")).status_code == 200
    await process.scalar("update alembic_version set version_num = '0000'")
    old = await process.http.get("/ready")
    assert (old.status_code, old.json()["status"]) == (503, "not ready")
    assert "run the migrations" in old.json()["ailments"][0]
    away = start()
    away.database._url = away.database._url.replace("host=", "host=/nowhere")
    assert (await away.http.get("/ready")).status_code == 503
    assert (await away.http.get("/live")).status_code == 200


async def test_handlers_get_their_use_cases_without_a_task_group(process):
    for route in process.app.routes:
        for handler, wanted in route.route_handler_map.values():
            assert not wanted.dependency_batches, handler


async def test_a_caller_who_hangs_up_in_the_middle_made_nothing_and_broke_nothing(process, api, capfdbinary):
    told = []

    async def broken_off():
        return {"type": "http.disconnect"}

    async def tell(message):
        told.append(message)

    headers = [(b"authorization", api.headers["Authorization"].encode()), (b"content-type", b"application/json")]
    for more in ([], [(b"idempotency-key", b"order-17")]):
        scope = {
            "type": "http", "method": "POST", "path": "/api/v1/senders", "query_string": b"", "headers": headers + more,
            "client": None, "server": None, "scheme": "http", "http_version": "1.1", "root_path": "", "extensions": {},
        }  # fmt: skip
        await process.app(scope, broken_off, tell)
    assert [message["status"] for message in told if message["type"] == "http.response.start"] == [400, 400]
    assert await process.scalar("select count(*) from idempotency_keys") == 0
    assert b"unexpected" not in capfdbinary.readouterr().out
