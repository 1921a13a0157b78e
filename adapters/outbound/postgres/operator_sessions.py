from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.operators import operator_in
from adapters.outbound.postgres.tables import operator_sessions as sessions
from adapters.outbound.postgres.tables import operators
from application.operators.ports import Sessions, SignedIn
from application.secrets import Seal
from domain.ids import OperatorId, SessionId
from domain.operators import Session

_WHERE = b"operator_sessions.sealed"
_PLAIN = ("id", "operator_id", "method", "created_at", "used_at", "proven_at")


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of a session."""

    ip: str | None
    device: str | None


@dataclass(frozen=True)
class PostgresSessions(Sessions):
    database: Database
    seal: Seal

    async def add(self, session: Session, digest: bytes) -> None:
        where = msgspec.json.encode(Where(ip=session.ip, device=session.device))
        values = {name: getattr(session, name) for name in _PLAIN} | {
            "digest": digest,
            "sealed": self.seal.seal(where, _WHERE + session.id.bytes),
        }
        await self.database.execute(insert(sessions).values(values))

    async def by_digest(self, digest: bytes) -> SignedIn | None:
        """Both are read at once, for every request asks."""
        found = await self.database.records(select(sessions).where(sessions.c.digest == digest))
        if not found:
            return None
        owner = await self.database.records(select(operators).where(operators.c.id == found[0]["operator_id"]))
        return SignedIn(operator=operator_in(owner[0], self.seal), session=self._session(found[0]))

    async def of(self, operator_id: OperatorId) -> list[Session]:
        statement = select(sessions).where(sessions.c.operator_id == operator_id).order_by(sessions.c.id.desc())
        return [self._session(record) for record in await self.database.records(statement)]

    async def used(self, session_id: SessionId, at: datetime) -> None:
        await self.database.execute(update(sessions).where(sessions.c.id == session_id).values(used_at=at))

    async def renew(self, session_id: SessionId, digest: bytes, proven_at: datetime) -> None:
        renewed = {"digest": digest, "proven_at": proven_at, "used_at": proven_at}
        await self.database.execute(update(sessions).where(sessions.c.id == session_id).values(renewed))

    async def end(self, operator_id: OperatorId, session_id: SessionId) -> bool:
        one = delete(sessions).where(sessions.c.operator_id == operator_id, sessions.c.id == session_id)
        return await self.database.execute(one) > 0

    async def end_all(self, operator_id: OperatorId, *, but: SessionId | None = None) -> int:
        ended = delete(sessions).where(sessions.c.operator_id == operator_id)
        if but is not None:
            ended = ended.where(sessions.c.id != but)
        return await self.database.execute(ended)

    async def forget(self, before: datetime) -> int:
        async with self.database.transaction():
            return await self.database.execute(delete(sessions).where(sessions.c.created_at < before))

    def _session(self, record: Any) -> Session:
        raw = self.seal.open(record["sealed"], _WHERE + record["id"].bytes)
        where = msgspec.structs.asdict(msgspec.json.decode(raw, type=Where))
        return msgspec.convert({name: record[name] for name in _PLAIN} | where, Session)
