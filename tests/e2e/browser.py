"""Debian's Chromium, driven by Playwright: a phone or a desk, with script or without, by day or by night."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Self

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, Request, Response, async_playwright

PICTURES = Path(__file__).parents[2] / "reports" / "pages"
# A picture costs as much as half of what is checked of a page: `make PICTURES=all test` takes the rest of them too.
_ALWAYS = "light" if os.environ.get("PICTURES") != "all" else ""
PHONE, NARROW, DESK = (390, 844), (320, 568), (1280, 800)
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Here the product is on this machine, and the sites that show its forms are not.
    "--disable-features=LocalNetworkAccessChecks",
]
# Everything WCAG 2.2 asks for at levels A and AA, and what axe advises beyond.
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_MOST_TABS = 40


class NoChromium(Exception):
    """The browser the tests drive is not there."""


def chromium() -> str:
    """Raises NoChromium: a test that cannot run has not passed."""
    found = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if found is None:
        raise NoChromium("The pages are tested in a real browser: `make machine` installs it, or apt install chromium.")
    return found


@dataclass(kw_only=True)
class Visit:
    """One tab, and everything it fetched. `name` is what its pictures are called."""

    page: Page
    here: str
    name: str = "page"
    asked: list[Request] = field(default_factory=list)
    answered: list[Response] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def listen(self) -> Self:
        # Playwright marks its listeners, which a method of a list cannot bear.
        self.page.on("request", lambda one: self.asked.append(one))  # noqa: PLW0108
        self.page.on("response", lambda one: self.answered.append(one))  # noqa: PLW0108
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        return self

    async def open(self, url: str) -> Response:
        self.asked.clear()
        self.answered.clear()
        answer = await self.page.goto(url if url.startswith("http") else self.here + url)
        assert answer is not None
        return answer

    async def press(self, name: str) -> None:
        """A button, and what comes of it."""
        self.asked.clear()
        self.answered.clear()
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name=name).click()

    async def picture(self, kind: str) -> None:
        """By day in `reports/pages`; every other way of looking only where all are asked for."""
        if _ALWAYS not in kind:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"{self.name}-{kind}.png", full_page=True)

    async def violations(self) -> list[str]:
        """What axe finds wrong. It is a script itself, and never ends where none may run."""
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(Axe().axe_script)
        found = await self.page.evaluate("async rules => (await axe.run(document, rules)).violations", _RULES)
        return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']]}" for one in found]

    async def weight(self) -> int:
        """Bytes of everything the page is made of, uncompressed."""
        return sum([len(await answer.body()) for answer in self.answered if answer.status == 200 or answer.ok])

    def elsewhere(self) -> list[str]:
        """What was asked of another host."""
        return [one.url for one in self.asked if not one.url.startswith((f"{self.here}/", "data:"))]

    async def overflow(self) -> int:
        """How far the page is wider than the window."""
        wider: int = await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wider

    async def resize(self, width: int, height: int) -> None:
        await self.page.set_viewport_size({"width": width, "height": height})

    async def zoom(self, factor: int) -> None:
        """Larger text and everything with it, as Ctrl + does: the window holds that much less."""
        size = self.page.viewport_size
        assert size is not None
        await self.resize(size["width"] // factor, size["height"] // factor)

    async def tab_to(self, wanted: Locator) -> None:
        """By keyboard alone; what has the focus on the way can be seen to have it."""
        for _ in range(_MOST_TABS):
            if await wanted.evaluate("element => element === document.activeElement"):
                outline = await wanted.evaluate("element => getComputedStyle(element).outlineStyle")
                assert outline != "none", "The focus cannot be seen."
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"The keyboard does not reach {wanted}.")

    async def small_targets(self) -> list[str]:
        """Controls too small to hit (WCAG 2.2, 2.5.8 asks for 24 px), but for links within a text."""
        found: list[str] = await self.page.evaluate(
            """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), summary')]
                .filter(one => one.checkVisibility() && one.tabIndex >= 0)
                .filter(one => !(one.matches('a') && one.closest('p, li, dd')))
                .map(one => [one, one.getBoundingClientRect()])
                .filter(([one, box]) => box.width < 24 || box.height < 24)
                .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
        )
        return found


@dataclass(kw_only=True)
class Chromium:
    browser: Browser
    here: str
    networks: Iterator[int] = field(default_factory=count)

    @asynccontextmanager
    async def visit(
        self, size: tuple[int, int] = PHONE, *, script: bool = True, language: str = "en-US", **more: Any
    ) -> AsyncIterator[Visit]:
        """A new person: no cookie, nothing kept. `more` goes to Playwright, such as `color_scheme="dark"`."""
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
            locale=language,
            # As a proxy tells it: everybody is in a network of their own.
            extra_http_headers={"X-Forwarded-For": f"198.18.{next(self.networks) % 256}.7"},
            **more,
        )
        context.set_default_timeout(20_000)
        try:
            yield Visit(page=await context.new_page(), here=self.here).listen()
        finally:
            await context.close()


@asynccontextmanager
async def running(here: str) -> AsyncIterator[Chromium]:
    """Playwright gives it an empty profile of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=_FLAGS)
        try:
            yield Chromium(browser=browser, here=here)
        finally:
            await browser.close()
