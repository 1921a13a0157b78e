"""Keeps the catalogues of the pages' words in step with the templates and code: `make texts`.

Prints what still waits for a translation, and ends with 1 if anything does.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from adapters.inbound.forms.texts import CATALOGUES

FOLDER = CATALOGUES.parent
_METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
_OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_KEYWORDS = {"say": None, "say_many": (1, 2), "phrase": None}


def used() -> Catalog:
    """Every text the templates and the code say."""
    catalogue = Catalog(charset="utf-8")
    found = extract_from_dir(FOLDER, _METHODS, _OPTIONS, _KEYWORDS, comment_tags=("For translators:",))
    for file, _, text, comments, context in found:
        catalogue.add(text, locations=[(file, 0)], auto_comments=comments, context=context)
    return catalogue


def kept(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def brought_up_to_date(path: Path) -> Catalog:
    catalogue = kept(path)
    catalogue.update(used(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The same texts give the same file, whoever writes it and when."""
    file = BytesIO()
    write_po(file, catalogue, width=110, sort_output=True, no_location=True, omit_header=True)
    header = _HEADER.format(language=catalogue.locale, plurals=catalogue.plural_forms)
    return header.encode() + file.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    return [
        str(message.id)
        for message in catalogue
        if message.id and not (all(message.string) if message.pluralizable else message.string)
    ]


def main() -> int:
    waiting: list[str] = []
    for path in sorted(CATALOGUES.glob("*.po")):
        catalogue = brought_up_to_date(path)
        path.write_bytes(written(catalogue))
        waiting += [f"{path.name}: {text}\n" for text in untranslated(catalogue)]
    sys.stdout.writelines(waiting)
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
