"""What is held about somebody as one page: without script, without anything fetched, and whatever is in it is text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from application.privacy.export import Export
from application.privacy.holdings import Readable

# In the order a person would ask, each with what it is.
_SECTIONS: Mapping[str, str] = {
    "contact": "What we know of you",
    "addresses": "Your addresses",
    "consents": "What you agreed to, as it stands now",
    "ledger": "Every yes and no of yours, with how we know",
    "messages": "Messages to you",
    "replies": "What you wrote back",
    "suppressions": "Why we do not write to you",
    "challenges": "Codes and links you asked for",
    "requests": "What you asked of us about your data",
    "records": "What was done with your data",
}


class HtmlReadable(Readable):
    def __init__(self) -> None:
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["words"] = _words
        self._page = environment.get_template("contact_export.html.jinja")

    def __call__(self, export: Export) -> bytes:
        told = msgspec.to_builtins(export)
        sections = [(title, told[name]) for name, title in _SECTIONS.items()]
        return self._page.render(export=told, sections=sections).encode()


def _words(name: Any) -> str:
    """A field's name as a person would read it."""
    return str(name).replace("_", " ").capitalize()
