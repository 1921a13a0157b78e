from collections.abc import Sequence
from typing import Protocol

from domain.channels import Sender
from domain.ids import SenderId


class Senders(Protocol):
    async def add(self, sender: Sender) -> Sender:
        """The one that has this id already, if there is one. Raises SlugTaken."""
        ...

    async def get(self, ref: str) -> Sender:
        """By id or slug, locked until the transaction ends. Raises NoSuchSender."""
        ...

    async def save(self, sender: Sender) -> None: ...


class SenderQueries(Protocol):
    async def one(self, ref: str) -> Sender:
        """By id or slug. Raises NoSuchSender."""
        ...

    async def page(self, limit: int, after: SenderId | None) -> Sequence[Sender]:
        """Newest first; one more than the limit if there are more."""
        ...
