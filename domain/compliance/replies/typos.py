"""Mistyped words, and no real ones: one slip of the fingers in a short word, one or two in a long one.

Distance is Damerau-Levenshtein (optimal string alignment). A word of five letters or fewer must differ by a slip that a
keyboard explains, because `shop`, `step` and `spot` are as near to `stop` as `sotp` is.
"""

from collections.abc import Iterable, Iterator, Mapping

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORT, _LONG = 5, 9
_SHORTEST, _LONGEST = 4, 18
_VOWELS = frozenset("aeiou")


def _neighbours() -> dict[str, str]:
    near: dict[str, str] = {}
    for row, keys in enumerate(_ROWS):
        for place, key in enumerate(keys):
            around = [(row, place - 1), (row, place + 1), (row - 1, place), (row - 1, place + 1)]
            around += [(row + 1, place - 1), (row + 1, place)]
            near[key] = "".join(_ROWS[r][p] for r, p in around if 0 <= r < len(_ROWS) and 0 <= p < len(_ROWS[r]))
    return near


_NEAR = _neighbours()


def slips(word: str) -> Iterator[str]:
    """What a finger makes of a short word: swapped, doubled or neighbouring keys, a vowel left out."""
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        if after:
            yield before + after[0] + letter + after[1:]
        yield before + letter + letter + after
        if place and letter in _VOWELS:
            yield before + after
        for wrong in _NEAR.get(letter, ""):
            yield before + wrong + after
            yield before + wrong + letter + after
            yield before + letter + wrong + after


def distance(one: str, other: str, limit: int) -> int:
    """Edits that turn one into the other, a swap counting once; `limit + 1` stands for any more than that."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row, above = row, [i] + [0] * len(other), before
        for j, right in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                row[j] = min(row[j], above[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return row[-1]


class Typos:
    """`meant` is the word somebody was after, or None; real words in `known` are never taken for mistakes."""

    def __init__(self, words: Mapping[str, str], known: Iterable[str]) -> None:
        known = frozenset(known)
        self._marks = dict(words)
        self._slips: dict[str, str] = {}
        self._holes: dict[str, set[str]] = {}
        for word in words:
            if len(word) < _SHORTEST or not word.isalpha():
                continue
            if len(word) <= _SHORT:
                for slip in slips(word):
                    self._slips.setdefault(slip, word)
            else:
                for hole in _holes(word, _allowed(word)):
                    self._holes.setdefault(hole, set()).add(word)
        for real in known:
            self._slips.pop(real, None)
        self._known = known

    def meant(self, typed: str) -> str | None:
        if (slip := self._slips.get(typed)) is not None:
            return slip
        if not _SHORT <= len(typed) <= _LONGEST or typed in self._known or not typed.isalpha():
            return None
        candidates = {word for hole in _holes(typed, _allowed(typed)) for word in self._holes.get(hole, ())}
        ranked = ((distance(word, typed, _allowed(word)), word) for word in candidates)
        return min((found for found in ranked if found[0] <= _allowed(found[1])), default=(0, None))[1]

    def mark_of(self, typed: str) -> str | None:
        word = self.meant(typed)
        return None if word is None else self._marks[word]


def _allowed(word: str) -> int:
    return 2 if len(word) >= _LONG else 1


def _holes(word: str, depth: int) -> set[str]:
    found = {word}
    for _ in range(depth):
        found |= {each[:place] + each[place + 1 :] for each in found for place in range(len(each))}
    return found
