"""Every page a person may meet, and how one comes to it."""

from collections.abc import Awaitable, Callable

from tests.e2e.browser import Visit
from tests.e2e.product import Product

Way = Callable[[Visit, Product], Awaitable[None]]
PAT = "pat@example.com"


async def unsubscribe(visit: Visit, product: Product) -> None:
    await product.record(PAT)
    await visit.open(await product.link("unsubscribe", PAT))


async def unsubscribed(visit: Visit, product: Product) -> None:
    await unsubscribe(visit, product)
    await press(visit)


async def confirm(visit: Visit, product: Product) -> None:
    await product.record(PAT)
    await visit.open(await product.link("confirm", PAT))


async def confirm_arabic(visit: Visit, product: Product) -> None:
    await product.record("kim@example.com", locale="ar-EG")
    await visit.open(await product.link("confirm", "kim@example.com"))


async def confirmed(visit: Visit, product: Product) -> None:
    await confirm(visit, product)
    await press(visit)


async def nothing(visit: Visit, product: Product) -> None:
    await unsubscribed(visit, product)
    await visit.open(await product.link("confirm", PAT))
    await press(visit)


async def unknown(visit: Visit, product: Product) -> None:
    await visit.open(f"{product.url}/u/broken")


async def trouble(visit: Visit, product: Product) -> None:
    await visit.open(f"{product.url}/c/" + "A" * 88 + "?lang=%00")


async def press(visit: Visit) -> None:
    """The one button there is."""
    visit.asked.clear()
    visit.answered.clear()
    async with visit.page.expect_navigation():
        await visit.page.locator("main button[type=submit]").first.click()


WAYS: dict[str, Way] = {
    way.__name__: way for way in (unsubscribe, unsubscribed, confirm, confirm_arabic, confirmed, nothing, unknown)
}
