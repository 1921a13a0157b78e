"""How many SMS a text becomes, against the figures of npm `sms-segments-calculator` 1.3.0 (segments.json)."""

# ruff: noqa: RUF001 - the look-alikes are the subject
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.templates.segments import Encoding, parts, segments

CASES = json.loads((Path(__file__).parent / "segments.json").read_text())
TEXTS = st.text(
    st.one_of(st.sampled_from("aé€^~{}\n\r @£я’😀👍🏽"), st.characters(exclude_categories=["Cs"])), max_size=700
) | st.builds(
    lambda unit, times: unit * times, st.sampled_from(["a", "€", "я", "😀", "a€", "я😀"]), st.integers(0, 400)
)
ROOM = {Encoding.GSM_7: (160, 153), Encoding.UCS_2: (70, 67)}


def units_of(text: str, encoding: Encoding) -> int:
    if encoding is Encoding.UCS_2:
        return len(text.encode("utf-16-be")) // 2
    return sum(2 if character in "\f^{}\\[~]|€" else 1 for character in text)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_text_costs_what_the_carrier_says_it_costs(case):
    found = segments(case["text"])
    assert (found.encoding, found.count, found.units) == (case["encoding"], case["segments"], case["units"])


@given(TEXTS)
def test_no_character_is_lost_between_the_segments(text):
    assert "".join(parts(text)) == text
    assert len(parts(text)) == segments(text).count


@given(TEXTS)
def test_every_segment_fits_and_none_could_have_taken_the_next_character(text):
    found, pieces = segments(text), parts(text)
    alone, joined = ROOM[found.encoding]
    room = alone if len(pieces) == 1 else joined
    assert all(units_of(piece, found.encoding) <= room for piece in pieces)
    assert all(units_of(piece + following[0], found.encoding) > joined for piece, following in pairwise(pieces))
    assert found.remaining == room - units_of(pieces[-1], found.encoding)


@given(TEXTS)
def test_an_emoji_is_never_cut_in_half(text):
    for piece in parts(text):
        piece.encode("utf-16-be", "strict")
    assert sum(len(piece.encode("utf-16-be")) for piece in parts(text)) == len(text.encode("utf-16-be"))


def test_the_characters_that_double_the_price_are_named_once_each():
    found = segments("Don’t miss it, don’t wait – today only")
    assert found.encoding is Encoding.UCS_2
    assert found.offending == ("’", "–")


def test_the_room_left_is_told_while_one_writes():
    assert segments("a" * 150).remaining == 10
    assert segments("a" * 161).remaining == 153 - 8
    assert segments("я" * 60).remaining == 10
