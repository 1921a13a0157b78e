"""Whoever somebody is, and whatever they look with: every page can be read and used."""

import pytest

from tests.e2e.browser import DESK, NARROW
from tests.e2e.pages import WAYS

pytestmark = pytest.mark.anyio


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


async def test_axe_finds_nothing_wrong_by_day_by_night_in_own_colours_and_at_a_desk(chromium, product, way):
    async with chromium.visit() as visit:
        await way(visit, product)
        name = way.__name__
        assert await visit.violations() == []
        assert await visit.small_targets() == []
        await visit.picture(f"{name}-390")
        await visit.page.emulate_media(color_scheme="dark")
        assert await visit.violations() == []
        await visit.picture(f"{name}-390-dark")
        await visit.page.emulate_media(color_scheme="light", forced_colors="active", reduced_motion="reduce")
        assert await visit.violations() == []
        await visit.picture(f"{name}-390-forced")
        await visit.page.emulate_media(forced_colors="none")
        await visit.resize(*DESK)
        assert await visit.violations() == []
        await visit.picture(f"{name}-1280")
        await visit.page.emulate_media(color_scheme="dark")
        await visit.picture(f"{name}-1280-dark")


async def test_it_is_small_asks_nothing_of_anybody_else_and_keeps_nothing(chromium, product, way):
    async with chromium.visit() as visit:
        await way(visit, product)
        await visit.page.wait_for_load_state("load")
        assert 0 < await visit.weight() < 50_000
        assert visit.elsewhere() == []
        # The browser says there what our policy forbade, and every mistake of a script; and that an answer is no 200.
        assert [line for line in visit.said if "the server responded with a status of 4" not in line] == []
        assert await visit.page.context.cookies() == []


async def test_without_script_it_says_the_same(chromium, product, way):
    async with chromium.visit() as with_script, chromium.visit(script=False) as without:
        await way(with_script, product)
        await way(without, product)
        assert await _shape(without) == await _shape(with_script)


@pytest.mark.parametrize("language", ["es", "fr", "de"])
async def test_it_speaks_the_language_of_the_browser_and_fits_a_small_phone(chromium, product, way, language):
    async with chromium.visit(NARROW, language=language) as visit:
        await way(visit, product)
        assert await visit.page.get_attribute("html", "lang") == language
        assert await visit.overflow() == 0
        await visit.picture(f"{way.__name__}-320-{language}")


async def test_at_twice_the_size_from_right_to_left_and_on_paper_nothing_is_lost(chromium, product, way):
    async with chromium.visit((640, 512)) as visit:
        await way(visit, product)
        before = await visit.page.inner_text("main")
        await visit.zoom(2)
        assert await visit.page.inner_text("main") == before
        assert await visit.overflow() == 0
        for size in (NARROW, DESK):
            await visit.resize(*size)
            assert await _begins_at(visit) == "left"
            # As in a language that runs that way, for none of ours does yet.
            await visit.page.evaluate("document.documentElement.dir = 'rtl'")
            assert await _begins_at(visit) == "right"
            assert await visit.overflow() == 0
            await visit.picture(f"{way.__name__}-{size[0]}-rtl")
            await visit.page.evaluate("document.documentElement.dir = 'ltr'")
        await visit.page.emulate_media(media="print")
        assert await visit.overflow() == 0


async def _shape(visit):
    """What there is on the page, but for what differs from one person to another."""
    return await visit.page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter(one => !one.matches('option'))
            .map(one => [one.tagName, one.className, one.id, one.getAttribute('name')].join(' '))"""
    )


async def _begins_at(visit):
    """The side of the page the heading's text begins at."""
    return await visit.page.evaluate(
        """() => {
            const heading = document.querySelector('h1');
            const range = document.createRange();
            range.selectNodeContents(heading);
            const [text, box] = [range.getBoundingClientRect(), heading.getBoundingClientRect()];
            return text.left - box.left < box.right - text.right ? 'left' : 'right';
        }"""
    )
