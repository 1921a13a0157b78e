"""Whom messages go to: kept unreadable, shown masked, found by what the customer knows."""

import asyncio
from datetime import timedelta

import pytest

from domain.ids import new_id

PAT = {
    "addresses": ["+1 212-555-0101", "Pat@Example.com"],
    "locale": "en_us",
    "time_zone": "America/New_York",
    "residence": {"country": "US", "region": "NY", "verified_at": "2026-11-20"},
    "reference": "Pat Doe",
    "attributes": {"tier": "gold"},
}


@pytest.fixture
async def pat(api, make):
    return await make(api, "/api/v1/contacts", PAT)


async def test_a_contact_comes_back_as_given_with_masked_addresses(api, pat):
    assert pat["addresses"] == ["+1 2**-***-0101", "p***@example.com"]
    assert [point["channel"] for point in pat["contact_points"]] == ["sms", "email"]
    assert (pat["locale"], pat["time_zone"], pat["kind"]) == ("en-US", "America/New_York", "individual")
    assert pat["residence"] == {"country": "US", "region": "NY", "verified_at": "2026-11-20"}
    assert (pat["reference"], pat["attributes"], pat["live"]) == ("Pat Doe", {"tier": "gold"}, True)
    assert (await api.get(f"/api/v1/contacts/{pat['id']}")).json() == pat
    assert (await api.get("/api/v1/contacts")).json()["items"] == [pat]


async def test_nothing_personal_is_readable_at_rest(process, pat):
    rows = await process.scalar(
        "select (select json_agg(c)::text from contacts c) || (select json_agg(p)::text from contact_points p)"
    )
    for secret in ("2125550101", "pat@example.com", "Pat Doe", "gold"):
        assert secret not in rows
        assert secret.encode().hex() not in rows


async def test_a_contact_is_found_by_any_address_however_written_or_by_reference(api, pat):
    for known in (
        {"address": "+12125550101"},
        {"address": " +1 (212) 555-0101"},
        {"address": "PAT@example.com"},
        {"reference": "Pat Doe"},
    ):
        answer = await api.post("/api/v1/contacts/lookup", json=known)
        assert (answer.status_code, answer.json()) == (200, pat), known
    for unknown in ({"address": "+12125550102"}, {"reference": "Sam"}):
        answer = await api.post("/api/v1/contacts/lookup", json=unknown)
        assert (answer.status_code, answer.json()["code"]) == (404, "no-such-contact")
    for unclear in ({}, {"address": "+12125550101", "reference": "Pat Doe"}, {"address": "nobody"}):
        assert (await api.post("/api/v1/contacts/lookup", json=unclear)).status_code == 422


async def test_an_address_belongs_to_one_contact(api, process, pat):
    answer = await api.post("/api/v1/contacts", json={"addresses": ["+12125550102", "pat@example.com"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "address-taken")
    assert [error["field"] for error in answer.json()["errors"]] == ["addresses.1"]
    sams = await api.post("/api/v1/contacts", json={"addresses": ["+12125550102"]})
    stolen = await api.patch(f"/api/v1/contacts/{sams.json()['id']}", json={"add_addresses": ["pat@example.com"]})
    assert (stolen.status_code, stolen.json()["errors"][0]["field"]) == (409, "add_addresses.0")
    assert await process.scalar("select count(*) from contacts") == 2


async def test_of_two_who_claim_an_address_at_once_one_gets_it(start, api):
    other = start()
    other.http.headers = api.headers
    addresses = [f"+121255501{number:02}" for number in range(10)]
    answers = await asyncio.gather(
        api.post("/api/v1/contacts", json={"addresses": addresses}),
        other.http.post("/api/v1/contacts", json={"addresses": addresses[::-1]}),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_a_contact_is_changed_in_part(api, pat):
    email = pat["contact_points"][1]["id"]
    change = {
        "add_addresses": ["+12125550102", "+12125550101"],
        "remove_addresses": [email, "+12125550103"],
        "time_zone": None,
        "residence": {"country": "GB"},
        "attributes": {},
    }
    changed = (await api.patch(f"/api/v1/contacts/{pat['id']}", json=change)).json()
    assert changed["addresses"] == ["+1 2**-***-0101", "+1 2**-***-0102"]
    assert changed["contact_points"][0] == pat["contact_points"][0]
    assert (changed["time_zone"], changed["attributes"], changed["locale"]) == (None, {}, "en-US")
    assert changed["residence"] == {"country": "GB", "region": None, "verified_at": None}
    assert (await api.get(f"/api/v1/contacts/{pat['id']}")).json() == changed
    again = (await api.patch(f"/api/v1/contacts/{pat['id']}", json=change)).json()
    assert again == changed
    gone = await api.post("/api/v1/contacts/lookup", json={"address": "pat@example.com"})
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "America"}, "time_zone"),
        ({"locale": "english please"}, "locale"),
        ({"residence": {"country": "usa"}}, "residence.country"),
        ({"residence": {"country": "US", "region": "New York"}}, "residence.region"),
        ({"residence": {"country": "US", "verified_at": "yesterday"}}, "residence.verified_at"),
        ({"kind": "robot"}, "kind"),
        ({"remove_addresses": ["+12125550101", "pat@example.com"]}, "addresses"),
        ({"add_addresses": ["x"]}, "add_addresses.0"),
        ({"add_addresses": ["+12125550102"] * 21}, "add_addresses"),
        ({"attributes": {"a": "b" * 1001}}, "attributes.a"),
        ({"addresses": []}, "addresses"),
    ],
)
async def test_a_change_that_cannot_be_leaves_the_contact_as_it_was(api, pat, change, field):
    answer = await api.patch(f"/api/v1/contacts/{pat['id']}", json=change)
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [field])
    assert (await api.get(f"/api/v1/contacts/{pat['id']}")).json() == pat


