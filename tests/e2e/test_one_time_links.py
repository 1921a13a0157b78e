"""An invitation, and a link for a new password, opened in a real browser."""

import re

import pytest

from application.operators.joining import Invitation, InviteOperator
from application.operators.staff import HelpOperator
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.ids import OperatorId, new_id
from domain.operators import Operator
from domain.roles import Role
from tests.e2e.browser import DESK, NARROW, PHONE

pytestmark = pytest.mark.anyio
PASSWORD = "four words are a fine one"
DONE, USED = {"join": "Your account is made", "reset": "Your new password is set"}, "This link works no more"
ACTS = {"join": "Make my account", "reset": "Set the password"}


@pytest.fixture
def invite(product):
    async def made(email):
        return (await product[InviteOperator](Invitation(email=email, role=Role.SUPPORT), SYSTEM)).link

    return made


@pytest.fixture
def help_out(product):
    async def made(email):
        now = product.ports.clock().now()
        somebody = Operator(
            id=OperatorId(new_id(now)),
            email=Address.parse(email, Channel.EMAIL),
            name="Sam Doe",
            role=Role.SUPPORT,
            created_at=now,
        )
        async with product.ports.transaction()():
            await product.ports.operators().add(somebody)
        return (await product[HelpOperator](somebody.id, SYSTEM, factors=False))[0]

    return made


@pytest.fixture(params=["join", "reset"])
def kind(request):
    return request.param


@pytest.fixture
async def link(product, kind, invite, help_out):
    made = await {"join": invite, "reset": help_out}[kind](product.somebody())
    assert made.startswith(f"{product.url}/admin/{kind}#")
    return made


async def fill(page, kind, password=PASSWORD):
    if kind == "join":
        await page.locator("#name").fill("Sam Doe")
    await page.locator("#password").fill(password)


async def send(page):
    """And wait for what the page says then."""
    async with page.expect_response("**/admin/api/**"):
        await page.locator("button[type=submit]").click()
    await page.locator("form:not([aria-busy])").wait_for(state="attached")


async def heading(page):
    return await page.locator("h1").inner_text()


async def wrong_with(visit, name):
    """In every size and both schemes, pictured."""
    wrong, visit.name = [], name
    for scheme in ("light", "dark"):
        await visit.page.emulate_media(color_scheme=scheme)
        for size in (PHONE, DESK):
            await visit.resize(*size)
            wrong += await visit.violations() + await visit.small_targets()
            await visit.picture(f"{size[0]}-{scheme}")
    await visit.resize(*NARROW)
    wrong += ["wider than the window"] if await visit.overflow() else []
    await visit.resize(*PHONE)
    return wrong


async def test_everything_the_page_says_can_be_read_and_the_token_is_sent_in_bodies_alone(
    chromium, product, link, kind
):
    token = link.rpartition("#")[2]
    async with chromium.visit() as visit, chromium.visit() as late:
        page, wrong = visit.page, {}
        await late.open(link)
        assert 0 < await late.weight() < 50_000
        await visit.open(link[:-1])
        assert await heading(page) == "This link is not whole"
        wrong["incomplete"] = await wrong_with(visit, f"{kind}-incomplete")
        await page.evaluate("whole => { location.href = whole; }", link)
        await page.get_by_role("button", name=ACTS[kind]).wait_for()
        wrong["form"] = await wrong_with(visit, f"{kind}-form")
        await fill(page, kind, "password12345678")
        await send(page)
        assert "Others have used this password" in await page.locator("#password-error").inner_text()
        wrong["mistakes"] = await wrong_with(visit, f"{kind}-mistakes")
        await fill(page, kind)
        await send(page)
        assert (await heading(page), await page.title()) == (DONE[kind], DONE[kind])
        wrong["done"] = await wrong_with(visit, f"{kind}-done")
        await fill(late.page, kind)
        await send(late.page)
        assert await heading(late.page) == USED
        wrong["used"] = await wrong_with(late, f"{kind}-used")
        assert {name: found for name, found in wrong.items() if found} == {}
        assert [one.url for one in visit.asked if token in one.url or token in str(one.headers)] == []
        assert page.url == f"{product.url}/admin/{kind}"
        assert (visit.elsewhere(), await page.locator("#password").input_value()) == ([], "")


async def test_by_keyboard_alone_and_in_another_language(chromium, link, kind):
    async with chromium.visit(DESK) as visit:
        page = visit.page
        await visit.open(link)
        await visit.tab_to(page.get_by_role("link", name="Deutsch"))
        await page.keyboard.press("Enter")
        act = page.get_by_role("button", name={"join": "Mein Konto anlegen", "reset": "Passwort setzen"}[kind])
        await act.wait_for()
        assert page.url == link.replace("#", "?lang=de#")
        if kind == "join":
            await visit.tab_to(page.get_by_label("Ihr Name"))
            await page.keyboard.type("Sam Doe")
        await visit.tab_to(page.get_by_label("Passwort", exact=True))
        await page.keyboard.type(PASSWORD)
        await visit.tab_to(act)
        await page.keyboard.press("Enter")
        done = {"join": "Ihr Konto ist angelegt", "reset": "Ihr neues Passwort gilt"}[kind]
        await page.get_by_role("heading", name=done).wait_for()
        assert await page.evaluate("document.activeElement.tagName") == "H1"
        # Who joined is signed in; who set a new password still has to.
        status = await page.evaluate("fetch('/admin/api/session').then(answer => answer.status)")
        assert status == {"join": 200, "reset": 401}[kind]


async def test_without_script_nothing_asks_for_a_password_and_another_way_is_shown(chromium, product, link, kind):
    async with chromium.visit(NARROW, script=False) as visit:
        await visit.open(link)
        seen = await visit.page.locator("main").inner_text()
        assert re.search(rf"curl -sS {product.url}/admin/api/\S+ -H", seen)
        assert not await visit.page.locator("#password").is_visible()
        assert await visit.overflow() == 0
        visit.name = kind
        await visit.picture("320-without-script")


async def test_whoever_has_an_account_already_is_told_how_to_get_in(chromium, product, invite, help_out):
    email = product.somebody()
    link = await invite(email)
    await help_out(email)
    async with chromium.visit() as visit:
        await visit.open(link)
        await fill(visit.page, "join")
        await send(visit.page)
        assert await heading(visit.page) == "You have an account already"
        assert "/admin/api/password_resets" in await visit.page.locator("main").inner_text()
        assert await wrong_with(visit, "join-there") == []
