"""The tables of words agree with the rules, and patterns mean what they say."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.compliance.replies import Classification, Reply, classify
from domain.compliance.replies.grammar import SHARED
from domain.compliance.replies.understanding import LANGUAGES, PER_SE
from domain.compliance.replies.vocabulary import MARK, Lexicon, Step, compiled, phrases
from domain.compliance.replies.words import read_words
from tests.compliance.written import written

_RULES = written(Path(__file__).parents[2] / "compliance/rules.yaml")["rules"]
TERMS = {rule["id"]: rule["parameters"] for rule in _RULES}
AT = datetime(2026, 11, 23, tzinfo=UTC)
BY_CODE = {language.code: language for language in LANGUAGES}


def read(text: str, **around: object):
    return classify(Reply(text=text, received_at=AT, **around))


def test_the_seven_words_and_their_spellings_are_those_of_the_rule():
    terms = TERMS["US-TCPA-REV-01"]
    assert {read_words(word).flat for word in (*terms["keywords"], *terms["aliases"])} == PER_SE


@pytest.mark.parametrize("code", ["es", "fr", "pt", "de", "it", "nl"])
def test_each_language_has_the_opt_out_words_of_the_rule(code):
    listed = {read_words(word).flat for word in TERMS["SMS-KW-I18N"][code]}
    assert listed == set(phrases(BY_CODE[code].opt_out))


@pytest.mark.parametrize("word", TERMS["SMS-KW-I18N"]["misc"])
def test_words_of_no_language_opt_out_too(word):
    assert read(word).rule == "SMS-KW-I18N"


@pytest.mark.parametrize("word", TERMS["SMS-KW-I18N"]["ambiguous"])
def test_the_ambiguous_words_of_the_rule_suspend(word):
    assert read(word).classification is Classification.SUSPEND_AND_REVIEW


@pytest.mark.parametrize("word", TERMS["CA-CSC-01"]["optout"])
def test_each_canadian_opt_out_word_opts_out_by_the_canadian_rule(word):
    assert read(word, country="CA").rule == "CA-CSC-01"


@pytest.mark.parametrize("word", [*TERMS["CA-CSC-01"]["help"], *TERMS["CTIA-04"]["keywords"]])
def test_each_help_word_is_answered(word):
    assert read(word, country="CA").classification is Classification.HELP


@pytest.mark.parametrize("word", TERMS["PRV-TWILIO-01"]["optout"])
def test_each_opt_out_word_of_the_provider_is_one_of_ours(word):
    reading = read(word, provider="twilio")
    assert reading.classification is Classification.REVOKE
    assert "PRV-TWILIO-01" in reading.also_rules


@pytest.mark.parametrize("word", TERMS["PRV-TWILIO-04"]["network_keywords"])
def test_each_word_of_the_toll_free_network_is_left_to_it(word):
    assert read(word, number_type="toll_free").rule == "PRV-TWILIO-04"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_word_has_one_meaning_in_a_language(language):
    entries = [(entry, tag) for tag, table in language.words.items() for entry in phrases(table)]
    meanings = {entry: {tag for each, tag in entries if each == entry} for entry, _ in entries}
    assert {entry: tags for entry, tags in meanings.items() if len(tags) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_tag_of_a_language_is_one_the_patterns_know(language):
    assert set(language.words) <= set(MARK)
    assert all(compiled(pairs) for pairs in language.patterns.values())


def test_every_mark_is_one_letter_of_its_own():
    assert len(set(MARK.values())) == len(MARK)
    assert all(mark.isalnum() and mark.isascii() for mark in MARK.values())


def line(tags: str) -> str:
    return "".join(MARK.get(tag, tag) for tag in tags.split())


@pytest.mark.parametrize(
    ("pattern", "matches", "does_not"),
    [
        ("STOP ~2 CONTACT", "STOP . DET CONTACT", "STOP . . . CONTACT"),
        ("STOP ~2 CONTACT", "STOP . CONTACT", "STOP ORDER CONTACT"),
        ("STOP ~2 CONTACT", "STOP CONTACT", "STOP | CONTACT"),
        ("STOP ~2 CONTACT", "STOP CONTACT", "STOP AND CONTACT"),
        ("NEG =1 CONTACT", "NEG ME CONTACT", "NEG . CONTACT"),
        ("NEG -1 STOP", "NEG YOU STOP", "NEG DET STOP"),
        ("< STOP", ". | STOP", ". STOP"),
        ("STOP >", "STOP AND", "STOP ."),
        ("CANCEL >>", "CANCEL ?", "CANCEL AND"),
        ("CANCEL MESSAGES|>", "CANCEL", "CANCEL ORDER"),
        ("CANCEL !ORDER", "CANCEL DET", "CANCEL ORDER"),
        ("ME* STOP", "ME ME STOP", "ME ME"),
        ("DET+ STOP", "DET STOP", "STOP"),
        ("STOP ?", "STOP ?", "STOP |"),
        ("WANT", "WANTTO", "NEED"),
        ("BAREWANT", "WANT", "WANTTO"),
    ],
)
def test_a_pattern_reads_as_it_is_written(pattern, matches, does_not):
    expression, meanings = compiled([(pattern, "meaning")])
    assert meanings[expression.search(line(matches)).lastgroup] == "meaning"
    assert expression.search(line(does_not)) is None


def test_what_is_set_aside_ends_a_gap_and_stays_in_its_clause():
    expression, _ = compiled([("NEG ...", "rest")])
    assert re.sub(expression, "_", line("NEG STOP ME | STOP")) == line("_ | STOP")


def test_no_patterns_are_no_expression():
    assert compiled([]) is None


def test_the_longest_phrase_is_taken_and_a_stem_takes_any_ending():
    lexicon = Lexicon({"STOP": "stop", "INERT": "stop by, stop by the way", "CONTACT": "schreib*"})
    assert lexicon.phrase_at(("stop", "by", "the", "way"), 0) == (4, MARK["INERT"])
    assert lexicon.phrase_at(("stop", "by", "now"), 0) == (2, MARK["INERT"])
    assert lexicon.phrase_at(("stop",), 0) is None
    assert lexicon.by_stem("schreibt") == MARK["CONTACT"]
    assert lexicon.by_stem("schre") is None


def test_every_step_has_shared_patterns():
    assert set(SHARED) == set(Step)


@pytest.mark.parametrize(
    ("text", "locale", "language"),
    [("stop", "nl-NL", "en"), ("no gracias", None, "es"), ("cancelar", "pt-BR", "pt"), ("cancelar", "es-MX", "es")],
)
def test_the_locale_settles_only_which_language_a_shared_word_is(text, locale, language):
    assert read(text, locale=locale).language == language
