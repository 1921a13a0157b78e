"""Every page a person may meet, and how one comes to it."""

from collections.abc import Awaitable, Callable

from tests.e2e.browser import Visit
from tests.e2e.product import Product

Way = Callable[[Visit, Product], Awaitable[None]]


async def asked(product: Product, **more: str) -> str:
    """Somebody new, who was asked for a yes."""
    address = product.somebody()
    await product.record(address, **more)
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
