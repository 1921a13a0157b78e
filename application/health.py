"""Whether this process can do its work."""

from typing import Protocol


class Health(Protocol):
    async def ailments(self) -> list[str]:
        """What keeps it from working now, in words for an operator; empty when it can."""
        ...
