"""The link on the console, opened in a real browser."""

import re

import pytest

from application.operators.joining import MakeFirstLink
from tests.e2e.browser import DESK, NARROW, PHONE

pytestmark = pytest.mark.anyio
PAGE, PASSWORD = "/admin/first", "four words are a fine one"
MADE = "You are the administrator"


@pytest.fixture
async def link(product):
    """Nobody works there yet, and the console shows this."""
    async with product.ports.transaction()():
        await product.ports.database().connection.execute("truncate operators cascade")
    made = await product[MakeFirstLink]()
    assert made.startswith(f"{product.url}{PAGE}#")
    return made


async def fill(page, *, name="Pat Doe", email="pat@example.com", password=PASSWORD):
    await page.get_by_label("Email address").fill(email)
    await page.get_by_label("Your name").fill(name)
    await page.get_by_label("Password", exact=True).fill(password)


async def send(page, button="Make my account"):
    """And wait for what the page says then."""
    async with page.expect_response("**/admin/api/first"):
        await page.get_by_role("button", name=button).click()
    await page.locator("form:not([aria-busy])").wait_for(state="attached")


async def heading(page):
    return await page.locator("h1").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_wrong_before_on_the_way_and_after(chromium, product, link, scheme):
    async with chromium.visit(color_scheme=scheme) as visit:
        visit.name = "first-admin"
        await visit.open(link)
        await looked_at(visit, f"{scheme}-form")
        await fill(visit.page, name="", email="nobody")
        await send(visit.page)
        await looked_at(visit, f"{scheme}-mistakes")
        await fill(visit.page)
        await send(visit.page)
        assert await heading(visit.page) == MADE
        await looked_at(visit, f"{scheme}-done")
        await visit.open(PAGE)
        await looked_at(visit, f"{scheme}-there")


async def looked_at(visit, kind):
    for size in (PHONE, DESK):
        await visit.resize(*size)
        assert await visit.violations() == []
        assert await visit.small_targets() == []
        await visit.picture(f"{size[0]}-{kind}")
    await visit.resize(*NARROW)
    assert await visit.overflow() == 0
    await visit.resize(*PHONE)


async def test_the_first_administrator_is_made_by_keyboard_alone(chromium, product, link):
    async with chromium.visit(DESK) as visit:
        page = visit.page
        await visit.open(link)
        for label, text in (("Email address", "pat@example.com"), ("Your name", "Pat Doe"), ("Password", PASSWORD)):
            await visit.tab_to(page.get_by_label(label, exact=True))
            await page.keyboard.type(text)
        await visit.tab_to(page.get_by_role("button", name="Show the password"))
        await page.keyboard.press("Enter")
        assert await page.get_by_label("Password", exact=True).get_attribute("type") == "text"
        await visit.tab_to(page.get_by_role("button", name="Make my account"))
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name=MADE).wait_for()
        assert await page.evaluate("document.activeElement.tagName") == "H1"
        assert await page.title() == MADE
        signed_in = await page.evaluate("fetch('/admin/api/session').then(answer => answer.json())")
        assert (signed_in["operator"]["email"], signed_in["operator"]["role"]) == ("pat@example.com", "admin")


async def test_the_token_is_sent_once_in_a_body_and_nowhere_else(chromium, product, link):
    token = link.rpartition("#")[2]
    async with chromium.visit() as visit:
        await visit.open(link)
        assert 0 < await visit.weight() < 50_000
        await fill(visit.page)
        await send(visit.page)
        assert await heading(visit.page) == MADE
        assert [one.url for one in visit.asked if token in one.url] == []
        assert [one.url for one in visit.asked if token in (one.post_data or "")] == [f"{product.url}/admin/api/first"]
        assert not any(token in str(one.headers) for one in visit.asked)
        assert visit.page.url == f"{product.url}{PAGE}"
        assert await visit.page.get_by_label("Password", exact=True).input_value() == ""
        assert visit.elsewhere() == []
        assert visit.said == []


