"""By keyboard alone, with script, in another site's frame, from another site's form, and too often."""

import re

import pytest

from tests.e2e.product import SHOP

pytestmark = pytest.mark.anyio
MAILS = "weekly offers by email"


async def shop(visit, body):
    """A page of another site."""
    page = f"<!doctype html><html lang=en><title>Shop</title><main><h1>Shop</h1>{body}</main></html>"

    async def answer(route):
        await route.fulfill(body=page, content_type="text/html")

    await visit.page.route(f"{SHOP}/**", answer)
    await visit.open(f"{SHOP}/join")


async def forms_of(product, kind):
    """How many forms were counted as sent with, or without, a proof of work."""
    async with product.ports.database().transaction():
        count = "select coalesce(sum(used), 0) from rate_windows where subject like $1"
        return await product.ports.database().connection.fetchval(count, f"{kind}:%")


async def test_somebody_signs_up_by_keyboard_alone(chromium, product):
    number = product.somebodys_phone()
    async with chromium.visit() as visit:
        page = visit.page
        await visit.open("/f/weekly-offers")
        await visit.tab_to(page.get_by_role("checkbox", name="marketing texts"))
        await page.keyboard.press("Space")
        await visit.tab_to(page.get_by_label("Mobile number"))
        await page.keyboard.type(number)
        await visit.tab_to(page.get_by_role("button", name="Sign up"))
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        code = await product.code(number)
        await visit.tab_to(page.get_by_label("Code"))
        await page.keyboard.type(code)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        assert await page.inner_text("h1") == "Thank you, that is confirmed"


async def test_somebody_leaves_by_keyboard_alone(chromium, product):
    address = product.somebody()
    await product.record(address)
    async with chromium.visit() as visit:
        await visit.open(await product.link("unsubscribe", address))
        await visit.tab_to(visit.page.get_by_role("button", name="Stop these messages"))
        async with visit.page.expect_navigation():
            await visit.page.keyboard.press("Enter")
        assert await visit.page.inner_text("h1") == "Done: no more of these messages"


async def test_mistakes_are_the_first_thing_a_keyboard_meets_and_lead_to_their_fields(chromium, product):
    async with chromium.visit(script=False) as visit:
        page = visit.page
        await visit.open("/f/weekly-offers")
        await page.get_by_role("checkbox", name="marketing texts").check()
        await visit.press("Sign up")
        summary = page.get_by_role("alert")
        assert await summary.evaluate("element => element === document.activeElement")
        await visit.tab_to(summary.get_by_role("link"))
        await page.keyboard.press("Enter")
        field = page.get_by_label("Mobile number")
        assert await field.evaluate("element => element === document.activeElement")
        described = await field.get_attribute("aria-describedby")
        assert described == "phone-error phone-hint"
        assert await page.inner_text("#phone-error") == "Write the number the text messages should go to."
        assert await field.get_attribute("aria-invalid") == "true"


async def test_with_script_the_browser_does_the_work_asked_for(chromium, product):
    before = await forms_of(product, "proven")
    async with chromium.visit() as visit:
        await visit.open("/f/weekly-offers")
        await visit.page.get_by_role("checkbox", name=MAILS).check()
        await visit.page.get_by_label("Email address").fill(product.somebody())
        await visit.press("Sign up")
        (sent,) = [one for one in visit.asked if one.method == "POST"]
        assert re.search(r"(^|&)work=\d+(&|$)", sent.post_data or "")
        assert await visit.page.inner_text("h1") == "Confirm your email address"
        await visit.page.go_back()
        assert await visit.page.locator("input[name=work]").count() == 0
    assert await forms_of(product, "proven") == before + 1


async def test_who_comes_too_often_is_asked_to_wait_and_keeps_what_was_written(chromium, product):
    async with chromium.visit() as visit:
        page, address = visit.page, product.somebody()
        await page.route("**/work.js*", lambda route: route.abort())
        await visit.open("/f/weekly-offers")
        fields = {"ticket": await page.locator("input[name=ticket]").first.input_value(), "phone": ""}
        for _ in range(product.settings.form_rate_without_proof_per_minute):
            answer = await page.request.post(f"{product.url}/f/weekly-offers", form=fields)
            assert answer.status == 422
        await page.get_by_label("Email address").fill(address)
        await visit.press("Sign up")
        assert visit.answered[0].status == 429
        assert int(visit.answered[0].headers["retry-after"]) <= 60
        assert await page.inner_text("h1") == "Please wait a minute"
        assert await visit.violations() == []
        visit.name = "busy"
        await visit.picture("390-light")
        await page.get_by_role("button", name="Send it again").wait_for()
        assert await page.locator("input[name=email]").input_value() == address


async def test_a_site_that_is_named_shows_the_form_in_a_frame_and_no_script_of_its_own_is_needed(chromium, product):
    async with chromium.visit() as visit:
        await shop(visit, f'<iframe src="{product.url}/f/weekly-offers" title="Sign up" width="320"></iframe>')
        frame = visit.page.frame_locator("iframe")
        await frame.get_by_role("checkbox", name=MAILS).check()
        await frame.get_by_label("Email address").fill(product.somebody())
        await frame.get_by_role("button", name="Sign up").click()
        await frame.get_by_role("heading", name="Confirm your email address").wait_for()


@pytest.mark.parametrize("path", ["/preferences", "/u/broken"])
async def test_no_other_page_is_ever_shown_in_a_frame(chromium, product, path):
    async with chromium.visit() as visit:
        async with visit.page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            await shop(visit, f'<iframe src="{product.url}{path}" title="Choices"></iframe>')
        assert await visit.page.frame_locator("iframe").locator("main").count() == 0


async def test_a_form_on_another_site_leads_to_ours_filled_and_with_nothing_ticked(chromium, product):
    address = product.somebody()
    async with chromium.visit(script=False) as visit:
        await shop(
            visit,
            f'<form method="post" action="{product.url}/f/weekly-offers"><label>Email <input name="email"></label>'
            '<input type="hidden" name="weekly-offers.email" value="yes"><button>Join</button></form>',
        )
        await visit.page.get_by_label("Email").fill(address)
        await visit.press("Join")
        assert visit.page.url == f"{product.url}/f/weekly-offers"
        assert await visit.page.get_by_label("Email address").input_value() == address
        assert not await visit.page.get_by_role("checkbox", name=MAILS).is_checked()
        assert [message for message in await product.ports.sandbox_messages().latest(50) if message.to == address] == []
        # And from here it goes on as for everybody.
        await visit.page.get_by_role("checkbox", name=MAILS).check()
        await visit.press("Sign up")
        assert await visit.page.inner_text("h1") == "Confirm your email address"


async def test_a_site_that_sends_a_form_behind_somebodys_back_changes_nothing(chromium, product):
    address = product.somebody()
    async with chromium.visit() as theirs, chromium.visit() as visit:
        await theirs.open("/f/weekly-offers")
        ticket = await theirs.page.locator("input[name=ticket]").first.input_value()
        hidden = {"ticket": ticket, "email": address, "weekly-offers.email": "yes"}
        fields = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in hidden.items())
        await shop(
            visit,
            f'<form method="post" action="{product.url}/f/weekly-offers">{fields}<button>Win!</button></form>',
        )
        await visit.press("Win!")
        assert (await visit.page.inner_text("h1")).startswith("Sign up")
        assert [message for message in await product.ports.sandbox_messages().latest(50) if message.to == address] == []
