from collections.abc import Mapping, Sequence
from typing import Protocol

from domain.addresses import Channel
from domain.errors import Invalid
from domain.messages import Content
from domain.templates.template import Template
from domain.templates.variables import Value


class TemplateBroken(Invalid):
    """The template cannot be read; each problem says which part, which line and what to write instead."""


class RenderingFailed(Invalid):
    """The template cannot be filled with these variables."""


class Renderer(Protocol):
    """The template language, as the application sees it. What a customer writes can neither reach anything nor last."""

    def variables(self, content: Content, channel: Channel) -> tuple[str, ...]:
        """The names the content needs, in the order of the alphabet. Raises TemplateBroken."""
        ...

    def render(self, content: Content, channel: Channel, values: Mapping[str, Value]) -> Content:
        """Values are escaped in the html; the subject is one line. Raises RenderingFailed, which repeats no value."""
        ...


class Templates(Protocol):
    async def add(self, template: Template) -> Template:
        """The one that has this id already, if there is one. Raises SlugTaken."""
        ...

    async def get(self, ref: str) -> Template:
        """By id or slug, locked until the transaction ends. Raises NoSuchTemplate."""
        ...

    async def save(self, before: Template, after: Template) -> None:
        """Adds the versions that are new and publishes those now published; no other change is possible."""
        ...

    async def published(self, refs: Sequence[str]) -> Mapping[str, Template]:
        """By id or slug as named, with what is sent now; a name nobody has is left out."""
        ...
