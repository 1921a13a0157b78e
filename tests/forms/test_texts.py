"""Every word of the pages is there in every language."""

import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog

from adapters.inbound.forms.texts import CATALOGUES, LANGUAGES, chosen
from tools.texts import brought_up_to_date, kept, untranslated, used, written

PATHS = sorted(CATALOGUES.glob("*.po"))


def places(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def strings(message):
    return message.string if message.pluralizable else (message.string,)


def source(message):
    """Of two forms the one that says the number."""
    return message.id[1] if message.pluralizable else message.id


def test_the_pages_speak_english_spanish_french_and_german():
    assert list(LANGUAGES) == ["en", "de", "es", "fr"]
    assert [texts.name for texts in LANGUAGES.values()] == ["English", "Deutsch", "Español", "Français"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_catalogue_holds_what_the_pages_say_and_nothing_else(path):
    """`make texts` writes it so."""
    assert written(brought_up_to_date(path)) == path.read_bytes()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_catalogue_is_complete_and_nothing_in_it_is_a_guess(path):
    catalogue = kept(path)
    assert untranslated(catalogue) == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_translation_has_the_same_places_to_fill(path):
    for message in kept(path):
        for string in strings(message) if message.id else ():
            allowed = [places(source(message)), *([places(message.id[0])] if message.pluralizable else [])]
            assert places(string) in allowed, message.id


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_translation_holds_no_markup_and_ends_as_its_source_does(path):
    for message in kept(path):
        for string in strings(message) if message.id else ():
            assert not re.search(r"[<>]|&\w+;", string), message.id
            assert string == string.strip()
            assert (string[-1] in ".!?:") == (source(message)[-1] in ".!?:"), message.id


def test_a_text_nobody_translated_is_noticed():
    catalogue = Catalog(locale="de")
    catalogue.add("Hello {name}")
    catalogue.add(("one day", "{count} days"), ("ein Tag", ""))
    assert untranslated(catalogue) == ["Hello {name}", "('one day', '{count} days')"]


def test_the_templates_are_read():
    assert "Stop these messages?" in used()


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("es", "de", "es"),
        ("tlh", "de", "de"),
        (None, None, "en"),
        (None, "fr-CA, en;q=0.8", "fr"),
        (None, "en;q=0.2, de-AT;q=0.9", "de"),
        (None, "ja, *;q=0.5", "en"),
        (None, "de;q=0, es", "es"),
        (None, "de;q=high, es;q=0.1", "es"),
        (None, ";;;,,,q=1,", "en"),
        ("../../etc/passwd", "x" * 10_000, "en"),
        (None, "ja," * 20 + "de", "en"),
    ],
)
def test_a_page_speaks_the_language_asked_for_or_else_the_best_the_browser_names(asked, accepted, language):
    assert chosen(asked, accepted) == language
