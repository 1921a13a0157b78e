"""Whoever somebody is, and whatever they look with: every page can be read and used."""

import pytest

from tests.e2e.browser import DESK, NARROW, PHONE
from tests.e2e.pages import WAYS

pytestmark = pytest.mark.anyio

LANGUAGES = ("en", "es", "fr", "de")


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_wrong(chromium, product, way, scheme):
    async with chromium.visit(color_scheme=scheme) as visit:
        await way(visit, product)
        assert await visit.violations() == []
        assert await visit.small_targets() == []
        await visit.picture(f"{way.__name__}-{scheme}-390")
        await visit.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        assert await visit.violations() == []
        await visit.picture(f"{way.__name__}-{scheme}-1280")


async def test_it_is_small_and_asks_nothing_of_anybody_else(chromium, product, way):
    async with chromium.visit() as visit:
        await way(visit, product)
        await visit.page.wait_for_load_state("networkidle")
        assert 0 < await visit.weight() < 50_000
        assert visit.elsewhere() == []
        # A browser says there what our policy forbade it.
        assert [line for line in visit.said if "status of 4" not in line] == []
        assert await visit.page.context.cookies() == []


async def test_it_reads_the_same_without_script(chromium, product, way):
    async with chromium.visit() as with_script, chromium.visit(script=False) as without:
        await way(with_script, product)
        await way(without, product)
        assert await without.page.inner_text("main") == await with_script.page.inner_text("main")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_speaks_the_language_of_the_browser_and_fits_a_small_phone(chromium, product, way, language):
    async with chromium.visit(NARROW, language=language) as visit:
        await way(visit, product)
        assert await visit.page.get_attribute("html", "lang") == language
        assert await visit.overflow() == 0
        assert await visit.violations() == []
        await visit.page.emulate_media(media="print")
        assert await visit.overflow() == 0


async def test_at_twice_the_size_nothing_is_lost(chromium, product, way):
    async with chromium.visit((640, 512)) as visit:
        await way(visit, product)
        before = await visit.page.inner_text("main")
        await visit.zoom(2)
        assert await visit.page.inner_text("main") == before
        assert await visit.overflow() == 0


@pytest.mark.parametrize("size", [NARROW, DESK])
async def test_it_runs_from_right_to_left(chromium, product, way, size):
    """As in a language that does, for none of ours does yet."""
    async with chromium.visit(size) as visit:
        await way(visit, product)
        assert await _begins_at(visit) == "left"
        await visit.page.evaluate("document.documentElement.dir = 'rtl'")
        assert await _begins_at(visit) == "right"
        assert await visit.overflow() == 0
        assert await visit.violations() == []
        await visit.picture(f"{way.__name__}-rtl-{size[0]}")


async def test_colours_that_somebody_set_themselves_are_kept(chromium, product, way):
    async with chromium.visit(PHONE, forced_colors="active", reduced_motion="reduce") as visit:
        await way(visit, product)
        assert await visit.violations() == []
        await visit.picture(f"{way.__name__}-forced-390")


async def _begins_at(visit):
    """The side of the page the heading's text begins at."""
    return await visit.page.evaluate(
        """() => {
            const heading = document.querySelector('h1');
            const range = document.createRange();
            range.selectNodeContents(heading);
            const [text, box] = [range.getClientRects()[0], heading.getBoundingClientRect()];
            return text.left - box.left < box.right - text.right ? 'left' : 'right';
        }"""
    )
