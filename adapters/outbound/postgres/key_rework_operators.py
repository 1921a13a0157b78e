"""Staff are found by digests of their address, and of who they are at their company; both stand sealed beside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.operators import operator_in
from application.keys.ports import Batch, Step
from application.secrets import Seal, Unsealable
from domain.addresses import Address
from domain.keys import Purpose

_WRITE = """
update operators o set digest = t.digest, company = t.company
from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[]) as t(id, old, digest, company)
where o.id = t.id and o.digest = t.old and o.id in (select id from operators where id = any($1) for update skip locked)
"""


@dataclass(frozen=True)
class OperatorsFound(Step):
    """All of them in one batch: an installation has a handful."""

    database: Database
    seal: Seal
    email: Callable[[Address], Sequence[bytes]]
    company: Callable[[str, str], Sequence[bytes]]
    purpose: str = Purpose.INDEX
    name: str = "operators.digest"

    async def batch(self, cursor: str | None) -> Batch:
        del cursor
        changed, unreadable = await self._to_change()
        columns = [[row[number] for row in changed] for number in range(4)]
        await self.database.connection.execute(_WRITE, *columns)
        return Batch(cursor=None, done=len(changed), unreadable=unreadable)

    async def left(self, version: int) -> int:
        del version
        changed, unreadable = await self._to_change()
        return len(changed) + unreadable

    async def _to_change(self) -> tuple[list[tuple[Any, bytes, bytes, bytes | None]], int]:
        changed, unreadable = [], 0
        for row in await self.database.connection.fetch("select * from operators"):
            try:
                operator = operator_in(row, self.seal)
            except Unsealable:
                unreadable += 1
                continue
            digest = self.email(operator.email)[0]
            company = self.company(*operator.company)[0] if operator.company else None
            if (digest, company) != (row["digest"], row["company"]):
                changed.append((row["id"], row["digest"], digest, company))
        return changed, unreadable
