"""Whoever somebody is, and whatever they look with: every page can be read and used."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest

from tests.e2e.browser import DESK, NARROW, PHONE
from tests.e2e.journeys import JOURNEYS

pytestmark = pytest.mark.anyio


@pytest.fixture(params=JOURNEYS)
def journey(request):
    return JOURNEYS[request.param]


@asynccontextmanager
async def travelled(journey, visit, product) -> AsyncIterator[AsyncIterator[str]]:
    """The pages of a journey, each when it is there."""

    async def pages():
        async for name in steps:
            await visit.page.wait_for_load_state("load")
            visit.name = name
            yield name

    async with aclosing(journey(visit, product)) as steps, aclosing(pages()) as there:
        yield there


async def test_everybody_can_read_and_use_every_page_and_without_script_it_says_the_same(chromium, product, journey):
    wrong, shapes = {}, {}
    async with chromium.visit() as visit, travelled(journey, visit, product) as pages:
        async for name in pages:
            shapes[name] = await _shape(visit)
            for check in CHECKS:
                if found := await check(visit):
                    wrong[f"{name}: {check.__name__}"] = found
            await as_at_first(visit)
            visit.said.clear()
    assert wrong == {}
    async with chromium.visit(script=False) as visit, travelled(journey, visit, product) as pages:
        assert {name: await _shape(visit) async for name in pages} == shapes


async def as_at_first(visit):
    await visit.page.emulate_media(media="screen", color_scheme="light", forced_colors="none", reduced_motion="null")
    await visit.resize(*PHONE)


async def asks_others_keeps_something_or_breaks_a_policy(visit):
    # The browser says there what our policy forbade, and every mistake of a script; and that an answer is no 200.
    said = [line for line in visit.said if "the server responded with a status of 4" not in line]
    return visit.elsewhere() + said + await visit.page.context.cookies()


async def weighs_too_much(visit):
    weight = await visit.weight()
    return [] if 0 < weight < 50_000 else [weight]


async def is_wrong_on_a_phone(visit):
    await as_at_first(visit)
    await visit.picture("390-light")
    return await visit.violations() + await visit.small_targets()


async def is_wrong_in_the_dark(visit):
    await visit.page.emulate_media(color_scheme="dark")
    await visit.picture("390-dark")
    return await visit.violations()


async def is_wrong_at_a_desk(visit):
    await as_at_first(visit)
    await visit.resize(*DESK)
    await visit.picture("1280-light")
    found = await visit.violations()
    await visit.page.emulate_media(color_scheme="dark")
    await visit.picture("1280-dark")
    return found


async def is_wrong_in_colours_somebody_chose_themselves(visit):
    await as_at_first(visit)
    await visit.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    await visit.picture("390-forced")
    return await visit.violations()


async def loses_something_at_twice_the_size(visit):
    await as_at_first(visit)
    await visit.resize(640, 512)
    before = await visit.page.inner_text("main")
    await visit.zoom(2)
    lost = [] if await visit.page.inner_text("main") == before else [before]
    return lost + await too_wide(visit)


async def does_not_run_from_right_to_left(visit):
    """As in a language that does, for none of ours does yet."""
    found = []
    for size in (NARROW, DESK):
        await visit.resize(*size)
        begins = [await _begins_at(visit)]
        await visit.page.evaluate("document.documentElement.dir = 'rtl'")
        begins.append(await _begins_at(visit))
        found += [] if begins == ["left", "right"] else [f"{size} begins {begins}"]
        found += await too_wide(visit)
        await visit.picture(f"{size[0]}-rtl")
        await visit.page.evaluate("document.documentElement.dir = 'ltr'")
    return found


async def does_not_fit_on_paper(visit):
    await as_at_first(visit)
    await visit.page.emulate_media(media="print")
    return await too_wide(visit)


async def too_wide(visit):
    wider = await visit.overflow()
    return [f"{wider} px too wide"] if wider else []


CHECKS = (
    asks_others_keeps_something_or_breaks_a_policy,
    weighs_too_much,
    is_wrong_on_a_phone,
    is_wrong_in_the_dark,
    is_wrong_at_a_desk,
    is_wrong_in_colours_somebody_chose_themselves,
    loses_something_at_twice_the_size,
    does_not_run_from_right_to_left,
    does_not_fit_on_paper,
)


async def test_it_speaks_the_language_of_the_browser_and_fits_a_small_phone(chromium, product, journey):
    await asyncio.gather(*(_spoken(chromium, product, journey, language) for language in ("es", "fr", "de")))


async def _spoken(chromium, product, journey, language):
    async with chromium.visit(NARROW, language=language) as visit, travelled(journey, visit, product) as pages:
        async for name in pages:
            assert await visit.page.get_attribute("html", "lang") == language, name
            assert await visit.overflow() == 0, name
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
