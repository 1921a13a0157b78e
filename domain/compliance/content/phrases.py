"""Tables of phrases as one pattern: a tree of letters, so that hundreds of phrases cost about as much as one.

Phrases are separated by commas and written as people write them; accents and case do not matter, and an umlaut may be
spelled out. `*` at the end of a word takes any ending, `_` is any one word, `%` a percentage, `#` that or an amount of money.
"""

import re
from collections.abc import Iterable

from domain.compliance.replies.words import fold

_CURRENCY = "(?:usd|eur|euros?|dollars?|bucks|gbp|chf)"
_PER_CENT = r"(?:%|per ?cent\b|prozent\b|por ciento\b|pour cent\b)"
_AMOUNT = rf"(?:(?:[$€£]|{_CURRENCY} ?)\d[\d.,]*|\d[\d.,]* ?(?:{_PER_CENT}|[$€£]|{_CURRENCY}\b))"
_ATOMS = {" ": r"[ -]{1,2}", "*": r"\w*", "_": r"\S+", "%": rf"\d[\d.,]* ?{_PER_CENT}", "#": _AMOUNT}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_END = ""
_Tree = dict[str, "_Tree"]


def any_of(*tables: str) -> re.Pattern[str]:
    """Finds each phrase as whole words in folded text."""
    tree: _Tree = {}
    for phrase in _phrases(tables):
        node = tree
        for letter in phrase:
            node = node.setdefault(_ATOMS.get(letter) or re.escape(letter), {})
        node[_END] = {}
    return re.compile(rf"(?<!\w){_written(tree)}(?!\w)")


def _phrases(tables: Iterable[str]) -> Iterable[str]:
    for table in tables:
        for entry in table.split(","):
            phrase = " ".join(entry.split())
            yield fold(phrase)
            yield fold(phrase.lower().translate(_UMLAUTS))


def _written(tree: _Tree) -> str:
    branches = [letter + (_written(after) if set(after) != {_END} else "") for letter, after in tree.items() if letter]
    if _END in tree:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
