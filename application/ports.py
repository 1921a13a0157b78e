"""What every use case may need from outside: the time, and a transaction."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime: ...


class Transaction(Protocol):
    def __call__(self) -> AbstractAsyncContextManager[None]:
        """Everything inside happens, or nothing does. Nesting raises: use cases do not call use cases."""
        ...