async def test_a_mistake_is_told_beside_its_field_and_the_link_goes_on_working(chromium, product, link):
    async with chromium.visit() as visit:
        page = visit.page
        await visit.open(link)
        await fill(page, name="", email="nobody", password="short")
        await send(page)
        summary = page.get_by_role("alert")
        assert "Please look at 2 answers again" not in await summary.inner_text()
        await page.get_by_role("link", name="Write a name of 1 to 100 characters, in one line.").click()
        name = page.get_by_label("Your name")
        assert await name.evaluate("one => one === document.activeElement")
        assert await name.get_attribute("aria-invalid") == "true"
        told = await name.get_attribute("aria-describedby")
        assert await page.locator(f"#{told}").inner_text() == "Write a name of 1 to 100 characters, in one line."
        assert page.url == link
        await fill(page, email="pat@example.com", password="pat doe pat doe 1")
        await send(page)
        assert "Do not use your name" in await page.locator("#password-error").inner_text()
        assert await page.locator("#name-error").count() == 0
        await fill(page)
        await send(page)
        assert await heading(page) == MADE


async def test_a_link_that_was_used_says_how_to_get_another(chromium, product, link):
    async with chromium.visit() as visit, chromium.visit() as late:
        await late.open(link)
        await visit.open(link)
        await fill(visit.page)
        await send(visit.page)
        await fill(late.page, email="sam@example.com", name="Sam Doe")
        await send(late.page)
        assert await heading(late.page) == "This link works no more"
        assert "optin operator first-link" in await late.page.locator("main").inner_text()
        assert await late.violations() == []
        await late.page.reload()
        assert await heading(late.page) == "There is an administrator already"


async def test_half_a_link_says_that_a_part_is_missing_and_the_whole_one_goes_on(chromium, product, link):
    async with chromium.visit() as visit:
        await visit.open(link[:-5])
        assert await heading(visit.page) == "This link is not whole"
        assert await visit.page.get_by_role("button").count() == 0
        assert await visit.violations() == []
        await visit.page.evaluate("whole => { location.href = whole; }", link)
        await visit.page.get_by_role("button", name="Make my account").wait_for()
        assert await heading(visit.page) == "Make the first administrator"


async def test_in_another_language_the_link_goes_on_and_everything_is_said_in_it(chromium, product, link):
    async with chromium.visit(NARROW) as visit:
        page = visit.page
        await visit.open(link)
        await page.get_by_role("link", name="Deutsch").click()
        await page.get_by_role("button", name="Mein Konto anlegen").wait_for()
        assert page.url == link.replace("#", "?lang=de#")
        assert await visit.overflow() == 0
        await page.locator("#email").fill("pat@example.com")
        await page.locator("#name").fill("Pat Doe")
        await page.locator("#password").fill("password12345678")
        await send(page, "Mein Konto anlegen")
        assert "Andere haben dieses Passwort schon benutzt" in await page.locator("#password-error").inner_text()
        await page.locator("#password").fill(PASSWORD)
        await send(page, "Mein Konto anlegen")
        assert await heading(page) == "Sie verwalten jetzt OptIn Manager"


async def test_without_script_nothing_asks_for_a_password_and_another_way_is_shown(chromium, product, link):
    async with chromium.visit(script=False) as visit:
        await visit.open(link)
        seen = await visit.page.locator("main").inner_text()
        assert re.search(rf"curl -sS {product.url}/admin/api/first ", seen)
        assert not await visit.page.locator("#password").is_visible()
        assert await visit.overflow() == 0
        visit.name = "first-admin"
        await visit.picture("390-without-script")


async def test_a_server_that_does_not_answer_is_told_and_nothing_written_is_lost(chromium, product, link):
    async with chromium.visit() as visit:
        page = visit.page
        await visit.open(link)
        await fill(page)
        await page.route("**/admin/api/first", lambda route: route.abort())
        await page.get_by_role("button", name="Make my account").click()
        await page.get_by_text("OptIn Manager does not answer.").wait_for()
        assert await visit.violations() == []
        await page.unroute("**/admin/api/first")
        assert await page.get_by_label("Password", exact=True).input_value() == PASSWORD
        await send(page)
        assert await heading(page) == MADE


async def test_whoever_tries_too_often_is_told_for_how_long_to_wait(chromium, product, link):
    async with chromium.visit() as visit:
        page = visit.page
        await visit.open(link)
        await fill(page)
        refused = {"status": 429, "headers": {"Retry-After": "37"}, "body": '{"code": "rate-limited"}'}
        await page.route("**/admin/api/first", lambda route: route.fulfill(**refused))
        await send(page)
        assert "Wait 37 seconds" in await page.get_by_role("alert").inner_text()
        await page.unroute("**/admin/api/first")
        await send(page)
        assert await heading(page) == MADE
