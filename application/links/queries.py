from typing import Protocol

from msgspec import Struct

from domain.addresses import Channel
from domain.links import Link
from domain.programs import Disclosure


class Subject(Struct, frozen=True, kw_only=True):
    """What a page may say about a link: the program and who is behind it, and nothing about the person."""

    channel: Channel
    program: str
    purpose: str
    frequency: str
    brand: str
    sender: str
    postal_address: str
    support: str
    disclosure: Disclosure


class LinkQueries(Protocol):
    async def subject(self, link: Link) -> Subject | None:
        """With the disclosure in the person's language, if there is one. None once point or program is gone."""
        ...
