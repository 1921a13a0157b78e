from typing import Protocol

from msgspec import Struct

from domain.branding.branding import Branding
from domain.ids import SenderId


class Brandings(Protocol):
    async def get(self, sender: SenderId) -> Branding | None: ...

    async def save(self, sender: SenderId, branding: Branding) -> None: ...


class Brand(Struct, frozen=True, kw_only=True):
    """A sender as its pages show it."""

    slug: str
    name: str
    branding: Branding | None


class BrandQueries(Protocol):
    async def brand(self, ref: str) -> Brand:
        """By id or slug, as it was at most a few seconds ago. Raises NoSuchSender."""
        ...
