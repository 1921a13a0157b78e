"""Spelling: what counts as the same word, which slips are forgiven, and which real words are not mistaken for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.compliance.replies.typos import Typos, distance, slips
from domain.compliance.replies.understanding import Wish, understand
from domain.compliance.replies.words import LONGEST_READ, fold, read_words, spellings

MISTYPED = (
    "STPO, SOTP, stp, stopp, sstop, unsubcribe, unsuscribe, Unsubscibe, usnubscribe, unsubsribe, cancle, cancell, "
    "qiut, reovke, optuot please stop, canselar, desabonement, abmleden, desuscrivir"
)
REAL_WORDS = (
    "shop step top spot atop stoop strop store stuff send spend friend weekend quiet quite suit subscribed cancer "
    "candle shopping stepping remote contract massage canal bajo caja pasta vasta arriver stoffe stopfen parede saia "
    "annuale stap"
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  STOP!!!  ", "stop"),
        ("Opt-Out", "opt out"),
        ("no  más", "no mas"),
        ("\uff33\uff34\uff2f\uff30", "stop"),
        ("s\u200btop", "stop"),
        ("désabonner", "desabonner"),
        ("Größe", "grosse"),
        ("don\u2019t", "dont"),
        ("d\u2019accord", "d accord"),
        ("m'envoyez", "m envoyez"),
        ("y'all", "yall"),
        ("S.T.O.P.", "stop"),
        ("s t o p", "stop"),
        ("stooooop", "stop"),
        ("st0p", "stop"),
        ("stop2end", "stop 2 end"),
        ("f*ck", "fck"),
        ("wrong #", "wrong number"),
        ("order #123", "order 123"),
        ("stop 🛑 now", "stop now"),
        ("🛑", ""),
    ],
)
def test_what_was_typed_becomes_plain_words(typed, words):
    assert read_words(typed).flat == words


def test_umlauts_may_be_spelled_out():
    assert spellings("aufhören") == ("aufhoren", "aufhoeren")
    assert spellings("stop") == ("stop",)


def test_clauses_and_questions_are_kept():
    assert read_words("No, thanks. Why?").tokens == ("no", "|", "thanks", "|", "why", "?")
    assert read_words("ok - stop").tokens == ("ok", "|", "stop")
    assert read_words("why?").asks


def test_a_very_long_reply_is_read_from_its_start():
    assert len(read_words("stop " * LONGEST_READ).spoken) < LONGEST_READ


@given(st.text())
def test_any_text_can_be_read_and_reading_is_repeatable(text):
    assert fold(fold(text)) == fold(text)
    assert understand(read_words(text)) == understand(read_words(text))


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("stop", "stop", 0),
        ("stop", "sotp", 1),
        ("stop", "shop", 1),
        ("unsubscribe", "unsubcsribe", 1),
        ("end", "and", 1),
        ("stop", "spot", 2),
        ("cancel", "cancels it", 3),
        ("unsubscribe", "resubscribe", 2),
    ],
)
def test_a_swap_of_two_letters_is_one_edit(one, other, edits):
    assert distance(one, other, limit=2) == edits
    assert distance(other, one, limit=2) == edits


def test_slips_are_what_a_keyboard_explains():
    made = set(slips("stop"))
    assert {"sotp", "stpo", "tsop", "sstop", "stopp", "stp", "stoop", "dtop", "atop", "stip"} <= made
    assert not {"shop", "spot", "top", "sto", "stp0"} & made


def test_a_real_word_is_never_a_mistake():
    typos = Typos({"stop": "S", "unsubscribe": "U"}, {"atop", "subscribe"})
    assert (typos.mark_of("stpo"), typos.mark_of("unsuscribe"), typos.mark_of("unsbuscrbe")) == ("S", "U", "U")
    assert typos.mark_of("atop") is None
    assert typos.mark_of("subscribe") is None
    assert typos.mark_of("s") is None
    assert typos.mark_of("x" * 500) is None
    assert typos.mark_of("unsub5cribe") is None


@pytest.mark.parametrize("typed", MISTYPED.split(", "))
def test_a_mistyped_opt_out_is_an_opt_out(typed):
    assert understand(read_words(typed)).wish <= Wish.LEAVE


@pytest.mark.parametrize("word", REAL_WORDS.split())
def test_words_that_only_look_like_one_are_not(word):
    assert understand(read_words(word)).wish > Wish.DOUBT
