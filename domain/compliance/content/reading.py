"""What a person sees of a message: its parts as plain words, folded, with links kept and markup gone."""

import re
from html import unescape

from msgspec import Struct

from domain.compliance.replies.words import fold
from domain.messages import Content

# No pattern may read past the next tag: markup that never closes must not cost more than its length.
_LINK = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]*)[^<>]*>", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]*?\balt\s*=\s*[\"']([^\"'<>]*)[^<>]*>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|abbr|b|big|code|em|font|i|mark|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<title", "</title"))
_URL = re.compile(r"(?:https?://|www\.|mailto:)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*")


class Reading(Struct, frozen=True):
    """`parts` are the text and the html as read, each of which a person may be shown alone."""

    subject: str
    parts: tuple[str, ...]

    @property
    def words(self) -> str:
        """Everything that is said, without links, whose addresses are not read by people."""
        return _URL.sub(" ", " ".join(self.parts))


def read(content: Content) -> Reading:
    parts = [plain(content.text)]
    if content.html is not None:
        parts.append(plain(text_of(content.html)))
    return Reading(plain(content.subject) if content.subject else "", tuple(parts))


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
    if start < 0:
        return html
    kept, position = [], 0
    while start >= 0:
        kept.append(html[position:start])
        end = lower.find(closing, start + len(opening))
        if end < 0:
            return " ".join(kept)
        position = end + len(closing)
        start = lower.find(opening, position)
    return " ".join([*kept, html[position:]])
