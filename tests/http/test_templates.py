"""Templates over HTTP: written, previewed, published, and every refusal with its remedy."""

from datetime import timedelta

import httpx
import pytest

from application.access.keys import IssueApiKey, NewApiKey
from domain.access import SYSTEM
from tests.applications import application

PATH = "/api/v1/templates"
SALE = {
    "slug": "spring-sale",
    "name": "Spring sale",
    "channel": "sms",
    "category": "marketing",
    "content": {"text": "{{ percent }}% off today, {{ name }}"},
}
NEWS = {
    "slug": "news",
    "name": "News",
    "channel": "email",
    "category": "marketing",
    "content": {"subject": "News for {{ name }}", "html": "<p>{{ name }}</p>", "text": "{{ name }}"},
    "locale": "en_us",
}


@pytest.fixture
async def office(installation):
    """A client with a key for everything."""
    app = application(installation.ports, installation.use_cases)
    issued = await installation[IssueApiKey](NewApiKey(name="test", live=True, scopes=("*",)), SYSTEM)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url="http://optin.example",
        headers={"Authorization": f"Bearer {issued.secret}"},
    ) as client:
        yield client


@pytest.fixture
async def sale(office):
    return (await office.post(PATH, json=SALE)).json()


async def test_a_template_is_written_as_a_draft_and_found_by_id_or_slug(office):
    made = await office.post(PATH, json=SALE)
    assert made.status_code == 201
    sale = made.json()
    assert (sale["slug"], sale["status"], sale["locales"]) == ("spring-sale", "draft", [])
    (version,) = sale["versions"]
    assert (version["locale"], version["version"], version["status"]) == ("en-US", 1, "draft")
    assert version["variables"] == ["name", "percent"]
    assert version["published_at"] is None
    for ref in (sale["id"], "spring-sale"):
        assert (await office.get(f"{PATH}/{ref}")).json() == sale


async def test_publishing_is_seen_and_may_be_repeated(office, sale):
    once = await office.post(f"{PATH}/spring-sale/actions/publish")
    again = await office.post(f"{PATH}/{sale['id']}/actions/publish")
    assert (once.status_code, again.status_code) == (200, 200)
    assert (once.json()["status"], once.json()["locales"]) == ("published", ["en-US"])
    assert again.json() == once.json()


async def test_an_edit_is_a_draft_beside_what_is_sent(office, sale):
    await office.post(f"{PATH}/spring-sale/actions/publish")
    edit = {"content": {"text": "Half price today, {{ name }}"}}
    edited = (await office.post(f"{PATH}/spring-sale/versions", json=edit)).json()
    assert [(one["version"], one["status"]) for one in edited["versions"]] == [(1, "published"), (2, "draft")]
    assert edited["status"] == "published"


async def test_one_locale_is_published_alone(office, sale):
    french = {"content": {"text": "{{ percent }} %, {{ name }}"}, "locale": "fr_ca"}
    assert (await office.post(f"{PATH}/spring-sale/versions", json=french)).status_code == 201
    published = (await office.post(f"{PATH}/spring-sale/actions/publish", params={"locale": "fr-CA"})).json()
    assert published["locales"] == ["fr-CA"]
    missing = await office.post(f"{PATH}/spring-sale/actions/publish", params={"locale": "de-DE"})
    assert (missing.status_code, missing.json()["code"]) == (404, "no-such-version")


async def test_every_wording_is_listed_a_page_at_a_time(office, sale):
    for text in ("Two", "Three"):
        await office.post(f"{PATH}/spring-sale/versions", json={"content": {"text": text}})
    first = (await office.get(f"{PATH}/spring-sale/versions/en_us", params={"limit": 2})).json()
    assert [one["version"] for one in first["items"]] == [3, 2]
    rest = (await office.get(first["links"]["next"])).json()
    assert [one["content"]["text"] for one in rest["items"]] == [SALE["content"]["text"]]
    assert rest["links"]["next"] is None


async def test_the_list_is_newest_first_a_page_at_a_time(office, installation, sale):
    installation.clock.pass_by(timedelta(seconds=1))
    await office.post(PATH, json=NEWS)
    first = (await office.get(PATH, params={"limit": 1})).json()
    rest = (await office.get(first["links"]["next"])).json()
    assert [one["slug"] for one in first["items"] + rest["items"]] == ["news", "spring-sale"]
    assert "versions" not in first["items"][0]
    assert rest["links"]["next"] is None


