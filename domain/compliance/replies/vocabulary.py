"""How a language is written down as tables, and how the tables become a reader of sentences.

Every word that matters has a tag: `stop` is STOP, `texting` CONTACT, `order` ORDER. A sentence is then a line of tags, and a
pattern says which lines mean what. In a pattern `<` and `>` are the ends of a clause, `~2` at most two words of any kind that
are not an order, `=2` at most two small words, `-2` the same without articles, `...` the rest, `!TAG` none such next, and `A|B`, `?`, `*`, `+` mean what they always mean.
The patterns of `grammar.py` hold for every language; a language adds those that only its own grammar has.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from string import ascii_letters, digits

from msgspec import Struct

from domain.compliance.replies.words import BREAK, QUESTION, spellings

TAGS = (
    "STOP CANCEL UNSUB REMOVE TAKE OFF NAY CONTACT SEND PROMO CALL ME NUMBER LIST SUBSCRIPTION ORDER NEG NOT CANT NOMORE AGAIN "
    "ANYTHING WANT WANTTO RECEIVE GETS CONSENT WITHDRAW GOAWAY WRONG ENOUGH DOUBT HOW WHEN IF QUALIFIED DEMAND I YOU DET IT WHY FILL "
    "POLITE AND OR KEEP ONLY MISTAKE INERT PARA NE HALF AB HOER AUF"
).split()
MARK: dict[str, str] = dict(zip(TAGS, ascii_letters + digits, strict=False))
UNKNOWN, SET_ASIDE = ".", "_"
_EDGES = f"{BREAK}{QUESTION}{MARK['AND']}{MARK['OR']}"
_SETS = {
    "FILLER": ("POLITE", "FILL", "DET", "YOU", "AGAIN", "IT", "ME", "ANYTHING"),
    "LINK": ("FILL", "YOU", "ME", "I", "WANTTO"),
    "WANT": ("WANT", "WANTTO"),
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

    `opt_out` are the words of SMS-KW-I18N and `per_se` those of the FCC: they count as the whole reply. `clear` and `unclear`
    are other whole replies. `words` gives each tag its phrases, `common` the small words a language is known by, `not_typos`
    real words that look like a mistyped one.
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
    for entry in table.split(","):
        entry = entry.strip()
        if entry.endswith("*"):
            yield from (f"{spelled}*" for spelled in spellings(entry[:-1]))
        elif entry:
            yield from spellings(entry)


class Lexicon:
    """The words of one language with their tags: single words, longest phrases first, stems."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.single: dict[str, str] = {}
        self.stems: dict[str, str] = {}
        self.longer: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for tag, table in words.items():
            for phrase in phrases(table):
                self._add(phrase, MARK[tag])
        for choices in self.longer.values():
            choices.sort(key=lambda choice: -len(choice[0]))
        self._stem_lengths = lengths_of(self.stems)

    def _add(self, phrase: str, mark: str) -> None:
        parts = tuple(phrase.split())
        if phrase.endswith("*"):
            self.stems[phrase[:-1]] = mark
        elif len(parts) == 1:
            self.single[phrase] = mark
        else:
            self.longer.setdefault(parts[0], []).append((parts[1:], mark))

    def mark_of(self, word: str) -> str | None:
        found = self.single.get(word)
        if found is None and self.stems:
            for length in self._stem_lengths:
                if length <= len(word) and (found := self.stems.get(word[:length])) is not None:
                    return found
        return found

    def words(self) -> frozenset[str]:
        """Single words, and those phrases are made of."""
        parts = {word for choices in self.longer.values() for rest, _ in choices for word in rest}
        return frozenset(self.single) | frozenset(self.longer) | parts

    def phrase_at(self, tokens: tuple[str, ...], place: int) -> tuple[int, str] | None:
        for rest, mark in self.longer.get(tokens[place], ()):
            if tokens[place + 1 : place + 1 + len(rest)] == rest:
                return 1 + len(rest), mark
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


def _term(term: str) -> str:
    if term == "<":
        return f"(?<![^{re.escape(_EDGES)}])"
    if term == ">":
        return f"(?![^{re.escape(_EDGES)}])"
    if term == "?":
        return re.escape(QUESTION)
    if term == "...":
        return f"[^{re.escape(_EDGES)}]*"
    if term.startswith("-"):
        return f"{_one_of('LINK')}{{0,{term[1:]}}}"
    if term.startswith("~"):
        return f"[^{re.escape(_EDGES + SET_ASIDE)}{MARK['ORDER']}]{{0,{term[1:]}}}"
    if term.startswith("="):
        return f"{_one_of('FILLER|I|WANT')}{{0,{term[1:]}}}"
    if term.startswith("!"):
        return f"(?!{_one_of(term[1:])})"
    repeat = term[-1] if term[-1] in "?*+" else ""
    return _one_of(term.rstrip("?*+")) + repeat


def _one_of(names: str) -> str:
    wanted = names.split("|")
    marks = "".join(mark for name in wanted if name != ">" for mark in _marks(name))
    return f"(?:[{re.escape(marks)}]|{_term('>')})" if ">" in wanted else f"[{re.escape(marks)}]"


def _marks(name: str) -> Iterable[str]:
    if name == "UNKNOWN":
        return UNKNOWN
    return (MARK[tag] for tag in _SETS.get(name, (name,)))
