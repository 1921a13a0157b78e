"""The identities messages go out under."""


async def test_a_sender_is_made_found_by_id_or_slug_and_changed(api, acme):
    assert acme["sms_number_type"] == "10dlc"
    for ref in ("acme", acme["id"], acme["id"].upper()):
        assert (await api.get(f"/api/v1/senders/{ref}")).json() == acme
    changed = (await api.patch("/api/v1/senders/acme", json={"rate_per_second": 50, "email_from": None})).json()
    assert (changed["rate_per_second"], changed["email_from"], changed["revision"]) == (50, None, 2)
    assert changed["sms_from"] == acme["sms_from"]


async def test_changing_nothing_is_no_revision(api, acme):
    assert (await api.patch("/api/v1/senders/acme", json={"rate_per_second": 20})).json() == acme


async def test_a_sender_always_has_something_to_send_from(api, acme):
    refused = await api.patch("/api/v1/senders/acme", json={"email_from": None, "sms_from": None})
    assert (refused.status_code, refused.json()["code"]) == (422, "sender-incomplete")
    assert (await api.get("/api/v1/senders/acme")).json() == acme


async def test_a_sender_is_a_number_a_short_code_a_service_or_a_name(api, make):
    service = "MG" + "0" * 32
    for number, (given, kept) in enumerate(
        [("+1 (212) 555-0100", "+12125550100"), ("70707", "70707"), (service, service), ("Acme Ltd", "Acme Ltd")]
    ):
        body = {
            "slug": f"acme-{number}", "legal_name": "Acme Ltd", "postal_address": "1 Main St", "support": "help",
            "sms_from": given,
        }  # fmt: skip
        assert (await make(api, "/api/v1/senders", body))["sms_from"] == kept
    wrong = await api.post("/api/v1/senders", json={**body, "slug": "acme-9", "sms_from": "much too long a name"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "sms_from")


async def test_lists_are_newest_first_and_go_on_where_they_ended(api, make):
    for number in range(5):
        body = {
            "slug": f"sender-{number}", "legal_name": "Acme Ltd", "postal_address": "1 Main St", "support": "help",
            "sms_from": "70707",
        }  # fmt: skip
        await make(api, "/api/v1/senders", body)
    seen, url, pages = [], "/api/v1/senders?limit=2", 0
    while url:
        answer = (await api.get(url)).json()
        seen += [sender["slug"] for sender in answer["items"]]
        url, pages = answer["links"]["next"], pages + 1
    assert seen == [f"sender-{number}" for number in (4, 3, 2, 1, 0)]
    assert pages == 3


async def test_a_cursor_nobody_gave_out_is_refused(api):
    for cursor in ("x", "AAAA", "a" * 22, "é", "A" * 200, ""):
        answer = await api.get("/api/v1/senders", params={"after": cursor})
        assert answer.status_code == 422, cursor
        assert answer.json()["errors"][0]["field"] == "after"
    for limit in (0, 201, "many"):
        answer = await api.get("/api/v1/senders", params={"limit": limit})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "limit"), limit
