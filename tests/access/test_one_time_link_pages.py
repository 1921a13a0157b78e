"""The pages behind an invitation and a link for a new password, as a browser or a scanner of mails fetches them."""

import json
import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from adapters.inbound.forms.one_time_links import JOIN, RESET
from adapters.inbound.forms.texts import LANGUAGES
from application.operators.mails import OperatorMails
from bootstrap.use_cases import build
from domain.operators import LinkKind
from domain.roles import Role
from tests.access.conftest import PASSWORD, sign_in
from tests.http.process import Process

EMAIL = "sam@example.com"
NEW = "five words are an even finer one"
PAGES = ("/admin/join", "/admin/reset")


async def invitation(staff):
    async with await staff.signed_in() as admin:
        made = await admin.post("/admin/api/invitations", json={"email": EMAIL, "role": "support"})
        return made.json()["link"]


async def new_password(staff, *, active=True):
    """For somebody who is signed in; the link comes from an administrator."""
    sam = await staff.operator(Role.SUPPORT, password=PASSWORD, email=EMAIL)
    async with await staff.signed_in() as admin:
        made = await admin.post(f"/admin/api/operators/{sam.id}/actions/reset", json={})
        if not active:
            await admin.post(f"/admin/api/operators/{sam.id}/actions/disable")
        return made.json()["link"]


@pytest.fixture(params=[(invitation, JOIN, "name password"), (new_password, RESET, "password")], ids=["join", "reset"])
def case(request):
    """A link, the page it leads to, and what is filled in there."""
    makes, page, names = request.param
    return makes, page, {name: {"name": "Sam Doe", "password": NEW}[name] for name in names.split()}


def words_of(page):
    return json.loads(unescape(re.search(r'data-words="([^"]*)"', page.text)[1]))


async def test_every_link_we_hand_out_leads_to_a_page(staff):
    mails = build(OperatorMails, staff.process.ports, {})
    async with staff.browser() as browser:
        for kind in LinkKind:
            link = httpx.URL(mails.address(kind, "A" * 43))
            assert (link.fragment, link.query) == ("A" * 43, b"")
            page = await browser.get(link.path)
            assert page.status_code == 200
            assert page.headers["content-type"] == "text/html; charset=utf-8"


async def test_looking_at_the_page_uses_nothing_up_and_what_it_asks_for_is_enough(staff, case):
    makes, page, filled = case
    url, _, token = (await makes(staff)).rpartition("#")
    async with staff.browser() as browser:
        for method in ("GET", "HEAD", "GET"):
            shown = await browser.request(method, httpx.URL(url).path)
            assert shown.status_code == 200
        form = re.search(r'<form method="post" action="([^"]+)"', shown.text)[1]
        inputs = re.findall(r'<input id="\w+" name="(\w+)"', shown.text)
        assert (form, set(inputs)) == (page.posts_to, filled.keys())
        assert (await browser.post(form, json={**filled, "token": token})).is_success
    async with staff.browser() as browser:
        assert (await sign_in(browser, EMAIL, NEW)).status_code == 200


@pytest.mark.parametrize("path", PAGES)
async def test_the_page_says_the_same_to_everybody_and_nothing_of_it_is_kept(staff, path):
    async with staff.browser() as browser:
        before = await browser.get(path)
        await staff.operator(Role.ADMIN, email=EMAIL)
        await browser.get(path, params={"token": "A" * 43})
        page = await browser.get(path)
    assert page.content == before.content
    assert page.headers.get_list("cache-control") == ["no-store"]
    assert page.headers.get_list("referrer-policy") == ["no-referrer"]
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert "set-cookie" not in page.headers
    (policy,) = page.headers.get_list("content-security-policy")
    rules = {rule.strip() for rule in policy.split(";")}
    assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"} <= rules
    assert not re.search(r"<style|\s(style|on[a-z]+)=|unsafe", page.text + policy)


async def test_whoever_has_no_script_is_told_another_way_that_works(staff, case):
    makes, shown, filled = case
    url, _, token = (await makes(staff)).rpartition("#")
    async with staff.browser() as browser:
        page = await browser.get(httpx.URL(url).path)
        without = re.search(r"<noscript>(.*?)</noscript>", page.text, re.DOTALL)[1]
        example, command = (unescape(one) for one in re.findall(r"<pre[^>]*>(.*?)</pre>", without, re.DOTALL))
        assert json.loads(example).keys() == {*filled, "token"}
        kind = {"Content-Type": re.search(r"'Content-Type: ([^']+)'", command)[1]}
        assert f"curl -sS {staff.process.ports.settings().url}{shown.posts_to} " in command
        answer = await browser.post(shown.posts_to, content=json.dumps({**filled, "token": token}), headers=kind)
    assert answer.is_success
    # What the page says of an empty answer is so.
    assert ("No answer means that it is done." in without) == (answer.content == b"")


