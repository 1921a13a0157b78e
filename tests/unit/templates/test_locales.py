import pytest

from domain.errors import Invalid
from domain.templates.locales import choose, parse_locale


@pytest.mark.parametrize(
    ("written", "meant"),
    [("en", "en"), ("EN-us", "en-US"), ("pt_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419")],
)
def test_a_locale_is_written_one_way(written, meant):
    assert parse_locale(written) == meant


@pytest.mark.parametrize("written", ["", "english", "en-", "en-USA", "e", "en-US-x-y", "../en"])
def test_what_is_no_locale_is_refused(written):
    with pytest.raises(Invalid, match="Give the locale as a language"):
        parse_locale(written)


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ("fr-CA", "fr-CA"),
        ("fr_ca", "fr-CA"),
        ("fr-BE", "fr"),
        ("es-MX", "es-ES"),
        ("zh-Hant-TW", "zh-Hant"),
        ("de-DE", "en-US"),
        (None, "en-US"),
        ("nonsense!", "en-US"),
    ],
)
def test_the_exact_locale_wins_then_the_language_then_the_first_written(wanted, chosen):
    assert choose(wanted, ["en-US", "fr-CA", "fr", "es-ES", "zh-Hant"]) == chosen
