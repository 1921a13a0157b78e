"""What a person sees of a message: its parts as plain words, folded, with links kept and markup gone."""

import re
from html import unescape
from typing import Self

from msgspec import Struct

from domain.compliance.content.phrases import Text, fold
from domain.messages import Content

# No pattern may read past the next tag: markup that never closes must not cost more than its length.
_LINK = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]*)[^<>]*>", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]*?\balt\s*=\s*[\"']([^\"'<>]*)[^<>]*>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|abbr|b|big|code|em|font|i|mark|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<title", "</title"))
_AROUND = "<>()[]\"'.,;:!?"


class Reading(Struct, frozen=True):
    """`parts` are the text and the html as read, each of which a person may be shown alone; `spoken` is the same
    without links, whose addresses nobody reads out, and `hosts` where the links lead.
    """

    subject: Text
    parts: tuple[Text, ...]
    spoken: tuple[Text, ...]
    hosts: frozenset[str]

    @classmethod
    def of(cls, content: Content) -> Self:
        parts = [plain(content.text)]
        if content.html is not None:
            parts.append(plain(text_of(content.html)))
        texts = tuple(map(Text.of, parts))
        spoken, hosts = [], set[str]()
        for text in texts:
            words = text.words.split(" ")
            links = {word for word in words if ("/" in word or ":" in word or "www." in word) and _is_link(word)}
            hosts.update(map(_host, links))
            spoken.append(text.cut(" ".join([word for word in words if word not in links])) if links else text)
        return cls(Text.of(plain(content.subject or "")), texts, tuple(spoken), frozenset(hosts))


def plain(text: str) -> str:
    return " ".join(fold(text).split())


def text_of(html: str) -> str:
    """Links come before their words, pictures as what they say when they are not loaded."""
    for opening, closing in _UNSEEN:
        html = _without(html, opening, closing)
    html = _PICTURE.sub(r" \1 ", _LINK.sub(r" \1 ", html))
    return unescape(_TAG.sub(" ", _INLINE.sub("", html)))


def _without(html: str, opening: str, closing: str) -> str:
    """What opens and never closes hides all the rest."""
    lower = html.lower()
    start = lower.find(opening)
    kept, position = [], 0
    while start >= 0:
        kept.append(html[position:start])
        end = lower.find(closing, start + len(opening))
        closed = lower.find(">", end)
        if end < 0 or closed < 0:
            return " ".join(kept)
        position = closed + 1
        start = lower.find(opening, position)
    return " ".join([*kept, html[position:]])


def _is_link(word: str) -> bool:
    """`acme.example/news` is one and `and/or` is none; `mailto:` leads somewhere too."""
    return ("/" in word and ("." in word.partition("/")[0] or "://" in word)) or word.startswith(("www.", "mailto:"))


def _host(link: str) -> str:
    return (link.partition("://")[2] or link).lstrip(_AROUND).partition("/")[0].removeprefix("www.")