async def test_live_and_test_contacts_never_meet(process, api, pat):
    issued = await process.issue(live=False)
    assert issued.secret.startswith("om_test_")
    headers = {"Authorization": f"Bearer {issued.secret}"}
    for method, path, body in (
        ("GET", f"/api/v1/contacts/{pat['id']}", None),
        ("PATCH", f"/api/v1/contacts/{pat['id']}", {"locale": "fr"}),
        ("GET", f"/api/v1/contacts/{pat['id']}/timeline", None),
        ("POST", "/api/v1/contacts/lookup", {"address": "+12125550101"}),
        ("POST", "/api/v1/contacts/lookup", {"reference": "Pat Doe"}),
    ):
        answer = await process.http.request(method, path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "no-such-contact"), path
    twin = await process.http.post("/api/v1/contacts", json=PAT, headers=headers)
    assert (twin.status_code, twin.json()["live"]) == (201, False)
    listed = (await process.http.get("/api/v1/contacts", headers=headers)).json()["items"]
    assert [contact["id"] for contact in listed] == [twin.json()["id"]]


async def test_an_address_messages_still_wait_for_is_not_taken_away(api, process, clock, pat):
    phone = pat["contact_points"][0]["id"]
    await process.scalar(
        "insert into outbox (message_id, contact_id, contact_point_id, sender_id, due_at) select $1, $2, $3, $1, now()",
        new_id(clock.now()),
        pat["id"],
        phone,
    )
    answer = await api.patch(f"/api/v1/contacts/{pat['id']}", json={"remove_addresses": [phone]})
    assert (answer.status_code, answer.json()["code"]) == (409, "address-in-use")
    assert (await api.get(f"/api/v1/contacts/{pat['id']}")).json() == pat


async def test_the_timeline_tells_consents_and_messages_in_turn(api, clock, pat, weekly_offers, make):
    await make(api, "/api/v1/programs/weekly-offers/actions/activate", None, 200)
    message = {"to": "+12125550101", "channel": "sms", "program": "weekly-offers", "content": {"text": "20% off. Acme"}}
    agreed = {"address": "+12125550101", "program": "weekly-offers", "channel": "sms"}
    happened = []
    for path, body, status in (
        ("/api/v1/consents", agreed, 201),
        ("/api/v1/messages/send_with_consent", {**message, "reference": "order-17"}, 201),
        ("/api/v1/consents/withdraw", {"address": "+12125550101", "channel": "sms"}, 200),
        ("/api/v1/messages/send_with_consent", message, 201),
    ):
        answer = await make(api, path, body, status)
        happened.insert(0, answer["entries"][0] if path.endswith("withdraw") else answer["id"])
        clock.ahead += timedelta(hours=1)
    seen, url = [], f"/api/v1/contacts/{pat['id']}/timeline?limit=2"
    while url:
        answer = (await api.get(url)).json()
        seen += answer["items"]
        url = answer["links"]["next"]
    assert [event["id"] for event in seen] == happened
    assert [event["kind"] for event in seen] == ["message", "consent", "message", "consent"]
    assert [event["program"] for event in seen] == ["weekly-offers", None, "weekly-offers", "weekly-offers"]
    assert [event["reference"] for event in seen] == [None, None, "order-17", None]
    assert {event["address"] for event in seen} == {"+1 2**-***-0101"}
    assert seen[0]["links"] == {"self": f"/api/v1/messages/{seen[0]['id']}"}
    assert seen[1]["links"] == {"self": None}


async def test_a_timeline_goes_on_only_from_where_one_ended(api, pat):
    wrong = await api.get(f"/api/v1/contacts/{pat['id']}/timeline?after=AAAA")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "cursor-invalid")
    for end in ("_" * 32, "A" * 32):
        answer = await api.get(f"/api/v1/contacts/{pat['id']}/timeline?after={end}")
        assert answer.json() == {"items": [], "links": {"next": None}}
