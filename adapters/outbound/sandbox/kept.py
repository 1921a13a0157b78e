"""What was handed over, kept in PostgreSQL and sealed: no address and no word of a message stands there in clear."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import delete, select

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import sandbox_messages
from application.coalescer import Coalescer
from application.sandbox.ports import Handed, SandboxMessage, SandboxMessages
from application.secrets import Seal, Unsealable
from domain.addresses import Channel
from domain.ids import MessageId, new_id

_INSERT = """
INSERT INTO sandbox_messages (id, message_id, live, channel, sealed, at)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::text[], $5::bytea[], $6::timestamptz[])
"""


class Sealed(Struct, frozen=True, kw_only=True):
    """The part of a message that is nobody's business."""

    to: str
    from_: str
    subject: str | None
    text: str
    html: str | None
    headers: Mapping[str, str]


class Row(Struct, frozen=True):
    id: UUID
    message_id: UUID
    live: bool
    channel: str
    sealed: bytes
    at: datetime


class KeptMessages(SandboxMessages):
    """Messages that arrive together are written together. The same message handed over twice is kept twice."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal
        self._together: Coalescer[Row, None] = Coalescer(self._insert)

    async def keep(self, message: SandboxMessage, *, live: bool) -> None:
        row_id = new_id(message.at)
        sealed = Sealed(
            to=message.to,
            from_=message.from_,
            subject=message.subject,
            text=message.text,
            html=message.html,
            headers=message.headers,
        )
        ciphertext = self._seal.seal(msgspec.json.encode(sealed), _context(row_id))
        await self._together(Row(row_id, message.message_id, live, message.channel, ciphertext, message.at))

    async def latest(self, limit: int, live: bool | None = None) -> Sequence[SandboxMessage]:
        """What was sealed under a key the ring no longer has is left out."""
        newest = select(sandbox_messages).order_by(sandbox_messages.c.id.desc()).limit(limit)
        if live is not None:
            newest = newest.where(sandbox_messages.c.live == live)
        async with self._database.transaction():
            rows = await self._database.rows(newest, Row)
        return [message for row in rows if (message := self._opened(row))]

    async def find(self, message_id: MessageId) -> Handed | None:
        newest = (
            select(sandbox_messages)
            .where(sandbox_messages.c.message_id == message_id)
            .order_by(sandbox_messages.c.id.desc())
            .limit(1)
        )
        async with self._database.transaction():
            row = await self._database.row(newest, Row)
        message = self._opened(row) if row is not None else None
        return Handed(message=message, live=row.live) if row is not None and message is not None else None

    async def forget(self, before: datetime) -> int:
        async with self._database.transaction():
            return await self._database.execute(delete(sandbox_messages).where(sandbox_messages.c.at < before))

    async def close(self) -> None:
        await self._together.close()

    async def _insert(self, rows: Sequence[Row]) -> Sequence[Exception | None]:
        columns = [[getattr(row, name) for row in rows] for name in Row.__struct_fields__]
        async with self._database.transaction():
            await self._database.connection.execute(_INSERT, *columns)
        return [None] * len(rows)

    def _opened(self, row: Row) -> SandboxMessage | None:
        try:
            opened = msgspec.json.decode(self._seal.open(row.sealed, _context(row.id)), type=Sealed)
        except Unsealable:
            return None
        return SandboxMessage(
            message_id=MessageId(row.message_id),
            channel=Channel(row.channel),
            to=opened.to,
            from_=opened.from_,
            subject=opened.subject,
            text=opened.text,
            html=opened.html,
            headers=opened.headers,
            at=row.at,
        )


def _context(row_id: UUID) -> bytes:
    return b"sandbox_messages|sealed|" + row_id.bytes
