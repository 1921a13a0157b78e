"""Every page a person may meet, in the order they come to it."""

import re
from collections.abc import AsyncIterator, Callable
from typing import TypeAlias

from tests.e2e.browser import Visit
from tests.e2e.product import SHOP, Product

Page: TypeAlias = str
Journey: TypeAlias = Callable[[Visit, Product], AsyncIterator[Page]]


async def leaving(visit: Visit, product: Product) -> AsyncIterator[Page]:
    await visit.open(await product.link("unsubscribe", await asked(product)))
    yield "unsubscribe"
    await press(visit)
    yield "unsubscribed"
    await visit.page.locator("summary").click()
    await visit.page.locator("#why").select_option(index=1)
    await press(visit, "form:has(#why)")
    yield "thanks"


async def confirming(visit: Visit, product: Product) -> AsyncIterator[Page]:
    await visit.open(await product.link("confirm", await asked(product)))
    yield "confirm"
    await press(visit)
    yield "confirmed"


async def confirming_in_arabic(visit: Visit, product: Product) -> AsyncIterator[Page]:
    await visit.open(await product.link("confirm", await asked(product, locale="ar-EG")))
    yield "confirm_arabic"


async def confirming_too_late(visit: Visit, product: Product) -> AsyncIterator[Page]:
    address = await asked(product)
    await visit.open(await product.link("unsubscribe", address))
    await press(visit)
    await visit.open(await product.link("confirm", address))
    await press(visit)
    yield "nothing"


async def following_what_leads_nowhere(visit: Visit, product: Product) -> AsyncIterator[Page]:
    await visit.open(f"{product.url}/u/broken")
    yield "unknown"
    await visit.open(f"{product.url}/f/nothing-here")
    yield "no_form"


async def coming_from_a_site_that_does_it_wrong(visit: Visit, product: Product) -> AsyncIterator[Page]:
    form = f'<form method="post" enctype="text/plain" action="{product.url}/preferences"><button>Leave</button></form>'
    page = f"<!doctype html><html lang=en><title>Shop</title><main>{form}</main></html>"
    await visit.page.route(f"{SHOP}/**", lambda route: route.fulfill(body=page, content_type="text/html"))
    await visit.open(f"{SHOP}/leave")
    await press(visit, button="button")
    yield "trouble"


async def signing_up(visit: Visit, product: Product) -> AsyncIterator[Page]:
    phone, page = product.somebodys_phone(), visit.page
    await visit.open("/f/weekly-offers")
    yield "sign_up"
    await page.get_by_role("checkbox").first.check()
    await page.locator("#phone").fill("12")
    await press(visit)
    yield "sign_up_mistaken"
    await page.locator("input[type=checkbox]").nth(1).check()
    await page.locator("#phone").fill(phone)
    await page.locator("#email").fill(product.somebody())
    await press(visit)
    yield "sign_up_code"
    await page.locator("#code").fill("12")
    await press(visit)
    yield "sign_up_wrong_code"
    await page.locator("#code").fill(await product.code(phone))
    await press(visit)
    yield "signed_up"


async def signing_up_by_mail(visit: Visit, product: Product) -> AsyncIterator[Page]:
    address = product.somebody()
    await visit.open("/f/weekly-offers")
    await visit.page.locator("#email").fill(address)
    await visit.page.locator('input[type=checkbox][name$=".email"]').first.check()
    await press(visit)
    found = re.search(r"https?://\S+/f/weekly-offers/\S+", await product.received(address))
    assert found is not None
    await visit.open(found[0])
    yield "sign_up_link"
    await press(visit)
    await visit.open(found[0])
    yield "sign_up_over"


async def choosing(visit: Visit, product: Product) -> AsyncIterator[Page]:
    address = await asked(product)
    await visit.open(await product.link("confirm", address))
    await press(visit)
    await visit.open("/preferences")
    yield "preferences"
    await visit.page.locator("#address").fill(address)
    await press(visit)
    yield "preferences_code"
    await visit.page.locator("#code").fill(await product.code(address, seen=1))
    await press(visit)
    yield "choices"
    await visit.page.locator("input[type=checkbox]").first.check()
    await press(visit)
    yield "choices_changed"


async def choosing_by_link(visit: Visit, product: Product) -> AsyncIterator[Page]:
    await visit.open(await product.link("preferences", await asked(product)))
    yield "choices_by_link"


async def asked(product: Product, locale: str | None = None) -> str:
    """Somebody new, who was asked for a yes."""
    address = product.somebody()
    await product.record(address, locale=locale)
    return address


async def press(visit: Visit, where: str = "main", button: str = "button[type=submit]") -> None:
    """The first button there is."""
    visit.asked.clear()
    visit.answered.clear()
    async with visit.page.expect_navigation():
        await visit.page.locator(f"{where} {button}").first.click()


JOURNEYS: dict[str, Journey] = {
    journey.__name__: journey
    for journey in (
        signing_up,
        choosing,
        signing_up_by_mail,
        leaving,
        confirming,
        confirming_in_arabic,
        confirming_too_late,
        coming_from_a_site_that_does_it_wrong,
        choosing_by_link,
        following_what_leads_nowhere,
    )
}