async def test_a_preview_shows_the_text_its_price_and_what_is_missing(office, sale):
    shown = (await office.post(f"{PATH}/spring-sale/preview", json={"variables": {"percent": 20, "x": 1}})).json()
    assert [lint["lacks"] for lint in shown.pop("lints")] == [["unsubscribe"]]
    assert shown == {
        "locale": "en-US",
        "version": 1,
        "status": "draft",
        "content": {"text": "20% off today, {{ name }}"},
        "segments": {"encoding": "GSM-7", "count": 1, "units": 29, "remaining": 131, "offending": []},
        "missing": ["name"],
        "unknown": ["x"],
    }


async def test_a_preview_of_an_email_is_escaped_and_has_no_segments(office):
    await office.post(PATH, json=NEWS)
    shown = (await office.post(f"{PATH}/news/preview", json={"variables": {"name": "<b>\r\nPat"}})).json()
    assert shown["content"] == {"text": "<b>\nPat", "subject": "News for <b> Pat", "html": "<p>&lt;b&gt;\nPat</p>"}
    assert shown["segments"] is None


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"content": {"text": "Hi {{ name"}}, "template-broken", "content.text"),
        ({"content": {"text": "Hi", "subject": "Hi"}}, "invalid", "content"),
        ({"content": {"text": "x" * 4_001}}, "invalid", "content.text"),
        ({"slug": "Spring Sale"}, "invalid", "slug"),
        ({"name": " "}, "invalid", "name"),
        ({"locale": "english"}, "invalid", "locale"),
        ({"channel": "fax"}, "fields-invalid", "channel"),
        ({"category": "spam"}, "fields-invalid", "category"),
        ({"colour": "red"}, "fields-invalid", "colour"),
        ({"content": {"text": 7}}, "fields-invalid", "content.text"),
    ],
)
async def test_a_template_that_cannot_work_is_refused_where_it_is_wrong(office, body, code, field):
    answer = await office.post(PATH, json={**SALE, **body})
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["errors"][0]["field"]) == (422, code, field)
    assert (await office.get(PATH)).json()["items"] == []


@pytest.mark.parametrize(
    ("variables", "field"),
    [({"percent": None}, "variables.percent"), ({"percent": {"a": 1}}, "variables.percent"), ([], "variables")],
)
async def test_a_value_that_does_not_fit_is_refused_by_name(office, sale, variables, field):
    answer = await office.post(f"{PATH}/spring-sale/preview", json={"variables": variables})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_a_slug_names_one_template(office, sale):
    taken = await office.post(PATH, json={**SALE, "name": "Other"})
    assert (taken.status_code, taken.json()["code"]) == (409, "slug-taken")


async def test_the_same_request_twice_makes_one_template(office):
    headers = {"Idempotency-Key": "once"}
    first, again = [await office.post(PATH, json=SALE, headers=headers) for _ in range(2)]
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len((await office.get(PATH)).json()["items"]) == 1


async def test_a_template_nobody_wrote_is_not_found(office):
    for method, path in (("GET", ""), ("GET", "/versions/en-US"), ("POST", "/actions/publish")):
        answer = await office.request(method, f"{PATH}/nobody{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "no-such-template")


async def test_a_key_without_the_scope_reads_and_writes_nothing(office, installation, sale):
    issued = await installation[IssueApiKey](NewApiKey(name="other", live=True, scopes=("messages:send",)), SYSTEM)
    office.headers["Authorization"] = f"Bearer {issued.secret}"
    asked = [
        await office.get(PATH),
        await office.get(f"{PATH}/spring-sale"),
        await office.get(f"{PATH}/spring-sale/versions/en-US"),
        await office.post(PATH, json={**SALE, "slug": "other"}),
        await office.post(f"{PATH}/spring-sale/actions/publish"),
        await office.post(f"{PATH}/spring-sale/preview", json={}),
    ]
    assert {answer.status_code for answer in asked} == {403}


async def test_a_template_says_what_its_words_lack_when_it_is_saved_and_previewed(office):
    body = {
        "slug": "order-shipped",
        "name": "Order shipped",
        "channel": "sms",
        "category": "transactional",
        "content": {"text": "Acme: your order has shipped. Take 20% off your next one!"},
    }
    made = (await office.post("/api/v1/templates", json=body)).json()
    shown = (await office.post("/api/v1/templates/order-shipped/preview", json={"variables": {}})).json()
    for lints in (made["lints"]["en-US"], shown["lints"]):
        assert "CORE-MIX-01" in {lint["rule"] for lint in lints}
        assert all(lint["message"] for lint in lints)
