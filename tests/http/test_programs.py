"""What one opts in to, written down over HTTP."""

_NEWS = {
    "slug": "news", "name": "News", "purpose": "News", "category": "marketing",
    "channels": ["email"], "frequency": "monthly", "sender": "acme",
}  # fmt: skip


async def test_a_program_is_made_in_the_name_of_a_sender_and_found_by_id_or_slug(api, weekly_offers):
    assert weekly_offers["status"] == "draft"
    assert weekly_offers["sender"] == "acme"
    assert [text["version"] for text in weekly_offers["disclosures"]] == [1]
    for ref in ("weekly-offers", weekly_offers["id"]):
        assert (await api.get(f"/api/v1/programs/{ref}")).json() == weekly_offers


async def test_a_program_goes_live_may_pause_and_ends_for_good(api, weekly_offers):
    for action, status in (
        ("activate", "active"),
        ("pause", "paused"),
        ("activate", "active"),
        ("archive", "archived"),
    ):
        answer = await api.post(f"/api/v1/programs/weekly-offers/actions/{action}")
        assert (answer.status_code, answer.json()["status"]) == (200, status)
    late = await api.post("/api/v1/programs/weekly-offers/actions/activate")
    assert (late.status_code, late.json()["code"]) == (409, "wrong-step")
    unchanged = await api.patch("/api/v1/programs/weekly-offers", json={"name": "Other offers"})
    assert (unchanged.status_code, unchanged.json()["code"]) == (409, "wrong-step")


async def test_a_new_wording_becomes_the_next_version_and_the_old_one_stays(api, weekly_offers):
    wording = {"channel": "sms", "locale": "en_us", "text": "I agree to texts with offers from Acme."}
    changed = (await api.patch("/api/v1/programs/weekly-offers", json={"disclosures": [wording]})).json()
    assert [(text["version"], text["text"]) for text in changed["disclosures"]] == [
        (1, "I agree to texts from Acme."),
        (2, "I agree to texts with offers from Acme."),
    ]
    again = (await api.patch("/api/v1/programs/weekly-offers", json={"disclosures": [wording]})).json()
    assert again == changed


async def test_people_who_agreed_keep_the_sender_and_category_they_agreed_to(api, weekly_offers, make):
    await make(api, "/api/v1/programs/weekly-offers/actions/activate", None, 200)
    refused = await api.patch("/api/v1/programs/weekly-offers", json={"category": "transactional"})
    assert (refused.status_code, refused.json()["code"]) == (409, "agreed-to")
    renamed = await api.patch("/api/v1/programs/weekly-offers", json={"name": "Offers of the week"})
    assert renamed.json()["name"] == "Offers of the week"


async def test_a_program_has_terms_of_its_own_and_shares_its_form_with_programs_of_its_sender(api, weekly_offers, make):
    news = {**_NEWS, "also_on_form": ["weekly-offers"], "terms_url": "https://acme.example/terms"}
    made = await make(api, "/api/v1/programs", news)
    assert (made["also_on_form"], made["terms_url"]) == (["weekly-offers"], "https://acme.example/terms")
    changed = await api.patch("/api/v1/programs/news", json={"also_on_form": [], "terms_url": None})
    assert (changed.json()["also_on_form"], changed.json()["terms_url"]) == ([], None)
    for wrong in (["news"], ["nobodys"], ["weekly-offers", "weekly-offers"]):
        refused = await api.patch("/api/v1/programs/news", json={"also_on_form": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "also_on_form")


async def test_a_form_speaks_for_one_sender(api, weekly_offers, make):
    other = {"slug": "other", "legal_name": "Other Ltd", "postal_address": "2 Main St", "support": "help"}
    await make(api, "/api/v1/senders", {**other, "email_from": "news@other.example"})
    refused = await api.post("/api/v1/programs", json={**_NEWS, "sender": "other", "also_on_form": ["weekly-offers"]})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "also_on_form")


async def test_a_slug_names_one_program(api, weekly_offers):
    body = {
        "slug": "weekly-offers", "name": "Others", "purpose": "Other offers", "category": "marketing",
        "channels": ["sms"], "frequency": "monthly", "sender": "acme",
    }  # fmt: skip
    taken = await api.post("/api/v1/programs", json=body)
    assert (taken.status_code, taken.json()["code"]) == (409, "slug-taken")
    lost = await api.post("/api/v1/programs", json={**body, "slug": "others", "sender": "nobody"})
    assert (lost.status_code, lost.json()["code"]) == (404, "no-such-sender")
    unclear = await api.post("/api/v1/programs", json={**body, "slug": weekly_offers["id"]})
    assert unclear.status_code == 422
