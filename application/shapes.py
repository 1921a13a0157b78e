"""How callers write things down: checked as a request is read, shown in the API's description, told when wrong."""

from datetime import datetime
from typing import Annotated, TypeAlias

from msgspec import Meta

# `$` alone would let a line break pass after it.
END = r"$(?!\n)"
# Nor what turns the direction of what follows: a name must not read as another one.
_ODD = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
PLAIN = rf"^[^{_ODD}]*{END}"
ONE_LINE = rf"^[^{_ODD}]*[^\s{_ODD}][^{_ODD}]*{END}"

Slug: TypeAlias = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=rf"^[a-z0-9]+(-[a-z0-9]+)*{END}",
        description="Use up to 64 lower-case letters, digits and single hyphens, such as weekly-offers.",
    ),
]
Ref: TypeAlias = Annotated[str, Meta(min_length=1, max_length=64, description="Give an id or a slug.")]
Line: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=200, pattern=ONE_LINE, description="Give one line of 1 to 200 characters.")
]
Prose: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=5000, pattern=r"\S", description="Give a text of 1 to 5000 characters.")
]
Country: TypeAlias = Annotated[
    str,
    Meta(pattern=rf"^[A-Z]{{2}}{END}", description="Give the country as two capital letters (ISO 3166-1), such as US."),
]
Region: TypeAlias = Annotated[
    str,
    Meta(
        pattern=rf"^[A-Z0-9]{{1,3}}{END}",
        description="Give the region as ISO 3166-2 has it after the country, such as NY.",
    ),
]
Locale: TypeAlias = Annotated[
    str,
    Meta(
        pattern=rf"^[A-Za-z]{{2,3}}([-_][A-Za-z]{{4}})?([-_]([A-Za-z]{{2}}|[0-9]{{3}}))?{END}",
        description="Give the locale as a language, with or without a region, such as en or en-US.",
    ),
]
WebAddress: TypeAlias = Annotated[
    str,
    Meta(
        min_length=10,
        max_length=500,
        pattern=rf"^https://[^\s<>]+{END}",
        description="Give a web address in full, such as https://acme.example/terms.",
    ),
]
Instant: TypeAlias = Annotated[
    datetime, Meta(tz=True, description="Give an instant with its offset, such as 2026-11-20T15:04:05Z.")
]
