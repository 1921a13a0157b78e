"""Colours a page can be read in, or a refusal that says which ones can."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.inbound.forms.pages import style
from domain.branding import branding as made
from domain.branding.branding import Branding, BrandingUnusable, branding
from domain.branding.colours import Unreadable, contrast, parse_colour, standing_out

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def refused(**given):
    with pytest.raises(BrandingUnusable) as refusal:
        branding(**given)
    return {problem.field: problem.message for problem in refusal.value.problems}


@pytest.mark.parametrize("text", ["#1A56A8", "1a56a8", " #1a56a8 "])
def test_a_colour_may_be_written_in_several_ways(text):
    assert parse_colour(text) == "#1a56a8"


def test_short_colours_are_colours():
    assert parse_colour("#15a") == "#1155aa"


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345", "#1234567", "#ggg", "url(x)", "#fff;}", "#fff\n}"])
def test_what_is_no_colour_never_reaches_a_style_sheet(text):
    with pytest.raises(Unreadable):
        parse_colour(text)


def test_contrast_is_counted_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)
    assert contrast("#123456", "#123456") == 1


def test_without_a_wish_the_pages_look_as_they_do():
    assert branding() == Branding()


def test_what_goes_with_an_accent_is_chosen():
    assert branding(accent="#14508c").on_accent == "#ffffff"
    assert branding(accent="#3f9142").on_accent == "#000000"
    night = branding(accent="#14508c")
    assert contrast(night.accent_dark, made.DARK_PAPER) >= 4.5
    assert contrast(night.on_accent_dark, night.accent_dark) >= 4.5


def test_a_refusal_names_the_field_the_contrast_reached_and_a_colour_that_works():
    told = refused(accent="#ffd500")
    assert list(told) == ["accent"]
    assert "has a contrast of 1.42:1 and needs 3:1" in told["accent"]
    (better,) = re.findall(r"Use (#\w{6})", told["accent"])
    assert branding(accent=better).accent == better


def test_a_text_that_is_too_faint_is_refused():
    told = refused(accent="#1a56a8", on_accent="#7aa7e0")
    assert list(told) == ["on_accent"]
    assert "needs 4.5:1. Use #" in told["on_accent"]
    assert list(refused(accent_dark="#8ebcf5", on_accent_dark="#ffffff")) == ["on_accent_dark"]


def test_a_background_the_text_cannot_be_read_on_is_refused():
    told = refused(background="#999999")
    (better,) = re.findall(r"such as (#\w{6})", told["background"])
    assert branding(background=better).background == better


def test_dark_buttons_are_refused_in_the_dark():
    assert list(refused(accent_dark="#1a202a")) == ["accent_dark"]


def test_everything_that_is_wrong_is_told_at_once():
    assert list(refused(accent="#fff", background="#000", accent_dark="#000")) == [
        "accent",
        "accent_dark",
        "background",
    ]
    assert list(refused(accent="blue", background="grey")) == ["accent", "background"]


@given(accent=COLOURS)
def test_whatever_is_accepted_can_be_read(accent):
    try:
        look = branding(accent=accent)
    except BrandingUnusable:
        assert contrast(accent, made.PAPER) < 3
        return
    assert contrast(look.on_accent, look.accent) >= 4.5
    assert contrast(look.accent, made.PAPER) >= 3
    assert contrast(look.on_accent_dark, look.accent_dark) >= 4.5
    assert contrast(look.accent_dark, made.DARK_PAPER) >= 3


@given(colour=COLOURS, ground=COLOURS, ratio=st.sampled_from([3.0, 4.5]))
def test_a_better_colour_is_found_where_there_is_one(colour, ground, ratio):
    better = standing_out(colour, ground, ratio)
    best = max(contrast("#000000", ground), contrast("#ffffff", ground))
    assert contrast(better, ground) >= min(ratio, best - 0.5)


def test_what_looks_different_has_another_address():
    assert branding().version != branding(background="#fff").version
    assert (
        branding().version
        == branding(accent=made.ACCENT, on_accent=made.ON_ACCENT, accent_dark=made.DARK_ACCENT).version
    )


@pytest.mark.anyio
async def test_the_colours_counted_with_are_those_of_the_style_sheet():
    css = (await style.fn()).content.decode()
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w+);", block))
        for block in re.findall(r":root \{(\s+color-scheme.*?|\s+--ground.*?)\}", css, re.DOTALL)
    )
    assert [parse_colour(light[name]) for name in ("paper", "ink", "quiet", "ground", "accent", "on-accent")] == [
        made.PAPER,
        made.INK,
        made.QUIET,
        made.GROUND,
        made.ACCENT,
        made.ON_ACCENT,
    ]
    assert [dark[name] for name in ("paper", "accent", "on-accent")] == [
        made.DARK_PAPER,
        made.DARK_ACCENT,
        made.DARK_ON_ACCENT,
    ]
