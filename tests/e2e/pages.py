"""Every page a person may meet, and how one comes to it."""

import re
from collections.abc import Awaitable, Callable

from tests.e2e.browser import Visit
from tests.e2e.product import Product

Way = Callable[[Visit, Product], Awaitable[None]]


async def asked(product: Product, locale: str | None = None) -> str:
    """Somebody new, who was asked for a yes."""
    address = product.somebody()
    await product.record(address, locale=locale)
    return address


async def unsubscribe(visit: Visit, product: Product) -> None:
    await visit.open(await product.link("unsubscribe", await asked(product)))


async def unsubscribed(visit: Visit, product: Product) -> None:
    await unsubscribe(visit, product)
    await press(visit)


async def confirm(visit: Visit, product: Product) -> None:
    await visit.open(await product.link("confirm", await asked(product)))


async def confirm_arabic(visit: Visit, product: Product) -> None:
    await visit.open(await product.link("confirm", await asked(product, locale="ar-EG")))


async def confirmed(visit: Visit, product: Product) -> None:
    await confirm(visit, product)
    await press(visit)


async def nothing(visit: Visit, product: Product) -> None:
    address = await asked(product)
    await visit.open(await product.link("unsubscribe", address))
    await press(visit)
    await visit.open(await product.link("confirm", address))
    await press(visit)


async def unknown(visit: Visit, product: Product) -> None:
    await visit.open(f"{product.url}/u/broken")


async def sign_up(visit: Visit, product: Product) -> None:
    await visit.open(f"{product.url}/f/weekly-offers")


async def sign_up_mistaken(visit: Visit, product: Product) -> None:
    await sign_up(visit, product)
    await visit.page.get_by_role("checkbox").first.check()
    await visit.page.locator("#phone").fill("12")
    await press(visit)


async def sign_up_code(visit: Visit, product: Product, phone: str | None = None) -> None:
    await sign_up(visit, product)
    await visit.page.locator("input[type=checkbox]").nth(0).check()
    await visit.page.locator("input[type=checkbox]").nth(1).check()
    await visit.page.locator("#phone").fill(phone or product.somebodys_phone())
    await visit.page.locator("#email").fill(product.somebody())
    await press(visit)


async def sign_up_wrong_code(visit: Visit, product: Product) -> None:
    await sign_up_code(visit, product)
    await visit.page.locator("#code").fill("12")
    await press(visit)


async def signed_up(visit: Visit, product: Product) -> None:
    phone = product.somebodys_phone()
    await sign_up_code(visit, product, phone)
    await visit.page.locator("#code").fill(await product.code(phone))
    await press(visit)


async def sign_up_link(visit: Visit, product: Product) -> None:
    address = product.somebody()
    await sign_up(visit, product)
    await visit.page.locator("#email").fill(address)
    await visit.page.locator('input[type=checkbox][name$=".email"]').first.check()
    await press(visit)
    found = re.search(r"https?://\S+/f/weekly-offers/\S+", await product.received(address))
    assert found is not None
    await visit.open(found[0])


async def sign_up_over(visit: Visit, product: Product) -> None:
    await sign_up_link(visit, product)
    pressed = visit.page.url
    await press(visit)
    await visit.open(pressed)


async def thanks(visit: Visit, product: Product) -> None:
    await unsubscribed(visit, product)
    await visit.page.locator("summary").click()
    await visit.page.locator("#why").select_option(index=1)
    await press(visit, "form:has(#why)")


async def no_form(visit: Visit, product: Product) -> None:
    await visit.open(f"{product.url}/f/nothing-here")


async def preferences(visit: Visit, product: Product) -> None:
    await visit.open(f"{product.url}/preferences")


async def preferences_code(visit: Visit, product: Product, address: str | None = None) -> None:
    await preferences(visit, product)
    await visit.page.locator("#address").fill(address or product.somebody())
    await press(visit)


async def choices(visit: Visit, product: Product) -> None:
    address = await asked(product)
    await visit.open(await product.link("confirm", address))
    await press(visit)
    await preferences_code(visit, product, address)
    await visit.page.locator("#code").fill(await product.code(address, seen=1))
    await press(visit)


async def choices_changed(visit: Visit, product: Product) -> None:
    await choices(visit, product)
    await visit.page.locator("input[type=checkbox]").first.check()
    await press(visit)


async def choices_by_link(visit: Visit, product: Product) -> None:
    await visit.open(await product.link("preferences", await asked(product)))


async def press(visit: Visit, where: str = "main") -> None:
    """The first button there is."""
    visit.asked.clear()
    visit.answered.clear()
    async with visit.page.expect_navigation():
        await visit.page.locator(f"{where} button[type=submit]").first.click()


WAYS: dict[str, Way] = {
    way.__name__: way
    for way in (
        unsubscribe,
        unsubscribed,
        thanks,
        confirm,
        confirm_arabic,
        confirmed,
        nothing,
        unknown,
        sign_up,
        sign_up_mistaken,
        sign_up_code,
        sign_up_wrong_code,
        signed_up,
        sign_up_link,
        sign_up_over,
        no_form,
        preferences,
        preferences_code,
        choices,
        choices_changed,
        choices_by_link,
    )
}
