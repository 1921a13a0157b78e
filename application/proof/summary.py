"""What the first page of a dossier tells a person."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from domain.ids import MessageId
from domain.proof import OptOut
from domain.suppression import Suppression


class EntryLine(Struct, frozen=True, kw_only=True):
    """`text` is what was shown, where it was kept."""

    at: datetime
    recorded_at: datetime
    program: str
    status: str
    recorded_by: str
    medium: str | None
    act: str | None
    text: str | None
    erased: bool
    unchanged: bool
    checkpoint: int | None


class MessageLine(Struct, frozen=True, kw_only=True):
    """`left_at` is None for what never left."""

    id: MessageId
    at: datetime
    left_at: datetime | None
    program: str
    category: str
    status: str
    verdict: str
    rule: str


class TrailLine(Struct, frozen=True, kw_only=True):
    at: datetime
    actor: str
    action: str


class Summary(Struct, frozen=True, kw_only=True):
    """`address` is masked unless whoever asked may see it."""

    address: str
    made_at: datetime
    key_id: str
    entries: Sequence[EntryLine]
    opt_outs: Sequence[OptOut]
    messages: Sequence[MessageLine]
    suppressions: Sequence[Suppression]
    trail: Sequence[TrailLine]

    @property
    def not_sealed(self) -> int:
        return sum(1 for entry in self.entries if entry.checkpoint is None)

    @property
    def changed(self) -> int:
        return sum(1 for entry in self.entries if not entry.unchanged)

    @property
    def left(self) -> int:
        return sum(1 for message in self.messages if message.left_at is not None)
