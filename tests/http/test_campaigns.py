"""Occasions to send, written down."""

from datetime import timedelta

import msgspec


async def test_a_campaign_is_made_changed_and_archived(api, weekly_offers, make, clock):
    body = {"slug": "friday", "name": "Friday", "program": weekly_offers["id"]}
    made = await make(api, "/api/v1/campaigns", body)
    assert (made["program"], made["template"], made["status"]) == ("weekly-offers", None, "draft")
    assert (await api.get("/api/v1/campaigns")).json()["items"] == [made]
    planned = msgspec.to_builtins(clock.now() + timedelta(days=5))
    changed = (
        await api.patch("/api/v1/campaigns/friday", json={"planned_for": planned, "name": "Black Friday"})
    ).json()
    assert (changed["planned_for"], changed["name"], changed["revision"]) == (planned, "Black Friday", 2)
    assert (await api.get(f"/api/v1/campaigns/{made['id']}")).json() == changed
    archived = await make(api, "/api/v1/campaigns/friday/actions/archive", None, 200)
    assert archived["status"] == "archived"
    late = await api.patch("/api/v1/campaigns/friday", json={"name": "Friday"})
    assert (late.status_code, late.json()["code"]) == (409, "campaign-archived")
    assert await make(api, "/api/v1/campaigns/friday/actions/archive", None, 200) == archived


async def test_a_campaign_is_planned_for_a_moment_to_come(api, weekly_offers, clock):
    for moment in ("2020-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00", "2027-01-01T00:00:00", "soon"):
        body = {"slug": "friday", "name": "Friday", "program": "weekly-offers", "planned_for": moment}
        answer = await api.post("/api/v1/campaigns", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "planned_for"), moment


async def test_a_campaign_sends_a_template_there_is(api, weekly_offers):
    body = {"slug": "friday", "name": "Friday", "program": "weekly-offers", "template": "nothing"}
    answer = await api.post("/api/v1/campaigns", json=body)
    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-template")


async def test_a_campaign_moves_to_another_program_and_template(api, weekly_offers, make):
    program = {**_WANTED, "slug": "daily-offers", "sender": "acme"}
    await make(api, "/api/v1/programs", program)
    template = {"slug": "sale", "name": "Sale", "channel": "sms", "category": "marketing", "content": {"text": "Sale"}}
    await make(api, "/api/v1/templates", template)
    body = {"slug": "friday", "name": "Friday", "program": "weekly-offers", "template": "sale"}
    made = await make(api, "/api/v1/campaigns", body)
    assert (made["program"], made["template"]) == ("weekly-offers", "sale")
    moved = await api.patch("/api/v1/campaigns/friday", json={"program": "daily-offers", "template": None})
    assert (moved.json()["program"], moved.json()["template"], moved.json()["revision"]) == ("daily-offers", None, 2)
    same = await api.patch("/api/v1/campaigns/friday", json={"program": "daily-offers"})
    assert same.json() == moved.json()
    taken = await api.post("/api/v1/campaigns", json=body)
    assert (taken.status_code, taken.json()["code"]) == (409, "slug-taken")
    lost = await api.get("/api/v1/campaigns/nothing")
    assert (lost.status_code, lost.json()["code"]) == (404, "no-such-campaign")


_WANTED = {
    "name": "Daily offers",
    "purpose": "Offers",
    "category": "marketing",
    "channels": ["sms"],
    "frequency": "daily",
}
