"""How a language is written down as tables, and how the tables become a reader of sentences.

Every word that matters has a tag: `stop` is STOP, `texting` CONTACT, `order` ORDER. A sentence is then a line of tags,
and a pattern says which lines mean what. In a pattern `<` and `>` are the ends of a clause (`>>` where no and or or
follows), `~2` at most two words of any kind that are not an order, `=2` at most two small words, `-2` the same without
articles, `...` the rest of the clause, `!TAG` none such next, and `A|B`, `?`, `*`, `+` mean what they always mean.
The patterns of `grammar.py` hold for every language; a language adds those that only its own grammar has.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from string import ascii_letters, digits

from msgspec import Struct

from domain.compliance.replies.words import BREAK, QUESTION, spellings

_TAGS = (
    "STOP CANCEL UNSUB REMOVE TAKE OFF TO NAY CONTACT SEND PROMO CALL ME NUMBER LIST SUBSCRIPTION ORDER NEG NOLONGER "
    "NOT CANT NOMORE AGAIN ANYTHING NEED WANT WANTTO RECEIVE GETS CONSENT WITHDRAW GOAWAY BEGONE WRONG ENOUGH "
    "DOUBT DECLINES HOW WHEN ASK IF QUALIFIED DEMAND I YOU DET IT WHY FILL POLITE AND OR KEEP ONLY MISTAKE INERT PARA "
    "NE HALF AB HOER AUF"
)
MARK: dict[str, str] = dict(zip(_TAGS.split(), ascii_letters + digits, strict=False))
UNKNOWN, SET_ASIDE = ".", "_"
_EDGES = f"{BREAK}{QUESTION}{MARK['AND']}{MARK['OR']}"
_SETS = {
    "FILLER": ("POLITE", "FILL", "DET", "YOU", "AGAIN", "IT", "ME", "ANYTHING", "TO"),
    "LINK": ("FILL", "YOU", "ME", "I", "TO", "WANTTO"),
    "WANT": ("WANT", "WANTTO"),
    "NEG": ("NEG", "NOLONGER"),
    "BAREWANT": ("WANT",),
    "MESSAGES": ("CONTACT", "PROMO"),
}


class Step(StrEnum):
    """In the order a sentence is read; what one step explains, later ones no longer see."""

    OTHER_MATTER = "other_matter"
    INSISTS = "insists"
    HEDGED = "hedged"
    WANTS_TO_STAY = "wants_to_stay"
    WANTS_TO_LEAVE = "wants_to_leave"
    DOUBT = "doubt"


Patterns = Mapping[Step, tuple[tuple[str, str], ...]]


class Language(Struct, frozen=True, kw_only=True):
    """One language as data; phrases are separated by commas, a trailing `*` takes any ending.

    `opt_out` to `decline` are whole replies: the words of SMS-KW-I18N, others that ask to stop, those that may, calls
    for help, keywords that opt in, yes and no. `words` gives each tag its phrases, `common` the small words the
    language is known by, `not_typos` real words that look like a mistyped one.
    """

    code: str
    opt_out: str = ""
    clear: str = ""
    unclear: str = ""
    help: str = ""
    opt_in: str = ""
    agree: str = ""
    decline: str = ""
    words: Mapping[str, str]
    patterns: Patterns = {}
    common: str
    not_typos: str = ""


def phrases(table: str) -> Iterable[str]:
    for entry in map(str.strip, table.split(",")):
        if entry.endswith("*"):
            yield from (f"{spelled}*" for spelled in spellings(entry[:-1]))
        elif entry:
            yield from spellings(entry)


class Lexicon:
    """The words of one language with their tags: single words, longest phrases first, stems."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.single: dict[str, str] = {}
        self.stems: dict[str, str] = {}
        self.longer: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
        for tag, table in words.items():
            for phrase in phrases(table):
                self._add(phrase, MARK[tag])
        for seconds in self.longer.values():
            for choices in seconds.values():
                choices.sort(key=lambda choice: -len(choice[0]))
        self._stem_lengths = lengths_of(self.stems)

    def _add(self, phrase: str, mark: str) -> None:
        parts = tuple(phrase.split())
        if phrase.endswith("*"):
            self.stems[phrase[:-1]] = mark
        elif len(parts) == 1:
            self.single[phrase] = mark
        else:
            self.longer.setdefault(parts[0], {}).setdefault(parts[1], []).append((parts[2:], mark))

    def by_stem(self, word: str) -> str | None:
        for length in self._stem_lengths:
            if length <= len(word) and (found := self.stems.get(word[:length])) is not None:
                return found
        return None

    def words(self) -> frozenset[str]:
        """Single words, and those phrases are made of."""
        found = {*self.single, *self.longer}
        for seconds in self.longer.values():
            for second, choices in seconds.items():
                found |= {second, *(word for rest, _ in choices for word in rest)}
        return frozenset(found)

    def phrase_at(self, tokens: tuple[str, ...], place: int) -> tuple[int, str] | None:
        seconds = self.longer.get(tokens[place])
        if seconds is None or place + 1 >= len(tokens):
            return None
        for rest, mark in seconds.get(tokens[place + 1], ()):
            if not rest or tokens[place + 2 : place + 2 + len(rest)] == rest:
                return 2 + len(rest), mark
        return None


def lengths_of(stems: Iterable[str]) -> tuple[int, ...]:
    """Longest first."""
    return tuple(sorted({len(stem) for stem in stems}, reverse=True))


def compiled(pairs: Iterable[tuple[str, str]]) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """All patterns of a step as one expression; the name of the group that matched leads to its meaning in words."""
    meanings: dict[str, str] = {}
    branches = []
    for place, (pattern, meaning) in enumerate(pairs):
        name = f"p{place}"
        meanings[name] = meaning
        branches.append(f"(?P<{name}>{_expression(pattern)})")
    return (re.compile("|".join(branches)), meanings) if branches else None


def _expression(pattern: str) -> str:
    return "".join(map(_term, pattern.split()))


_ENDS = {
    "<": f"(?<![^{re.escape(_EDGES)}])",
    ">": f"(?![^{re.escape(_EDGES)}])",
    ">>": f"(?![^{re.escape(BREAK + QUESTION)}])",
    "?": re.escape(QUESTION),
    "...": f"[^{re.escape(_EDGES)}]*",
}
_GAPS = {"=": "FILLER|I|WANT", "-": "LINK"}


def _term(term: str) -> str:
    first, rest = term[0], term[1:]
    if term in _ENDS:
        return _ENDS[term]
    if first == "~":
        return f"[^{re.escape(_EDGES + SET_ASIDE)}{MARK['ORDER']}]{{0,{rest}}}"
    if first in _GAPS:
        return f"{_one_of(_GAPS[first])}{{0,{rest}}}"
    if first == "!":
        return f"(?!{_one_of(rest)})"
    repeat = term[-1] if term[-1] in "?*+" else ""
    return _one_of(term.rstrip("?*+")) + repeat


def _one_of(names: str) -> str:
    wanted = names.split("|")
    marks = "".join(mark for name in wanted if name != ">" for mark in _marks(name))
    return f"(?:[{re.escape(marks)}]|{_ENDS['>']})" if ">" in wanted else f"[{re.escape(marks)}]"


def _marks(name: str) -> Iterable[str]:
    if name == "UNKNOWN":
        return UNKNOWN
    return (MARK[tag] for tag in _SETS.get(name, (name,)))