async def test_whatever_the_api_refuses_the_page_has_words_for_in_every_language(staff, case):
    makes, shown, filled = case
    url, _, token = (await makes(staff)).rpartition("#")
    changes = [{"password": text} for text in ("", "short", "sam example sam 1", "password12345678")]
    changes += [{"name": " "}, {"name": "two\nlines"}] if "name" in filled else []
    given = set()
    async with staff.browser() as browser:
        for changed in changes:
            refused = (await browser.post(shown.posts_to, json={**filled, **changed, "token": token})).json()
            ((field, message),) = [(problem["field"], problem["message"]) for problem in refused["errors"]]
            assert [field] == list(changed)
            given.add(message)
            for language in LANGUAGES:
                words = words_of(await browser.get(httpx.URL(url).path, params={"lang": language}))
                assert words["fields"].keys() == filled.keys()
                said = words["refusals"].get(message) or words["fields"][field]
                assert said in {LANGUAGES[language].say(text) for text in (*shown.fields.values(), *shown.refusals)}
        assert set(shown.refusals) <= given
        assert (await browser.post(shown.posts_to, json={**filled, "token": token})).is_success


async def test_a_link_that_was_used_is_over_or_is_none_of_ours_gets_one_and_the_same_answer(staff, case):
    makes, shown, filled = case
    used = (await makes(staff)).rpartition("#")[2]
    async with staff.browser() as browser:
        assert (await browser.post(shown.posts_to, json={**filled, "token": used})).is_success
    staff.process.clock.ahead += timedelta(hours=73)
    async with staff.browser() as browser:
        answers = [await browser.post(shown.posts_to, json={**filled, "token": one}) for one in (used, "A" * 43)]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "link-unusable")] * 2
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


async def test_a_link_for_a_new_password_is_worth_nothing_to_who_may_not_sign_in(staff):
    token = (await new_password(staff, active=False)).rpartition("#")[2]
    async with staff.browser() as browser:
        answer = await browser.post(RESET.posts_to, json={"token": token, "password": NEW})
    assert answer.json()["code"] == "link-unusable"


async def test_whoever_has_an_account_already_is_told_so_and_how_to_get_a_new_password(staff):
    token = (await invitation(staff)).rpartition("#")[2]
    await staff.operator(Role.SUPPORT, password=PASSWORD, email=EMAIL)
    async with staff.browser() as browser:
        refused = await browser.post(JOIN.posts_to, json={"token": token, "name": "Sam Doe", "password": NEW})
        page = await browser.get("/admin/join")
    assert (refused.status_code, refused.json()["code"]) == (409, "operator-exists")
    assert f'"{refused.json()["code"]}": "there"' in (await script_of(staff, page))
    assert re.search(r'<section id="there" hidden .*/admin/api/password_resets', page.text, re.DOTALL)


async def script_of(staff, page):
    async with staff.browser() as browser:
        return (await browser.get(re.search(r'<script type="module" src="([^"]+)"', page.text)[1])).text


@pytest.mark.parametrize("page", ["/admin/join", "/admin/reset"])
async def test_the_way_to_a_new_link_that_the_page_shows_works(staff, page):
    """It is said where the link works no more, with an address to be replaced."""
    async with staff.browser() as browser:
        shown = await browser.get(page)
        commands = {
            unescape(one) for one in re.findall(r"<pre[^>]*>(curl[^<]*password_resets [^<]*)</pre>", shown.text)
        }
        (command,) = commands
        found = re.search(r"curl -sS (\S+) -H 'Content-Type: ([^']+)' -d '([^']+)'$", command)
        kind = {"Content-Type": found[2]}
        answer = await browser.post(httpx.URL(found[1]).path, content=found[3], headers=kind)
    assert answer.status_code == 202


async def test_too_many_looks_from_one_network_have_to_wait_and_are_told_nothing_of_messages(start, clock):
    now = clock.now()
    clock.ahead = timedelta(seconds=60 - now.second)
    process = start(visitor_rate_per_minute=2)
    process.http.headers["Accept"] = "text/html"
    looks = [await process.http.get(path) for path in (*PAGES, *PAGES)]
    assert [look.status_code for look in looks] == [200, 200, 429, 429]
    assert "it is as good as before." in looks[-1].text
    assert "STOP" not in looks[-1].text
    elsewhere = await process.http.get("/preferences")
    assert (elsewhere.status_code, "reply STOP" in elsewhere.text) == (429, True)


async def test_without_a_database_the_pages_are_there_and_what_is_sent_is_refused_for_now(ring, clock):
    process = Process("postgresql://optin@127.0.0.1:1/nothing", ring, clock=clock)
    for page, example in ((JOIN, {"name": "Sam Doe"}), (RESET, {})):
        sent = {"token": "A" * 43, "password": NEW, **example}
        assert (await process.http.get(f"/admin/{page.name}")).status_code == 200
        assert (await process.http.post(page.posts_to, json=sent)).status_code == 503
    assert (await process.http.get("/admin/first")).status_code == 503
    await process.close()
