from typing import Protocol

from domain.forms import Form, Shown


class FormQueries(Protocol):
    async def form(self, ref: str) -> Form:
        """The form of the program with this id or slug, open or not. Raises NoSuchForm."""
        ...


class FormWords(Protocol):
    def shown(self, form: Form, locale: str) -> Shown:
        """What a form puts before whoever reads that language, as far as its pages speak it."""
        ...
