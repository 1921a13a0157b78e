"""How many SMS a text becomes: 3GPP TS 23.038 (alphabets) and 23.040 §9.2.3.24.1 (concatenation).

A text made of the GSM 7-bit default alphabet and its extension takes 160 septets, or 153 in each part of
several; one other character makes the whole text UCS-2, with 70 and 67. National tables are not used:
carriers support them unevenly. A part never ends inside an escape sequence or a surrogate pair.
"""

import re
from enum import StrEnum

from msgspec import Struct

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = "\f^{}\\[~]|€"
_OUTSIDE = re.compile(f"[^{re.escape(_BASIC + _EXTENSION)}]")
_DOUBLE = re.compile(f"[{re.escape(_EXTENSION)}]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Encoding(StrEnum):
    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


_ALONE = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
_JOINED = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}


class Segments(Struct, frozen=True, kw_only=True):
    """`units` are septets or 16-bit units, `remaining` those free in the last segment.

    `offending` are the characters that force UCS-2, each once: replace them and the text may cost half.
    """

    encoding: Encoding
    count: int
    units: int
    remaining: int
    offending: tuple[str, ...] = ()


def segments(text: str) -> Segments:
    offending = tuple(dict.fromkeys(_OUTSIDE.findall(text)))
    encoding = Encoding.UCS_2 if offending else Encoding.GSM_7
    units = _units(text, encoding)
    if units <= _ALONE[encoding]:
        count, remaining = 1, _ALONE[encoding] - units
    else:
        parts = _parts(text, encoding)
        count, remaining = len(parts), _JOINED[encoding] - _units(parts[-1], encoding)
    return Segments(encoding=encoding, count=count, units=units, remaining=remaining, offending=offending)


def parts(text: str) -> tuple[str, ...]:
    """The text of each segment; joined, they are the text."""
    encoding = Encoding.UCS_2 if _OUTSIDE.search(text) else Encoding.GSM_7
    return (text,) if _units(text, encoding) <= _ALONE[encoding] else _parts(text, encoding)


def _wide(encoding: Encoding) -> re.Pattern[str]:
    return _DOUBLE if encoding is Encoding.GSM_7 else _ASTRAL


def _units(text: str, encoding: Encoding) -> int:
    return len(text) + len(_wide(encoding).findall(text))


def _parts(text: str, encoding: Encoding) -> tuple[str, ...]:
    room, wide, found = _JOINED[encoding], _wide(encoding), []
    start = used = 0
    for index, character in enumerate(text):
        width = 2 if wide.match(character) else 1
        if used + width > room:
            found.append(text[start:index])
            start, used = index, 0
        used += width
    return (*found, text[start:])
