"""The page behind the link on the console, as a browser or a scanner of mails fetches it."""

import json
import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from adapters.inbound.forms.one_time_links import FIRST
from adapters.inbound.forms.texts import LANGUAGES
from domain.roles import Role
from tests.access.conftest import PASSWORD
from tests.http.process import Process

PAGE = "/admin/first"
EMAIL = "pat@example.com"


@pytest.fixture
def body():
    return {"email": EMAIL, "name": "Pat Doe", "password": PASSWORD}


def words_of(page):
    return json.loads(unescape(re.search(r'data-words="([^"]*)"', page.text)[1]))


async def test_the_page_is_there_and_looking_at_it_uses_nothing_up(staff, body):
    token = await staff.first_token()
    async with staff.browser() as browser:
        for method in ("GET", "HEAD", "GET"):
            answer = await browser.request(method, PAGE)
            assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert (await browser.post("/admin/api/first", json={**body, "token": token})).status_code == 200


async def test_nobody_has_to_sign_in_to_see_it_and_nothing_of_it_is_kept(staff):
    async with staff.browser() as browser:
        page = await browser.get(PAGE)
    assert page.headers.get_list("cache-control") == ["no-store"]
    assert page.headers.get_list("referrer-policy") == ["no-referrer"]
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert "set-cookie" not in page.headers
    (policy,) = page.headers.get_list("content-security-policy")
    assert dict(rule.strip().split(" ", 1) for rule in policy.split(";")) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


async def test_its_script_is_a_file_of_ours_and_nothing_is_written_between_the_lines(staff):
    async with staff.browser() as browser:
        page = await browser.get(PAGE)
        ((place, inside),) = re.findall(r'<script type="module" src="([^"]+)">(.*?)</script>', page.text, re.DOTALL)
        script = await browser.get(place)
        style = await browser.get(re.search(r'<link rel="stylesheet" href="([^"]+)"', page.text)[1])
    assert inside == ""
    assert (script.status_code, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "immutable" in script.headers["cache-control"]
    assert not re.search(r"<style|\s(style|on[a-z]+)=", page.text)
    assert len(page.content) + len(script.content) + len(style.content) < 50_000


async def test_once_there_is_an_administrator_the_page_says_that_and_no_more(staff):
    await staff.operator(Role.ADMIN, email="kim@example.com")
    async with staff.browser() as browser:
        page = await browser.get(PAGE)
    assert (page.status_code, "There is an administrator already" in page.text) == (410, True)
    assert not re.search(r"kim|staff|<form|<script", page.text, re.IGNORECASE)


async def test_an_operator_of_another_role_is_no_administrator(staff):
    await staff.operator(Role.SUPPORT)
    async with staff.browser() as browser:
        assert (await browser.get(PAGE)).status_code == 200


async def test_whoever_has_no_script_is_told_another_way_that_works(staff, body):
    token = await staff.first_token()
    async with staff.browser() as browser:
        page = await browser.get(PAGE)
        without = re.search(r"<noscript>(.*?)</noscript>", page.text, re.DOTALL)[1]
        example, command = (unescape(one) for one in re.findall(r"<pre[^>]*>(.*?)</pre>", without, re.DOTALL))
        assert json.loads(example).keys() == {*body, "token"}
        url = re.search(rf"^curl -sS ({re.escape(staff.process.ports.settings().url)}\S+) ", command)[1]
        sent = {**json.loads(example), **body, "token": token}
        kind = {"Content-Type": re.search(r"'Content-Type: ([^']+)'", command)[1]}
        answer = await browser.post(httpx.URL(url).path, content=json.dumps(sent), headers=kind)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"name": " "}, "name"),
        ({"password": "short"}, "password"),
        ({"password": "pat doe pat doe 1"}, "password"),
        ({"password": "password12345678"}, "password"),
        ({"password": ""}, "password"),
        ({"email": "sam@example.com"}, "email"),
    ],
)
async def test_whatever_the_api_refuses_the_page_has_words_for_in_every_language(staff, body, changed, field):
    await staff.operator(Role.SUPPORT, email="sam@example.com")
    token = await staff.first_token()
    async with staff.browser() as browser:
        refused = (await browser.post("/admin/api/first", json={**body, **changed, "token": token})).json()
        assert [problem["field"] for problem in refused["errors"]] == [field]
        (message,) = [problem["message"] for problem in refused["errors"]]
        for language in LANGUAGES:
            words = words_of(await browser.get(PAGE, params={"lang": language}))
            said = words["refusals"].get(message) or words["fields"][field]
            assert said in {LANGUAGES[language].say(text) for text in (*FIRST.fields.values(), *FIRST.refusals)}
            # What is refused for a reason of its own is not told the rule for all.
            assert (message in words["refusals"]) == (message in FIRST.refusals)


async def test_every_refusal_the_page_knows_is_one_the_api_gives(staff, body):
    await staff.operator(Role.SUPPORT, email="sam@example.com")
    token, given = await staff.first_token(), set()
    async with staff.browser() as browser:
        for changed in (
            {"password": "pat doe pat doe 1"},
            {"password": "password12345678"},
            {"email": "sam@example.com"},
        ):
            refused = await browser.post("/admin/api/first", json={**body, **changed, "token": token})
            given |= {problem["message"] for problem in refused.json()["errors"]}
    assert given == set(FIRST.refusals)


async def test_too_many_looks_from_one_network_have_to_wait(start, clock):
    now = clock.now()
    clock.ahead = timedelta(seconds=60 - now.second)
    process = start(visitor_rate_per_minute=2)
    statuses = [(await process.http.get(PAGE)).status_code for _ in range(4)]
    assert (statuses[0], statuses[-1]) == (200, 429)


async def test_without_its_database_the_page_says_that_the_link_is_as_good_as_before(ring, clock):
    process = Process("postgresql://optin@127.0.0.1:1/nothing", ring, clock=clock)
    page = await process.http.get(PAGE)
    assert (page.status_code, "it is as good as before." in page.text) == (503, True)
    await process.close()
