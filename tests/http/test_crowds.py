"""Whom no key and no session lets in is counted by their part of the network, and in nobody else's way."""

import asyncio
from datetime import timedelta

import httpx
import pytest

UNKNOWN = {"Authorization": f"Bearer om_live_{'x' * 43}"}


@pytest.fixture
def minute(clock):
    """A minute begins."""
    now = clock.now()
    clock.ahead = timedelta(seconds=60 - now.second, microseconds=-now.microsecond)
    return clock


@pytest.fixture
async def visits(start):
    """Visits a process from an address of the network."""
    clients = []

    def visitor(process, ip="203.0.113.7"):
        transport = httpx.ASGITransport(process.app, client=(ip, 4711), raise_app_exceptions=False)
        clients.append(httpx.AsyncClient(transport=transport, base_url="http://optin.example"))
        return clients[-1]

    yield visitor
    for one in clients:
        await one.aclose()


@pytest.fixture
def few(start, minute):
    """Processes that share a limit of three visits a minute."""
    return [start(visitor_rate_per_minute=3) for _ in range(2)]


async def statuses(client, *asked):
    return [(await client.request(method, path, **more)).status_code for method, path, more in asked]


async def test_pages_sign_in_and_keys_nobody_knows_share_one_limit_over_all_processes(few, visits):
    one, two = (visits(process) for process in few)
    first = await one.get("/preferences")
    assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("3", "2")
    assert (await two.get("/api/v1/senders", headers=UNKNOWN)).status_code == 401
    wrong = {"email": "pat@example.com", "password": "not this one either"}
    assert (await one.post("/admin/api/session", json=wrong)).status_code < 429
    for path, more in (("/preferences", {}), ("/api/v1/senders", {"headers": UNKNOWN}), ("/docs", {}), ("/f/x", {})):
        refused = await two.get(path, **more)
        assert (refused.status_code, refused.json()["code"]) == (429, "rate-limited")
        assert refused.headers["ratelimit-remaining"] == "0"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert (await visits(few[0], "203.0.113.200").get("/docs")).status_code == 429
    assert (await visits(few[0], "203.0.114.7").get("/docs")).status_code == 200


async def test_a_key_that_is_in_use_is_not_kept_out_by_a_crowd_in_its_network(few, visits):
    process, client = few[0], visits(few[0])
    key = {"Authorization": f"Bearer {(await process.issue()).secret}"}
    served = await client.get("/api/v1/senders", headers=key)
    assert (served.status_code, served.headers.get_list("ratelimit-limit")) == (200, ["300000"])
    assert await statuses(client, *[("GET", "/api/v1/senders", {"headers": UNKNOWN})] * 3) == [401, 401, 429]
    assert await statuses(client, *[("GET", "/api/v1/senders", {"headers": key})] * 5) == [200] * 5


async def test_a_key_that_was_revoked_is_counted_like_any_stranger(few, visits):
    process, client = few[0], visits(few[0])
    issued = await process.issue()
    key = {"Authorization": f"Bearer {issued.secret}"}
    assert (await client.get("/api/v1/senders", headers=key)).status_code == 200
    await process.scalar("update api_keys set revoked_at = now()")
    process.app.asgi_handler._app._authentication._seen.clear()
    assert await statuses(client, *[("GET", "/api/v1/senders", {"headers": key})] * 4) == [401, 401, 401, 429]


async def test_who_wants_to_leave_and_what_a_provider_tells_do_not_wait_for_a_crowd(few, visits):
    client = visits(few[0])
    assert await statuses(client, *[("GET", "/docs", {})] * 4) == [200, 200, 200, 429]
    for method, path in (("POST", "/u/not-a-token"), ("GET", "/u/not-a-token"), ("POST", "/callbacks/twilio/inbound")):
        answer = await client.request(method, path)
        assert (answer.status_code != 429, answer.headers["ratelimit-limit"]) == (True, "300000"), path


async def test_probes_are_counted_for_nobody(few, visits):
    client = visits(few[0])
    await asyncio.gather(*(client.get("/docs") for _ in range(4)))
    assert await statuses(client, ("GET", "/live", {}), ("GET", "/ready", {}), ("GET", "/metrics", {})) == [200] * 3


async def test_a_person_in_a_crowd_sees_a_page_that_says_how_to_leave(few, visits):
    client = visits(few[0])
    await asyncio.gather(*(client.get("/docs") for _ in range(3)))
    page = await client.get("/preferences", headers={"Accept": "text/html", "Accept-Language": "de"})
    assert (page.status_code, page.headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert page.headers["content-language"] == "de"
    assert page.headers["retry-after"]
    assert "STOP" in page.text
    assert len(page.headers.get_list("content-security-policy")) == 1


async def test_what_is_counted_names_no_network(few, visits):
    await visits(few[0]).get("/docs")
    kept = await few[0].scalar("select string_agg(subject, ' ') from rate_windows")
    assert kept.startswith("visitor:")
    assert "203.0.113" not in kept


async def test_a_minute_later_everybody_may_ask_again(few, visits, minute):
    client = visits(few[0])
    await asyncio.gather(*(client.get("/docs") for _ in range(4)))
    minute.ahead += timedelta(minutes=1)
    assert (await client.get("/docs")).status_code == 200
