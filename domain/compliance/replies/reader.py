"""One language put together: from words to a line of tags, and from the line to what the writer wants."""

import re
from collections.abc import Iterable

from msgspec import Struct

from domain.compliance.replies.grammar import SHARED
from domain.compliance.replies.typos import Typos
from domain.compliance.replies.vocabulary import MARK, SET_ASIDE, UNKNOWN, Language, Lexicon, Step, compiled, phrases
from domain.compliance.replies.words import BREAK, QUESTION

_MISTYPED = ("STOP", "CANCEL", "UNSUB", "REMOVE", "CONTACT", "NEG", "SEND")
_TELLING = frozenset(
    MARK[tag]
    for tag in (
        "STOP CANCEL UNSUB REMOVE TAKE NEG NOT NOMORE CONSENT WITHDRAW GOAWAY WRONG ENOUGH DOUBT WHY NAY ONLY PARA NE HALF AB HOER"
    ).split()
)
_KEEPS = re.compile(f"[{MARK['KEEP']}{MARK['ONLY']}][^{BREAK}{QUESTION}]{{0,4}}{MARK['ORDER']}")
_POLITE = frozenset({MARK["POLITE"]})
_COURTESIES = frozenset({MARK["POLITE"], MARK["FILL"]})
_LONG_KEYWORD = 6
_EDGES = frozenset({BREAK, QUESTION})


class Sense(Struct, frozen=True):
    """What a sentence wants, in words, and whether it keeps something (orders, deliveries) out of it."""

    step: Step | None
    meaning: str
    keeps_orders: bool = False


NOTHING = Sense(None, "no request to stop")
ASIDE = Sense(Step.OTHER_MATTER, "a turn of phrase that asks for nothing")


class Reader:
    """Reads free text in one language."""

    def __init__(self, language: Language, real_words: frozenset[str]) -> None:
        self.code = language.code
        self._lexicon = Lexicon(language.words)
        self._steps = [(step, found) for step in Step if (found := compiled(_patterns(language, step)))]
        self.known = self._lexicon.words() | words_of(language.common)
        self.stems = frozenset(self._lexicon.stems)
        mistyped = {MARK[tag] for tag in _MISTYPED}
        wanted = {word: mark for word, mark in self._lexicon.single.items() if mark in mistyped}
        for keyword in (*phrases(language.opt_out), *phrases(language.clear)):
            if len(keyword) >= _LONG_KEYWORD:
                wanted.setdefault(keyword, MARK["UNSUB"])
        self._typos = Typos(wanted, real_words)

    def without(self, tokens: tuple[str, ...], *, politeness_only: bool = False) -> str:
        """The words without courtesies, or without please and thank you alone."""
        dropped, kept, place = _POLITE if politeness_only else _COURTESIES, list[str](), 0
        while place < len(tokens):
            length, mark = self._lexicon.phrase_at(tokens, place) or (1, self._lexicon.single.get(tokens[place]))
            if mark not in dropped:
                kept.extend(tokens[place : place + length])
            place += length
        return " ".join(kept)

    def line(self, tokens: tuple[str, ...]) -> str:
        """One mark a word or phrase, clause breaks kept."""
        marks: list[str] = []
        place, end = 0, len(tokens)
        longer, lexicon = self._lexicon.longer, self._lexicon
        while place < end:
            token = tokens[place]
            if token in _EDGES:
                marks.append(token)
                place += 1
            elif token in longer and (found := lexicon.phrase_at(tokens, place)):
                place += found[0]
                marks.append(found[1])
            else:
                marks.append(lexicon.mark_of(token) or self._guess(token))
                place += 1
        return "".join(marks)

    def read(self, tokens: tuple[str, ...]) -> Sense:
        line = self.line(tokens)
        if _TELLING.isdisjoint(line):
            return ASIDE if MARK["INERT"] in line else NOTHING
        sense, keeps = ASIDE if MARK["INERT"] in line else NOTHING, _KEEPS.search(line) is not None
        for step, (pattern, meanings) in self._steps:
            found = pattern.search(line)
            if found is None:
                continue
            meaning = meanings[found.lastgroup or ""]
            if step in (Step.INSISTS, Step.WANTS_TO_LEAVE):
                return Sense(step, meaning, keeps)
            if sense.step is not Step.HEDGED:
                sense = Sense(step, meaning, keeps)
            line = pattern.sub(SET_ASIDE, line)
        return sense

    def _guess(self, token: str) -> str:
        return self._typos.mark_of(token) or UNKNOWN


def words_of(table: str) -> frozenset[str]:
    """The single words of a table."""
    return frozenset(word for phrase in phrases(table) for word in phrase.split())


def _patterns(language: Language, step: Step) -> Iterable[tuple[str, str]]:
    return (*language.patterns.get(step, ()), *SHARED.get(step, ()))
