"""What staff see of a sign-up form before people do."""


async def test_a_form_tells_what_it_lacks_until_it_is_open(api, weekly_offers):
    told = (await api.get("/api/v1/programs/weekly-offers/form")).json()
    assert (told["open"], told["boxes"]) == (False, [])
    assert told["url"].endswith("/f/weekly-offers")
    assert told["lacks"] == [
        "Activate the program weekly-offers.",
        "Give weekly-offers or its sender a terms_url.",
        "Give weekly-offers or its sender a privacy_url.",
        "Give weekly-offers a disclosure for email.",
    ]


async def test_an_open_form_says_all_the_law_wants_said_beside_each_box(api, weekly_offers, make):
    links = {"terms_url": "https://acme.example/terms", "privacy_url": "https://acme.example/privacy"}
    text = {"channel": "email", "locale": "en-US", "text": "I agree to emails from Acme."}
    await api.patch("/api/v1/programs/weekly-offers", json={**links, "disclosures": [text]})
    await make(api, "/api/v1/programs/weekly-offers/actions/activate", None, 200)
    told = (await api.get("/api/v1/programs/weekly-offers/form")).json()
    assert (told["open"], told["lacks"]) == (True, [])
    assert [(box["channel"], box["lints"]) for box in told["boxes"]] == [("sms", []), ("email", [])]
    assert told["boxes"][0]["words"].startswith("I agree to texts from Acme.\nI agree that Acme Ltd may send me")


async def test_the_words_beside_a_box_satisfy_the_rules_in_every_language(api, weekly_offers, make):
    links = {"terms_url": "https://acme.example/terms", "privacy_url": "https://acme.example/privacy"}
    text = {"channel": "email", "locale": "en-US", "text": "I agree to emails from Acme."}
    await api.patch("/api/v1/programs/weekly-offers", json={**links, "disclosures": [text]})
    await make(api, "/api/v1/programs/weekly-offers/actions/activate", None, 200)
    for language in ("en", "de", "es", "fr"):
        told = (await api.get("/api/v1/programs/weekly-offers/form", params={"lang": language})).json()
        assert [(language, box["lints"]) for box in told["boxes"]] == [(language, []), (language, [])]


async def test_no_program_has_no_form(api):
    answer = await api.get("/api/v1/programs/nothing/form")
    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-program")
