"""The words of the pages: English where they are used, the other languages in gettext catalogues beside this file.

In a template `say("…")`, in Python `phrase("…")` around a text that a template says later. Values stand in braces:
`say("Hello {name}", name=…)`. `make texts` brings the catalogues up to date; a test tells when that was forgotten.
"""

import gettext
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parent / "catalogues"
SOURCE = "en"
_MOST_ASKED = 20


def phrase(text: str) -> str:
    """Marks a text for the catalogues; it is said, in the person's language, where it is shown."""
    return text


class Texts:
    """One language: what is said in it, and which way it runs."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        locale = Locale.parse(language)
        self.language = language
        self.name = (locale.get_display_name(language) or language).capitalize()
        self.direction = locale.text_direction
        self._translations = translations

    def say(self, text: str, **values: object) -> str:
        """A plain text, whatever it is filled with: the template it stands in escapes it."""
        return self._translations.gettext(text).format(**values)

    def say_many(self, one: str, many: str, count: int, **values: object) -> str:
        return self._translations.ngettext(one, many, count).format(count=count, **values)


def _read(path: Path) -> gettext.NullTranslations:
    """Compiled where it is read: what is translated cannot differ from what was compiled last."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


LANGUAGES: Mapping[str, Texts] = {
    SOURCE: Texts(SOURCE, gettext.NullTranslations()),
    **{path.stem: Texts(path.stem, _read(path)) for path in sorted(CATALOGUES.glob("*.po"))},
}


def chosen(asked: str | None, accepted: str | None) -> str:
    """The language asked for in the address of a page, else the best of `Accept-Language` (RFC 9110 §12.5.4)."""
    for tag in (asked or "", *_by_preference(accepted or "")):
        language = tag.strip().split("-")[0].lower()
        if language in LANGUAGES:
            return language
    return SOURCE


def _by_preference(accepted: str) -> list[str]:
    weighed: list[tuple[float, str]] = []
    for part in accepted.split(",")[:_MOST_ASKED]:
        tag, _, parameter = part.partition(";")
        name, _, value = parameter.strip().partition("=")
        try:
            weight = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            continue
        if weight > 0:
            weighed.append((weight, tag))
    return [tag for _, tag in sorted(weighed, key=lambda one: -one[0])]
