"""What a form of ours carries, so that what comes back can be told from what was made up elsewhere."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct


class Ticket(Struct, frozen=True, kw_only=True):
    """Says which page showed the form, what for, and until when it may come back. `about` is whatever the page wants to
    find again: ids only, for it is signed, not sealed. `work` is how many zero bits a proof of work has to show.
    """

    page: str
    purpose: str
    until: datetime
    about: str = ""
    work: int = 0


class Tickets(Protocol):
    def sign(self, ticket: Ticket) -> str:
        """No two are the same."""
        ...

    def read(self, text: str) -> Ticket | None:
        """None for what was not made here, or was changed since."""
        ...

    def alias(self, text: str) -> str:
        """The same text always has the same alias, and only this installation can tell which: for what is counted."""
        ...
