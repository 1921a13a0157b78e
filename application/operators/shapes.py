"""How what signs somebody in is written down."""

from typing import Annotated, TypeAlias

from msgspec import Meta

from application.shapes import END, ONE_LINE
from domain.operators import LONGEST

EmailText: TypeAlias = Annotated[str, Meta(min_length=3, max_length=320)]
PasswordText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=LONGEST)]
Token: TypeAlias = Annotated[str, Meta(min_length=43, max_length=43, pattern=rf"^[A-Za-z0-9_-]{{43}}{END}")]
CodeText: TypeAlias = Annotated[
    str, Meta(pattern=rf"^[0-9]{{6}}{END}", description="Give the six digits the app shows.")
]
RecoveryText: TypeAlias = Annotated[str, Meta(min_length=16, max_length=40)]
NameText: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=100, pattern=ONE_LINE, description="Give one line of 1 to 100 characters.")
]
