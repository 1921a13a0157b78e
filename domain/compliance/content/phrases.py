"""Tables of phrases as patterns: a tree of letters, so that hundreds of phrases cost about as much as one.

Phrases are separated by commas and written as people write them; accents and case do not matter, and an umlaut may be
spelled out. `*` at the end of a word takes any ending, `_` is any one word, `%` a percentage, `#` that or an amount of
money. A wording puts tables together: `LEAVE ~60 ONLY` is a phrase of LEAVE and, within sixty characters of the same
sentence, one of ONLY; the rest is a regular expression. All of them read folded text.

Nothing repeats without a limit but the ending of a word: what a text costs to read grows with its length alone.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from msgspec import Struct

_CURRENCY = "(?:usd|eur|euros?|dollars?|bucks|gbp|chf)"
_PER_CENT = r"(?:%|per ?cent\b|prozent\b|por ciento\b|pour cent\b)"
_FIGURES = r"\d[\d.,]{0,12}"
_AMOUNT = rf"(?:(?:[$€£]|{_CURRENCY} ?){_FIGURES}|{_FIGURES} ?(?:{_PER_CENT}|[$€£]|{_CURRENCY}\b))"
_ATOMS = {" ": r"[ -]{1,2}", "*": r"\w*", "_": r"\S{1,40}", "%": rf"{_FIGURES} ?{_PER_CENT}", "#": _AMOUNT}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WORD = re.compile(r"[^\W_]+")
_WHOLE_WORD = re.compile(r"[^\W_]+(?![^\W_]|\*)")
_LITERAL = re.compile(r"[^*_#% -]+")
_TABLE = re.compile(r"[A-Z]{2,}")
_GAP = re.compile(r" ?~(\d+) ?")
_END = ""
# Accents, and characters that show nothing and only part a word from its table.
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f\ufeff]")
_ONE_WAY_TO_WRITE = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u00b4": "'", "`": "'", "\u0153": "oe", "\u0152": "oe", "\u00f8": "o"}
)


def fold(text: str) -> str:
    """Without case, accents, full-width letters and typographer's apostrophes."""
    if text.isascii():
        return text.lower()
    return _UNSEEN.sub("", unicodedata.normalize("NFKD", text.translate(_ONE_WAY_TO_WRITE))).casefold()


def entries(table: str) -> Iterable[str]:
    return (" ".join(entry.split()) for entry in table.split(","))


# In nearly every message: a text is not worth searching because of one of these.
_COMMON = frozenset(entries("your, you, our, the, and, for, from, with, on, to, get, now, order, today, this, more"))
_Tree = dict[str, "_Tree"]


class Text(Struct, frozen=True):
    """Folded words, and each of them once: `known` may be the vocabulary of a longer text these words are part of."""

    words: str
    known: frozenset[str]

    @classmethod
    def of(cls, words: str) -> Self:
        return cls(words, frozenset(_WORD.findall(words)))

    def cut(self, words: str) -> "Text":
        """With some of its words left out."""
        return Text(words, self.known)


@dataclass(frozen=True)
class Wording:
    """`triggers` and `stems`: a text with none of these words cannot match, and is not searched, however long it is."""

    written: str
    triggers: frozenset[str]
    stems: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when the first text is worth searching: most processes read few, and a table costs milliseconds."""
        return re.compile(self.written)

    def search(self, text: Text) -> re.Match[str] | None:
        if not self.triggers.isdisjoint(text.known):
            return self.pattern.search(text.words)
        for stem in self.stems:
            if stem in text.words:
                return self.pattern.search(text.words)
        return None

    def said_in(self, text: Text) -> bool:
        return self.search(text) is not None

    def quoted_from(self, text: Text) -> str | None:
        """The words that match."""
        found = self.search(text)
        return None if found is None else found[0]

    def blanked_in(self, words: str) -> str:
        """Of the same length, so that what is found in the rest stands where it stood."""
        return self.pattern.sub(lambda found: " " * len(found[0]), words)


def any_of(*tables: str) -> Wording:
    return _wording(_group(tables), tables)


def wording(*patterns: str, needs: str, **tables: str) -> Wording:
    """`needs` names the tables of which every pattern has one. Raises ValueError where one has none."""
    needed = needs.split()
    groups = {name: _group([table]) for name, table in tables.items()}
    for pattern in patterns:
        if not set(_TABLE.findall(pattern)) & set(needed):
            raise ValueError(f"{pattern} can match without {needs}")
    written = "|".join(_GAP.sub(r"[^.!?;]{0,\1}", _TABLE.sub(lambda name: groups[name[0]], line)) for line in patterns)
    return _wording(written, [tables[name] for name in needed])


def _wording(written: str, tables: Iterable[str]) -> Wording:
    """The rarest word of a phrase stands for it; where each word has many endings, what they begin with."""
    triggers, stems = set(), set()
    for phrase in _phrases(tables):
        if words := _WHOLE_WORD.findall(phrase):
            triggers.add(max(words, key=lambda word: (word not in _COMMON, len(word))))
        else:
            stems.add(max(_LITERAL.findall(phrase), key=len))
    shortest = tuple(sorted(stem for stem in stems if not any(other in stem for other in stems - {stem})))
    return Wording(written, frozenset(triggers), shortest)


def _phrases(tables: Iterable[str]) -> Iterable[str]:
    for table in tables:
        for phrase in entries(table):
            yield fold(phrase)
            yield fold(phrase.lower().translate(_UMLAUTS))


def _group(tables: Iterable[str]) -> str:
    tree: _Tree = {}
    for phrase in _phrases(tables):
        node = tree
        for letter in phrase:
            node = node.setdefault(_ATOMS.get(letter) or re.escape(letter), {})
        node[_END] = {}
    return rf"(?<!\w){_written(tree)}(?!\w)"


def _written(tree: _Tree) -> str:
    branches = [letter + (_written(after) if set(after) != {_END} else "") for letter, after in tree.items() if letter]
    if _END in tree:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
