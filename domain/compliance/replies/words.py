"""From what was typed to plain words: no case, no accents, no emoji, no stretched letters, one way to write an apostrophe."""

import re
import unicodedata

from msgspec import Struct

LONGEST_READ = 4_000  # characters; whoever means stop says so earlier

_APOSTROPHES = str.maketrans("’‘`´ʼ＇", "''''''")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f\ufeff]")
_TOKEN = re.compile(r"[^\W_]+(?:['*]+[^\W_]+)*|[.!?;:,()\u2026\u2014\u2013|]|(?<=\s)-+(?=\s)")
_CONTRACTION = re.compile(r"'(?=(?:[tsmdn]|re|ve|ll|en)(?![^\W_']))")
_LATIN_DOTLESS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "œ": "oe", "æ": "ae"})
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_SPELLED = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .*_-]{1,2}){2,}[^\W\d_](?![^\W_])")
_NOT_LETTERS = re.compile(r"[ .*_-]+")
_LEET = str.maketrans("013457$@", "oieastsa")
_NUMBER_SIGN = re.compile(r"#(?!\w)")
_MIXED = re.compile(r"[^\W\d_]+|\d+")
_UMLAUT = re.compile("[äöü]")

BREAK, QUESTION = "|", "?"
_WRAP_WIDTH = 50


class Words(Struct, frozen=True):
    """`tokens` keeps clause breaks as `|` and question marks as `?`; `flat` is the words alone, one space between."""

    tokens: tuple[str, ...]
    flat: str
    asks: bool
    stop_signs: bool


STOP_SIGNS = frozenset("🛑✋🚫⛔🖐🤚🙅🖕👎📵🔕⏹")


def fold(text: str) -> str:
    """NFKC, case-folded, without accents and invisible characters."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_APOSTROPHES).casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_LATIN_DOTLESS))
    return "".join([char for char in decomposed if not unicodedata.combining(char)])


def spellings(phrase: str) -> tuple[str, ...]:
    """How one entry of a table may be typed: folded, and with ae, oe, ue for umlauts."""
    plain = plain_words(phrase)
    if not _UMLAUT.search(phrase):
        return (plain,)
    spelled_out = phrase.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return (plain, plain_words(spelled_out))


def plain_words(phrase: str) -> str:
    return read_words(phrase).flat


def read_words(text: str) -> Words:
    text = text[:LONGEST_READ]
    folded = fold(text)
    if "\n" in folded:
        folded = _unwrap(folded)
    folded = _STRETCHED.sub(r"\1", folded)
    folded = _SPELLED.sub(_join_spelled, folded)
    if "#" in folded:
        folded = _NUMBER_SIGN.sub(" number ", folded)
    if "'" in folded:
        folded = _CONTRACTION.sub("", folded)
    tokens: list[str] = []
    asks = False
    for found in _TOKEN.findall(folded):
        if found[0].isalnum():
            _add_word(tokens, found)
        elif found == QUESTION:
            asks = True
            tokens.append(QUESTION)
        else:
            tokens.append(BREAK)
    flat = " ".join([token for token in tokens if token not in (BREAK, QUESTION)])
    signs = not text.isascii() and any(char in STOP_SIGNS for char in text)
    return Words(tuple(tokens), flat, asks, signs)


def _add_word(tokens: list[str], word: str) -> None:
    if word.isalpha() or word.isdigit():
        tokens.append(word)
    elif "'" in word or "*" in word:
        tokens.extend(part for part in word.replace("*", "").split("'") if part)
    elif (plain := word.translate(_LEET)).isalpha() and not word[0].isdigit():
        tokens.append(plain)
    else:
        tokens.extend(_MIXED.findall(word))


def _join_spelled(match: re.Match[str]) -> str:
    return _NOT_LETTERS.sub("", match[0])


def _unwrap(text: str) -> str:
    """A mail program breaks long lines; a person's own short lines are clauses of their own."""
    out: list[str] = []
    for line in text.split("\n"):
        line = line.strip()
        wrapped = bool(out) and len(out[-1]) >= _WRAP_WIDTH and bool(line)
        if wrapped:
            out[-1] = f"{out[-1]} {line}"
        else:
            out.append(line)
    return f" {BREAK} ".join(out)
