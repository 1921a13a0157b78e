"""How what signs somebody in is written down."""

from typing import Annotated, TypeAlias

from msgspec import Meta

from domain.operators import LONGEST

EmailText: TypeAlias = Annotated[str, Meta(min_length=3, max_length=320)]
PasswordText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=LONGEST)]
Token: TypeAlias = Annotated[str, Meta(min_length=43, max_length=43, pattern="^[A-Za-z0-9_-]{43}$")]
CodeText: TypeAlias = Annotated[str, Meta(pattern="^[0-9]{6}$", description="Give the six digits the app shows.")]
RecoveryText: TypeAlias = Annotated[str, Meta(min_length=16, max_length=40)]
NameText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
