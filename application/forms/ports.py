from typing import Protocol

from domain.forms import Form


class FormQueries(Protocol):
    async def form(self, ref: str) -> Form:
        """The form of the program with this id or slug, open or not. Raises NoSuchForm."""
        ...
