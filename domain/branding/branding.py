"""How the pages of one sender look: a few colours and a logo, and never so that somebody cannot read them."""

from collections.abc import Iterator
from hashlib import sha256

from msgspec import Struct

from domain.branding.colours import EDGE, TEXT, Unreadable, contrast, parse_colour, standing_out
from domain.branding.pictures import Picture
from domain.errors import FieldProblem, Invalid

# The pages' own colours, as their style sheet has them.
PAPER, INK, QUIET, GROUND = "#ffffff", "#1b2230", "#505b6e", "#f3f4f7"
ACCENT, ON_ACCENT = "#1a56a8", "#ffffff"
DARK_PAPER, DARK_ACCENT, DARK_ON_ACCENT = "#1a202a", "#8ebcf5", "#0c1a2b"
_WHITE, _BLACK = "#ffffff", "#000000"


class BrandingUnusable(Invalid):
    """The colours or the logo cannot be used."""


class Branding(Struct, frozen=True, kw_only=True):
    """`accent` is the colour of buttons and marks, `on_accent` the text on it, `background` what lies around the page;
    the dark ones are for people whose screen is dark.
    """

    accent: str = ACCENT
    on_accent: str = ON_ACCENT
    accent_dark: str = DARK_ACCENT
    on_accent_dark: str = DARK_ON_ACCENT
    background: str = GROUND
    logo: Picture | None = None

    @property
    def version(self) -> str:
        """Another one for whatever looks different."""
        colours = (self.accent, self.on_accent, self.accent_dark, self.on_accent_dark, self.background)
        return sha256("".join(colours).encode() + (self.logo.data if self.logo else b"")).hexdigest()[:16]


def branding(
    *,
    accent: str | None = None,
    on_accent: str | None = None,
    accent_dark: str | None = None,
    on_accent_dark: str | None = None,
    background: str | None = None,
    logo: Picture | None = None,
) -> Branding:
    """What is left out is chosen to go with what is given. Raises BrandingUnusable with everything that is wrong."""
    given = {
        "accent": accent,
        "on_accent": on_accent,
        "accent_dark": accent_dark,
        "on_accent_dark": on_accent_dark,
        "background": background,
    }
    read = _read({name: text for name, text in given.items() if text is not None})
    by_day = read.get("accent", ACCENT)
    by_night = read.get("accent_dark") or (standing_out(by_day, DARK_PAPER, TEXT) if "accent" in read else DARK_ACCENT)
    made = Branding(
        accent=by_day,
        on_accent=read.get("on_accent") or _text_on(by_day, ON_ACCENT),
        accent_dark=by_night,
        on_accent_dark=read.get("on_accent_dark") or _text_on(by_night, DARK_ON_ACCENT),
        background=read.get("background", GROUND),
        logo=logo,
    )
    _refuse(tuple(_too_faint(made)))
    return made


def _read(given: dict[str, str]) -> dict[str, str]:
    """Raises BrandingUnusable."""
    read, problems = {}, []
    for name, text in given.items():
        try:
            read[name] = parse_colour(text)
        except Unreadable:
            problems.append(_problem(name, "Give the colour as #rrggbb, such as #1a56a8."))
    _refuse(tuple(problems))
    return read


def _text_on(ground: str, first: str) -> str:
    tried = (first, _WHITE, INK, _BLACK)
    return next((text for text in tried if contrast(text, ground) >= TEXT), _BLACK)


def _too_faint(made: Branding) -> Iterator[FieldProblem]:
    """What WCAG asks of a text (4.5:1) and of the edge of a control (3:1)."""
    edges = (("accent", made.accent, PAPER, "page"), ("accent_dark", made.accent_dark, DARK_PAPER, "page in the dark"))
    for name, colour, paper, where in edges:
        if (reached := contrast(colour, paper)) < EDGE:
            better = standing_out(colour, paper, EDGE)
            yield _problem(
                name,
                f"A button of {colour} on the {where} ({paper}) has a contrast of {_told(reached)} and needs 3:1. "
                f"Use {better}, or one that stands out more.",
            )
    texts = (("on_accent", made.on_accent, made.accent), ("on_accent_dark", made.on_accent_dark, made.accent_dark))
    for name, text, ground in texts:
        if (reached := contrast(text, ground)) < TEXT:
            yield _problem(
                name,
                f"A text of {text} on {ground} has a contrast of {_told(reached)} and needs 4.5:1. "
                f"Use {_text_on(ground, INK)}, or leave {name} out to have one chosen.",
            )
    if (reached := contrast(QUIET, made.background)) < TEXT:
        yield _problem(
            "background",
            f"The text of {QUIET} on a background of {made.background} has a contrast of {_told(reached)} and needs "
            f"4.5:1. Use a lighter one, such as {_lighter(made.background)}.",
        )


def _lighter(background: str) -> str:
    """The nearest one the page's own text can be read on."""
    return standing_out(background, QUIET, TEXT)


def _told(ratio: float) -> str:
    """Never rounded up to what it does not reach."""
    return f"{int(ratio * 100) / 100:.2f}:1"


def _problem(field: str, message: str) -> FieldProblem:
    return FieldProblem(field=field, code="branding-unusable", message=message)


def _refuse(problems: tuple[FieldProblem, ...]) -> None:
    if problems:
        said = "One colour cannot be used." if len(problems) == 1 else f"{len(problems)} colours cannot be used."
        raise BrandingUnusable(said, problems=problems)
