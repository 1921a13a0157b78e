"""The outer shape of a Liquid text, checked in one linear pass before the parser sees it.

The parser's patterns take quadratic time on a tag that is never closed or holds long blanks: 100 KB of `{{`
would keep it busy for minutes.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

_EDGE = re.compile(r"\{\{|\{%|\}\}|%\}")
_CLOSES = {"{{": "}}", "{%": "%}"}
_LONGEST_TAG = 500
_LONG_BLANK = re.compile(r"\s{40}")
_UNREADABLE = re.compile(r"-?\s*(raw|endraw|doc|enddoc)\b")


class Flaw(Struct, frozen=True):
    line: int
    message: str


def flaws(source: str) -> Iterator[Flaw]:
    opened: re.Match[str] | None = None
    for edge in _EDGE.finditer(source):
        if opened is None:
            opened = edge if edge[0] in _CLOSES else None
        elif edge[0] == _CLOSES[opened[0]]:
            if told := _inside(source[opened.end() : edge.start()]):
                yield Flaw(line_of(source, opened.start()), told)
            opened = None
        elif edge[0] in _CLOSES:
            break
    if opened is not None:
        yield Flaw(line_of(source, opened.start()), f"Close {opened[0]} with {_CLOSES[opened[0]]} before the next tag.")


def line_of(source: str, index: int) -> int:
    return source.count("\n", 0, index) + 1


def _inside(tag: str) -> str | None:
    if not tag.strip("-").strip():
        return "Write a variable or an instruction inside the braces."
    if len(tag) > _LONGEST_TAG or _LONG_BLANK.search(tag):
        return f"Shorten the tag: it has at most {_LONGEST_TAG} characters and no long blanks."
    if found := _UNREADABLE.match(tag):
        return f"Leave out {found[1]}; it is not available here."
    return None
