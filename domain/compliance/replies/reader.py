"""One language put together: from words to a line of tags, and from the line to what the writer wants."""

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from domain.compliance.replies.grammar import SHARED
from domain.compliance.replies.typos import Typos
from domain.compliance.replies.vocabulary import MARK, SET_ASIDE, UNKNOWN, Language, Lexicon, Step, compiled, phrases
from domain.compliance.replies.words import BREAK, QUESTION

_MISTYPED = ("STOP", "CANCEL", "UNSUB", "REMOVE", "CONTACT", "NEG", "SEND")
_QUIET_TAGS = "POLITE FILL DET IT I YOU TO AND OR ME INERT CONTACT SEND PROMO ORDER WANT WANTTO WHEN ASK AGAIN KEEP"
_QUIET = frozenset(MARK[tag] for tag in _QUIET_TAGS.split()) | {UNKNOWN, BREAK, QUESTION}
_SAME_CLAUSE = f"[^{BREAK}{QUESTION}{UNKNOWN}]{{0,5}}?"
_KEEPS = re.compile(
    f"[{MARK['KEEP']}{MARK['ONLY']}](?={_SAME_CLAUSE}{MARK['ORDER']})(?={_SAME_CLAUSE}{MARK['CONTACT']})"
)
_EDGES = frozenset({BREAK, QUESTION})
_POLITE = frozenset({MARK["POLITE"]})
_COURTESIES = frozenset({MARK["POLITE"], MARK["FILL"]})
_LINES_KEPT, _LONGEST_KEPT = 8192, 24
_LONG_KEYWORD, _SHORTEST_NUMBER = 6, 7


class Sense(Struct, frozen=True):
    """What a sentence wants, in words, and whether it keeps something (orders, deliveries) out of it."""

    step: Step | None
    meaning: str
    keeps_orders: bool = False


NOTHING = Sense(None, "no request to stop")
ASIDE = Sense(Step.OTHER_MATTER, "a turn of phrase that asks for nothing")


class Parsed(Struct, frozen=True):
    """`line` has one mark for each word, phrase and clause break; `ends` says where in the tokens each of them ends."""

    tokens: tuple[str, ...]
    line: str
    ends: list[int]

    @property
    def courteous(self) -> bool:
        return not _COURTESIES.isdisjoint(self.line)

    def without_please(self) -> str:
        return self._without(_POLITE)

    def without_courtesies(self) -> str:
        return self._without(_COURTESIES)

    def _without(self, dropped: frozenset[str]) -> str:
        kept: list[str] = []
        start = 0
        for mark, end in zip(self.line, self.ends, strict=True):
            if mark not in dropped and mark not in _EDGES:
                kept.extend(self.tokens[start:end])
            start = end
        return " ".join(kept)


class Reader:
    """Reads free text in one language."""

    def __init__(self, language: Language, lexicon: Lexicon, real_words: frozenset[str]) -> None:
        self.code = language.code
        self._lexicon = lexicon
        self._steps = [(step, found) for step in Step if (found := compiled(_patterns(language, step)))]
        self.known = self._lexicon.words() | words_of(language.common)
        self.stems = frozenset(self._lexicon.stems)
        mistyped = {MARK[tag] for tag in _MISTYPED}
        wanted = {word: mark for word, mark in self._lexicon.single.items() if mark in mistyped}
        for keyword in (*phrases(language.opt_out), *phrases(language.clear)):
            if len(keyword) >= _LONG_KEYWORD:
                wanted.setdefault(keyword, MARK["UNSUB"])
        self._typos = Typos(wanted, real_words)
        self._kept = lru_cache(maxsize=_LINES_KEPT)(self._read)

    def parsed(self, tokens: tuple[str, ...]) -> Parsed:
        """One mark a word or phrase, clause breaks kept."""
        marks: list[str] = []
        ends: list[int] = []
        place, end = 0, len(tokens)
        single, phrase_at = self._lexicon.single, self._lexicon.phrase_at
        while place < end:
            token = tokens[place]
            found = phrase_at(tokens, place)
            if found is not None:
                length, mark = found
                place += length
            else:
                mark = single.get(token) or (
                    token if token in _EDGES else self._lexicon.by_stem(token) or self._guess(token)
                )
                place += 1
            marks.append(mark)
            ends.append(place)
        return Parsed(tokens, "".join(marks), ends)

    def read(self, line: str) -> Sense:
        """Lines are few and hold no words, so what was made of one is kept."""
        if len(line) > _LONGEST_KEPT:
            return self._read(line)
        return self._kept(line)

    def _read(self, line: str) -> Sense:
        if _QUIET.issuperset(line):
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
        if token.isdigit():
            return MARK["NUMBER"] if len(token) >= _SHORTEST_NUMBER else UNKNOWN
        return self._typos.mark_of(token) or UNKNOWN


def words_of(table: str) -> frozenset[str]:
    """The single words of a table."""
    return frozenset(word for phrase in phrases(table) for word in phrase.split())


def _patterns(language: Language, step: Step) -> Iterable[tuple[str, str]]:
    return (*language.patterns.get(step, ()), *SHARED.get(step, ()))
