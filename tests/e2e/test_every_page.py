"""Whoever somebody is, and whatever they look with: every page can be read and used."""

import pytest

from tests.e2e.browser import DESK, NARROW, PHONE
from tests.e2e.pages import WAYS

pytestmark = pytest.mark.anyio
# Tests of one page share a visit, so they go to one process.
EVERY_WAY = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in WAYS]


@pytest.fixture(scope="module", params=EVERY_WAY)
async def seen(request, chromium, product):
    """A page somebody has come to."""
    async with chromium.visit() as visit:
        await WAYS[request.param](visit, product)
        await visit.page.wait_for_load_state("load")
        visit.name = request.param
        yield visit


@pytest.fixture
async def visit(seen):
    """The same page, as at first."""
    await seen.page.emulate_media(media="screen", color_scheme="light", forced_colors="none", reduced_motion="null")
    await seen.resize(*PHONE)
    return seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_wrong_on_a_phone(visit, scheme):
    await visit.page.emulate_media(color_scheme=scheme)
    assert await visit.violations() == []
    assert await visit.small_targets() == []
    await visit.picture(f"390-{scheme}")


async def test_axe_finds_nothing_wrong_at_a_desk(visit):
    await visit.resize(*DESK)
    assert await visit.violations() == []
    await visit.picture("1280-light")
    await visit.page.emulate_media(color_scheme="dark")
    await visit.picture("1280-dark")


async def test_axe_finds_nothing_wrong_in_colours_somebody_chose_themselves(visit):
    await visit.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    assert await visit.violations() == []
    await visit.picture("390-forced")


async def test_it_is_small_asks_nothing_of_anybody_else_and_keeps_nothing(visit):
    assert 0 < await visit.weight() < 50_000
    assert visit.elsewhere() == []
    # The browser says there what our policy forbade, and every mistake of a script; and that an answer is no 200.
    assert [line for line in visit.said if "the server responded with a status of 4" not in line] == []
    assert await visit.page.context.cookies() == []


async def test_at_twice_the_size_nothing_is_lost(visit):
    await visit.resize(640, 512)
    before = await visit.page.inner_text("main")
    await visit.zoom(2)
    assert await visit.page.inner_text("main") == before
    assert await visit.overflow() == 0


@pytest.mark.parametrize("size", [NARROW, DESK])
async def test_it_runs_from_right_to_left_as_well(visit, size):
    """As in a language that does, for none of ours does yet."""
    await visit.resize(*size)
    assert await _begins_at(visit) == "left"
    await visit.page.evaluate("document.documentElement.dir = 'rtl'")
    try:
        assert await _begins_at(visit) == "right"
        assert await visit.overflow() == 0
        await visit.picture(f"{size[0]}-rtl")
    finally:
        await visit.page.evaluate("document.documentElement.dir = 'ltr'")


async def test_it_fits_on_paper(visit):
    await visit.page.emulate_media(media="print")
    assert await visit.overflow() == 0


@pytest.mark.parametrize("name", EVERY_WAY)
async def test_without_script_it_says_the_same(chromium, product, name):
    async with chromium.visit() as with_script, chromium.visit(script=False) as without:
        await WAYS[name](with_script, product)
        await WAYS[name](without, product)
        assert await _shape(without) == await _shape(with_script)


@pytest.mark.parametrize("language", ["es", "fr", "de"])
@pytest.mark.parametrize("name", EVERY_WAY)
async def test_it_speaks_the_language_of_the_browser_and_fits_a_small_phone(chromium, product, name, language):
    async with chromium.visit(NARROW, language=language) as visit:
        await WAYS[name](visit, product)
        visit.name = name
        assert await visit.page.get_attribute("html", "lang") == language
        assert await visit.overflow() == 0
        await visit.picture(f"320-{language}")


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
