"""What holds for every page: small, without script or cookie, closed to other sites, and readable by everybody."""

import re
from html.parser import HTMLParser

import pytest

PAGES = {
    "stop": ("unsubscribe", "GET", {}),
    "stopped": ("unsubscribe", "POST", {}),
    "yes": ("confirm", "GET", {}),
    "yes, read again": ("confirm", "POST", {}),
    "broken link": (None, "GET", {}),
}


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def of(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(params=PAGES)
async def page(request, place):
    kind, method, fields = PAGES[request.param]
    await place.record("requested")
    return await place.web.request(method, await place.link(kind) if kind else "/u/x", data=fields)


@pytest.fixture
def elements(page):
    parser = Elements()
    parser.feed(page.text)
    return parser


async def test_nothing_of_a_page_is_kept_or_told_to_others(page):
    assert page.headers.get_list("cache-control") == ["no-store"]
    assert page.headers.get_list("referrer-policy") == ["no-referrer"]
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert "set-cookie" not in page.headers


async def test_a_page_loads_what_is_served_here_and_nothing_else(page, elements):
    (policy,) = page.headers.get_list("content-security-policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert {tag for tag, _ in elements.found}.isdisjoint({"script", "style", "iframe", "img", "object"})
    assert not [name for _, attributes in elements.found for name in attributes if name == "style" or name[:2] == "on"]


async def test_a_page_with_its_style_is_small(page, place, elements):
    (style,) = [link for link in elements.of("link") if link["rel"] == "stylesheet"]
    css = await place.web.get(style["href"] or "")
    assert (css.status_code, css.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in css.headers["cache-control"]
    assert len(page.content) + len(css.content) < 50_000


async def test_a_screen_reader_finds_its_way(elements):
    assert elements.of("html") == [{"lang": "en", "dir": "ltr"}]
    assert len(elements.of("main")) == len(elements.of("h1")) == len(elements.of("title")) == 1
    assert all(attributes.get("type") == "submit" for attributes in elements.of("button"))
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in elements.of("meta")


def luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


async def test_every_text_stands_out_from_its_ground_by_day_and_by_night(place):
    css = (await place.web.get("/pages/page.css")).text
    light, dark = (
        dict(re.findall(r"--([\w-]+): #(\w+);", block))
        for block in re.findall(r":root \{(\s+color-scheme.*?|\s+--ground.*?)\}", css, re.DOTALL)
    )
    for colours in (light, {**light, **dark}):
        for ink in ("ink", "quiet", "bad", "good", "warn"):
            for ground in ("paper", "ground", "tint"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
        for edge in ("edge", "accent"):
            assert contrast(colours[edge], colours["paper"]) >= 3, edge
