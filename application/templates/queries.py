from collections.abc import Sequence
from typing import Protocol

from domain.ids import TemplateId
from domain.templates.template import Template, Version


class TemplateQueries(Protocol):
    async def one(self, ref: str) -> Template:
        """By id or slug. Raises NoSuchTemplate."""
        ...

    async def page(self, limit: int, after: TemplateId | None) -> Sequence[Template]:
        """Newest first; one more than the limit if there are more."""
        ...

    async def versions(self, ref: str, locale: str, limit: int, before: int | None) -> Sequence[Version]:
        """Every wording there ever was in a locale, newest first, one more than the limit. Raises NoSuchTemplate."""
        ...
