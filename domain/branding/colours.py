"""Colours and how well one stands out from another (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 100
TEXT, EDGE = 4.5, 3.0
"""What a text needs from its ground, and what a button or a box needs."""


class Unreadable(ValueError):
    """Not a colour."""


def parse_colour(text: str) -> str:
    """`#1A56A8`, `1a56a8` and `#15a` are colours; the answer is `#1a56a8`. Raises Unreadable."""
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise Unreadable(text)
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast(one: str, other: str) -> float:
    """From 1, no difference, to 21, black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def standing_out(colour: str, ground: str, ratio: float) -> str:
    """The nearest colour that stands out from its ground: darker on a light one, lighter on a dark one."""
    towards = "#000000" if _luminance(ground) > 0.18 else "#ffffff"
    mixes = (_mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next((mixed for mixed in mixes if contrast(mixed, ground) >= ratio), towards)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(one: str, other: str, share: float) -> str:
    mixed = (round(first + (second - first) * share) for first, second in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
