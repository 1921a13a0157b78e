"""From what was typed to plain words: no case, accents, emoji or stretched letters."""

import re
import unicodedata

from msgspec import Struct

LONGEST_READ = 4_000  # characters; whoever means stop says so earlier
BREAK, QUESTION = "|", "?"
STOP_SIGNS = frozenset("🛑✋🚫⛔🖐🤚🙅🖕👎📵🔕⏹")

_EDGES = frozenset({BREAK, QUESTION})
_WRAP_WIDTH = 50  # a line this long was broken by a mail program, not by its writer

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018`\u00b4\u02bc\uff07", "'"))
_NO_ACCENT_BUT = {
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
    "œ": "oe",
    "Œ": "oe",
    "æ": "ae",
    "Æ": "ae",
    "ß": "ss",
}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f\ufeff]")
_TOKEN = re.compile(r"[^\W_]+(?:['*]+[^\W_]+)*|[.!?;:,()\u2026\u2014\u2013|]|(?<=\s)-+(?=\s)")
_CONTRACTION = re.compile(r"'(?=(?:[tsmdn]|re|ve|ll|en|all)(?![^\W_]))")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_SPELLED = re.compile(r"\b(?:[^\W\d_][ .*_-]{1,2}){2,}[^\W\d_]\b")
_BETWEEN_LETTERS = re.compile(r"[ .*_-]+")
_NUMBER_SIGN = re.compile(r"#(?!\w)")
_MIXED = re.compile(r"[^\W\d_]+|\d+")
_LEET = str.maketrans("013457", "oieast")
_UMLAUT = re.compile("[äöü]")


class Words(Struct, frozen=True):
    """`tokens` keeps clause breaks as `|` and question marks as `?`; `spoken` and `flat` are the words alone."""

    tokens: tuple[str, ...]
    spoken: list[str]
    flat: str
    asks: bool
    stop_signs: bool

    @property
    def readable(self) -> bool:
        """False when every word is in another script than Latin."""
        return self.flat.isascii() or any(token.isascii() for token in self.spoken)


def _letters_beneath() -> dict[int, str]:
    table = dict(_NO_ACCENT_BUT)
    for letter in map(chr, range(0xC0, 0x250)):
        beneath = unicodedata.normalize("NFD", letter)[0]
        if beneath.isascii() and beneath.isalpha():
            table.setdefault(letter, beneath)
    return str.maketrans(table)


_PLAIN = _letters_beneath() | _APOSTROPHES


def fold(text: str) -> str:
    """NFKC, case-folded, without accents and invisible characters."""
    if text.isascii() or (text := text.translate(_PLAIN)).isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold().translate(_PLAIN)
    if text.isascii():
        return text
    return "".join([char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)])


def spellings(phrase: str) -> tuple[str, ...]:
    """How one entry of a table may be typed: folded, and with ae, oe, ue for umlauts."""
    plain = read_words(phrase).flat
    if not _UMLAUT.search(phrase):
        return (plain,)
    spelled_out = phrase.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return (plain, read_words(spelled_out).flat)


def read_words(text: str) -> Words:
    text = text[:LONGEST_READ]
    folded = _rejoined(fold(text))
    tokens: list[str] = []
    for found in _TOKEN.findall(folded):
        if found.isalpha():
            tokens.append(found)
        elif found[0].isalnum():
            tokens += _parts(found)
        else:
            tokens.append(QUESTION if found == QUESTION else BREAK)
    spoken = [token for token in tokens if token not in _EDGES]
    signs = not text.isascii() and not STOP_SIGNS.isdisjoint(text)
    return Words(tuple(tokens), spoken, " ".join(spoken), QUESTION in tokens, signs)


def _rejoined(text: str) -> str:
    """`S.T.O.P` and `stoooop` are one word, `don't` is too, and `wrong #` has two."""
    if "\n" in text:
        text = _unwrapped(text)
    if "#" in text:
        text = _NUMBER_SIGN.sub(" number ", text)
    text = _SPELLED.sub(lambda match: _BETWEEN_LETTERS.sub("", match[0]), _STRETCHED.sub(r"\1", text))
    return _CONTRACTION.sub("", text) if "'" in text else text


def _unwrapped(text: str) -> str:
    lines: list[str] = []
    for line in map(str.strip, text.split("\n")):
        if line and lines and len(lines[-1]) >= _WRAP_WIDTH:
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return f" {BREAK} ".join(lines)


def _parts(word: str) -> list[str]:
    """Of what is not letters alone: `st0p` is stop, `stop2end` is three words, `m'envoyez` two."""
    if word.isdigit():
        return [word]
    if "'" in word or "*" in word:
        return [part for part in word.replace("*", "").split("'") if part]
    plain = word.translate(_LEET)
    return [plain] if plain.isalpha() and not word[0].isdigit() else _MIXED.findall(word)
