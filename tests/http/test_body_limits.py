"""A body that comes too slowly, is too large or holds too much is refused, told why and what helps, and holds nothing
open.
"""

import asyncio

import msgspec
import pytest

from tests.http.test_problems import problem

JSON = {"Content-Type": "application/json"}
SENDERS = "/api/v1/senders"
# In seconds: what is waited for in these tests never comes.
PATIENCE = 0.2


@pytest.fixture
async def hasty(start):
    """A process that waits for nobody, and a key to it."""
    process = start(body_seconds=PATIENCE)
    process.http.headers["Authorization"] = f"Bearer {(await process.issue()).secret}"
    return process


class Caller:
    """Says these parts of a body and then no more, and hears what it is told."""

    def __init__(self, process, path, *parts, method="POST", **headers):
        sent = {"content-type": "application/json", "authorization": process.http.headers["Authorization"], **headers}
        self.parts = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
        self.status, self.body, self.process = 0, b"", process
        self.scope = {
            "type": "http", "method": method, "path": path, "query_string": b"", "client": ("203.0.113.7", 1),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "server": None, "scheme": "http", "http_version": "1.1", "root_path": "", "extensions": {},
        }  # fmt: skip

    async def receive(self):
        if self.parts:
            return self.parts.pop(0)
        return await asyncio.get_running_loop().create_future()

    async def send(self, message):
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")

    async def __call__(self):
        """A minute is for a machine that is busy; who does not answer at all fails."""
        await asyncio.wait_for(self.process.app(self.scope, self.receive, self.send), 60)
        return self.status, msgspec.json.decode(self.body) if self.body.startswith(b"{") else {}


@pytest.mark.parametrize("parts", [(), (b"{",), (b'{"slug"', b': "acme"', b",")])
@pytest.mark.parametrize("more", [{}, {"idempotency-key": "order-17"}, {"content-length": "900"}])
async def test_a_body_that_does_not_end_in_time_is_answered_408(hasty, parts, more):
    status, told = await Caller(hasty, SENDERS, *parts, **more)()
    assert (status, told["code"], told["status"]) == (408, "body-too-slow", 408)
    assert told["detail"] == "Send the whole body within 0.2 seconds, or less at once."
    assert await hasty.scalar("SELECT count(*) FROM senders") == 0
    assert await hasty.scalar("SELECT count(*) FROM idempotency_keys") == 0


async def test_a_byte_now_and_then_holds_nothing_open(hasty):
    """The time is for the whole, so that whoever trickles gains none."""

    class Trickling(Caller):
        async def receive(self):
            if asyncio.get_running_loop().time() > began + 50 * PATIENCE:
                raise AssertionError("Still heard, fifty times as long as it may take.")
            await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=PATIENCE / 20)
            return {"type": "http.request", "body": b" ", "more_body": True}

    began = asyncio.get_running_loop().time()
    assert (await Trickling(hasty, SENDERS)())[0] == 408


@pytest.mark.parametrize("path", ["/u/x", "/c/x", "/f/x", "/f/x/code", "/preferences", "/preferences/code", "/nothing"])
async def test_no_page_waits_for_ever_and_none_fails(hasty, path, capfdbinary):
    """Whether it reads the body or knows without what to answer."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert (await Caller(hasty, path, b"a=", **form)())[0] in (404, 408)
    much = Caller(hasty, path, *[b"a" * (1 << 20)] * 2, **form)
    much.parts.append({"type": "http.request", "body": b"", "more_body": False})
    assert (await much())[0] in (404, 413)
    assert b"unexpected" not in capfdbinary.readouterr().out


async def test_who_is_refused_is_told_why_even_if_they_never_end(hasty):
    unknown = {"authorization": f"Bearer om_live_{'x' * 43}"}
    status, told = await Caller(hasty, SENDERS, b"{", **unknown)()
    assert (status, told["code"]) == (401, "key-unknown")
    status, told = await Caller(hasty, "/admin/api/account", b"{", method="PATCH")()
    assert (status, told["code"]) == (401, "session-over")
    status, told = await Caller(hasty, SENDERS, b"{", **{"content-length": str(1 << 30)})()
    assert (status, told["code"]) == (413, "body-too-large")
    status, told = await Caller(hasty, "/admin/api/session", b"{")()
    assert (status, told["code"]) == (408, "body-too-slow")


async def test_slow_callers_are_in_nobodys_way(hasty):
    slow = [asyncio.create_task(Caller(hasty, SENDERS, b"{")()) for _ in range(40)]
    assert (await hasty.http.get(SENDERS)).status_code == 200
    assert [status for status, _ in await asyncio.gather(*slow)] == [408] * 40
    assert (await hasty.http.get(SENDERS)).status_code == 200


async def test_what_is_announced_too_large_is_refused_before_it_comes(hasty):
    ended = {"type": "http.request", "body": b"", "more_body": False}
    for path, most in ((SENDERS, 1 << 20), ("/api/v1/consents/batch", 8 << 20)):
        caller = Caller(hasty, path, **{"content-length": str(most + 1)})
        caller.parts = [ended]
        status, told = await caller()
        assert (status, told["code"]) == (413, "body-too-large")
        assert told["detail"] == f"A body here has at most {most >> 20} MiB; send less at once."


async def test_a_length_that_is_a_lie_gains_nothing(hasty):
    for length in ("0", "2", "-1", "1e3", "99999999999999999999", "٣"):
        caller = Caller(hasty, SENDERS, **{"content-length": length})
        caller.parts = [{"type": "http.request", "body": b" " * (1 << 20), "more_body": True}] * 2
        caller.parts.append({"type": "http.request", "body": b"", "more_body": False})
        status, told = await caller()
        assert (status, told["code"]) == (413, "body-too-large"), length


async def test_too_many_at_once_are_refused_with_the_field_and_how_many_may_be(api):
    item = {"address": "+12125550101", "program": "weekly-offers", "channel": "sms", "evidence": {}}
    answer = await api.post("/api/v1/consents/batch", json={"items": [item] * 1001})
    found = problem(answer, 422, "fields-invalid")
    assert [(one["field"], one["message"]) for one in found["errors"]] == [("items", "Give 1 to 1000 of these.")]
    many = [f"pat{number}@example.com" for number in range(1000)]
    found = problem(await api.post("/api/v1/contacts", json={"addresses": many}), 422, "fields-invalid")
    assert [one["field"] for one in found["errors"]] == ["addresses"]
    assert found["errors"][0]["message"].endswith("of these.")


async def test_of_ten_thousand_mistakes_a_hundred_are_told(api):
    answer = await api.post("/api/v1/consents/batch", json={"items": [{}] * 10_000})
    assert len(problem(answer, 422, "fields-invalid")["errors"]) == 100
    answer = await api.post(SENDERS, json={f"field{number}": number for number in range(10_000)})
    assert len(problem(answer, 422, "fields-invalid")["errors"]) == 100
