"""Whatever is wrong with a request has a problem of its own, says where, repeats nothing, and changes nothing."""

from datetime import timedelta

import msgspec
import pytest

from adapters.inbound.http.edge import MOST_BYTES
from application.access.keys import RevokeApiKey
from domain.access import SYSTEM

SENDER = {
    "slug": "acme",
    "legal_name": "Acme Ltd",
    "postal_address": "1 Main St",
    "support": "help",
    "sms_from": "+12125550100",
}
JSON = {"Content-Type": "application/json"}


def problem(response, status, code):
    """The problem in an answer that is one."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status
    assert found["code"] == code, found
    assert found["type"] == f"/docs/problems/{code}"
    assert found["request_id"] == response.headers["x-request-id"]
    assert found["title"]
    return found


def fields(found):
    return {error["field"]: error["code"] for error in found["errors"]}


@pytest.fixture
async def nothing_made(process):
    yield
    for table in ("senders", "programs", "contacts", "contact_points", "campaigns"):
        assert await process.scalar(f"select count(*) from {table}") == 0  # noqa: S608


@pytest.mark.usefixtures("nothing_made")
class TestNothingIsMade:
    @pytest.mark.parametrize(
        "body", [b"{", b"", b"nonsense", b'{"slug": "\xff"}', b"[" * 100_000, b'{"slug": "\\ud800"}', b"{} {}"]
    )
    async def test_of_a_body_that_cannot_be_read(self, api, body):
        problem(await api.post("/api/v1/senders", content=body, headers=JSON), 400, "malformed-json")

    async def test_of_a_body_of_another_kind(self, api):
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", ""):
            answer = await api.post("/api/v1/senders", content=b"{}", headers={"Content-Type": kind})
            problem(answer, 415, "unsupported-media-type")

    async def test_of_a_body_that_is_too_large(self, api):
        huge = msgspec.json.encode({**SENDER, "support": "x" * MOST_BYTES})

        async def trickle():
            for start in range(0, len(huge), 65536):
                yield huge[start : start + 65536]

        problem(await api.post("/api/v1/senders", content=huge, headers=JSON), 413, "body-too-large")
        problem(await api.post("/api/v1/senders", content=trickle(), headers=JSON), 413, "body-too-large")

    async def test_of_a_body_with_mistakes_and_all_of_them_are_told(self, api):
        body = {
            "slug": 5,
            "legal_name": "",
            "postal_address": None,
            "sms_from": "+12125550100",
            "sms_number_type": "pigeon",
            "rate_per_second": "20",
            "colour": "red",
            "pat@example.com": 1,
        }
        answer = await api.post("/api/v1/senders", json=body)
        found = problem(answer, 422, "fields-invalid")
        assert fields(found) == {
            "slug": "wrong-type",
            "legal_name": "wrong-value",
            "postal_address": "wrong-type",
            "support": "missing",
            "sms_number_type": "wrong-value",
            "rate_per_second": "wrong-type",
            "colour": "unknown-field",
            "?": "unknown-field",
        }
        assert "pigeon" not in answer.text
        assert "pat@example.com" not in answer.text

    async def test_of_mistakes_deep_inside(self, api):
        texts = [{"channel": "sms", "text": "I agree"}, {"channel": "fax", "text": "\x00"}, "I agree"]
        body = {
            "slug": "a", "name": "a", "purpose": "a", "category": "marketing", "channels": ["sms"], "frequency": "a",
            "sender": "acme", "disclosures": texts,
        }  # fmt: skip
        found = problem(await api.post("/api/v1/programs", json=body), 422, "fields-invalid")
        assert fields(found) == {
            "disclosures.1.channel": "wrong-value",
            "disclosures.1.text": "wrong-value",
            "disclosures.2": "wrong-type",
        }

    async def test_of_a_character_no_text_can_hold(self, api):
        found = problem(
            await api.post("/api/v1/senders", json={**SENDER, "legal_name": "A\x00"}), 422, "fields-invalid"
        )
        assert fields(found) == {"legal_name": "wrong-value"}
        problem(await api.get("/api/v1/senders?after=%00"), 400, "malformed-request")
        problem(await api.get("/api/v1/senders/a%00"), 400, "malformed-request")

    async def test_of_addresses_that_cannot_be_and_none_is_repeated(self, api):
        body = {"addresses": ["+12125550102", "+1646555", "pat@", "nobody", "sam@example.com"]}
        answer = await api.post("/api/v1/contacts", json=body)
        found = problem(answer, 422, "invalid-address")
        assert set(fields(found)) == {"addresses.1", "addresses.2", "addresses.3"}
        for text in body["addresses"]:
            assert text not in answer.text

    async def test_of_what_refers_to_nothing(self, api):
        campaign = {"slug": "a", "name": "a", "program": "nothing"}
        problem(await api.post("/api/v1/campaigns", json=campaign), 404, "no-such-program")
        problem(await api.get("/api/v1/contacts/0193a7b2-7c4e-7d3a-9f10-2b1c3d4e5f60"), 404, "no-such-contact")
        problem(await api.get("/api/v1/senders/nobody"), 404, "no-such-sender")

    async def test_of_a_place_or_a_method_nobody_serves(self, api):
        problem(await api.get("/api/v1/nothing"), 404, "no-such-route")
        problem(await api.get("/api/v1/contacts/17"), 404, "no-such-route")
        answer = await api.delete("/api/v1/senders")
        problem(answer, 405, "method-not-allowed")
        assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))
        assert (await api.options("/api/v1/senders")).headers["allow"] == "GET, OPTIONS, POST"

    async def test_of_a_parameter_that_is_misspelt(self, api):
        found = problem(await api.get("/api/v1/senders?limt=5&pat@example.com=1"), 422, "fields-invalid")
        assert fields(found) == {"limt": "unknown-field", "?": "unknown-field"}


async def test_without_a_key_of_this_installation_nobody_enters(process, api):
    del api.headers["Authorization"]
    for header, code in (
        (None, "key-missing"),
        ("Basic b20=", "key-unknown"),
        ("Bearer om_live_short", "key-unknown"),
        (f"Bearer om_live_{'a' * 43}", "key-unknown"),
        (f"Bearer om_live_{'é' * 43}".encode(), "key-unknown"),
    ):
        answer = await api.get("/api/v1/senders", headers={"Authorization": header} if header else None)
        problem(answer, 401, code)
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_key_works_until_it_expires(process, clock):
    issued = await process.issue(expires_at=clock.now() + timedelta(minutes=1))
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert (await process.http.get("/api/v1/senders", headers=headers)).status_code == 200
    clock.ahead = timedelta(minutes=1)
    problem(await process.http.get("/api/v1/senders", headers=headers), 401, "key-expired")


async def test_a_revoked_key_stops_working_within_a_second_in_every_process(start):
    processes = [start(), start()]
    issued = await processes[0].issue()
    headers = {"Authorization": f"Bearer {issued.secret}"}
    for one in processes:
        assert (await one.http.get("/api/v1/senders", headers=headers)).status_code == 200
    revoked_at = processes[0].clock.now()
    await processes[0].use_cases[RevokeApiKey](issued.key.id, SYSTEM)
    for one in processes:
        while (answer := await one.http.get("/api/v1/senders", headers=headers)).status_code == 200:
            assert one.clock.now() - revoked_at < timedelta(seconds=1)
        problem(answer, 401, "key-expired")


async def test_a_key_does_what_its_scopes_say_and_no_more(process, acme):
    issued = await process.issue("senders:read")
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert (await process.http.get("/api/v1/senders", headers=headers)).status_code == 200
    answer = await process.http.patch("/api/v1/senders/acme", headers=headers, json={"rate_per_second": 1})
    assert "senders:write" in problem(answer, 403, "not-permitted")["detail"]
    assert (await process.http.get("/api/v1/senders/acme", headers=headers)).json() == acme


async def test_a_database_that_is_away_is_nobodys_mistake(start, api):
    away = start()
    away.database._url = away.database._url.replace("optin", "nobody", 1).replace("host=", "host=/nowhere")
    answer = await away.http.get("/api/v1/senders", headers={"Authorization": api.headers["Authorization"]})
    problem(answer, 503, "database-unavailable")
    assert answer.headers["retry-after"] == "1"
