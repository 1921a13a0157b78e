"""A request sent again has one effect and one answer, whichever process it reaches, whatever happened meanwhile."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from litestar import Controller, post

from adapters.inbound.injected import Injected
from adapters.outbound.postgres.repeats import KEPT, RUNNING, PostgresRepeats
from adapters.outbound.secrets.ring import KeyRing

SENDER = {
    "slug": "acme",
    "legal_name": "Acme Ltd",
    "postal_address": "1 Main St",
    "support": "help",
    "sms_from": "+12125550100",
}


class Workshop(Controller):
    """Makes things slowly, one at a time, as the test tells it to."""

    path = "/api/v1/workshop"
    begun: asyncio.Event
    may_go_on: asyncio.Event
    made: list
    failing: list

    @post(opt={"permission": ()})
    async def make_thing(self, seed: Injected[UUID | None]) -> dict[str, str]:
        type(self).made.append(seed)
        type(self).begun.set()
        await type(self).may_go_on.wait()
        if type(self).failing:
            raise type(self).failing.pop()
        return {"made": str(seed)}


@pytest.fixture
def workshop():
    Workshop.begun, Workshop.may_go_on, Workshop.made, Workshop.failing = asyncio.Event(), asyncio.Event(), [], []
    return Workshop


@pytest.fixture
async def two(start, workshop):
    """Two processes, and one key for both."""
    processes = [start(extra=(workshop,)), start(extra=(workshop,))]
    issued = await processes[0].issue()
    for one in processes:
        one.http.headers["Authorization"] = f"Bearer {issued.secret}"
    return processes


def key(name):
    return {"Idempotency-Key": name}


async def test_a_repeated_request_makes_one_thing_and_is_answered_alike_everywhere(two):
    first, second = [await one.http.post("/api/v1/senders", json=SENDER, headers=key("order-17")) for one in two]
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers["content-type"] == "application/json"
    assert await two[0].scalar("select count(*) from senders") == 1


async def test_a_refusal_is_repeated_too(two):
    answers = [await one.http.post("/api/v1/senders", json={}, headers=key("order-17")) for one in two]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].content == answers[1].content
    assert answers[1].headers["content-type"] == "application/problem+json"


async def test_of_many_sent_at_once_to_two_processes_one_counts(two):
    answers = await asyncio.gather(
        *(two[number % 2].http.post("/api/v1/senders", json=SENDER, headers=key("order-17")) for number in range(20))
    )
    assert {answer.status_code for answer in answers} <= {201, 409}
    fresh = [answer for answer in answers if answer.status_code == 201 and "idempotency-replayed" not in answer.headers]
    assert len(fresh) == 1
    for answer in answers:
        if answer.status_code == 409:
            assert answer.json()["code"] == "idempotency-in-flight"
            assert answer.headers["retry-after"] == "1"
        else:
            assert answer.content == fresh[0].content
    assert await two[0].scalar("select count(*) from senders") == 1


async def test_many_different_requests_at_once_are_each_answered(two):
    answers = await asyncio.gather(
        *(
            two[number % 2].http.post(
                "/api/v1/senders", json={**SENDER, "slug": f"sender-{number}"}, headers=key(f"order-{number}")
            )
            for number in range(40)
        )
    )
    assert {answer.status_code for answer in answers} == {201}
    assert await two[0].scalar("select count(*) from senders") == 40


async def test_while_it_is_being_answered_a_repeat_is_told_to_wait(two, workshop):
    running = asyncio.create_task(two[0].http.post("/api/v1/workshop", headers=key("order-17")))
    await workshop.begun.wait()
    early = await two[1].http.post("/api/v1/workshop", headers=key("order-17"))
    assert (early.status_code, early.headers["retry-after"]) == (409, "1")
    workshop.may_go_on.set()
    first = await running
    assert (await two[1].http.post("/api/v1/workshop", headers=key("order-17"))).content == first.content
    assert len(workshop.made) == 1


async def test_a_key_used_for_another_request_is_refused(two):
    await two[0].http.post("/api/v1/senders", json=SENDER, headers=key("order-17"))
    for method, path, body in (
        ("POST", "/api/v1/senders", {**SENDER, "slug": "other"}),
        ("POST", "/api/v1/programs", SENDER),
        ("PATCH", "/api/v1/senders", SENDER),
        ("POST", "/api/v1/senders?limit=1", SENDER),
    ):
        answer = await two[1].http.request(method, path, json=body, headers=key("order-17"))
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")
    assert await two[0].scalar("select count(*) from senders") == 1


async def test_keys_of_different_callers_never_meet(two):
    await two[0].http.post("/api/v1/senders", json=SENDER, headers=key("order-17"))
    other = (await two[0].issue()).secret
    headers = {**key("order-17"), "Authorization": f"Bearer {other}"}
    answer = await two[0].http.post("/api/v1/senders", json={**SENDER, "slug": "other"}, headers=headers)
    assert answer.status_code == 201


async def test_a_key_has_a_size(two):
    for wrong in (b"", b"x" * 256, b"has space", "é".encode()):
        answer = await two[0].http.post("/api/v1/senders", json=SENDER, headers={"Idempotency-Key": wrong})
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-invalid"), wrong
    longest = await two[0].http.post("/api/v1/senders", json=SENDER, headers=key("x" * 255))
    assert longest.status_code == 201


async def test_reading_needs_no_key_and_uses_none(two):
    await two[0].http.get("/api/v1/senders", headers=key("order-17"))
    assert await two[0].scalar("select count(*) from idempotency_keys") == 0


async def test_after_a_failure_the_repeat_makes_the_same_thing(two, workshop):
    workshop.failing.append(RuntimeError("the power went out"))
    workshop.may_go_on.set()
    failed = await two[0].http.post("/api/v1/workshop", headers=key("order-17"))
    assert (failed.status_code, failed.json()["code"]) == (500, "internal-error")
    assert "power" not in failed.text
    again = await two[1].http.post("/api/v1/workshop", headers=key("order-17"))
    assert again.status_code == 201
    assert workshop.made[0] is not None
    assert workshop.made == [workshop.made[0]] * 2


async def test_after_a_crash_the_repeat_makes_the_same_thing(two, workshop, clock):
    crashing = asyncio.create_task(two[0].http.post("/api/v1/workshop", headers=key("order-17")))
    await workshop.begun.wait()
    crashing.cancel()
    workshop.may_go_on.set()
    assert (await two[1].http.post("/api/v1/workshop", headers=key("order-17"))).status_code == 409
    clock.ahead = RUNNING
    assert (await two[1].http.post("/api/v1/workshop", headers=key("order-17"))).status_code == 201
    assert workshop.made == [workshop.made[0]] * 2


async def test_what_was_made_before_a_crash_is_found_again(two, clock):
    for path, body in (
        ("/api/v1/senders", SENDER),
        (
            "/api/v1/programs",
            {
                "slug": "weekly-offers", "name": "Offers", "purpose": "Offers", "category": "marketing",
                "channels": ["sms"], "frequency": "weekly", "sender": "acme",
            },
        ),
        ("/api/v1/contacts", {"addresses": ["+12125550101"], "reference": "customer-17"}),
        ("/api/v1/campaigns", {"slug": "friday", "name": "Friday", "program": "weekly-offers"}),
    ):  # fmt: skip
        first = await two[0].http.post(path, json=body, headers=key(path))
        assert first.status_code == 201, first.text
        await two[0].scalar("update idempotency_keys set status_code = null, running_until = $1", clock.now())
        again = await two[1].http.post(path, json=body, headers=key(path))
        assert "idempotency-replayed" not in again.headers
        assert (again.status_code, again.json()) == (201, first.json())


async def test_an_answer_is_kept_for_a_day(two, clock):
    await two[0].http.post("/api/v1/senders", json=SENDER, headers=key("order-17"))
    clock.ahead = KEPT - timedelta(minutes=1)
    assert (await two[1].http.post("/api/v1/senders", json=SENDER, headers=key("order-17"))).status_code == 201
    clock.ahead = KEPT
    late = await two[1].http.post("/api/v1/senders", json=SENDER, headers=key("order-17"))
    assert (late.status_code, late.json()["code"]) == (409, "slug-taken")
    repeats = two[0].ports.repeats()
    assert await repeats.forget(clock.now() + timedelta(seconds=1)) == 1


async def test_keys_and_answers_are_unreadable_at_rest(two):
    await two[0].http.post("/api/v1/contacts", json={"addresses": ["+12125550101"]}, headers=key("pat@example.com"))
    kept = await two[0].scalar("select row_to_json(k)::text from idempotency_keys k")
    for secret in ("pat@example.com", "0101", "addresses"):
        assert secret not in kept
        assert secret.encode().hex() not in kept


async def test_a_repeat_is_found_while_the_secrets_rotate(two, ring, clock):
    first = await two[0].http.post("/api/v1/senders", json=SENDER, headers=key("order-17"))
    older = two[0].ports.repeats()
    newer = PostgresRepeats(
        older.database, older.seal, [*KeyRing.generate().versions("idempotency").values(), *older.keys]
    )
    actor = await two[0].scalar("select actor from idempotency_keys")
    body = first.request.content
    found = await newer.claim(actor, "order-17", (b"POST", b"/api/v1/senders", b"", body), clock.now())
    assert found.body == first.content
