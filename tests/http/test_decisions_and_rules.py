"""Asking why before anything is sent: decisions, made-up cases and the catalogue, over HTTP."""

import httpx
import pytest

from application.access.keys import IssueApiKey, NewApiKey
from domain.access import SYSTEM
from tests.applications import application

CASE = {
    "given": {
        "contact": {
            "phone": "+12125550101",
            "declared": {"country": "US", "region": "NY", "tz": "America/New_York", "verified": False},
        },
        "consents": ["fx:pewc_promo"],
    },
    "when": {
        "action": "evaluate_send",
        "channel": "sms",
        "category": "marketing",
        "program": "promo",
        "at": "2026-11-23T12:59:59Z",
    },
}


@pytest.fixture
async def client(installation):
    app = application(installation.ports, installation.use_cases)
    issued = await installation[IssueApiKey](NewApiKey(name="test", live=True, scopes=("*",)), SYSTEM)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://optin.example",
        headers={"Authorization": f"Bearer {issued.secret}"},
    ) as client:
        yield client


async def test_a_made_up_case_is_answered_in_the_words_of_a_vector(client):
    answer = (await client.post("/api/v1/decisions/simulate", json=CASE)).json()
    assert (answer["verdict"], answer["rule"]) == ("defer", "US-TCPA-HRS-01")
    assert answer["defer_until"] == answer["until"] == "2026-11-23T13:00:00Z"
    assert answer["unread"] == []


async def test_a_case_that_makes_no_sense_is_refused_with_the_remedy(client):
    for when, field in (({"action": "guess"}, "when.action"), ({"action": "doi_link"}, "when.at")):
        response = await client.post("/api/v1/decisions/simulate", json={"given": {}, "when": when})
        assert response.status_code == 422
        assert response.json()["errors"][0]["field"] == field


async def test_a_made_up_request_to_a_link_is_answered_as_the_page_would(client):
    asked = {"given": {"message": {"id": "m1"}}, "when": {"action": "unsubscribe_http", "method": "GET"}}
    looked = (await client.post("/api/v1/decisions/simulate", json=asked)).json()
    asked["when"]["method"] = "POST"
    pressed = (await client.post("/api/v1/decisions/simulate", json=asked)).json()
    assert (looked["effect"], pressed["effect"], pressed["http_status"]) == ("none", "opt_out", 200)


async def test_an_unknown_program_is_named_as_the_mistake(client):
    asked = {"to": "+12125550101", "channel": "sms", "program": "nothing"}
    response = await client.post("/api/v1/decisions", json=asked)
    assert (response.status_code, response.json()["code"]) == (404, "no-such-program")


async def test_the_catalogue_shows_every_rule_with_its_citation_and_who_applies_it(client):
    rules = (await client.get("/api/v1/rules")).json()["items"]
    assert len(rules) == 190
    assert all(rule["citation"] and (rule["applied_by"] or rule["not_applied_because"]) for rule in rules)


async def test_the_catalogue_is_narrowed_by_what_one_asks_for(client):
    texas = (await client.get("/api/v1/rules", params={"pack": "us.tx"})).json()["items"]
    assert {rule["pack"] for rule in texas} == {"us.tx"}
    before = (await client.get("/api/v1/rules", params={"pack": "us.or", "as_of": "2025-12-31"})).json()["items"]
    after = (await client.get("/api/v1/rules", params={"pack": "us.or", "as_of": "2026-01-01"})).json()["items"]
    assert (before, [rule["id"] for rule in after]) == ([], ["US-OR-01"])


async def test_one_rule_is_found_by_its_id_and_another_is_not(client):
    rule = (await client.get("/api/v1/rules/US-FL-02")).json()
    assert (rule["stage"], rule["parameters"]["window"]) == ("quiet_hours", ["08:00", "20:00"])
    assert (await client.get("/api/v1/rules/US-XX-99")).status_code == 404
